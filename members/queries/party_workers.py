"""The register of party staff (党务干部): who does party work where, what is missing, who should change place. O12."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q

from branches.enums import OrganizationKind
from branches.models import Organization
from branches.permissions import Permission, Scope
from branches.queries.organizations import live
from members.models import PartyWorker
from members.models.party_worker import PartyWorkerQuerySet
from members.queries.roster import figures_by_branch
from members.rules.party_workers import CHECKED, Gap, StaffFacts, gaps, rotation_day, started_by
from members.rules.registers import Figures
from office.queries.rules import rule_table
from partybuild.lib import clock

CURRENT, ROTATION, LEFT, ALL = "", "rotation", "left", "all"
STATES = ((CURRENT, "在任"), (ROTATION, "应轮岗交流"), (LEFT, "已离任"), (ALL, "全部"))
SORTS = {
    "organization": ("organization__path", "pk"),
    "name": ("member__initials", "member__name", "pk"),
    "starts_on": ("starts_on", "pk"),
}
DEFAULT_SORT = "organization"


@dataclass(frozen=True)
class GapLine:
    """One gap at one organisation."""

    organization: Organization
    gap: Gap


def rotation_years(on: date) -> int:
    """After how many years in one place a change is due."""
    return rule_table(on).int("workers.rotation_years")


def party_worker_list(
    scope: Scope,
    on: date,
    *,
    q: str = "",
    kind: str = "",
    duty: str = "",
    state: str = CURRENT,
    organization: Organization | None = None,
    sort: str = DEFAULT_SORT,
) -> PartyWorkerQuerySet:
    """Party staff of the scope, filtered, with member and organisation."""
    found = PartyWorker.objects.visible_to(scope)
    if q:
        text = q.strip()
        found = found.filter(Q(member__name__icontains=text) | Q(member__initials__startswith=text.lower()))
    if kind:
        found = found.filter(kind=kind)
    if duty:
        found = found.filter(duty=duty)
    if organization:
        found = found.filter(organization__path__startswith=organization.path)
    if state == LEFT:
        found = found.filter(ends_on__lte=on)
    elif state != ALL:
        found = found.on(on)
    if state == ROTATION:
        found = found.filter(starts_on__lte=started_by(on, rotation_years(on)))
    columns = SORTS.get(sort.removeprefix("-"), SORTS[DEFAULT_SORT])
    order = [F(name).desc() if sort.startswith("-") else F(name).asc() for name in columns]
    return found.select_related("member", "organization").order_by(*order)


def with_rotation(workers: Iterable[PartyWorker], on: date) -> list[tuple[PartyWorker, date | None]]:
    """Each with the day from which a change of place is due; None for those who have left or whose day is to come."""
    years = rotation_years(on)
    return [(worker, _due(worker, on, years)) for worker in workers]


def _due(worker: PartyWorker, on: date, years: int) -> date | None:
    day = rotation_day(worker.starts_on, years)
    has_left = worker.ends_on is not None and worker.ends_on <= on
    return None if has_left or day > on else day


def gap_lines(scope: Scope, on: date, organization: Organization | None = None) -> list[GapLine]:
    """What the 机关党委 of the scope lack in party staff; four queries whatever their number."""
    committees = Organization.objects.visible_to(scope, Permission.VIEW_PARTY_WORK).filter(live(on), kind__in=CHECKED)
    if organization:
        committees = committees.filter(path__startswith=organization.path)
    rows = list(committees.select_related("parent").order_by("path"))
    if not rows:
        return []
    full, duties, table = _full_below(rows, on), _duties(rows, on), rule_table(on)
    return [
        GapLine(one, gap) for one in rows for gap in gaps(StaffFacts(one.kind, full[one.pk], duties[one.pk]), table)
    ]


def _full_below(committees: list[Organization], on: date) -> Counter[int]:
    """Committee → full members of the branches below it."""
    wanted = {one.pk for one in committees}
    below = Q()
    for path in _tops(committees):
        below |= Q(path__startswith=path)
    branches = dict(
        Organization.objects.filter(below, kind=OrganizationKind.BRANCH).order_by().values_list("pk", "path")
    )
    full: Counter[int] = Counter()
    for pk, figures in figures_by_branch(on, branches).items():
        for ancestor in wanted & {int(part) for part in branches[pk].split("/")[:-1]}:
            full[ancestor] += figures.full
    return full


def _tops(committees: list[Organization]) -> list[str]:
    """The paths that lie below no other one of them; they come in the order of paths."""
    tops: list[str] = []
    for one in committees:
        if not tops or not one.path.startswith(tops[-1]):
            tops.append(one.path)
    return tops


def _duties(committees: list[Organization], on: date) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = defaultdict(dict)
    held = PartyWorker.objects.on(on).filter(organization__in=[one.pk for one in committees])
    rows = held.order_by().values_list("organization", "duty").annotate(count=Count("pk"))
    for organization, duty, count in rows:
        found[organization][duty] = count
    return found


def export_rows(workers: PartyWorkerQuerySet, on: date) -> Iterator[list[object]]:
    """Rows of the workbook."""
    years = rotation_years(on)
    for number, one in enumerate(workers.iterator(1000), 1):
        due = _due(one, on, years)
        yield [
            number, one.member.name, one.member.get_sex_display(), one.organization.name, one.get_kind_display(),
            one.get_duty_display(), one.position, one.rank, one.starts_on, one.ends_on,
            f"应轮岗交流（{years} 年）" if due else None, one.resume,
        ]  # fmt: skip


def gap_rows(lines: Iterable[GapLine]) -> Iterator[list[object]]:
    """Rows of the workbook's sheet of gaps."""
    for number, line in enumerate(lines, 1):
        rule = line.gap.rule
        yield [
            number, line.organization.name, line.gap.words, f"{rule.name} {rule.value} {rule.unit}", rule.shown_basis,
        ]  # fmt: skip


def party_worker_figures(scope: Scope) -> Figures:
    """Party staff in office, and what is missing."""
    today = clock.today()
    total = PartyWorker.objects.visible_to(scope).on(today).count()
    return Figures(total, len(gap_lines(scope, today)), "项配备缺口", "gaps/")
