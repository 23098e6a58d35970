"""Campaigns as pages show them: lines of the list, and one campaign with its parts and how far they are."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch, Q

from branches.permissions import Permission, Scope
from campaigns.enums import CampaignStatus
from campaigns.models import Campaign, Dimension, LeadingGroupSeat, Milestone, Target, Task
from campaigns.models.campaign import CampaignQuerySet
from campaigns.queries import progress_figures
from campaigns.rules.counts import Counts, total
from campaigns.rules.targets import asked_text, who_text


@dataclass(frozen=True)
class CampaignLine:
    """A campaign of the list with its progress and the day that comes next."""

    campaign: Campaign
    counts: Counts
    milestone: Milestone | None


@dataclass(frozen=True)
class TargetLine:
    """A target of a task in words."""

    target: Target
    who: str
    asked: str


@dataclass(frozen=True)
class TaskLine:
    """A task with its targets, and how far they are together."""

    task: Task
    targets: list[TargetLine]
    counts: Counts


@dataclass(frozen=True)
class DimensionPart:
    """A side of the campaign with its tasks; its counts are the sum of theirs."""

    dimension: Dimension
    tasks: list[TaskLine]

    @property
    def counts(self) -> Counts:
        return total(line.counts for line in self.tasks)


@dataclass(frozen=True)
class MilestoneMark:
    """A dated point: ``done``, ``late``, ``now`` (the next one) or ``later``; what falls due on that very day."""

    milestone: Milestone
    mark: str
    counts: Counts = field(default_factory=Counts)


def visible(scope: Scope) -> CampaignQuerySet:
    """What a person finds: published ones of his line, drafts only where he may work on them."""
    found = Campaign.objects.visible_to(scope)
    if scope.holds(Permission.MANAGE_CAMPAIGN):
        return found
    runs = LeadingGroupSeat.objects.filter(user=scope.user_id, runs_campaign=True).values("campaign")
    return found.filter(~Q(status=CampaignStatus.DRAFT) | Q(pk__in=runs))


def lines(scope: Scope, campaigns: Sequence[Campaign], today: date) -> list[CampaignLine]:
    """Each campaign with progress and next milestone; two queries."""
    counts = progress_figures.campaign_counts(scope, [each.pk for each in campaigns])
    upcoming = Milestone.objects.filter(campaign__in=campaigns, due_on__gte=today).order_by("-due_on", "-position")
    following = {milestone.campaign_id: milestone for milestone in upcoming}
    return [CampaignLine(each, counts.get(each.pk, Counts()), following.get(each.pk)) for each in campaigns]


def parts(scope: Scope, campaign: Campaign) -> list[DimensionPart]:
    """The campaign's sides in order, with tasks, targets and progress; four queries."""
    counts = progress_figures.task_counts(scope, campaign)
    tasks = (
        Task.objects.filter(campaign=campaign)
        .order_by("position")
        .prefetch_related(Prefetch("targets", Target.objects.in_force().order_by("position"), to_attr="in_force"))
    )
    by_dimension: dict[int, list[TaskLine]] = {}
    for task in tasks:
        line = TaskLine(task, target_lines(task.in_force), counts.get(task.pk, Counts()))
        by_dimension.setdefault(task.dimension_id, []).append(line)
    dimensions = Dimension.objects.filter(campaign=campaign).order_by("position")
    return [DimensionPart(dimension, by_dimension.get(dimension.pk, [])) for dimension in dimensions]


def target_lines(targets: Sequence[Target]) -> list[TargetLine]:
    """Targets in words."""
    return [TargetLine(target, who_text(target.demand), asked_text(target.demand)) for target in targets]


def timeline(scope: Scope, campaign: Campaign, today: date) -> list[MilestoneMark]:
    """The campaign's milestones, dated ones first; what falls due on their day tells whether they were met.

    A day that is past is late while anything due on it is undone; where nothing falls due it is simply past.
    """
    rows = list(campaign.milestones.order_by("due_on", "position"))
    days = {row.due_on for row in rows if row.due_on}
    counts = progress_figures.day_counts(scope, campaign, days)
    upcoming = min((day for day in days if day >= today), default=None)
    return [_mark(row, counts.get(row.due_on, Counts()) if row.due_on else Counts(), today, upcoming) for row in rows]


def _mark(row: Milestone, counts: Counts, today: date, upcoming: date | None) -> MilestoneMark:
    if row.due_on is None:
        return MilestoneMark(row, "later")
    if row.due_on < today:
        return MilestoneMark(row, "late" if counts.asked > counts.done else "done", counts)
    is_met = counts.asked > 0 and counts.asked == counts.done
    return MilestoneMark(row, "done" if is_met else "now" if row.due_on == upcoming else "later", counts)
