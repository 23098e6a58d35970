"""Who has started with a campaign: 3月全覆盖启动 (MF 三（三）; N25)."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Q
from django.urls import reverse

from campaigns.models import BranchPlan, Campaign, Credit, Target
from campaigns.rules.facts import Fact
from partybuild.lib import clock

METRIC = "coverage.started"


@dataclass(frozen=True)
class _Sign:
    """Something by which an organisation has started, when it came in."""

    organization_id: int
    moment: datetime
    text: str
    url: str


def facts_of_started(
    organizations: Collection[int], start: date, end: date, campaign_id: int | None = None
) -> list[Fact]:
    """An organisation has started with a campaign once the first thing that it hands in itself is there: its plan of
    the year (for the campaign or in general), or a record or an answer that counts for another task of the campaign.

    What registers tell of it without its doing (a ratio, a room) is no start. The source names no sign; this is what
    can be seen without asking anybody. Without ``campaign_id``: each campaign of the year that asks for it.
    """
    asking = Target.objects.filter(metric=METRIC, task__campaign__year=end.year).values("task__campaign")
    campaigns = Campaign.objects.filter(pk=campaign_id) if campaign_id else Campaign.objects.filter(pk__in=asking)
    return [
        Fact(
            key=f"started:{campaign.pk}:{sign.organization_id}",
            organization_id=sign.organization_id,
            held_on=max(start, clock.in_zone(sign.moment).date()),
            counts_from=sign.moment,
            amount=Decimal(1),
            text=f"已启动：{sign.text}"[:255],
            url=sign.url,
        )
        for campaign in campaigns.order_by("pk")
        for sign in _first(campaign, organizations)
    ]


def _first(campaign: Campaign, organizations: Collection[int]) -> list[_Sign]:
    """Each organisation's first sign."""
    found: dict[int, list[_Sign]] = defaultdict(list)
    for signs in (
        _plans(campaign, organizations),
        _records(campaign, organizations),
        _answers(campaign, organizations),
    ):
        for sign in signs:
            found[sign.organization_id].append(sign)
    return [min(found[pk], key=lambda sign: sign.moment) for pk in sorted(found)]


def _plans(campaign: Campaign, organizations: Collection[int]) -> Iterator[_Sign]:
    rows = BranchPlan.objects.filed().filter(
        Q(campaign=campaign) | Q(campaign=None), organization__in=organizations, year=campaign.year
    )
    for plan in rows.order_by("submitted_at", "pk"):
        assert plan.submitted_at is not None  # a constraint of the table
        url = reverse("campaigns:branch_plan_detail", args=[plan.pk])
        yield _Sign(plan.organization_id, plan.submitted_at, f"年度计划“{plan}”", url)


def _records(campaign: Campaign, organizations: Collection[int]) -> Iterator[_Sign]:
    rows = (
        Credit.objects.filter(
            assignment__campaign=campaign, assignment__organization__in=organizations, counted=True,
            activity__isnull=False,
        )
        .order_by("assignment__organization", "activity__counts_from", "pk")
        .distinct("assignment__organization")
        .values_list("assignment__organization", "activity__counts_from", "activity__title", "activity")
    )  # fmt: skip
    for organization_id, moment, title, pk in rows:
        assert moment is not None  # what counts has been filed
        yield _Sign(organization_id, moment, f"活动记录“{title}”", reverse("campaigns:activity_detail", args=[pk]))


def _answers(campaign: Campaign, organizations: Collection[int]) -> Iterator[_Sign]:
    rows = (
        Credit.objects.filter(
            assignment__campaign=campaign, assignment__organization__in=organizations, counted=True,
            answer__isnull=False,
        )
        .order_by("assignment__organization", "answer__counts_from", "pk")
        .distinct("assignment__organization")
        .values_list("assignment__organization", "answer__counts_from", "assignment__target__title", "assignment")
    )  # fmt: skip
    for organization_id, moment, title, pk in rows:
        assert moment is not None  # what counts has been filed
        yield _Sign(organization_id, moment, f"填报“{title}”", reverse("campaigns:assignment_answer", args=[pk]))
