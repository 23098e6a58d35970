"""Dues: bases by member, what waits, the register's figures, rows of workbooks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, Sum

from branches.models import Organization
from branches.models.organization import path_filter
from branches.permissions import Permission, Scope
from members.enums import DuesBaseState
from members.models import DuesBase, DuesEntry, DuesUse, Membership
from members.models.dues import DuesBaseQuerySet, DuesUseQuerySet
from members.models.member import MembershipQuerySet
from members.queries.dues import Debtor, YearLine, bases_of, debtor_count, month_sums, rates_in
from members.rules import dues as rules
from members.rules.registers import Figures
from partybuild.lib import clock

MISSING = "missing"


@dataclass(frozen=True)
class BaseLine:
    """A member on a roster with the base that counts this month, and what it makes due."""

    place: Membership
    base: DuesBase | None
    due: Decimal | None


def places_with_dues(
    scope: Scope, on: date, *, q: str = "", organization: Organization | None = None, state: str = ""
) -> MembershipQuerySet:
    """Places on the rosters that the scope keeps the dues of; ``missing``: only those without a base."""
    places = Membership.objects.visible_to(scope, Permission.VIEW_DUES).counted(on)
    if q:
        text = q.strip()
        places = places.filter(Q(member__name__icontains=text) | Q(member__initials__startswith=text.lower()))
    if organization:
        places = places.filter(organization__path__startswith=organization.path)
    if state == MISSING:
        places = places.filter(~_has_base(on))
    return places.select_related("member", "organization").order_by(
        "organization__path", "member__initials", "member__name", "pk"
    )


def base_lines(places: Sequence[Membership], on: date) -> list[BaseLine]:
    """What counts for each this month; two queries for a page."""
    month = rules.first_of(on)
    bases, rates, lines = bases_of(place.member_id for place in places), rates_in(month), []
    for place in places:
        base = rules.base_for(bases[place.member_id], month)
        due = rules.due_of(base.kind, base.amount, rates).amount if base else None
        lines.append(BaseLine(place, base, due))  # type: ignore[arg-type]
    return lines


def asked_bases(scope: Scope) -> DuesBaseQuerySet:
    """Exemptions that wait for a decision, as far as the scope sees them."""
    asked = DuesBase.objects.visible_to(scope).filter(state=DuesBaseState.ASKED)
    return asked.select_related("member", "asker").order_by("recorded_at", "pk")


def waiting_exemptions(scope: Scope) -> int:
    """How many exemptions the post may decide on."""
    found = DuesBase.objects.visible_to(scope, Permission.APPROVE_PARTY_WORK).filter(state=DuesBaseState.ASKED)
    if scope.grant and scope.grant.path.count("/") > 1:
        found = found.exclude(asker=scope.grant.organization_id)
    if scope.user_id:
        found = found.exclude(recorded_by=scope.user_id)
    return found.count()


def missing_count(scope: Scope, on: date) -> int:
    """How many on the rosters have no base."""
    return Membership.objects.visible_to(scope, Permission.VIEW_DUES).counted(on).filter(~_has_base(on)).count()


def waiting_dues(scope: Scope) -> int:
    """Who owes for months that are past: shown to those who collect."""
    return debtor_count(scope, rules.first_of(clock.today()))


def dues_figures(scope: Scope) -> Figures:
    """This year's entries, and who owes for a month that is past."""
    today = clock.today()
    sees = path_filter(scope, Permission.VIEW_PARTY_WORK, "organization__path")
    total = DuesEntry.objects.filter(sees, month__gte=date(today.year, 1, 1)).count()
    owed = DuesEntry.objects.filter(sees, month__lt=rules.first_of(today)).unpaid()
    missing = owed.order_by().values("member").distinct().count()
    if scope.holds(Permission.VIEW_DUES):
        return Figures(total, missing, "人欠缴", url_name="members:dues_arrears")
    return Figures(total, missing, "人欠缴", f"?month={today.year}")


def uses_list(scope: Scope, *, year: str = "", organization: Organization | None = None) -> DuesUseQuerySet:
    """What was spent, the latest first."""
    uses = DuesUse.objects.visible_to(scope).select_related("organization").prefetch_related("proofs")
    if year:
        uses = uses.filter(used_on__year=int(year))
    if organization:
        uses = uses.filter(organization__path__startswith=organization.path)
    return uses.order_by("-used_on", "-pk")


def spent(uses: DuesUseQuerySet) -> Decimal:
    """What these uses come to, without those struck out."""
    return uses.filter(void_reason="").aggregate(total=Sum("amount", default=Decimal(0)))["total"]


def _has_base(on: date) -> Exists:
    month = rules.first_of(on)
    bases = DuesBase.objects.in_force().filter(member=OuterRef("member"), effective_from__lte=month)
    return Exists(bases.filter(Q(until__isnull=True) | Q(until__gte=month)))


def total_rows(branches: Iterable[Any]) -> Iterator[list[object]]:
    """Rows of the totals, with their sum below."""
    people = debtors = 0
    due = paid = Decimal(0)
    for number, one in enumerate(branches, 1):
        yield [number, one.name, one.parent.name if one.parent else None, one.people, one.due, one.paid,
               max(one.due - one.paid, Decimal(0)), one.debtors]  # fmt: skip
        people, debtors, due, paid = people + one.people, debtors + one.debtors, due + one.due, paid + one.paid
    yield [None, "合计", None, people, due, paid, max(due - paid, Decimal(0)), debtors]


def debtor_rows(debtors: Sequence[Debtor]) -> Iterator[list[object]]:
    """Rows of the list of arrears."""
    for number, one in enumerate(debtors, 1):
        yield [number, one.member.name, one.organization.name, one.months_text, len(one.months), one.owed]


def year_rows(lines: Sequence[YearLine]) -> Iterator[list[object]]:
    """Rows of the 党费收缴登记表: what was paid in each month, with the sums below."""
    for number, line in enumerate(lines, 1):
        last = next((entry for entry in reversed(line.entries) if entry), None)
        paid = [entry.paid if entry else None for entry in line.entries]
        yield [
            number, line.member.name, last.get_kind_display() if last else None, last.base if last else None,
            last.due if last else None, *paid, line.paid, f"欠缴 {line.owed} 元" if line.owed else None,
        ]  # fmt: skip
    sums = month_sums(lines)
    yield [None, "合计", None, None, None, *sums, sum(sums, Decimal(0)), None]
