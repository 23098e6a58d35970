"""The structure check over a whole tree, in a constant number of queries; the requests that it led to. O03."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from branches.enums import OrganizationKind
from branches.models import Organization
from branches.permissions import Permission, Scope
from branches.queries.organizations import live
from members.enums import FindingCode, OfficeKind
from members.models import Office, StructureApproval, StructureTask, Term
from members.models.structure import StructureTaskQuerySet
from members.queries.roster import Figures as Roster
from members.queries.roster import figures_by_branch
from members.rules.registers import Figures
from members.rules.structure import CHECKED, Facts, Finding, check, units_of
from members.rules.terms import COMMITTEE_OFFICES
from office.queries.rules import rule_table
from partybuild.lib import clock

_FIELDS = ("pk", "path", "kind", "code", "name", "short_name", "department", "parent__name")


@dataclass(frozen=True)
class Place:
    """An organisation as far as the check needs it."""

    pk: int
    path: str
    kind: str
    code: str
    name: str
    short_name: str
    department: str
    parent: str | None

    @property
    def label(self) -> str:
        return self.short_name or self.name

    @property
    def ancestors(self) -> list[int]:
        """Ids from the root down to the parent."""
        return [int(part) for part in self.path.split("/")[:-2]]


@dataclass(frozen=True)
class Line:
    """One finding at one organisation, with the request that runs about it."""

    place: Place
    finding: Finding
    task: StructureTask | None = None

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.place.pk}:{self.finding.code.value}"


def findings_under(path: str, on: date) -> list[Line]:
    """What the check finds at the organisation of this path and below it; six queries whatever their number."""
    places = [Place(*row) for row in _organizations(path, on)]
    facts = _facts(places, path, on)
    table = rule_table(on)
    return [Line(place, finding) for place in places for finding in check(facts[place.pk], on, table)]


def _organizations(path: str, on: date) -> Iterable[tuple]:
    found = Organization.objects.filter(live(on), path__startswith=path, kind__in=CHECKED)
    return found.order_by("path").values_list(*_FIELDS)


def _facts(places: list[Place], path: str, on: date) -> dict[int, Facts]:
    branches = [place.pk for place in places if place.kind == OrganizationKind.BRANCH] if path else None
    members, full, departments = _below(places, figures_by_branch(on, branches))
    offices, last_days, approved = _offices(path, on), _last_days(path), _approved(path, on)
    return {
        place.pk: Facts(
            kind=place.kind,
            name=place.name,
            members=members[place.pk],
            full=full[place.pk],
            committee=offices.get(place.pk, (0, 0))[0],
            has_secretary=offices.get(place.pk, (0, 0))[1] > 0,
            last_day=last_days.get(place.pk),
            units=departments.get(place.pk, ()),
            approved=frozenset(approved.get(place.pk, ())),
        )
        for place in places
    }


def _below(places: list[Place], rosters: dict[int, Roster]) -> tuple[Counter[int], Counter[int], dict[int, list[str]]]:
    """Members, full members and units of each organisation: those of the branches are added to all above them."""
    members: Counter[int] = Counter()
    full: Counter[int] = Counter()
    units: dict[int, dict[str, None]] = defaultdict(dict)
    for place in places:
        if roster := rosters.get(place.pk):
            for pk in (*place.ancestors, place.pk):
                members[pk] += roster.members
                full[pk] += roster.full
        for unit in units_of(place.department) if place.kind == OrganizationKind.BRANCH else ():
            for pk in (*place.ancestors, place.pk):
                units[pk][unit] = None
    return members, full, {pk: list(found) for pk, found in units.items()}


def _offices(path: str, on: date) -> dict[int, tuple[int, int]]:
    """Organisation → how many sit on its committee, and how many of them are secretaries."""
    held = Office.objects.on(on).filter(organization__path__startswith=path, kind__in=COMMITTEE_OFFICES)
    secretary = Count("pk", filter=Q(kind=OfficeKind.SECRETARY))
    rows = held.order_by().values("organization").annotate(seats=Count("member", distinct=True), secretaries=secretary)
    return {row["organization"]: (row["seats"], row["secretaries"]) for row in rows}


def _last_days(path: str) -> dict[int, date]:
    terms = Term.objects.live().filter(organization__path__startswith=path)
    rows = terms.order_by().values_list("organization", "extended_to", "due_on")
    return {organization: extended_to or due_on for organization, extended_to, due_on in rows}


def _approved(path: str, on: date) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    rows = StructureApproval.objects.on(on).filter(organization__path__startswith=path)
    for organization, code in rows.order_by().values_list("organization", "code"):
        found[organization].add(code)
    return found


def structure_lines(
    scope: Scope, on: date, *, code: str = "", organization: Organization | None = None, q: str = ""
) -> tuple[list[Line], dict[str, int]]:
    """The findings of the scope, filtered, and how many there are of each code before the filter by code."""
    prefix = scope.prefix(Permission.VIEW_PARTY_WORK)
    if prefix is None:
        return [], {}
    lines = findings_under(organization.path if organization else prefix[0], on)
    if q:
        text = q.strip()
        lines = [line for line in lines if text in line.place.name or text in line.place.short_name]
    counts = Counter(line.finding.code.value for line in lines)
    found = [line for line in lines if not code or line.finding.code == code]
    return found, {one.value: counts[one.value] for one in FindingCode if counts[one.value]}


def with_tasks(lines: Iterable[Line]) -> list[Line]:
    """The lines with the requests that run about them; one query."""
    lines = list(lines)
    running = StructureTask.objects.running().filter(organization__in={line.place.pk for line in lines})
    tasks = {(task.organization_id, task.code): task for task in running}
    return [Line(line.place, line.finding, tasks.get((line.place.pk, line.finding.code.value))) for line in lines]


def export_rows(lines: Iterable[Line]) -> Iterator[list[object]]:
    """Rows of the workbook."""
    for number, line in enumerate(lines, 1):
        place, finding, task = line.place, line.finding, line.task
        yield [
            number, place.code, place.name, place.parent, finding.label, finding.words, finding.rule_text,
            finding.rule.shown_basis, task.due_on if task else None, task.answer if task else None,
        ]  # fmt: skip


def structure_figures(scope: Scope) -> Figures:
    """Organisations that are checked, and the findings about them."""
    total = Organization.objects.visible_to(scope, Permission.VIEW_PARTY_WORK).filter(
        live(clock.today()), kind__in=CHECKED
    )
    lines, _ = structure_lines(scope, clock.today())
    return Figures(total.count(), len(lines), "项设置问题")


def task_list(scope: Scope, *, state: str = "", organization: Organization | None = None) -> StructureTaskQuerySet:
    """Requests to organisations of the scope; running, answered, closed or all of them."""
    found = StructureTask.objects.visible_to(scope).select_related("organization", "asked_by", "answered_by")
    filters = {
        "": Q(closed_on__isnull=True),
        "open": Q(closed_on__isnull=True, answered_on__isnull=True),
        "answered": Q(closed_on__isnull=True, answered_on__isnull=False),
        "closed": Q(closed_on__isnull=False),
        "all": Q(),
    }
    if organization:
        found = found.filter(organization__path__startswith=organization.path)
    return found.filter(filters[state]).order_by("due_on", "pk")


def tasks_to_do(scope: Scope) -> int:
    """Requests that one's own organisation has not answered yet."""
    if scope.grant is None:
        return 0
    return (
        StructureTask.objects.running()
        .filter(organization=scope.grant.organization_id, answered_on__isnull=True)
        .count()
    )


def tasks_to_judge(scope: Scope) -> int:
    """Explanations of organisations below that wait for an answer."""
    found = StructureTask.objects.visible_to(scope, Permission.APPROVE_PARTY_WORK).running()
    return found.filter(answered_on__isnull=False).exclude(_own(scope)).count()


def _own(scope: Scope) -> Q:
    """Those of one's own organisation, which others judge; at the top of a tree a second person."""
    own = Q(organization=scope.grant.organization_id if scope.grant else None)
    return own & ~(Q(organization__parent__isnull=True) & ~Q(answered_by=scope.user_id))


def may_judge(scope: Scope, task: StructureTask) -> bool:
    """Whether the explanation is this person's to accept or return."""
    if task.closed_on or not task.answered_on or not scope.allows(Permission.APPROVE_PARTY_WORK, task.organization):
        return False
    if scope.grant is not None and scope.grant.organization_id == task.organization_id:
        return task.organization.parent_id is None and task.answered_by_id != scope.user_id
    return True
