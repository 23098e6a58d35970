"""专职副书记列席 named meetings, counted from the records of the meetings. Source: WX 23, O12."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from branches.enums import OrganizationKind
from branches.models import Organization
from branches.permissions import Permission, Scope
from campaigns.models import Activity, Attendance
from campaigns.rules.sit_ins import NAMED_MEETINGS, is_named_as_sitting_in
from members.enums import PartyWorkerDuty
from members.models import PartyWorker
from members.rules.registers import Figures
from partybuild.lib import clock

SHORT = "short"


@dataclass(frozen=True)
class SitInLine:
    """A full-time deputy secretary in a year: the named meetings of his unit, those at which he was, and the others."""

    worker: PartyWorker
    meetings: int
    attended: int
    absent: tuple[Activity, ...]

    @property
    def is_short(self) -> bool:
        """Whether he was missing at any."""
        return self.attended < self.meetings


def sit_in_lines(
    scope: Scope, *, year: int | None = None, organization: Organization | None = None, state: str = ""
) -> list[SitInLine]:
    """The deputies in the scope who held the post in the year, with the meetings of that time. Four queries.

    ``state`` ``short`` leaves those who were missing at a meeting.
    """
    year = year or clock.today().year
    first, last = date(year, 1, 1), date(year, 12, 31)
    rows = PartyWorker.objects.visible_to(scope, Permission.VIEW_WORK).filter(
        Q(ends_on=None) | Q(ends_on__gt=first), duty=PartyWorkerDuty.DEPUTY_SECRETARY, starts_on__lte=last
    )
    if organization is not None:
        rows = rows.filter(organization__path__startswith=organization.path)
    workers = list(rows.select_related("member", "organization").order_by("organization__path", "pk"))
    places = {worker.organization_id: worker.organization for worker in workers}
    units = _units(places.values())
    meetings = _meetings({pk for unit in units.values() for pk in unit}, first, last)
    present = _present(workers, [each.pk for held in meetings.values() for each in held])
    lines = [_line(worker, units[worker.organization_id], meetings, present) for worker in workers]
    return [line for line in lines if line.is_short] if state == SHORT else lines


def observers_of(organization: Organization, day: date) -> list[tuple[int, str]]:
    """The deputies who sit in on the named meetings of this organisation on the day, by id and name."""
    near = Q(organization=organization) | Q(organization__parent=organization)
    if organization.parent_id is not None and organization.kind == OrganizationKind.LEADING_GROUP:
        near |= Q(organization=organization.parent_id)
    rows = PartyWorker.objects.on(day).filter(near, duty=PartyWorkerDuty.DEPUTY_SECRETARY)
    return list(rows.order_by("pk").values_list("member_id", "member__name"))


def _line(
    worker: PartyWorker, unit: Iterable[int], meetings: dict[int, list[Activity]], present: set[tuple[int, int]]
) -> SitInLine:
    end = worker.ends_on or date.max
    held = [each for pk in unit for each in meetings[pk] if worker.starts_on <= each.held_on < end]
    absent = [
        each
        for each in held
        if (each.pk, worker.member_id) not in present and not is_named_as_sitting_in(each.minutes, worker.member.name)
    ]
    return SitInLine(worker, len(held), len(held) - len(absent), tuple(sorted(absent, key=lambda each: each.held_on)))


def _units(organizations: Iterable[Organization]) -> dict[int, set[int]]:
    """Organisation → whose meetings are those of its unit: its own, and those of the 党组 right above or below it."""
    places = list(organizations)
    found = {place.pk: {place.pk} for place in places}
    groups = Organization.objects.filter(kind=OrganizationKind.LEADING_GROUP).filter(
        Q(pk__in=[place.parent_id for place in places]) | Q(parent__in=found)
    )
    for group in groups:
        for place in places:
            if group.pk == place.parent_id or group.parent_id == place.pk:
                found[place.pk].add(group.pk)
    return found


def _meetings(organizations: Iterable[int], first: date, last: date) -> dict[int, list[Activity]]:
    found: dict[int, list[Activity]] = defaultdict(list)
    rows = Activity.objects.counting().filter(
        organization__in=list(organizations), kind__in=NAMED_MEETINGS, held_on__range=(first, last)
    )
    for activity in rows.only("pk", "organization_id", "kind", "held_on", "title", "minutes").order_by("held_on", "pk"):
        found[activity.organization_id].append(activity)
    return found


def _present(workers: Sequence[PartyWorker], activities: Sequence[int]) -> set[tuple[int, int]]:
    people = {worker.member_id for worker in workers}
    rows = Attendance.objects.filter(activity__in=activities, member__in=people, is_present=True)
    return set(rows.values_list("activity_id", "member_id"))


def sit_in_figures(scope: Scope) -> Figures:
    """For the hub: deputies of this year, and those who were missing at a meeting."""
    lines = sit_in_lines(scope)
    return Figures(len(lines), sum(line.is_short for line in lines), "名专职副书记有会议未列席", f"?state={SHORT}")


def export_rows(lines: Iterable[SitInLine]) -> Iterator[list[object]]:
    """Rows of the workbook."""
    for number, line in enumerate(lines, 1):
        yield [
            number, line.worker.organization.name, line.worker.member.name, line.worker.label, line.meetings,
            line.attended, "；".join(f"{each.held_on:%Y-%m-%d} {each}" for each in line.absent),
        ]  # fmt: skip
