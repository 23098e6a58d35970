"""Checks, sampling, policies, and who may not decide."""

from datetime import date

import pytest

from campaigns.rules.likeness import Alike
from campaigns.rules.reviews import (
    Facts,
    Limits,
    Relation,
    answer_flags,
    checks,
    conflict,
    flags,
    is_sampled,
    length,
    likeness_checks,
    mild,
    needs_review,
    one_line,
    reason_to_hold,
)

LIMITS = Limits(thin_characters=10, late_entry_days=15)
GOOD = {
    "minutes": "一、学习条例。二、讨论措施。",
    "held_on": date(2026, 3, 12),
    "entered_on": date(2026, 3, 12),
    "expected": 16,
    "present": 14,
}


def codes(**changes) -> list[str]:
    return [flag["code"] for flag in flags(checks(Facts(**{**GOOD, **changes}), LIMITS))]


def test_a_record_in_order_has_no_flags_and_says_so():
    found = checks(Facts(**GOOD), LIMITS)
    assert flags(found) == []
    assert [check.sentence for check in found] == [
        "活动当日提交",
        "到会 14 / 16 人，已过半",
        "记录 14 字",
        "未发现重复的记录、文字和图片",
    ]


@pytest.mark.parametrize(
    "changes, expected",
    [
        ({"minutes": "学习。 \n 讨论"}, ["thin"]),
        ({"minutes": "一二三四五六七八九十"}, []),
        ({"entered_on": date(2026, 3, 27)}, []),
        ({"entered_on": date(2026, 3, 28)}, ["late_entry"]),
        ({"present": 0}, ["attendance"]),
        ({"present": 8}, ["attendance"]),
        ({"present": 9}, []),
        ({"same_titles": ("3月12日 主题党日",)}, ["same_title"]),
        ({"alike": Alike(own_texts=("2月主题党日",), own_pictures=("2月主题党日",))}, ["same_text", "same_image"]),
        ({"alike": Alike(other_texts=1, other_pictures=2)}, ["copied_text", "copied_image"]),
    ],
)
def test_what_is_flagged(changes, expected):
    assert codes(**changes) == expected


def test_x11_records_of_others_are_not_named():
    found = likeness_checks(
        Alike(own_texts=("3月5日“甲”",), other_texts=1, own_pictures=("3月6日“乙”",), other_pictures=2)
    )
    assert [check.sentence for check in found] == [
        "文字与3月5日“甲”相同或相近",
        "文字与另一党组织的记录相同或相近",
        "照片也用于3月6日“乙”",
        "照片也用于另一党组织的记录",
    ]


def test_x11_the_writer_is_told_in_mild_words_and_only_what_he_may_change():
    facts = Facts(**{**GOOD, "minutes": "学习", "present": 8, "alike": Alike(other_texts=1)})
    assert mild(checks(facts, LIMITS)) == [
        "记录较短，写明讨论情况和决定事项更便于审核。",
        "这段文字与其他党组织已提交的记录相近，请按本组织的实际情况写。",
    ]
    assert mild(checks(Facts(**GOOD), LIMITS)) == []


def test_x11_what_looks_alike_is_a_hint_on_an_answer_too():
    assert [flag["code"] for flag in answer_flags(0, True, True, Alike(other_pictures=1))] == ["copied_image"]


def test_a_flag_is_kept_with_its_sentence():
    kept = flags(checks(Facts(**{**GOOD, "minutes": "学习"}), LIMITS))
    assert kept == [{"code": "thin", "label": "内容偏少", "sentence": "记录 2 字，不足 10 字"}]


def test_blanks_are_not_characters():
    assert length(" 学 习\n\t了　") == 3


def test_hints_on_answers():
    assert answer_flags(0, has_note=True, has_files=False) == []
    assert [flag["code"] for flag in answer_flags(2, has_note=False, has_files=False)] == ["not_done", "thin"]


def test_the_sample_is_stable_and_of_about_the_wanted_size():
    chosen = [is_sampled(7, f"key-{number}", 20) for number in range(2000)]
    assert chosen == [is_sampled(7, f"key-{number}", 20) for number in range(2000)]
    assert 330 < sum(chosen) < 470
    assert chosen != [is_sampled(8, f"key-{number}", 20) for number in range(2000)]


@pytest.mark.parametrize("percent, expected", [(0, 0), (100, 300)])
def test_the_sample_can_be_none_or_all(percent, expected):
    assert sum(is_sampled(1, number, percent) for number in range(300)) == expected


@pytest.mark.parametrize(
    "policies, flagged, sampled, returned, expected",
    [
        ([], False, True, False, False),
        ([], True, False, False, True),
        (["flagged"], False, True, False, False),
        (["flagged"], True, False, False, True),
        (["sample"], False, False, False, False),
        (["sample"], False, True, False, True),
        (["flagged", "sample"], False, True, False, True),
        (["every", "flagged"], False, False, False, True),
        (["flagged"], False, False, True, True),
    ],
)
def test_the_strictest_policy_decides(policies, flagged, sampled, returned, expected):
    found = needs_review(policies, is_flagged=flagged, is_sampled=sampled, was_returned=returned)
    assert found is expected


@pytest.mark.parametrize(
    "relation, expected",
    [
        (Relation(), ""),
        (Relation(filed_it=True), "这条记录由您提交，须由他人审核。"),
        (Relation(holds_post=True), "您在该组织任职，不能审核本组织的记录。"),
        (Relation(holds_office=True), "您在该组织任职，不能审核本组织的记录。"),
        (Relation(is_member=True), "您是该组织的党员，不能审核本组织的记录。"),
        (Relation(is_root=True, holds_post=True, is_member=True), ""),
        (Relation(has_decided=True), "您已在下一级审核过这条记录，本级须由他人审核。"),
        (Relation(is_root=True, filed_it=True), "这条记录由您提交，须由他人审核。"),
    ],
)
def test_who_may_not_decide(relation, expected):
    assert conflict(relation) == expected


def test_what_is_held_out_of_a_common_approval():
    thin = [{"code": "thin", "label": "内容偏少", "sentence": "记录 2 字"}]
    assert reason_to_hold([], was_opened=True) == ""
    assert reason_to_hold([], was_opened=False) == "尚未打开看过"
    assert reason_to_hold(thin, was_opened=True) == "有提示：内容偏少"


@pytest.mark.parametrize(
    ("texts", "line"),
    [
        ((), ""),
        (("", "  "), ""),
        (("过于简单",), "过于简单"),
        (("请补充材料。",), "请补充材料。"),
        (("请补充材料。", "", "写明谁发言；"), "请补充材料；写明谁发言。"),
    ],
)
def test_remarks_in_one_line(texts, line):
    assert one_line(texts) == line
