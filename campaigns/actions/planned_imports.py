"""Import of planned activities from Excel into the plan of one's own organisation (C07)."""

from collections import defaultdict

from branches.actions.uploads import Importer
from branches.enums import ImportKind
from branches.models import Organization
from branches.permissions import Actor, Permission
from branches.rules.uploads import ImportResult
from campaigns.models import BranchPlan, PlanItem
from campaigns.rules.planned_imports import COLUMNS, EXAMPLE, PlannedEntry, read_row
from members.queries.roster import memberships_on
from partybuild.lib import clock
from partybuild.lib.workbook import Table


def run(*, by: Actor, table: Table, under: Organization | None, write: bool) -> ImportResult:
    """Judge all rows and write the good ones when asked to; an activity that is planned already stays as it is.

    They go into the year's general plan, which is begun where there is none and must not have been handed in.
    """
    assert under is not None
    if write:
        Organization.objects.select_for_update(no_key=True).get(pk=under.pk)
    entries = [read_row(row, clock.today().year) for row in table.rows]
    plans = {plan.year: plan for plan in BranchPlan.objects.filter(organization=under, campaign=None)}
    known = set(
        PlanItem.objects.filter(plan__in=plans.values()).values_list("plan__year", "month", "day", "kind", "title")
    )
    people = _people(under)
    result, made = ImportResult(), []
    for entry in entries:
        member = _member(entry, people)
        plan = plans.get(entry.year)
        if plan is not None and not plan.is_open:
            entry.refuse("year", f"{entry.year}年度的计划已经提交，请先撤回或者请上级退回")
        if entry.problems:
            result.refuse_row(table, entry.row, entry.problems)
            continue
        key = (entry.year, entry.month, entry.day, entry.kind, entry.title)
        if key in known:
            result.unchanged += 1
            continue
        known.add(key)
        made.append((entry, member))
        result.created += 1
    if write:
        _write(under, plans, made)
    return result


def _people(under: Organization) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for name, pk in memberships_on(under, clock.today()).values_list("member__name", "member"):
        found[name].append(pk)
    return found


def _member(entry: PlannedEntry, people: dict[str, list[int]]) -> int | None:
    if not entry.responsible:
        return None
    found = people.get(entry.responsible, [])
    if len(found) != 1:
        entry.refuse("responsible", "名册中有同名党员，请在页面上填写" if found else "名册中没有这名党员")
        return None
    return found[0]


def _write(under: Organization, plans: dict[int, BranchPlan], made: list[tuple[PlannedEntry, int | None]]) -> None:
    for year in sorted({entry.year for entry, _ in made} - set(plans)):
        plan = BranchPlan(
            organization=under, year=year, title=f"{year}年度党建工作计划", created_at=clock.now()
        )  # fmt: skip
        plan.full_clean()
        plan.save()
        plans[year] = plan
    PlanItem.objects.bulk_create(
        (
            PlanItem(
                plan=plans[entry.year], month=entry.month, day=entry.day, kind=entry.kind, title=entry.title,
                responsible_id=member,
            )
            for entry, member in made
        ),
        batch_size=500,
    )  # fmt: skip


IMPORTER = Importer(
    kind=ImportKind.PLANNED, permission=Permission.DO_WORK, verb="导入计划活动", columns=COLUMNS, run=run,
    example=EXAMPLE,
)  # fmt: skip
