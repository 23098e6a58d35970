"""Facts that count for tasks from the figures of years: dedicated staff (N13) and activity funds (N14)."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from django.urls import reverse

from branches.models import Organization
from campaigns.rules.facts import Fact
from members.models import YearFacts
from members.queries.year_facts import YearLine, year_lines

_NOTHING = Decimal(0)


def facts_of_dedicated_staff(organizations: Collection[int], start: date, end: date) -> list[Fact]:
    """专职党务干部 as a share of the staff, as it stands on the period's last day or today."""
    found = []
    for line, row in _lines(organizations, end):
        judged = line.dedicated
        reason = "" if judged.value is not None else f"{judged.words}。"
        text = f"{line.organization.name}{row.year}年度：{judged.words}"
        found.append(_fact("staff", line, row, judged.value, text, reason))
    return found


def facts_of_funds_per_head(organizations: Collection[int], start: date, end: date) -> list[Fact]:
    """党建经费 a head; what is not in the unit's own budget does not count."""
    found = []
    for line, row in _lines(organizations, end):
        value = line.funds.value
        reason = "" if value is not None else f"{line.funds.words}。"
        if value is not None and not row.is_in_budget:
            reason = "党建经费未列入单位年度预算。"
        text = f"{line.organization.name}{row.year}年度党建经费"
        text += f"：{line.heads}人，人均{value}元" if value is not None else "尚不能计算"
        found.append(_fact("funds", line, row, value, text, reason))
    return found


def facts_of_funds_growth(organizations: Collection[int], start: date, end: date) -> list[Fact]:
    """The year's budget as a share of that of the year before."""
    before = dict(
        YearFacts.objects.filter(organization__in=organizations, year=end.year - 1).values_list(
            "organization_id", "funds_budget"
        )
    )
    found = []
    for line, row in _lines(organizations, end):
        last, now = before.get(line.organization.pk), row.funds_budget
        reason = "本年度党建经费预算未填报。" if now is None else "" if last else "上年度党建经费预算未填报，无法比较。"
        value = now / last if now is not None and last else None
        text = f"{line.organization.name}{row.year}年度党建经费预算{now or 0}元，上年{last or 0}元"
        found.append(_fact("growth", line, row, value, text, reason))
    return found


def _lines(organizations: Collection[int], end: date) -> list[tuple[YearLine, YearFacts]]:
    """The units that have written down figures of the year."""
    units = Organization.objects.filter(pk__in=organizations).order_by("pk")
    return [(line, line.facts) for line in year_lines(units, end.year) if line.facts]


def _fact(kind: str, line: YearLine, row: YearFacts, value: Decimal | None, text: str, reason: str) -> Fact:
    last = date(row.year, 12, 31)
    return Fact(
        key=f"{kind}:{row.pk}",
        organization_id=line.organization.pk,
        held_on=last,
        counts_from=row.recorded_at,
        amount=value if value is not None else _NOTHING,
        text=text,
        url=f"{reverse('members:year_facts_list')}?year={row.year}",
        counted=not reason,
        reason=reason,
    )
