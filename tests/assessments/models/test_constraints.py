"""The database refuses bad rows: each constraint is seen to fail."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection

from assessments.models import Indicator, Result, Round, Scheme, StageScore, Submission
from partybuild.lib import clock
from tests.factories.assessments import (
    IndicatorFactory,
    ResultFactory,
    RoundFactory,
    SchemeFactory,
    StageScoreFactory,
    SubmissionFactory,
)
from tests.factories.branches import UserFactory

pytestmark = pytest.mark.django_db


def refused(name: str, make) -> None:
    with pytest.raises(IntegrityError, match=name):
        make()


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("round_status_known", {"status": "paused"}),
        ("round_dates_in_order", {"starts_on": date(2026, 7, 1)}),
        ("round_dates_in_order", {"opens_on": date(2026, 6, 16)}),
        ("round_dates_in_order", {"self_check_by": date(2026, 6, 24)}),
        ("round_dates_in_order", {"check_by": date(2026, 7, 1)}),
        ("round_published_is_sealed", {"status": "published"}),
        ("round_published_is_sealed", {"status": "published", "published_at": clock.now()}),
        ("round_published_is_sealed", {"published_at": clock.now()}),
        ("round_published_is_sealed", {"result_hash": "0" * 64}),
    ],
)
def test_rounds(name, fields):
    refused(name, lambda: RoundFactory(**fields))


def test_a_scheme_has_one_round_of_a_key():
    first = RoundFactory()

    refused("round_once", lambda: RoundFactory(scheme=first.scheme))


def test_a_campaign_has_one_scheme():
    first = SchemeFactory()

    refused("campaign_id", lambda: SchemeFactory(campaign=first.campaign))


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("indicator_kind_known", {"kind": "veto"}),
        ("indicator_points_positive", {"points": 0}),
        ("indicator_metered_has_target", {"target": None}),
    ],
)
def test_indicators(name, fields):
    base = IndicatorFactory()

    refused(name, lambda: IndicatorFactory(scheme=base.scheme, task=base.task, **fields))


def test_indicators_have_a_place_each():
    first = IndicatorFactory()

    refused("indicator_position_once", lambda: IndicatorFactory(scheme=first.scheme, position=first.position))


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("submission_kind_known", {"kind": "club"}),
        ("submission_earned_range", {"earned": Decimal("0.01")}),
        ("submission_earned_range", {"earned": Decimal("-1")}),
        ("submission_total_range", {"total": Decimal("100.01")}),
        ("submission_total_range", {"total": Decimal("-0.01")}),
    ],
)
def test_sheets(name, fields):
    refused(name, lambda: SubmissionFactory(**fields))


@pytest.mark.parametrize(
    ("name", "field"),
    [("submission_self_check_has_time", "self_checked_by"), ("submission_check_has_time", "checked_by")],
)
def test_who_handed_in_comes_with_the_time(name, field):
    refused(name, lambda: SubmissionFactory(**{field: UserFactory()}))


def test_an_organisation_has_one_sheet_in_a_round():
    first = SubmissionFactory()

    refused("submission_once", lambda: SubmissionFactory(round=first.round, organization=first.organization))


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("stage_score_stage_known", {"stage": "appeal"}),
        ("stage_score_positive", {"points": Decimal("-0.01")}),
        ("stage_score_left_out_has_no_points", {"applies": False, "computed": None}),
        ("stage_score_left_out_has_no_points", {"applies": False, "points": None}),
        ("stage_score_change_has_reason", {"stage": "check", "points": Decimal(7)}),
    ],
)
def test_points(name, fields):
    refused(name, lambda: StageScoreFactory(**fields))


def test_changed_points_are_taken_with_a_reason_and_in_the_self_check():
    StageScoreFactory(stage="check", points=Decimal(7), reason="3月记录缺会议内容")
    StageScoreFactory(points=Decimal(7))

    assert StageScore.objects.count() == 2


def test_an_indicator_has_points_once_at_a_stage():
    first = StageScoreFactory()

    refused(
        "stage_score_once",
        lambda: StageScoreFactory(submission=first.submission, indicator=first.indicator),
    )


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("result_grade_known", {"grade": "excellent"}),
        ("result_kind_known", {"kind": "club"}),
        ("result_total_range", {"total": Decimal("100.01")}),
        ("result_total_range", {"total": Decimal("-0.01")}),
        ("result_rank_from_one", {"rank": 0}),
    ],
)
def test_results(name, fields):
    refused(name, lambda: ResultFactory(**fields))


def test_an_organisation_has_one_result_in_a_round():
    first = ResultFactory()

    refused("result_once", lambda: ResultFactory(round=first.round, organization=first.organization))


def test_every_constraint_is_tried_here():
    with open(__file__, encoding="utf-8") as source:
        text = source.read()
    names = {
        constraint.name
        for model in (Indicator, Result, Round, Scheme, StageScore, Submission)
        for constraint in model._meta.constraints
    }

    assert {name for name in names if name not in text} == set()
    assert connection.vendor == "postgresql"
