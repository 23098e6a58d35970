"""A round: opened, led on, published, never moved again."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from assessments.actions import rounds, sheets
from assessments.enums import RoundStatus, StageName
from assessments.models import Result, Round, Scheme, StageScore, Submission
from assessments.queries.sealing import verify
from assessments.rules.sheets import Entry
from branches.models import AuditEntry
from branches.permissions import Actor
from campaigns.enums import CampaignStatus
from campaigns.models import Assignment
from partybuild.lib import clock
from tests.factories.assessments import DAYS, SchemeFactory, make_story, month_due
from tests.factories.branches import BranchFactory, CommitteeFactory, OrganizationFactory
from tests.factories.campaigns import CampaignFactory, TargetFactory
from tests.factories.office import RuleFactory

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system()


@pytest.fixture
def story(move_clock):
    move_clock("2026-06-08T09:00:00+08:00")
    return make_story()


def to_final(story) -> Round:
    """Both sheets handed in and checked with 8 points by hand, and the round led to its last stage."""
    for step in (1, 2):
        for organization in (story.branch, story.sibling):
            sheets.hand_in(by=SYSTEM, sheet=story.sheet(organization), entries=story.entries("8"), comment="")
        rounds.advance(by=SYSTEM, round_=story.round)
        assert step
    return Round.objects.get(pk=story.round.pk)


def test_opening_fills_the_metered_points_in(story):
    sheet = story.sheet()

    assert (sheet.unit, sheet.kind, sheet.path) == (story.committee, "branch", story.branch.path)
    assert (sheet.earned, sheet.full, sheet.total, sheet.ungraded) == (
        Decimal("8.33"),
        Decimal(20),
        Decimal("41.65"),
        1,
    )
    assert story.round.name == "四型机关2026年上半年评估"
    assert story.round.computed_at == clock.now()
    entry = AuditEntry.objects.get(verb="开展评估")
    assert (entry.object_id, entry.organization_id, entry.detail) == (story.round.pk, story.root.pk, {"sheets": 2})


def test_opening_again_gives_the_same_round(story):
    again = rounds.open_round(by=SYSTEM, scheme=story.round.scheme, key="2026H1", days=DAYS)

    assert again == story.round
    assert (Round.objects.count(), Submission.objects.count()) == (1, 2)
    assert AuditEntry.objects.filter(verb="开展评估").count() == 1


@pytest.mark.parametrize("key", ["2027H1", "once", "上半年", "2026-6"])
def test_a_round_lies_in_the_campaigns_year(story, key):
    with pytest.raises(ValidationError) as refused:
        rounds.open_round(by=SYSTEM, scheme=story.round.scheme, key=key, days=DAYS)

    assert list(refused.value.message_dict) == ["key"]


def test_only_a_published_campaign_is_evaluated(move_clock):
    scheme = SchemeFactory(campaign__status=CampaignStatus.DRAFT)

    with pytest.raises(ValidationError, match="尚未发布或已经结束"):
        rounds.open_round(by=SYSTEM, scheme=scheme, key="2026H1", days=DAYS)


def test_without_assignments_there_is_nothing_to_evaluate():
    with pytest.raises(ValidationError, match="没有可以评估的党组织"):
        rounds.open_round(by=SYSTEM, scheme=SchemeFactory(), key="2026H1", days=DAYS)

    assert not Round.objects.exists()


def test_organisations_that_come_in_late_get_their_sheet(story):
    newcomer = BranchFactory(parent=story.committee)
    month_due(story.metered.target, newcomer, 6)

    assert rounds.rescore(by=SYSTEM, round_=story.round) == 1

    assert story.sheet(newcomer).total == Decimal(0)


def test_scoring_again_follows_the_records(story):
    Assignment.objects.filter(organization=story.branch, period="2026-06").update(completed_at=clock.now())

    assert rounds.rescore(by=SYSTEM, round_=story.round) == 1
    assert rounds.rescore(by=SYSTEM, round_=story.round) == 0

    assert story.sheet().earned == Decimal(10)


def test_a_stage_waits_for_all_sheets_or_for_its_last_day(story, move_clock):
    sheets.hand_in(by=SYSTEM, sheet=story.sheet(), entries=story.entries("8"), comment="")

    with pytest.raises(ValidationError, match="还有 1 个党组织的评分表未提交，本阶段到 6月15日 截止"):
        rounds.advance(by=SYSTEM, round_=story.round)

    move_clock("2026-06-15T23:59:00+08:00")
    with pytest.raises(ValidationError):
        rounds.advance(by=SYSTEM, round_=story.round)

    move_clock("2026-06-16T00:00:00+08:00")
    assert rounds.advance(by=SYSTEM, round_=story.round).status == RoundStatus.CHECK


def test_each_stage_starts_from_the_one_before(story):
    for organization, points in ((story.branch, "7"), (story.sibling, "9")):
        sheets.hand_in(by=SYSTEM, sheet=story.sheet(organization), entries=story.entries(points), comment="")

    rounds.advance(by=SYSTEM, round_=story.round)

    rows = StageScore.objects.filter(submission=story.sheet(), stage=StageName.CHECK).order_by("indicator__position")
    assert list(rows.values_list("computed", "start", "points")) == [
        (Decimal("8.33"), Decimal("8.33"), Decimal("8.33")),
        (None, Decimal(7), Decimal(7)),
    ]
    assert AuditEntry.objects.filter(verb="进入集中验收").count() == 1


def test_publishing_fixes_total_rank_and_grade(story):
    to_final(story)

    published = rounds.publish(by=SYSTEM, round_=story.round)

    assert published.status == RoundStatus.PUBLISHED
    assert published.published_at == clock.now()
    assert len(published.result_hash) == 64
    assert list(Result.objects.order_by("rank").values_list("organization", "total", "rank", "grade")) == [
        (story.sibling.pk, Decimal("90.00"), 1, "good"),
        (story.branch.pk, Decimal("81.65"), 2, "fair"),
    ]


def test_publishing_needs_all_points(story, move_clock):
    move_clock("2026-06-16T00:00:00+08:00")
    rounds.advance(by=SYSTEM, round_=story.round)
    move_clock("2026-06-24T00:00:00+08:00")
    rounds.advance(by=SYSTEM, round_=story.round)

    with pytest.raises(ValidationError, match="还有 2 个党组织的评分表有指标未评分"):
        rounds.publish(by=SYSTEM, round_=story.round)

    assert not Result.objects.exists()


def test_a_published_round_never_moves(story):
    to_final(story)
    rounds.publish(by=SYSTEM, round_=story.round)
    before = list(StageScore.objects.order_by("pk").values())
    Assignment.objects.filter(organization=story.branch, period="2026-06").update(completed_at=clock.now())

    for step in (rounds.rescore, rounds.advance, rounds.publish):
        with pytest.raises(ValidationError, match="评估结果已公布，不能再改动"):
            step(by=SYSTEM, round_=story.round)
    with pytest.raises(ValidationError, match="评分表不能再改动"):
        sheets.save(by=SYSTEM, sheet=story.sheet(), entries={}, comment="")

    assert list(StageScore.objects.order_by("pk").values()) == before


def test_a_published_round_reckoned_again_gives_the_same_figures(story):
    to_final(story)
    published = rounds.publish(by=SYSTEM, round_=story.round)
    RuleFactory(code="score.late_factor", value="0.9", effective_from=date(2026, 7, 1))
    Assignment.objects.update(outcome="missing", closed_at=clock.now())

    found = verify(Round.objects.get(pk=published.pk))

    assert (found.holds, found.scores, found.results) == (True, 12, 2)


@pytest.mark.parametrize(
    ("tamper", "problem"),
    [
        (lambda: Result.objects.filter(rank=2).update(grade="good"), "总分、名次或等次与得分不符"),
        (lambda: Result.objects.filter(rank=2).update(total=Decimal("99")), "总分、名次或等次与得分不符"),
        (lambda: Result.objects.filter(rank=2).delete(), "结果中的党组织与评分表不符"),
        (
            lambda: StageScore.objects.filter(computed=Decimal("8.33")).update(computed=Decimal(10)),
            "系统计分与依据不符",
        ),
        (lambda: StageScore.objects.filter(stage="check").update(note="补写"), "校验值与公布时不符"),
    ],
)
def test_tampering_with_a_published_round_is_found(story, tamper, problem):
    to_final(story)
    rounds.publish(by=SYSTEM, round_=story.round)
    tamper()

    found = verify(Round.objects.get(pk=story.round.pk))

    assert any(problem in each for each in found.problems)


def test_a_change_of_the_last_stage_moves_the_total(story):
    to_final(story)
    entries = {story.metered.pk: Entry(Decimal(5), reason="4月、5月记录雷同"), **story.entries("8")}

    sheets.save(by=SYSTEM, sheet=story.sheet(), entries=entries, comment="")

    assert story.sheet().total == Decimal("65.00")


def test_midyear_rounds_are_those_that_a_plan_asks_for(move_clock):
    move_clock("2026-06-08T09:00:00+08:00")
    root = OrganizationFactory()
    branch = BranchFactory(parent=CommitteeFactory(parent=root))
    asked = CampaignFactory(issuer=root, name="四型机关")
    target = TargetFactory(task__campaign=asked)
    month_due(target, branch, 3, "on_time")
    TargetFactory(
        task=target.task, metric="evaluation.midyear", audience_group="issuer", due_day="06-30", period="once"
    )
    TargetFactory(task__campaign=CampaignFactory(issuer=root))
    TargetFactory(
        task__campaign=CampaignFactory(issuer=root, status=CampaignStatus.CLOSED), metric="evaluation.midyear"
    )

    (round_,) = rounds.open_midyear(2026, SYSTEM)

    assert (round_.scheme.campaign, round_.key) == (asked, "2026H1")
    assert (round_.opens_on, round_.self_check_by, round_.check_by, round_.final_by) == (
        date(2026, 6, 8),
        date(2026, 6, 15),
        date(2026, 6, 23),
        date(2026, 6, 30),
    )
    assert rounds.open_midyear(2026, SYSTEM) == [round_]
    assert rounds.open_midyear(2025, SYSTEM) == []
    assert (Scheme.objects.count(), Round.objects.count()) == (1, 1)
