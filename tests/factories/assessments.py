"""Schemes, rounds and score sheets.

round_ = RoundFactory(scheme__campaign__issuer=root)                     # the mid-year round of 2026, in self-check
indicator = IndicatorFactory(scheme=round_.scheme, target=target)        # 主题党日, metered, 10 points
sheet = SubmissionFactory(round=round_, organization=branch)
StageScoreFactory(submission=sheet, indicator=indicator)                 # 8 points at the self-check
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import factory
from factory.django import DjangoModelFactory

from assessments.actions.rounds import open_round
from assessments.enums import Grade, IndicatorKind, StageName
from assessments.models import Indicator, Result, Round, Scheme, StageScore, Submission
from assessments.rules.rounds import StageDays
from assessments.rules.sheets import Entry
from branches.models import Organization
from branches.permissions import Actor
from campaigns.enums import Outcome
from campaigns.models import Assignment, Target
from partybuild.lib import periods
from partybuild.lib.clock import ZONE, end_of_day
from tests.factories.branches import BranchFactory, CommitteeFactory, OrganizationFactory
from tests.factories.campaigns import RULES_SINCE, AssignmentFactory, CampaignFactory, DimensionFactory, TargetFactory

DAYS = StageDays(date(2026, 6, 8), date(2026, 6, 15), date(2026, 6, 23), date(2026, 6, 30))
OPENED_AT = datetime(2026, 6, 8, 9, 0, tzinfo=ZONE)


class SchemeFactory(DjangoModelFactory):
    """A scheme without lines."""

    class Meta:
        model = Scheme

    campaign = factory.SubFactory(CampaignFactory)
    name = "四型机关评分方案"
    made_at = OPENED_AT


class IndicatorFactory(DjangoModelFactory):
    """主题党日, every month, of all branches; ten points."""

    class Meta:
        model = Indicator

    class Params:
        by_hand = factory.Trait(kind=IndicatorKind.MANUAL, target__metric="manual", name="提升服务质量")

    scheme = factory.SubFactory(SchemeFactory)
    dimension = factory.SubFactory(DimensionFactory, campaign=factory.SelfAttribute("..scheme.campaign"))
    target = factory.SubFactory(
        TargetFactory,
        task__campaign=factory.SelfAttribute("...scheme.campaign"),
        task__dimension=factory.SelfAttribute("...dimension"),
    )
    task = factory.SelfAttribute("target.task")
    name = "主题党日"
    standard = "每月不少于 1 次"
    kind = IndicatorKind.METERED
    points = Decimal(10)
    position = factory.Sequence(lambda n: n % 30_000)


class RoundFactory(DjangoModelFactory):
    """The mid-year round of 2026: open from 8 June, done by 30 June."""

    class Meta:
        model = Round

    scheme = factory.SubFactory(SchemeFactory)
    key = "2026H1"
    name = "四型机关2026年上半年评估"
    starts_on = date(2026, 1, 1)
    ends_on = date(2026, 6, 30)
    opens_on = DAYS.opens_on
    self_check_by = DAYS.self_check_by
    check_by = DAYS.check_by
    final_by = DAYS.final_by
    rule_version = RULES_SINCE


class SubmissionFactory(DjangoModelFactory):
    """A branch's sheet."""

    class Meta:
        model = Submission

    round = factory.SubFactory(RoundFactory)
    organization = factory.SubFactory(BranchFactory)
    unit = factory.LazyAttribute(lambda row: row.organization.parent or row.organization)
    path = factory.SelfAttribute("organization.path")
    kind = factory.SelfAttribute("organization.kind")


class StageScoreFactory(DjangoModelFactory):
    """Eight points at the self-check, as computed."""

    class Meta:
        model = StageScore

    submission = factory.SubFactory(SubmissionFactory)
    indicator = factory.SubFactory(IndicatorFactory, scheme=factory.SelfAttribute("..submission.round.scheme"))
    stage = StageName.SELF_CHECK
    computed = Decimal(8)
    start = Decimal(8)
    points = Decimal(8)


class ResultFactory(DjangoModelFactory):
    class Meta:
        model = Result

    round = factory.SubFactory(RoundFactory)
    organization = factory.SubFactory(BranchFactory)
    path = factory.SelfAttribute("organization.path")
    kind = factory.SelfAttribute("organization.kind")
    total = Decimal("86.5")
    rank = 1
    grade = Grade.FAIR


def month_due(target: Target, organization: Organization, month: int, how: str = "open", **fields: Any) -> Assignment:
    """The assignment of a month of 2026, and how it stands: on_time, late, too_late, open or exempt (live), or with
    ``closed=True`` as it was fixed."""
    period = periods.parse(f"2026-{month:02}")
    following = periods.next(period).starts_on
    grace, cut_off = following.replace(day=8), following.replace(day=13)
    completed_on = {"on_time": period.ends_on, "late": cut_off, "too_late": following.replace(day=20)}.get(how)
    if how == "exempt":
        fields |= {"state": "exempt", "exempt_reason": "发布时本周期已过半"}
    elif completed_on:
        fields |= {"state": "done", "done": target.at_least}
    if fields.pop("closed", False):
        outcomes = {"too_late": Outcome.MISSING, "open": Outcome.MISSING}
        fields |= {"outcome": outcomes.get(how, how), "closed_at": end_of_day(following.replace(day=14))}
    return AssignmentFactory(
        target=target,
        organization=organization,
        period=period.key,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        due_on=period.ends_on,
        due_month=period.key,
        grace_until=grace,
        cut_off_on=cut_off,
        completed_at=end_of_day(completed_on) if completed_on else None,
        **fields,
    )


def year_due(target: Target, organization: Organization, **fields: Any) -> Assignment:
    """The assignment of the whole year 2026, not done yet."""
    return AssignmentFactory(
        target=target,
        organization=organization,
        period="2026",
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        due_on=date(2026, 12, 31),
        due_month="2026-12",
        grace_until=date(2027, 1, 8),
        cut_off_on=date(2027, 1, 13),
        **fields,
    )


@dataclass
class Story:
    """A district with one mid-year round: a metered indicator and one graded by hand, 10 points each; the branch has
    done five months of six, its sibling all of them."""

    root: Organization
    committee: Organization
    branch: Organization
    sibling: Organization
    round: Round
    metered: Indicator
    by_hand: Indicator

    def sheet(self, organization: Organization | None = None) -> Submission:
        """The sheet of an organisation, fresh from the database; the branch's by default."""
        sheets = Submission.objects.select_related("organization", "round__scheme__campaign__issuer")
        return sheets.get(round=self.round, organization=organization or self.branch)

    def entries(self, points: str, **fields: str) -> dict[int, Entry]:
        """What grades the indicator by hand."""
        return {self.by_hand.pk: Entry(Decimal(points), **fields)}


def make_story(root: Organization | None = None, branches: Sequence[Organization] = ()) -> Story:
    """The district of ``Story``, with its round just opened; over given organisations, or over new ones."""
    root = root or OrganizationFactory()
    if not branches:
        committee = CommitteeFactory(parent=root)
        branches = [BranchFactory(parent=committee), BranchFactory(parent=committee)]
    branch, sibling = branches
    scheme = SchemeFactory(campaign__issuer=root)
    dimension = DimensionFactory(campaign=scheme.campaign)
    metered = IndicatorFactory(scheme=scheme, dimension=dimension, position=1)
    by_hand = IndicatorFactory(scheme=scheme, dimension=dimension, by_hand=True, position=2)
    for organization in (branch, sibling):
        for month in range(1, 7):
            how = "open" if (organization, month) == (branch, 6) else "on_time"
            month_due(metered.target, organization, month, how)
        year_due(by_hand.target, organization)
    round_ = open_round(by=Actor.system(), scheme=scheme, key="2026H1", days=DAYS)
    return Story(root, branch.parent, branch, sibling, round_, metered, by_hand)
