"""Who is named in minutes as sitting in."""

import pytest

from campaigns.rules.sit_ins import is_named_as_sitting_in


@pytest.mark.parametrize(
    ("minutes", "is_there"),
    [
        ("列席：李明、王芳。", True),
        ("会议由张强主持，机关党委专职副书记李明列席会议。", True),
        ("李明因公请假，未列席。", False),
        ("列席：王芳。李明汇报工作。", False),
        ("出席：李明。", False),
        ("", False),
    ],
)
def test_o12_the_sentence_that_names_him_decides(minutes, is_there):
    assert is_named_as_sitting_in(minutes, "李明") is is_there


def test_o12_nobody_is_not_named():
    assert not is_named_as_sitting_in("列席：王芳。", "")
