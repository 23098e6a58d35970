import pytest

from branches.rules.names import initials


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("财政局第二支部", "czjdezb"),
        ("A局（机关）3科", "ajjg3k"),
        ("张三", "zs"),
        ("", ""),
    ],
)
def test_first_letters_of_the_pinyin(name, letters):
    assert initials(name) == letters


def test_no_longer_than_its_column():
    assert initials("中" * 200, 32) == "z" * 32
