"""How terms stand: the register of elections (换届台账), the terms of one organisation, what waits. N19."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Prefetch, Q
from django.db.models.functions import Coalesce

from branches.models import Organization
from branches.models.organization import OrganizationQuerySet
from branches.permissions import Permission, Scope
from branches.queries.organizations import live
from members.enums import ExtensionState, OfficeKind, TermState
from members.models import Office, Term, TermExtension
from members.models.term import TermExtensionQuerySet, TermQuerySet
from members.rules.registers import Figures
from members.rules.terms import COMMITTEE_OFFICES, YEARS_RULE, Marks, latest_due, state_of
from office.queries.rules import rule_table
from partybuild.lib import clock

NOT_RECORDED, DUE, ASKED = "none", "due", "asked"
FILTERS = (
    *TermState.choices,
    (DUE, "需办理换届（临近和逾期）"),
    (ASKED, "延期申请待批复"),
    (NOT_RECORDED, "未登记任期"),
)
SORTS = {
    "path": ("path",),
    "name": ("name", "pk"),
    "elected_on": ("live_term__elected_on", "path"),
    "due_on": ("last_day", "path"),
}
DEFAULT_SORT = "path"
_JOINED = ["live_term", "parent"]


@dataclass(frozen=True)
class TermRow:
    """A line of the register: an organisation, its term in force with its state, its secretary."""

    organization: Organization
    term: Term | None
    state: TermState | None
    secretary: str
    is_asked: bool

    @property
    def last_day(self) -> date | None:
        return (self.term.extended_to or self.term.due_on) if self.term else None


def marks_on(on: date) -> Marks:
    """From when on terms are noticed, by the rules of the day."""
    return Marks.of(rule_table(on))


def with_live_term(organizations: OrganizationQuerySet) -> OrganizationQuerySet:
    """With ``live_term`` (none, perhaps) and ``last_day``, until when it runs."""
    return organizations.annotate(
        live_term=FilteredRelation("terms", condition=Q(terms__ended_on__isnull=True)),
        last_day=Coalesce("live_term__extended_to", "live_term__due_on"),
    )


def electing(scope: Scope, on: date, permission: Permission = Permission.VIEW_PARTY_WORK) -> OrganizationQuerySet:
    """The organisations of the scope that elect a committee, with their live term."""
    found = Organization.objects.visible_to(scope, permission).filter(live(on), kind__in=YEARS_RULE)
    return with_live_term(found)


def state_filter(state: str, on: date, marks: Marks) -> Q:
    """Organisations whose live term stands so on the day; the same lines as ``rules.terms.state_of``."""
    near, warned = latest_due(on, marks.second), latest_due(on, marks.first)
    overdue = Q(last_day__lt=on)
    running = Q(live_term__extended_to__isnull=True, live_term__due_on__gte=on)
    asked = TermExtension.objects.waiting().filter(term__organization=OuterRef("pk"))
    return {
        TermState.OVERDUE.value: overdue,
        TermState.EXTENDED.value: Q(live_term__extended_to__gte=on),
        TermState.NEAR.value: running & Q(live_term__due_on__lte=near),
        TermState.WARNED.value: running & Q(live_term__due_on__gt=near, live_term__due_on__lte=warned),
        TermState.NORMAL.value: running & Q(live_term__due_on__gt=warned),
        DUE: overdue | (running & Q(live_term__due_on__lte=near)),
        ASKED: Q(Exists(asked)),
        NOT_RECORDED: Q(live_term__isnull=True),
    }[state]


def term_list(
    scope: Scope,
    on: date,
    *,
    q: str = "",
    state: str = "",
    organization: Organization | None = None,
    sort: str = DEFAULT_SORT,
) -> OrganizationQuerySet:
    """The organisations of the register, filtered, with term, today's secretaries and whether an extension is asked."""
    found = electing(scope, on)
    if q:
        text = q.strip()
        found = found.filter(
            Q(name__icontains=text) | Q(short_name__icontains=text) | Q(initials__contains=text.lower())
        )
    if organization:
        found = found.filter(path__startswith=organization.path)
    if state:
        found = found.filter(state_filter(state, on, marks_on(on)))
    secretaries = Office.objects.on(on).filter(kind=OfficeKind.SECRETARY).select_related("member").order_by("pk")
    asked = TermExtension.objects.waiting().filter(term__organization=OuterRef("pk"))
    columns = SORTS.get(sort.removeprefix("-"), SORTS[DEFAULT_SORT])
    order = [
        F(name).desc(nulls_last=True) if sort.startswith("-") else F(name).asc(nulls_last=True) for name in columns
    ]
    return (
        found.select_related(*_JOINED)
        .annotate(is_asked=Exists(asked))
        .prefetch_related(Prefetch("offices", secretaries, to_attr="secretaries"))
        .order_by(*order)
    )


def rows_of(organizations: Iterable[Organization], on: date) -> list[TermRow]:
    """The lines of the register for organisations of ``term_list``."""
    marks = marks_on(on)
    return [_row(one, on, marks) for one in organizations]


def _row(organization: Organization, on: date, marks: Marks) -> TermRow:
    term: Term | None = getattr(organization, "live_term", None)
    return TermRow(
        organization,
        term,
        state_of(term.due_on, term.extended_to, on, marks) if term else None,
        "、".join(office.member.name for office in getattr(organization, "secretaries", ())),
        getattr(organization, "is_asked", False),
    )


def state_counts(scope: Scope, on: date) -> dict[str, int]:
    """State of the filters → organisations of the scope in it; ``all`` of them. One query besides the rules."""
    marks = marks_on(on)
    counts = {state: Count("pk", filter=state_filter(state, on, marks)) for state, _ in FILTERS}
    found: dict[str, int] = electing(scope, on).aggregate(all=Count("pk"), **{f"in_{k}": v for k, v in counts.items()})
    return {key.removeprefix("in_"): value for key, value in found.items()}


def export_rows(organizations: OrganizationQuerySet, on: date) -> Iterator[list[object]]:
    """Rows of the workbook, with the headings that the import knows."""
    marks = marks_on(on)
    for one in organizations.iterator(1000):
        row = _row(one, on, marks)
        term = row.term
        yield [
            one.code, one.name, one.get_kind_display(), one.parent.name if one.parent else None, row.secretary,
            term.elected_on if term else None, term.years if term else None, term.due_on if term else None,
            term.ended_on if term else None, term.committee_size if term else None,
            term.extended_to if term else None, row.state.label if row.state else "未登记",
        ]  # fmt: skip


def terms_of(organization: Organization) -> TermQuerySet:
    """All terms of an organisation, the latest first, with seats (in order of rank) and requests for extension."""
    seats = Office.objects.select_related("member").order_by("pk")
    requests = TermExtension.objects.select_related("asked_by", "answered_by")
    return Term.objects.filter(organization=organization).prefetch_related(
        Prefetch("seats", seats), Prefetch("extensions", requests)
    )


def live_term_of(organization: Organization) -> Term | None:
    """The term in force."""
    return Term.objects.live().filter(organization=organization).first()


def may_answer(scope: Scope, extension: TermExtension) -> bool:
    """Whether it is this person's to answer: a superior's, at the top of a tree a second person's."""
    organization = extension.term.organization
    if extension.state != ExtensionState.ASKED or not scope.allows(Permission.APPROVE_PARTY_WORK, organization):
        return False
    if scope.grant is not None and scope.grant.organization_id == organization.pk:
        return organization.parent_id is None and extension.asked_by_id != scope.user_id
    return True


def extensions_to_answer(scope: Scope) -> TermExtensionQuerySet:
    """Requests that wait for the person's answer."""
    found = TermExtension.objects.visible_to(scope, Permission.APPROVE_PARTY_WORK).waiting()
    if scope.grant is None:
        return found.none()
    own = Q(term__organization=scope.grant.organization_id)
    at_top = Q(term__organization__parent__isnull=True) & ~Q(asked_by=scope.user_id)
    return found.exclude(own & ~at_top)


def waiting_extensions(scope: Scope) -> int:
    """How many requests for extension wait for an answer."""
    return extensions_to_answer(scope).count()


def waiting_terms(scope: Scope) -> int:
    """How many organisations of the scope have to hold their election."""
    today = clock.today()
    return (
        electing(scope, today, Permission.MANAGE_PARTY_WORK).filter(state_filter(DUE, today, marks_on(today))).count()
    )


def term_figures(scope: Scope) -> Figures:
    """Organisations that elect a committee; those over their term, or without one written down, are missing."""
    counts = state_counts(scope, clock.today())
    if overdue := counts[TermState.OVERDUE.value]:
        return Figures(counts["all"], overdue, "个逾期未换届", f"?state={TermState.OVERDUE.value}")
    return Figures(counts["all"], counts[NOT_RECORDED], "个未登记任期", f"?state={NOT_RECORDED}")


def seats_on(organization: Organization, on: date) -> Iterator[Office]:
    """Who sits on the committee on the day, in order of rank."""
    held = Office.objects.on(on).filter(organization=organization, kind__in=COMMITTEE_OFFICES).select_related("member")
    yield from sorted(held, key=lambda office: (COMMITTEE_OFFICES.index(OfficeKind(office.kind)), office.pk))
