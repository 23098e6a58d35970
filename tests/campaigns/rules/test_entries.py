"""What an entry must have to be kept, and to count."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from campaigns.rules.entries import (
    METRICS,
    EntryDraft,
    EntryKind,
    community_refusal,
    faults,
    refusal,
    title_of,
)
from campaigns.rules.metrics import METRICS as KNOWN

TODAY, FORMS = date(2026, 3, 20), ["调训"]
BOOK = EntryDraft("book", date(2026, 3, 12), "《乡土中国》", "读后有收获")
STUDY = EntryDraft("hours", date(2026, 3, 12), "主体班", hours=Decimal(8), form="调训")


def test_a_book_with_words_is_kept() -> None:
    assert faults(BOOK, TODAY, FORMS) == {}


@pytest.mark.parametrize(
    "draft, field",
    [
        (replace(BOOK, held_on=date(2026, 3, 21)), "held_on"),
        (replace(BOOK, held_on=date(1926, 3, 21)), "held_on"),
        (replace(BOOK, title=" "), "title"),
        (replace(BOOK, text=""), "text"),
        (replace(BOOK, kind="service_report", text=" "), "text"),
        (replace(BOOK, kind="service", title=""), "title"),
        (replace(STUDY, hours=None), "hours"),
        (replace(STUDY, hours=Decimal(0)), "hours"),
        (replace(STUDY, hours=Decimal(201)), "hours"),
        (replace(STUDY, form="自学"), "form"),
    ],
)
def test_what_is_missing_is_refused_at_its_field(draft: EntryDraft, field: str) -> None:
    assert list(faults(draft, TODAY, FORMS)) == [field]


def test_a_pledge_and_an_enrolment_have_their_usual_title() -> None:
    assert title_of(EntryDraft("integrity", TODAY)) == "年度廉洁承诺书"
    assert faults(EntryDraft("enrolment", TODAY), TODAY, FORMS) == {}


def test_a_short_reflection_is_kept_but_does_not_count() -> None:
    assert refusal("book", "读后 有收获", "", shortest=6, forms=FORMS) == "心得体会不足6字。"
    assert refusal("book", "读后很有收获", "", shortest=6, forms=FORMS) == ""


def test_a_form_of_study_that_left_the_table_does_not_count() -> None:
    assert refusal("hours", "", "自学", shortest=6, forms=FORMS) == "“自学”不在规则表计入学时的学习形式中。"
    assert refusal("hours", "", "调训", shortest=6, forms=FORMS) == ""


def test_n20_all_three_of_the_community_are_asked_for() -> None:
    assert community_refusal(["service"]) == "还差：到社区报到、服务情况报告。"
    assert community_refusal(["enrolment", "service", "service_report"]) == ""


def test_every_kind_may_count_for_a_known_metric() -> None:
    assert set(METRICS) == set(EntryKind.values)
    assert {code for codes in METRICS.values() for code in codes} <= set(KNOWN)
