"""Dues as pages ask for them: a month of a branch, arrears, a year, totals."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Count, F, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from branches.enums import OrganizationKind
from branches.models import Organization
from branches.models.organization import OrganizationQuerySet
from branches.permissions import Permission, Scope
from members.models import DuesBase, DuesEntry, DuesMonth, DuesUse, Member
from members.models.dues import DuesEntryQuerySet
from members.queries.roster import memberships_on
from members.rules import dues as rules
from members.rules.dues import Rates
from office.queries.rules import rule_table

_NOTHING = Decimal("0.00")
_FEN_IN_YUAN = 100


def rates_in(month: date) -> Rates:
    """The rates that count in a month: those of its first day."""
    table = rule_table(month)
    fixed = Decimal(table.int("dues.fixed_fen")) / _FEN_IN_YUAN
    return Rates(table.list("dues.rates"), table.list("dues.retired_rates"), rules.fen(fixed))


def bases_of(members: Iterable[int]) -> dict[int, list[DuesBase]]:
    """Member id → his bases in force; one query."""
    found: dict[int, list[DuesBase]] = defaultdict(list)
    for base in DuesBase.objects.in_force().filter(member__in=list(members)):
        found[base.member_id].append(base)
    return found


def paid_until(member: Member) -> date | None:
    """党费交至: the last month before the first that is owed; None where nothing was ever due."""
    last = None
    for month, due, paid in (
        DuesEntry.objects.filter(member=member).order_by("month").values_list("month", "due", "paid")
    ):
        if paid < due:
            break
        last = month
    return last


@dataclass(frozen=True)
class Totals:
    """Sums over entries: people, what was due, what was paid, how many still owe."""

    people: int = 0
    due: Decimal = _NOTHING
    paid: Decimal = _NOTHING
    debtors: int = 0

    @property
    def owed(self) -> Decimal:
        return max(self.due - self.paid, _NOTHING)

    @property
    def rate(self) -> float | None:
        """Paid of due; None where nothing was due."""
        return float(min(self.paid, self.due) / self.due) if self.due else None


def totals_of(entries: DuesEntryQuerySet) -> Totals:
    """The sums of these entries; one query."""
    sums = entries.order_by().aggregate(
        people=Count("member", distinct=True),
        all_due=Coalesce(Sum("due"), _NOTHING),
        all_paid=Coalesce(Sum("paid"), _NOTHING),
        debtors=Count("member", distinct=True, filter=Q(paid__lt=F("due"))),
    )
    return Totals(sums["people"], sums["all_due"], sums["all_paid"], sums["debtors"])


@dataclass
class MonthSheet:
    """A branch's month: its entries, older ones that are still owed, and who has no base yet."""

    entries: list[DuesEntry]
    arrears: list[DuesEntry]
    lacking: list[Member]
    is_opened: bool
    closed: DuesMonth | None
    totals: Totals
    newcomers: int = 0


def month_sheet(branch: Organization, month: date, today: date) -> MonthSheet:
    """The month of a branch. ``newcomers`` are on the roster with a base and have no entry yet."""
    own = DuesEntry.objects.filter(organization=branch).select_related("member", "collector")
    entries = list(own.filter(month=month).order_by("member__initials", "member__name", "pk"))
    arrears = list(own.filter(month__lt=month).unpaid().order_by("member__initials", "member__name", "month"))
    opened = DuesMonth.objects.filter(organization=branch, month=month).select_related("closed_by").first()
    open_for = owing_members(branch, month, today)
    bases = bases_of(member.pk for member in open_for)
    entered = set(DuesEntry.objects.filter(month=month, member__in=open_for).values_list("member", flat=True))
    lacking = [one for one in open_for if one.pk not in entered and not rules.base_for(bases[one.pk], month)]
    newcomers = sum(one.pk not in entered for one in open_for) - len(lacking)
    sums = Totals(
        len(entries),
        sum((entry.due for entry in entries), _NOTHING),
        sum((entry.paid for entry in entries), _NOTHING),
        sum(entry.paid < entry.due for entry in entries),
    )
    closed = opened if opened and opened.closed_at else None
    return MonthSheet(entries, arrears, lacking, opened is not None, closed, sums, newcomers if not closed else 0)


def owing_members(branch: Organization, month: date, today: date) -> list[Member]:
    """Who owes for the month at the branch: on its roster on the last day (until then, today) and accepted by then."""
    places = memberships_on(branch, min(rules.month_end(month), today)).select_related("member")
    return [
        place.member
        for place in places.order_by("member__initials", "member__name", "pk")
        if rules.owes_in(month, place.member.joined_on)
    ]


@dataclass
class Debtor:
    """A member with the months for which he owes."""

    member: Member
    organization: Organization
    months: list[date] = field(default_factory=list)
    owed: Decimal = _NOTHING
    is_long: bool = False

    @property
    def months_text(self) -> str:
        return rules.months_text(self.months)


def debtors(scope: Scope, month: date, *, q: str = "", organization: Organization | None = None) -> list[Debtor]:
    """Who owes for months before this one, those who owe longest first. Two queries."""
    silent = rule_table(month).int("dues.silent_months")
    entries = DuesEntry.objects.visible_to(scope).unpaid().filter(month__lt=month)
    if q:
        entries = entries.filter(
            Q(member__name__icontains=q.strip()) | Q(member__initials__startswith=q.strip().lower())
        )
    if organization:
        entries = entries.filter(organization__path__startswith=organization.path)
    found: dict[int, Debtor] = {}
    for entry in entries.select_related("member", "organization").order_by("member", "month"):
        one = found.setdefault(entry.member_id, Debtor(entry.member, entry.organization))
        one.organization = entry.organization
        one.months.append(entry.month)
        one.owed += entry.owed
    for one in found.values():
        one.is_long = rules.longest_run(one.months) >= silent
    return sorted(found.values(), key=lambda one: (-len(one.months), one.member.initials, one.member.pk))


def debtor_count(scope: Scope, month: date) -> int:
    """How many owe for months before this one."""
    owed = DuesEntry.objects.visible_to(scope).unpaid().filter(month__lt=month)
    return owed.order_by().values("member").distinct().count()


def branch_totals(
    scope: Scope, first: date, last: date, *, organization: Organization | None = None
) -> OrganizationQuerySet:
    """The branches of a scope with the sums of these months: ``people``, ``due``, ``paid``, ``debtors``, ``closed``.

    Sums only: leaders may see them.
    """
    branches = Organization.objects.visible_to(scope, Permission.VIEW_PARTY_WORK).filter(kind=OrganizationKind.BRANCH)
    branches = branches.in_force(first)
    if organization:
        branches = branches.filter(path__startswith=organization.path)
    entries = (
        DuesEntry.objects.filter(organization=OuterRef("pk"), month__gte=first, month__lte=last)
        .order_by()
        .values("organization")
    )
    months = DuesMonth.objects.filter(organization=OuterRef("pk"), month__gte=first, month__lte=last)
    money = DuesEntry._meta.get_field("due")
    return (
        branches.select_related("parent")
        .annotate(
            people=Coalesce(Subquery(entries.annotate(n=Count("member", distinct=True)).values("n")), Value(0)),
            due=Coalesce(Subquery(entries.annotate(n=Sum("due")).values("n"), output_field=money), Value(_NOTHING)),
            paid=Coalesce(Subquery(entries.annotate(n=Sum("paid")).values("n"), output_field=money), Value(_NOTHING)),
            debtors=Coalesce(
                Subquery(entries.filter(paid__lt=F("due")).annotate(n=Count("member", distinct=True)).values("n")),
                Value(0),
            ),
            opened=_count(months),
            closed=_count(months.filter(closed_at__isnull=False)),
        )
        .order_by("path")
    )


def _count(rows: object) -> Coalesce:
    counted = rows.order_by().values("organization").annotate(n=Count("pk")).values("n")  # type: ignore[attr-defined]
    return Coalesce(Subquery(counted), Value(0))


def scope_totals(scope: Scope, first: date, last: date, organization: Organization | None = None) -> Totals:
    """The sums of everything below the scope, or below one organisation of it."""
    entries = DuesEntry.objects.visible_to(scope, Permission.VIEW_PARTY_WORK).filter(month__gte=first, month__lte=last)
    if organization:
        entries = entries.filter(organization__path__startswith=organization.path)
    return totals_of(entries)


@dataclass
class YearLine:
    """A member's year at a branch: for each of the twelve months the entry, or None."""

    member: Member
    entries: list[DuesEntry | None]

    @property
    def due(self) -> Decimal:
        return sum((entry.due for entry in self.entries if entry), _NOTHING)

    @property
    def paid(self) -> Decimal:
        return sum((entry.paid for entry in self.entries if entry), _NOTHING)

    @property
    def owed(self) -> Decimal:
        return sum((entry.owed for entry in self.entries if entry), _NOTHING)


def year_sheet(branch: Organization, year: int) -> list[YearLine]:
    """The members of a branch's year by name, each with twelve months. One query."""
    months = rules.months_of(year)
    entries = DuesEntry.objects.filter(organization=branch, month__in=months).select_related("member")
    lines: dict[int, YearLine] = {}
    for entry in entries.order_by("member__initials", "member__name", "member", "month"):
        line = lines.setdefault(entry.member_id, YearLine(entry.member, [None] * len(months)))
        line.entries[entry.month.month - 1] = entry
    return list(lines.values())


def month_sums(lines: Collection[YearLine]) -> list[Decimal]:
    """What was paid in each month, over all lines."""
    return [sum((entry.paid for line in lines if (entry := line.entries[place])), _NOTHING) for place in range(12)]


def uses_in(organization: Organization, first: date, last: date) -> list[DuesUse]:
    """What an organisation spent in these days with its receipts, the earliest first; without what was struck out."""
    kept = DuesUse.objects.filter(organization=organization, used_on__gte=first, used_on__lte=last, void_reason="")
    return list(kept.prefetch_related("proofs").order_by("used_on", "pk"))
