"""Two versions of a record side by side."""

from hypothesis import given
from hypothesis import strategies as st

from campaigns.rules.differences import Piece, compare, differences

TEXT = st.text(alphabet="一二三四学习讨论 ab12，。\n", max_size=60)


def read(pieces: list[Piece], *kinds: str) -> str:
    return "".join(piece.text for piece in pieces if piece.kind in kinds)


@given(TEXT, TEXT)
def test_both_texts_can_be_read_from_the_pieces(before, after):
    pieces = compare(before, after)
    assert read(pieces, "same", "del") == before
    assert read(pieces, "same", "ins") == after
    assert all(piece.text for piece in pieces)


@given(TEXT)
def test_a_text_does_not_differ_from_itself(text):
    assert compare(text, text) == ([Piece("same", text)] if text else [])


def test_a_changed_word_is_told_from_its_line():
    pieces = compare("一、学习条例第四章。\n二、讨论。\n", "一、学习条例第五章。\n二、讨论。\n")
    assert pieces == [
        Piece("same", "一、学习条例第"),
        Piece("del", "四"),
        Piece("ins", "五"),
        Piece("same", "章。\n二、讨论。\n"),
    ]


def test_numbers_and_latin_words_stay_whole():
    assert compare("到会14人", "到会16人")[1:3] == [Piece("del", "14"), Piece("ins", "16")]


def test_a_lone_character_between_two_changes_joins_them():
    assert compare("甲乙丙。", "丁乙戊。") == [Piece("del", "甲乙丙"), Piece("ins", "丁乙戊"), Piece("same", "。")]


def test_only_what_changed_is_told_in_the_order_of_the_form():
    before = {"title": "主题党日", "hours": "2", "minutes": "学习", "attachments": ["甲.docx", "乙.pdf"], "place": ""}
    after = {
        "title": "主题党日",
        "hours": "3",
        "minutes": "学习",
        "attachments": ["乙.pdf", "丙.pdf"],
        "place": "会议室",
    }
    found = differences(before, after)
    assert [(each.code, each.label, each.removed, each.added) for each in found] == [
        ("place", "地点", ("未填",), ("会议室",)),
        ("hours", "时长", ("2",), ("3",)),
        ("attachments", "附件", ("甲.docx",), ("丙.pdf",)),
    ]


def test_a_field_that_an_older_version_lacks_is_empty_there():
    assert differences({"title": "甲"}, {"title": "甲", "place": "", "parts": []}) == []


def test_a_list_in_another_order_says_the_same():
    one, two = {"key": "1", "text": "白云"}, {"key": "2（缺席）", "text": "戴红（缺席）"}
    assert differences({"attendance": [one, two]}, {"attendance": [two, one]}) == []
