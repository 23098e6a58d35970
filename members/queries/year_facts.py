"""The figures of a year, unit by unit, with what they come to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from branches.enums import OrganizationKind
from branches.models import Organization
from branches.models.organization import OrganizationQuerySet
from branches.permissions import Permission, Scope
from members.models import Membership, YearFacts
from members.rules.registers import Figures
from members.rules.year_facts import Judgement, judge_dedicated, judge_funds
from office.queries.rules import rule_table
from office.rules.table import RuleTable
from partybuild.lib import clock

UNITS = (OrganizationKind.COMMITTEE, OrganizationKind.LEADING_GROUP)
MEMBERS = "党员"


@dataclass(frozen=True)
class YearLine:
    """A unit in a year: what was written down (None: nothing yet), how many heads, and what it comes to."""

    organization: Organization
    facts: YearFacts | None
    members: int
    heads: int
    dedicated: Judgement
    funds: Judgement


def units_of(scope: Scope, year: int, permission: Permission = Permission.VIEW_PARTY_WORK) -> OrganizationQuerySet:
    """The committees in the scope that existed at the end of the year (or today, in a running one)."""
    return Organization.objects.visible_to(scope, permission).filter(kind__in=UNITS).in_force(judged_on(year))


def judged_on(year: int) -> date:
    """Figures of a year are judged on its last day, those of the running one today."""
    return min(date(year, 12, 31), clock.today())


def year_lines(units: Iterable[Organization], year: int) -> list[YearLine]:
    """Each unit with its figures of the year; four queries, whatever the number."""
    units = list(units)
    day = judged_on(year)
    table = rule_table(day)
    ids = [unit.pk for unit in units]
    facts = {
        (row.organization_id, row.year): row
        for row in YearFacts.objects.filter(organization__in=ids, year__in=(year, year - 1)).select_related(
            "recorded_by"
        )
    }
    members = _members_below(units, day)
    return [
        _line(unit, facts.get((unit.pk, year)), facts.get((unit.pk, year - 1)), members[unit.pk], table)
        for unit in units
    ]


def year_figures(scope: Scope) -> Figures:
    """The units of the scope, and those whose figures of the running year are missing or too low."""
    year = clock.today().year
    lines = year_lines(units_of(scope, year), year)
    wanting = sum(not (line.dedicated.is_met and line.funds.is_met) for line in lines)
    return Figures(len(lines), wanting, "个单位未填报或未达标", "?gap=1")


def _members_below(units: list[Organization], day: date) -> dict[int, int]:
    """Unit id → members on the rosters below it; each unit is counted with all that lies under its path."""
    rows = (
        Membership.objects.on(day)
        .values_list("organization__path")
        .annotate(count=Count("pk"))
        .values_list("organization__path", "count")
    )
    total = dict.fromkeys((unit.pk for unit in units), 0)
    for path, count in rows:
        for part in path.split("/")[:-1]:
            if int(part) in total:
                total[int(part)] += count
    return total


def _line(
    unit: Organization, facts: YearFacts | None, before: YearFacts | None, members: int, table: RuleTable
) -> YearLine:
    heads = members if table.text("funds.head") == MEMBERS else (facts.staff or 0 if facts else 0)
    return YearLine(
        unit,
        facts,
        members,
        heads,
        judge_dedicated(
            facts.staff if facts else None,
            facts.dedicated_staff if facts else None,
            table.decimal("staff.dedicated_share"),
        ),
        judge_funds(
            facts.funds_budget if facts else None,
            heads,
            table.decimal("funds.per_head"),
            is_in_budget=bool(facts and facts.is_in_budget),
            last_year=before.funds_budget if before else None,
        ),
    )
