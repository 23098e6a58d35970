"""四查: what each of the four finds, and that a clean file has nothing."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from members.enums import NoticeKind, PersonRole
from members.rules.development import STEPS, Progress
from members.rules.development_checks import Area, Dossier, Held, Shares, check, quota_finding, structure
from members.rules.development_dues import Ballot
from tests.factories.development import DAYS, NOTICES, OBSERVED, TERMS

SHARES = Shares(Fraction(1, 2), Fraction(1, 2))
TODAY = date(2026, 3, 5)
CLEAN = Dossier(
    progress=Progress(
        done=DAYS,
        born_on=date(1995, 5, 6),
        observations=tuple(day for days in OBSERVED.values() for day in days),
        noticed={kind: days[1] for kind, days in NOTICES.items()},
    ),
    papers=frozenset((step.code, paper) for step in STEPS for paper in step.papers),
    persons=(PersonRole.CONTACT, PersonRole.CONTACT, PersonRole.INTRODUCER, PersonRole.INTRODUCER),
    votes=(Held("admit", Ballot(5, 5, 5), True), Held("convert", Ballot(6, 5, 4), True)),
    sex="female",
    education="大学本科",
    is_open=False,
)


def found(dossier, today=TODAY):
    return [(finding.area, finding.code) for finding in check(dossier, TERMS, SHARES, today)]


def with_days(**changed):
    done = {code: day for code, day in {**DAYS, **changed}.items() if day is not None}
    return replace(CLEAN, progress=replace(CLEAN.progress, done=done))


def test_o05_a_clean_file_has_no_finding():
    assert found(CLEAN) == []


@pytest.mark.parametrize(
    ("dossier", "area", "code"),
    [
        (with_days(training=None), Area.ORDER, "candidate"),
        (with_days(candidate=date(2024, 4, 9), training=date(2024, 4, 10)), Area.ORDER, "candidate"),
        (with_days(talk=date(2023, 4, 2)), Area.RULES, "talk"),
        (with_days(superior_talk=date(2024, 9, 20), approval=date(2024, 9, 26)), Area.RULES, "approval"),
        (with_days(conversion_vote=date(2025, 6, 24)), Area.ORDER, "conversion_vote"),
        (replace(CLEAN, papers=CLEAN.papers - {("form", "入党志愿书")}), Area.PAPERS, "form"),
        (replace(CLEAN, persons=CLEAN.persons[:3]), Area.RULES, "introducers"),
        (replace(CLEAN, persons=CLEAN.persons[2:]), Area.RULES, "contacts"),
        (replace(CLEAN, votes=(Held("admit", Ballot(5, 2, 2), True),)), Area.RULES, "vote"),
        (replace(CLEAN, votes=(Held("convert", Ballot(6, 6, 3), True),)), Area.RULES, "conversion_vote"),
        (replace(CLEAN, education=""), Area.STRUCTURE, ""),
        (
            replace(CLEAN, progress=replace(CLEAN.progress, noticed={NoticeKind.CANDIDATE: NOTICES["candidate"][1]})),
            Area.RULES,
            "vote",
        ),
        (replace(CLEAN, progress=replace(CLEAN.progress, observations=())), Area.RULES, "training"),
        (replace(CLEAN, progress=replace(CLEAN.progress, born_on=date(2006, 3, 1))), Area.ORDER, "apply"),
    ],
)
def test_o05_each_fault_is_found(dossier, area, code):
    assert (area, code) in found(dossier)


def test_o05_a_vote_that_was_not_passed_is_no_fault():
    assert found(replace(CLEAN, votes=(Held("admit", Ballot(5, 5, 2, 3), False),))) == []


def test_o05_what_is_overdue_is_told_of_open_files_only():
    late = replace(CLEAN, progress=Progress({"apply": date(2026, 1, 31)}, born_on=date(1995, 5, 6)), persons=())

    assert found(late, date(2026, 3, 1)) == []
    assert found(replace(late, is_open=True), date(2026, 2, 28)) == []
    words = [finding.words for finding in check(replace(late, is_open=True), TERMS, SHARES, date(2026, 3, 1))]
    assert words == ["党组织派人谈话应在2026年2月28日前完成，已逾期。"]


def test_o05_the_structure_of_an_intake():
    old = replace(
        CLEAN, sex="male", education="高中", is_front_line=True,
        progress=replace(CLEAN.progress, born_on=date(1988, 6, 24)),
    )  # fmt: skip
    on = date(2024, 6, 25)

    shares = structure([(CLEAN, on), (old, on)], 35)

    assert [(share.label, share.count, share.total) for share in shares] == [
        ("女性", 1, 2), ("35岁以下", 1, 2), ("大专以上学历", 1, 2), ("工作一线", 1, 2),
    ]  # fmt: skip
    assert structure([(replace(old, progress=replace(old.progress, born_on=None)), on)], 35)[1].count == 0


def test_o05_the_quota_of_a_year():
    assert quota_finding("财政局", 2026, 3, 3) is None
    assert quota_finding("财政局", 2026, 3, 4).words == "财政局2026年发展党员4名，超过控制总量3名。"
