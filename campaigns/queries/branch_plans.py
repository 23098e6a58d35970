"""Plans of branches and planned activities: lists, coverage, matches with records, facts (C07)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse

from branches.enums import OrganizationKind
from branches.models import Organization
from branches.permissions import Permission, Scope
from branches.queries.filters import narrowed
from campaigns.models import Activity, BranchPlan, Milestone, PlanItem
from campaigns.models.branch_plan import BranchPlanQuerySet
from campaigns.queries.work_coverage import CoverageRow, coverage_rows
from campaigns.rules.branch_plans import DUE, HELD, LATE, Held, PlanState, match, standing
from campaigns.rules.facts import Fact
from campaigns.rules.works import placed
from members.rules.registers import Figures
from office.queries.rules import rule_table
from partybuild.lib import clock

KINDS = (OrganizationKind.GENERAL_BRANCH, OrganizationKind.BRANCH)
METRIC = "plan.filed"


def plans_for(
    scope: Scope,
    *,
    year: int | None = None,
    organization: Organization | None = None,
    state: str = "",
    own: bool = False,
) -> BranchPlanQuerySet:
    """The plans that the scope sees; ``own`` leaves out those of organisations below."""
    found = narrowed(
        BranchPlan.objects.visible_to(scope), organization=organization, own=scope if own else None, year=year,
        state=state,
    )  # fmt: skip
    return found.select_related("organization", "campaign").order_by("-year", "organization__path", "pk")


@dataclass(frozen=True)
class ItemLine:
    """A planned activity with the record that answers it."""

    item: PlanItem
    activity: Activity | None
    state: str
    last_day: date

    @property
    def write_url(self) -> str:
        """Where the record is written, with kind and organisation filled in."""
        asked = {"organization": self.item.plan.organization_id, "kind": self.item.kind}
        return f"{reverse('campaigns:activity_create')}?{urlencode(asked)}"


def item_lines(plans: Iterable[BranchPlan], today: date) -> list[ItemLine]:
    """The planned activities of these plans with what was held. Three queries, whatever their number."""
    known = {plan.pk: plan for plan in plans}
    items: dict[int, list[PlanItem]] = defaultdict(list)
    for item in PlanItem.objects.filter(plan__in=known).select_related("responsible"):
        item.plan = known[item.plan_id]
        items[item.plan_id].append(item)
    days = rule_table(today).int("plan.match_days")
    records = _records({(plan.organization_id, plan.year) for plan in known.values()})
    lines = []
    for pk, plan in known.items():
        held = records.get((plan.organization_id, plan.year), {})
        facts = [Held(one.pk, one.kind, one.held_on) for one in held.values()]
        found = match(plan.year, [item.planned for item in items[pk]], facts, days)
        for item in items[pk]:
            activity = held.get(found.get(item.pk, 0))
            allowed = days if item.day else 0
            state = standing(item.last_day, activity is not None, today, allowed)
            lines.append(ItemLine(item, activity, state, item.last_day))
    return lines


def planned_for(
    scope: Scope, today: date, *, year: int | None = None, organization: Organization | None = None, state: str = ""
) -> list[ItemLine]:
    """The activities of the approved plans of a year in the scope, in the order of their days."""
    found = BranchPlan.objects.visible_to(scope).filter(state=PlanState.APPROVED, year=year or today.year)
    prefix = scope.prefix(Permission.VIEW_WORK)
    found = found.filter(organization__path__startswith=prefix[0]) if prefix else found.none()
    found = narrowed(found, organization=organization)
    lines = item_lines(found.select_related("organization"), today)
    kept = [line for line in lines if not state or (_is_due(line, today) if state == DUE else line.state == state)]
    return sorted(kept, key=lambda line: (line.last_day, line.item.plan.organization_id, line.item.pk))


def superior_plans(plan: BranchPlan) -> list[BranchPlan]:
    """The approved plans of the superiors for the same year, the nearest first: by them one's own goes."""
    found = BranchPlan.objects.filter(
        organization__in=plan.organization.ancestor_ids, year=plan.year, state=PlanState.APPROVED
    )
    return list(found.select_related("organization").order_by("-organization__path"))


def plan_coverage(scope: Scope, year: int, on: date) -> tuple[list[CoverageRow], date | None]:
    """Unit by unit: approved, handed in, missing; and the day by which plans are due, where a milestone says so."""
    plans = BranchPlan.objects.filter(year=year)
    begun = set(plans.filed().values_list("organization_id", flat=True))
    done = set(plans.filter(state=PlanState.APPROVED).values_list("organization_id", flat=True))
    return coverage_rows(scope, KINDS, begun, done, on), plan_due(year)


def plan_due(year: int) -> date | None:
    """The day by which plans are to be handed in, where a milestone of a campaign of the year says so."""
    named = Milestone.objects.filter(campaign__year=year, title__contains="计划", due_on__isnull=False)
    return named.order_by("due_on").values_list("due_on", flat=True).first()


def plan_figures(scope: Scope) -> Figures:
    """For the hub: plans of this year, and those that have been sent back."""
    year = clock.today().year
    seen = BranchPlan.objects.visible_to(scope).filter(year=year)
    returned = seen.filter(state=PlanState.RETURNED).count()
    return Figures(seen.count(), returned, "份计划被退回待修改", f"?year={year}&state=returned")


def planned_figures(scope: Scope) -> Figures:
    """For the hub: planned activities of this year, and those that were not held in time."""
    lines = planned_for(scope, clock.today())
    late = sum(line.state == LATE for line in lines)
    return Figures(len(lines), late, "项计划活动逾期未开展", f"?state={LATE}")


def plans_to_judge(scope: Scope) -> int:
    """Plans from below that wait for the superior."""
    waiting = BranchPlan.objects.visible_to(scope, Permission.LEAD_WORK).filter(state=PlanState.SUBMITTED)
    own = scope.grant.organization_id if scope.grant else None
    return waiting.exclude(organization=own, organization__parent__isnull=False).count()


def plans_to_mend(scope: Scope) -> int:
    """One's own plans that have been sent back."""
    own = scope.grant.organization_id if scope.grant else None
    return BranchPlan.objects.filter(organization=own, state=PlanState.RETURNED).count()


def planned_soon(scope: Scope) -> int:
    """One's own planned activities of this month that are still to be held, and those that are late."""
    today = clock.today()
    if scope.grant is None:
        return 0
    plans = BranchPlan.objects.filter(
        organization=scope.grant.organization_id, year=today.year, state=PlanState.APPROVED
    )
    lines = item_lines(plans.select_related("organization"), today)
    return sum(_is_due(line, today) for line in lines)


def _is_due(line: ItemLine, today: date) -> bool:
    """Not held, though its month has come."""
    return line.state != HELD and (line.item.plan.year, line.item.month) <= (today.year, today.month)


def facts_of_plans(organizations: Collection[int], start: date, end: date) -> list[Fact]:
    """Plans that have been handed in and not sent back, on the day of handing in within the year they are for."""
    rows = BranchPlan.objects.filed().filter(organization__in=organizations, year__range=(start.year, end.year))
    found = []
    for plan in rows.order_by("pk"):
        assert plan.submitted_at is not None  # a constraint of the table
        day = placed(clock.in_zone(plan.submitted_at).date(), plan.year)
        if start <= day <= end:
            text = f"{plan.year}年度计划“{plan}”，{plan.get_state_display()}"
            url = reverse("campaigns:branch_plan_detail", args=[plan.pk])
            found.append(Fact(f"plan:{plan.pk}", plan.organization_id, day, plan.submitted_at, Decimal(1), text, url))
    return found


def export_plans(plans: Iterable[BranchPlan]) -> Iterator[list[object]]:
    """Rows of the workbook of plans."""
    for number, plan in enumerate(plans, 1):
        yield [
            number, plan.organization.name, plan.year, plan.campaign.name if plan.campaign else "", plan.title,
            plan.get_state_display(), clock.in_zone(plan.submitted_at).date() if plan.submitted_at else None,
            plan.remark,
        ]  # fmt: skip


def export_planned(lines: Iterable[ItemLine]) -> Iterator[list[object]]:
    """Rows of the workbook of planned activities."""
    for number, line in enumerate(lines, 1):
        item, held = line.item, line.activity
        yield [
            number, item.plan.organization.name, item.plan.year, item.month, item.day, item.get_kind_display(),
            item.title, item.responsible.name if item.responsible else "", line.state,
            held.held_on if held else None, str(held) if held else "",
        ]  # fmt: skip


def _records(places: Collection[tuple[int, int]]) -> dict[tuple[int, int], dict[int, Activity]]:
    """(organisation, year) → records that count, by id. One query; the days around New Year serve both years."""
    if not places:
        return {}
    years = [year for _, year in places]
    slack = timedelta(days=31)
    rows = Activity.objects.counting().filter(
        organization__in={organization for organization, _ in places},
        held_on__range=(date(min(years), 1, 1) - slack, date(max(years), 12, 31) + slack),
    )
    found: dict[tuple[int, int], dict[int, Activity]] = defaultdict(dict)
    for activity in rows.only("pk", "organization_id", "kind", "held_on", "title"):
        for organization, year in places:
            if organization == activity.organization_id and abs(activity.held_on.year - year) <= 1:
                found[organization, year][activity.pk] = activity
    return dict(found)
