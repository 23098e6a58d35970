"""Numerals and the numbering of headings."""

from decimal import Decimal

import pytest

from campaigns.rules.reading.lines import Piece, normalised, paragraphs, sentences
from campaigns.rules.reading.markers import Style, inline_items, marker_of
from campaigns.rules.reading.numerals import folded, number_of, whole_number_of


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("8", 8),
        ("８", 8),
        ("八", 8),
        ("两", 2),
        ("十二", 12),
        ("二十", 20),
        ("一百二十", 120),
        ("1,000", 1000),
        ("2万", 20000),
    ],
)
def test_x01_numbers_are_read_in_either_script(text, value):
    assert number_of(folded(text)) == value


def test_x01_a_decimal_number_and_a_circled_one():
    assert number_of("1.5") == Decimal("1.5")
    assert whole_number_of("③") == 3
    assert number_of("十月") is None


def test_x01_folding_keeps_places():
    text = "（一）每月报送１—２条，不低于２％：〔2026〕"

    assert len(folded(text)) == len(text)
    assert folded(text) == "(一)每月报送1-2条，不低于2%：(2026)"


@pytest.mark.parametrize(
    ("line", "style", "value"),
    [
        ("一、总体要求", Style.CHINESE, 1),
        ("十二．其他", Style.CHINESE, 12),
        ("（一）强化", Style.CHINESE_BRACKET, 1),
        ("(二)强化", Style.CHINESE_BRACKET, 2),
        ("(三）强化", Style.CHINESE_BRACKET, 3),
        ("㈣强化", Style.CHINESE_BRACKET, 4),
        ("1、加强", Style.ARABIC, 1),
        ("2.加强", Style.ARABIC, 2),
        ("３．加强", Style.ARABIC, 3),
        ("12 ．加强", Style.ARABIC, 12),
        ("⒍加强", Style.ARABIC, 6),
        ("（1）加强", Style.ARABIC_BRACKET, 1),
        ("2）加强", Style.ARABIC_BRACKET, 2),
        ("③加强", Style.CIRCLED, 3),
        ("第一部分 目标", Style.PART, 1),
        ("第三章 程序", Style.CHAPTER, 3),
        ("第十条 党员应当", Style.ARTICLE, 10),
        ("2.1.3加强", Style.DECIMAL, 3),
    ],
)
def test_x01_every_usual_number_is_seen(line, style, value):
    marker = marker_of(Piece(line, 0))

    assert marker is not None
    assert (marker.style, marker.value) == (style, value)


@pytest.mark.parametrize(
    "line",
    ["1.5万元经费", "2022年工作", "3月底前完成", "第一条例外", "一是加强", "1 ｜ 制定方案 ｜ 3月底前", "10.8%的党员"],
)
def test_x01_what_is_no_heading_has_no_number(line):
    assert marker_of(Piece(line, 0)) is None


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("主要有：一是重视不够；二是落实不力；三是流于形式", ["重视不够；", "落实不力；", "流于形式"]),
        ("一要学习。认真学。二要落实。", ["学习。认真学。", "落实。"]),
        ("包括：①甲方面；②乙方面", ["甲方面；", "乙方面"]),
        ("（1）甲方面；（2）乙方面", ["甲方面；", "乙方面"]),
        ("第一，抓学习。第二，抓落实。", ["抓学习。", "抓落实。"]),
    ],
)
def test_x01_lists_inside_the_text_are_taken_apart(text, items):
    _, found = inline_items(Piece(text, 0))

    assert [item.piece.text for item in found] == items


def test_x01_a_single_word_of_a_list_is_none():
    assert inline_items(Piece("一是一，二是二", 0))[1] == []


def test_x01_sentences_keep_their_places_and_brackets_whole():
    text = "甲（其中一。其中二）完成。乙；丙"
    piece = paragraphs(f"\n  {text}")[0]

    found = list(sentences(piece))

    assert [each.text for each in found] == ["甲（其中一。其中二）完成。", "乙；", "丙"]
    assert all(f"\n  {text}"[each.start : each.end] == each.text for each in found)


def test_x01_line_ends_and_unseen_marks_are_made_one():
    assert normalised("\ufeff甲\r\n乙\r丙\u200b\x00") == "甲\n乙\n丙"
