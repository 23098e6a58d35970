"""A small district whose months have every way in which an assignment can stand.

district = make_district()                       # 2 committees with 2 branches each, one branch directly below the root
stand(branch, month="2026-03", done_on=date(2026, 3, 20))
count_again()                                    # the tallies, as the portal's own actions would
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from branches.models import Organization
from campaigns.actions import closing, tallies
from campaigns.models import Assignment, Campaign, Target
from partybuild.lib import periods
from partybuild.lib.clock import ZONE
from tests.factories.branches import BranchFactory, CommitteeFactory, OrganizationFactory
from tests.factories.campaigns import (
    AssignmentFactory,
    CampaignFactory,
    DimensionFactory,
    TargetFactory,
    TaskFactory,
)


@dataclass
class District:
    """What ``make_district`` made."""

    root: Organization
    committees: list[Organization]
    branches: list[Organization]
    campaign: Campaign
    targets: list[Target]
    other_campaign: Campaign = field(init=False)
    other_target: Target = field(init=False)


def make_district(committees: int = 2, branches: int = 2) -> District:
    """A root with committees of so many branches each and one branch of its own, and two campaigns of the root."""
    root = OrganizationFactory(name="区直机关工委")
    units = [CommitteeFactory(parent=root, name=f"{name}局机关党委") for name in "财司教民住审农水文卫"[:committees]]
    leaves = [
        BranchFactory(parent=unit, name=f"{unit.name[:2]}第{n + 1}支部") for unit in units for n in range(branches)
    ]
    leaves.append(BranchFactory(parent=root, name="工委办支部"))
    campaign = CampaignFactory(issuer=root, code="SX", name="四型机关")
    targets = [_target(campaign, name, n) for n, name in enumerate(("政治机关", "书香机关"), start=1)]
    district = District(root, units, leaves, campaign, targets)
    district.other_campaign = CampaignFactory(issuer=root, code="WX", name="五型模范机关")
    district.other_target = _target(district.other_campaign, "标准机关", 1)
    return district


def _target(campaign: Campaign, dimension: str, position: int) -> Target:
    side = DimensionFactory(campaign=campaign, name=dimension, position=position)
    return TargetFactory(task=TaskFactory(campaign=campaign, dimension=side), title=f"{dimension}主题党日")


def stand(
    organization: Organization,
    target: Target,
    month: str = "2026-03",
    done_on: date | None = None,
    due_on: date | None = None,
    **fields: Any,
) -> Assignment:
    """An assignment of a month, complete on a day or not at all; eight and thirteen days of grace after its due day."""
    period = periods.parse(month)
    due_on = due_on or period.ends_on
    done = {"done": 1, "state": "done", "completed_at": datetime.combine(done_on, time(10), ZONE)} if done_on else {}
    return AssignmentFactory(
        organization=organization,
        target=target,
        period=month,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        due_on=due_on,
        due_month=f"{due_on:%Y-%m}",
        grace_until=due_on + timedelta(days=8),
        cut_off_on=due_on + timedelta(days=13),
        **{**done, **fields},
    )


def excused(organization: Organization, target: Target, month: str = "2026-03") -> Assignment:
    """An exempt assignment of a month."""
    return stand(organization, target, month, state="exempt", exempt_reason="本周期内尚未成立")


def count_again() -> None:
    """Count all tallies from the assignments."""
    rows = list(Assignment.objects.values_list("organization_id", "due_month", "campaign_id"))
    if rows:
        organizations, months, campaigns = (set(column) for column in zip(*rows, strict=True))
        tallies.recount(organizations, months, campaigns)


def close(month: str) -> None:
    """Close a month of all units, as its run does."""
    for unit_id in Assignment.objects.filter(due_month=month).values_list("unit_id", flat=True).distinct():
        closing.close_unit(unit_id, month)
