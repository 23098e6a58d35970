"""The set-based statements against the rule in plain code."""

import random
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.actions import scoring
from assessments.enums import RoundStatus
from assessments.models import Result, StageScore, Submission
from assessments.queries.rules import rules_of
from assessments.rules import ranking
from assessments.rules.scoring import Figures, points
from campaigns.models import Assignment
from campaigns.rules.assignments import outcome_of
from partybuild.lib import clock
from tests.factories.assessments import (
    IndicatorFactory,
    RoundFactory,
    StageScoreFactory,
    SubmissionFactory,
    month_due,
    year_due,
)
from tests.factories.branches import BranchFactory, CommitteeFactory, OrganizationFactory
from tests.factories.campaigns import CreditFactory, TargetFactory
from tests.factories.office import RuleFactory

pytestmark = pytest.mark.django_db
HOW = ("on_time", "late", "too_late", "open", "exempt")


@pytest.fixture
def round_():
    return RoundFactory()


def live_verdict(assignment: Assignment) -> str:
    """How an assignment stands, said plainly."""
    if assignment.outcome:
        return assignment.outcome
    if assignment.state != "exempt" and assignment.completed_at is None:
        return "open"
    return outcome_of(
        assignment.state == "exempt", assignment.completed_at, assignment.grace_until, assignment.cut_off_on
    ).value


def branches_of(round_, count: int):
    committee = CommitteeFactory(parent=round_.scheme.campaign.issuer)
    return [BranchFactory(parent=committee) for _ in range(count)]


def test_points_totals_and_ranks_agree_with_plain_code(round_):
    """A spread of outcomes, open and closed, over 24 organisations and four indicators."""
    dice = random.Random(20260630)
    worth = [Decimal(10), Decimal("2.5"), Decimal("1.5"), Decimal("0.37")]
    indicators = [IndicatorFactory(scheme=round_.scheme, points=points_) for points_ in worth]
    for branch in branches_of(round_, 24):
        for indicator in indicators:
            for month in range(1, 7):
                month_due(indicator.target, branch, month, dice.choice(HOW), closed=dice.random() < 0.5)

    scoring.open_sheets(round_, clock.today())
    scoring.score(round_, rules_of(round_))
    scoring.fix_results(round_, rules_of(round_))

    totals = {}
    for sheet in Submission.objects.filter(round=round_):
        earned = full = Decimal(0)
        for row in StageScore.objects.filter(submission=sheet).select_related("indicator"):
            due = Assignment.objects.filter(organization=sheet.organization_id, target=row.indicator.target_id)
            figures = Figures.of(live_verdict(each) for each in due)
            expected = points(row.indicator.points, figures, Decimal("0.5"))
            assert (row.computed, row.points, row.applies) == (expected, expected, expected is not None)
            if expected is not None:
                earned, full = earned + expected, full + row.indicator.points
        assert (sheet.earned, sheet.full, sheet.total) == (earned, full, ranking.total(earned, full))
        totals[sheet.organization_id] = (sheet.kind, sheet.total)
    assert len(totals) == 24
    assert dict(Result.objects.values_list("organization", "rank")) == ranking.ranks(totals)
    bands = rules_of(round_).bands
    assert dict(Result.objects.values_list("organization", "grade")) == {
        pk: ranking.grade(total, bands) for pk, (_, total) in totals.items()
    }


def test_computing_again_changes_no_row(round_):
    indicator = IndicatorFactory(scheme=round_.scheme)
    for branch in branches_of(round_, 3):
        month_due(indicator.target, branch, 3, "late")
    scoring.open_sheets(round_, clock.today())
    rules = rules_of(round_)

    assert scoring.score(round_, rules) == 3
    assert scoring.score(round_, rules) == 0
    assert scoring.total(round_) == 0
    assert scoring.open_sheets(round_, clock.today()) == 0


def test_the_work_is_three_statements_whatever_the_number(round_):
    indicator = IndicatorFactory(scheme=round_.scheme)
    for branch in branches_of(round_, 5):
        month_due(indicator.target, branch, 3)
    rules = rules_of(round_)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        scoring.open_sheets(round_, clock.today())
        scoring.score(round_, rules)

    assert len(queries) == 3


def test_only_what_is_due_in_the_span_is_counted(round_):
    indicator = IndicatorFactory(scheme=round_.scheme)
    (branch,) = branches_of(round_, 1)
    counted = month_due(indicator.target, branch, 6, "on_time")
    month_due(indicator.target, branch, 7, "open")

    scoring.open_sheets(round_, clock.today())
    scoring.score(round_, rules_of(round_))

    row = StageScore.objects.get()
    assert row.points == Decimal(10)
    assert row.basis == {
        "assignments": [[counted.pk, "on_time", []]],
        "late_factor": "0.5",
        "rule_version": "2020-01-01",
    }


def test_the_basis_names_the_credits_that_count(round_):
    indicator = IndicatorFactory(scheme=round_.scheme)
    (branch,) = branches_of(round_, 1)
    due = month_due(indicator.target, branch, 3, "on_time")
    credit = CreditFactory(assignment=due)
    CreditFactory(assignment=due, counted=False, reason="记录不是主题党日")

    scoring.open_sheets(round_, clock.today())
    scoring.score(round_, rules_of(round_))

    assert StageScore.objects.get().basis["assignments"] == [[due.pk, "on_time", [credit.pk]]]


def test_a_successor_of_an_amended_target_counts_by_lineage(round_):
    indicator = IndicatorFactory(scheme=round_.scheme)
    (branch,) = branches_of(round_, 1)
    old = indicator.target
    old.ended_on = round_.starts_on
    old.save(update_fields=["ended_on"])
    successor = TargetFactory(task=old.task, lineage=old.lineage)
    month_due(successor, branch, 3, "on_time")

    scoring.open_sheets(round_, clock.today())
    scoring.score(round_, rules_of(round_))

    assert StageScore.objects.get().points == Decimal(10)


def test_what_is_graded_by_hand_applies_while_its_task_runs(round_):
    indicator = IndicatorFactory(scheme=round_.scheme, by_hand=True)
    asked, not_asked = branches_of(round_, 2)
    year_due(indicator.target, asked)

    scoring.open_sheets(round_, clock.today())
    scoring.score(round_, rules_of(round_))

    sheet = Submission.objects.get()
    row = StageScore.objects.get()
    assert sheet.organization == asked
    assert not_asked != asked
    assert (row.applies, row.computed, row.points) == (True, None, None)
    assert (sheet.full, sheet.earned, sheet.total, sheet.ungraded) == (10, 0, 0, 1)


def test_a_task_without_target_applies_to_all_who_are_in_the_round(round_):
    metered = IndicatorFactory(scheme=round_.scheme)
    plain = IndicatorFactory(scheme=round_.scheme, by_hand=True)
    plain.target = None
    plain.save(update_fields=["target"])
    branch, outside = branches_of(round_, 2)
    month_due(metered.target, branch, 3, "on_time")

    scoring.open_sheets(round_, clock.today())
    scoring.score(round_, rules_of(round_))

    assert StageScore.objects.get(indicator=plain).applies
    assert not Submission.objects.filter(organization=outside).exists()


def test_an_exempt_indicator_is_left_out_and_the_rest_scaled(round_):
    kept, exempt = IndicatorFactory(scheme=round_.scheme), IndicatorFactory(scheme=round_.scheme)
    (branch,) = branches_of(round_, 1)
    month_due(kept.target, branch, 3, "on_time")
    month_due(exempt.target, branch, 3, "exempt")

    scoring.open_sheets(round_, clock.today())
    scoring.score(round_, rules_of(round_))

    assert not StageScore.objects.get(indicator=exempt).applies
    assert Submission.objects.get().total == Decimal("100.00")


def test_who_has_nothing_to_do_and_the_issuer_have_no_sheet(round_):
    indicator = IndicatorFactory(scheme=round_.scheme)
    (branch,) = branches_of(round_, 1)
    month_due(indicator.target, branch, 3, "exempt")
    month_due(indicator.target, round_.scheme.campaign.issuer, 3, "open")

    assert scoring.open_sheets(round_, clock.today()) == 0


def test_a_dissolved_organisation_has_no_sheet(round_):
    indicator = IndicatorFactory(scheme=round_.scheme)
    committee = CommitteeFactory(parent=round_.scheme.campaign.issuer)
    gone = BranchFactory(parent=committee, dissolved_on=round_.starts_on)
    month_due(indicator.target, gone, 3, "on_time")

    assert scoring.open_sheets(round_, clock.today()) == 0


def test_points_changed_by_hand_stay_and_others_follow(round_):
    indicator = IndicatorFactory(scheme=round_.scheme)
    changed, plain = branches_of(round_, 2)
    for branch in (changed, plain):
        month_due(indicator.target, branch, 2, "open")
        month_due(indicator.target, branch, 3, "on_time")
    round_.status = RoundStatus.CHECK
    scoring.open_sheets(round_, clock.today())
    rules = rules_of(round_)
    scoring.score(round_, rules)
    row = StageScore.objects.get(submission__organization=changed)
    row.points, row.by_hand, row.reason = Decimal(4), True, "2月记录系补写"
    row.save()
    Assignment.objects.filter(period="2026-02").update(completed_at=clock.end_of_day(round_.starts_on))

    scoring.score(round_, rules)

    assert list(StageScore.objects.order_by("-points").values_list("computed", "start", "points")) == [
        (Decimal(10), Decimal(10), Decimal(10)),
        (Decimal(10), Decimal(5), Decimal(4)),
    ]


def test_what_was_handed_in_stays_as_it_was(round_):
    indicator = IndicatorFactory(scheme=round_.scheme)
    (branch,) = branches_of(round_, 1)
    due = month_due(indicator.target, branch, 3, "open")
    scoring.open_sheets(round_, clock.today())
    rules = rules_of(round_)
    scoring.score(round_, rules)
    Submission.objects.update(self_checked_at=clock.now())
    Assignment.objects.filter(pk=due.pk).update(completed_at=clock.end_of_day(due.due_on))

    assert scoring.score(round_, rules) == 0
    assert StageScore.objects.get().points == Decimal(0)


def test_one_sheet_alone_is_scored(round_):
    indicator = IndicatorFactory(scheme=round_.scheme)
    for branch in branches_of(round_, 3):
        month_due(indicator.target, branch, 3, "on_time")
    scoring.open_sheets(round_, clock.today())
    first = Submission.objects.order_by("pk").first()

    assert scoring.score(round_, rules_of(round_), [first.pk]) == 1
    assert list(Submission.objects.order_by("pk").values_list("total", flat=True)) == [Decimal(100), None, None]


def test_the_next_stage_starts_from_this_one(round_):
    handed_in = SubmissionFactory(round=round_, self_checked_at=clock.now())
    left = SubmissionFactory(round=round_)
    metered = IndicatorFactory(scheme=round_.scheme)
    by_hand = IndicatorFactory(scheme=round_.scheme, by_hand=True)
    for sheet in (handed_in, left):
        StageScoreFactory(submission=sheet, indicator=metered)
        StageScoreFactory(
            submission=sheet, indicator=by_hand, computed=None, start=None, points=Decimal(6), note="见附件"
        )

    assert scoring.carry_on(round_, RoundStatus.CHECK) == 4

    carried = StageScore.objects.filter(stage="check").order_by("submission", "indicator")
    assert list(carried.values_list("submission", "start", "points", "note")) == [
        (handed_in.pk, Decimal(8), Decimal(8), ""),
        (handed_in.pk, Decimal(6), Decimal(6), ""),
        (left.pk, Decimal(8), Decimal(8), ""),
        (left.pk, None, None, ""),
    ]


def test_ranks_are_among_the_kind_and_ties_share_one(round_):
    root = OrganizationFactory()
    committee = CommitteeFactory(parent=root)
    totals = [(BranchFactory(parent=committee), Decimal(total)) for total in ("90", "95.5", "90", "59.99")]
    for organization, total in [*totals, (committee, Decimal(80))]:
        SubmissionFactory(round=round_, organization=organization, total=total)
    SubmissionFactory(round=round_, total=None)

    assert scoring.fix_results(round_, rules_of(round_)) == 5

    assert list(Result.objects.order_by("organization").values_list("rank", "grade")) == [
        (1, "fair"),
        (2, "good"),
        (1, "good"),
        (2, "good"),
        (4, "poor"),
    ]


def test_the_round_keeps_to_its_rule_version(round_):
    RuleFactory(code="score.late_factor", value="0.8", effective_from=round_.starts_on)
    indicator = IndicatorFactory(scheme=round_.scheme)
    (branch,) = branches_of(round_, 1)
    month_due(indicator.target, branch, 3, "late")
    scoring.open_sheets(round_, clock.today())

    scoring.score(round_, rules_of(round_))
    assert StageScore.objects.get().points == Decimal(5)

    round_.rule_version = round_.starts_on
    scoring.score(round_, rules_of(round_))
    assert StageScore.objects.get().points == Decimal(8)
