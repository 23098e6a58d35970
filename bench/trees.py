"""An invented tree of many branches, their campaign and its targets, put in by bulk: what is measured comes after."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

from branches.enums import OrganizationKind as Kind
from branches.models import Organization
from campaigns.enums import Basis, CampaignStatus, Subject
from campaigns.models import Campaign, Dimension, Target, Task
from partybuild.lib import clock
from partybuild.lib.periods import PeriodKind

SYSTEMS, BRANCHES_OF_A_COMMITTEE = 10, 50
METRICS = ("activity.theme_day", "activity.member_assembly", "activity.branch_committee", "activity.party_lecture")


def make_small_tree(branches: int) -> Organization:
    """A 工委 with so many branches right below it."""
    root = nodes(None, Kind.WORK_COMMITTEE, ["测量小工委"])[0]
    nodes(root, Kind.BRANCH, [f"测量小工委第{number + 1}党支部" for number in range(branches)])
    return root


def make_tree(branches: int) -> Organization:
    """A 工委 over ten 机关党委 (systems), each over committees of fifty branches."""
    root = nodes(None, Kind.WORK_COMMITTEE, ["测量机关工委"])[0]
    systems = nodes(root, Kind.COMMITTEE, [f"第{number + 1}系统" for number in range(SYSTEMS)])
    committees = branches // SYSTEMS // BRANCHES_OF_A_COMMITTEE
    for system in systems:
        for unit in nodes(system, Kind.COMMITTEE, [f"{system.name}第{n + 1}机关党委" for n in range(committees)]):
            names = [f"{unit.name}第{number + 1}党支部" for number in range(BRANCHES_OF_A_COMMITTEE)]
            nodes(unit, Kind.BRANCH, names)
    return root


def nodes(parent: Organization | None, kind: Kind, names: list[str]) -> list[Organization]:
    """Siblings; their paths are written once their ids are known."""
    made = Organization.objects.bulk_create(
        Organization(
            parent=parent, kind=kind, name=name, code=uuid4().hex[:12], founded_on=date(2020, 1, 1), position=place,
            path=f"{9_000_000_000 + uuid4().int % 1_000_000_000}/",
        )
        for place, name in enumerate(names)
    )  # fmt: skip
    for node in made:
        node.path = f"{parent.path if parent else ''}{node.pk}/"
    Organization.objects.bulk_update(made, ["path"], batch_size=1000)
    return made


def make_campaign(root: Organization, targets: int) -> Campaign:
    """A published campaign that asks every branch for so many things each month."""
    campaign = Campaign.objects.create(
        code="CL", year=2026, issuer=root, name="测量", status=CampaignStatus.PUBLISHED,
        published_on=date(2026, 1, 1), created_at=clock.now(),
    )  # fmt: skip
    dimension = Dimension.objects.create(campaign=campaign, name="测量", position=1)
    task = Task.objects.create(
        campaign=campaign, dimension=dimension, number="1", title="测量", source="一", position=1
    )
    Target.objects.bulk_create(
        Target(
            task=task, lineage=uuid4(), title=f"指标{number + 1}", metric=METRICS[number % len(METRICS)],
            subject=Subject.ORGANIZATION, period=PeriodKind.MONTH, at_least=Decimal(1), unit="次", basis=Basis.RULE,
            audience_kinds=["branch"], position=number,
        )
        for number in range(targets)
    )  # fmt: skip
    return campaign
