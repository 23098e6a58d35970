"""The common problems of a plan, what an organisation said to each, and who has not spoken yet (R02)."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from branches.enums import OrganizationKind
from branches.models import Organization
from branches.permissions import Permission, Scope
from campaigns.enums import CampaignStatus, TaskNature
from campaigns.models import Campaign, CommonClaim, Target, Task
from campaigns.queries.audience import audience_of
from partybuild.lib import clock


@dataclass(frozen=True)
class CommonLine:
    """A common problem with the word of one organisation on it."""

    task: Task
    claim: CommonClaim | None


@dataclass(frozen=True)
class CoverageLine:
    """How far an organisation is: claimed, not there, not yet said."""

    organization: Organization
    claimed: int
    absent: int
    left: int


def plans_with_common(scope: Scope) -> QuerySet[Campaign]:
    """The published plans in reach that name common problems, the latest first."""
    named = Task.objects.filter(nature=TaskNature.PROBLEM).values("campaign")
    found = Campaign.objects.visible_to(scope).filter(pk__in=named).exclude(status=CampaignStatus.DRAFT)
    return found.select_related("issuer").order_by("-year", "code")


def common_tasks(campaign: Campaign) -> list[Task]:
    """The common problems of a plan, in its order."""
    return list(campaign.tasks.filter(nature=TaskNature.PROBLEM).select_related("campaign").order_by("position"))


def common_lines(tasks: list[Task], organization: Organization) -> list[CommonLine]:
    """What the organisation said to each; one query."""
    claims = CommonClaim.objects.filter(task__in=tasks, organization=organization).select_related("problem")
    by_task = {claim.task_id: claim for claim in claims}
    return [CommonLine(task, by_task.get(task.pk)) for task in tasks]


def coverage_lines(scope: Scope, campaign: Campaign, tasks: list[Task]) -> list[CoverageLine]:
    """Every organisation in reach that the plan addresses with how far it is; those that lag stand first."""
    said: Counter[tuple[int, bool]] = Counter()
    organizations = list(addressed(scope, campaign, tasks))
    claims = CommonClaim.objects.filter(task__in=tasks, organization__in=[each.pk for each in organizations])
    for organization_id, applies in claims.values_list("organization_id", "applies"):
        said[organization_id, applies] += 1
    lines = [
        CoverageLine(each, said[each.pk, True], said[each.pk, False],
                     len(tasks) - said[each.pk, True] - said[each.pk, False])
        for each in organizations
    ]  # fmt: skip
    return sorted(lines, key=lambda line: -line.left)


def lines_of_others(scope: Scope, campaign: Campaign, tasks: list[Task], own: Organization) -> list[CoverageLine]:
    """How far each is; nothing where that would be one's own organisation only, whose words stand on the page."""
    lines = coverage_lines(scope, campaign, tasks)
    return [] if [line.organization for line in lines] == [own] else lines


def addressed(scope: Scope, campaign: Campaign, tasks: list[Task]) -> QuerySet[Organization]:
    """The organisations in reach of which the plan asks a word on its common problems; without targets all below it."""
    target = Target.objects.in_force().filter(task__in=tasks).first()
    reached = Organization.objects.visible_to(scope, Permission.VIEW_WORK).in_force(clock.today())
    if target is None:
        found = reached.filter(path__startswith=campaign.issuer.path).exclude(kind=OrganizationKind.GROUP)
    else:
        found = reached.filter(pk__in=audience_of(target, campaign.issuer).order_by().values("pk"))
    return found.order_by("path")


def commons_to_claim(scope: Scope) -> int:
    """Common problems of the running plans on which one's own organisation has not spoken though it is asked."""
    return sum(left for _, left in plans_to_answer(scope))


def plans_to_answer(scope: Scope) -> list[tuple[Campaign, int]]:
    """The running plans on which one's own organisation has not spoken to the end, with how many problems are left."""
    if scope.grant is None:
        return []
    own = Organization.objects.filter(pk=scope.grant.organization_id)
    found = []
    for campaign in plans_with_common(scope).filter(status=CampaignStatus.PUBLISHED, year=clock.today().year):
        tasks = common_tasks(campaign)
        if addressed(scope, campaign, tasks).filter(pk__in=own).exists():
            claims = CommonClaim.objects.filter(task__in=tasks, organization__in=own)
            if left := len(tasks) - claims.count():
                found.append((campaign, left))
    return found


def is_asked(scope: Scope, campaign: Campaign, tasks: list[Task], organization: Organization) -> bool:
    """Whether the plan asks this organisation; who is not asked may claim of his own accord."""
    return addressed(scope, campaign, tasks).filter(Q(pk=organization.pk)).exists()
