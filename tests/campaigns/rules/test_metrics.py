"""The registry of metrics: what feeds what, and that every entry is of one piece."""

import re

import pytest

from campaigns.enums import ActivityKind as Kind
from campaigns.enums import ActivityPart as Part
from campaigns.enums import MeasuredBy, Sums
from campaigns.rules import metrics
from campaigns.rules.metrics import METRICS, Metric

ALL = sorted(METRICS.values(), key=lambda metric: metric.code)
FED = [metric for metric in ALL if metric.measured_by == MeasuredBy.RECORDS]
TOLD = [metric for metric in ALL if metric.measured_by == MeasuredBy.FACTS]
CHECKED = [metric for metric in ALL if metric.measured_by == MeasuredBy.CHECKLIST]

# Parts that feed no metric by themselves: a condition asks for them, or a share is reckoned from them.
ASKED_BY_CONDITIONS = {
    Part.POINTS, Part.LIFE_REPORT, Part.DOUBLE_LIFE_REPORT, Part.DUES_REPORT, Part.WORK_REPORT, Part.MATTERS_REPORT,
    Part.FIRST_TOPIC, Part.DISCUSSION, Part.GUIDED, Part.HALTED,
}  # fmt: skip


def codes(kind: Kind, *parts: Part) -> list[str]:
    return [metric.code for metric in metrics.fed_by(kind, parts)]


def by_code(metric: Metric) -> str:
    return metric.code


def test_metric_is_found_by_its_code() -> None:
    assert metrics.get("study.hours").name == "集中教育培训学时"


def test_unknown_code_is_refused() -> None:
    with pytest.raises(KeyError):
        metrics.get("study.naps")


@pytest.mark.parametrize(
    ("kind", "parts", "expected"),
    [
        (Kind.OTHER, (), []),
        (Kind.OTHER, (Part.POINTS,), []),
        (Kind.OTHER, (Part.RED_EDUCATION,), ["education.red"]),
        (Kind.CONTACT_VISIT, (), ["contact.visit"]),
        (Kind.COMMITTEE_MEETING, (Part.FIRST_TOPIC,), ["meeting.first_topic"]),
        (Kind.COMMITTEE_MEETING, (Part.PARTY_WORK,), ["meeting.first_topic", "committee.party_work"]),
        (
            Kind.MEMBER_ASSEMBLY,
            (Part.POINTS,),
            ["activity.member_assembly", "activity.any", "points.announced"],
        ),
        (
            Kind.THEME_DAY,
            (Part.STUDY, Part.OATH),
            [
                "activity.fixed_day", "activity.any", "activity.theme_day", "study.hours", "life.oath",
            ],
        ),
        (
            Kind.INTEGRITY_LECTURE,
            (),
            [
                "activity.party_lecture", "activity.any", "study.hours", "integrity.lecture", "lecture.leader",
            ],
        ),
    ],
)  # fmt: skip
def test_record_feeds_every_metric_that_considers_it(kind: Kind, parts: tuple[Part, ...], expected: list[str]) -> None:
    assert codes(kind, *parts) == expected


def test_part_alone_feeds_what_the_kind_does_not() -> None:
    assert "activity.volunteer" not in codes(Kind.THEME_DAY)
    assert "activity.volunteer" in codes(Kind.THEME_DAY, Part.VOLUNTEER)


def test_fed_by_takes_a_generator_of_parts() -> None:
    assert metrics.fed_by(Kind.OTHER, (part for part in [Part.OATH])) == [metrics.get("life.oath")]


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind != Kind.OTHER])
def test_every_kind_feeds_something(kind: Kind) -> None:
    assert codes(kind) != []


@pytest.mark.parametrize("part", [part for part in Part if part not in ASKED_BY_CONDITIONS])
def test_every_part_feeds_something_by_itself(part: Part) -> None:
    assert codes(Kind.OTHER, part) != []


@pytest.mark.parametrize("metric", ALL, ids=by_code)
def test_metric_has_a_code_of_two_words_and_a_chinese_name(metric: Metric) -> None:
    assert metric.code == "manual" or re.fullmatch(r"[a-z]+\.[a-z_]+", metric.code)
    assert re.search(r"[\u4e00-\u9fff]", metric.name)
    assert metric.unit


@pytest.mark.parametrize("metric", FED, ids=by_code)
def test_metric_of_persons_adds_up_person_by_person(metric: Metric) -> None:
    assert metric.is_personal == (metric.sums in {Sums.PERSON_COUNT, Sums.PERSON_HOURS})


@pytest.mark.parametrize("metric", FED, ids=by_code)
def test_unit_and_hit_of_a_fed_metric_fit_how_it_adds_up(metric: Metric) -> None:
    assert (metric.unit == "%") == (metric.sums == Sums.SHARE)
    assert (metric.unit == "学时") == (metric.sums == Sums.PERSON_HOURS)
    assert (metric.hit is not None) == (metric.sums == Sums.SHARE)


@pytest.mark.parametrize("metric", TOLD, ids=by_code)
def test_told_metric_adds_up_as_its_unit_and_subject_say(metric: Metric) -> None:
    if metric.sums != Sums.OCCASIONS:
        assert metric.is_personal == (metric.sums == Sums.PERSON_COUNT)
    assert metric.unit not in "%元" or metric.sums in (Sums.VALUE, Sums.OCCASIONS)
    assert not any(metric.is_fed_by(kind, list(Part)) for kind in Kind)


@pytest.mark.parametrize("metric", CHECKED, ids=by_code)
def test_checked_metric_asks_nothing_of_records(metric: Metric) -> None:
    assert metric.sums == Sums.COUNT
    assert metric.conditions == ()
    assert not any(metric.is_fed_by(kind, list(Part)) for kind in Kind)


def test_codes_and_names_are_unique() -> None:
    assert len(METRICS) == len(metrics._METRICS)
    assert len({metric.name for metric in ALL}) == len(ALL)
