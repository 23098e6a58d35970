"""Activity rooms of the branches, and which branch has none that stands up."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Prefetch

from branches.enums import OrganizationKind
from branches.models import Organization
from branches.models.organization import OrganizationQuerySet
from branches.permissions import Permission, Scope
from members.models import Room
from members.rules.registers import Figures
from members.rules.rooms import RoomItem, items_of, missing_items
from office.queries.rules import rule_table
from partybuild.lib import clock


@dataclass(frozen=True)
class RoomLine:
    """A room with what it lacks; it stands up when nothing is missing and the superior has confirmed it."""

    room: Room
    missing: list[RoomItem] = field(default_factory=list)

    @property
    def is_complete(self) -> bool:
        return not self.missing and self.room.is_confirmed

    @property
    def state(self) -> str:
        """Its state in the words of the portal."""
        if self.room.checked_at is not None and not self.room.is_confirmed:
            return "已退回"
        if not self.room.is_confirmed:
            return "待核验"
        return "达标" if not self.missing else "未达标"


Line = tuple[Organization, RoomLine | None]


def room_items(on: date) -> list[RoomItem]:
    """What a room must have on the day, by the rule table."""
    table = rule_table(on)
    return items_of(table.list("room.eight"), table.list("room.five"))


def room_lines(rooms: list[Room]) -> list[RoomLine]:
    """Rooms with what they lack; one query for the rules."""
    items = room_items(clock.today())
    return [RoomLine(room, missing_items(items, room.present)) for room in rooms]


def branches_of(scope: Scope) -> OrganizationQuerySet:
    """The branches in the scope, each with the rooms that it uses."""
    rooms = Room.objects.in_use().select_related("organization")
    return (
        Organization.objects.visible_to(scope, Permission.VIEW_PARTY_WORK)
        .filter(kind=OrganizationKind.BRANCH)
        .in_force(clock.today())
        .prefetch_related(Prefetch("rooms", rooms, to_attr="rooms_in_use"))
        .order_by("path")
    )


def room_list(scope: Scope, *, organization: Organization | None = None, state: str = "") -> list[Line]:
    """Branch and room, a branch without a room with None. ``state``: wanting (none that stands up), waiting, good."""
    reached = branches_of(scope)
    branches: list[Any] = list(reached.below(organization) if organization else reached)
    judged = {line.room.pk: line for line in room_lines([room for each in branches for room in each.rooms_in_use])}
    lines: list[Line] = []
    for branch in branches:
        own = [judged[room.pk] for room in branch.rooms_in_use]
        if state == "wanting" and any(line.is_complete for line in own):
            continue
        lines += [(branch, line) for line in own] or [(branch, None)]
    return [line for line in lines if _is_asked_for(line[1], state)]


def _is_asked_for(line: RoomLine | None, state: str) -> bool:
    if state == "waiting":
        return line is not None and line.room.checked_at is None
    if state == "good":
        return line is not None and line.is_complete
    return True


def export_rows(lines: Iterable[Line]) -> Iterator[list[object]]:
    """Rows of the workbook."""
    for number, (branch, line) in enumerate(lines, 1):
        if line is None:
            yield [number, branch.name, branch.code, "", "", None, "未登记", "", ""]
            continue
        room = line.room
        missing = "、".join(item.label for item in line.missing)
        yield [
            number, branch.name, branch.code, room.name, room.place, room.starts_on, line.state, missing,
            room.check_remark,
        ]  # fmt: skip


def room_figures(scope: Scope) -> Figures:
    """The rooms of the scope, and how many branches have none that stands up."""
    items = room_items(clock.today())
    branches = set(branches_of(scope).prefetch_related(None).values_list("pk", flat=True))
    rooms = list(Room.objects.visible_to(scope).in_use())
    good = {room.organization_id for room in rooms if room.is_confirmed and not missing_items(items, room.present)}
    return Figures(len(rooms), len(branches - good), "个党支部没有达标的活动室", "?state=wanting")


def rooms_to_check(scope: Scope) -> int:
    """Rooms below the scope that wait for the superior's check."""
    waiting = Room.objects.visible_to(scope, Permission.APPROVE_PARTY_WORK).in_use().filter(checked_at=None)
    own = scope.grant.organization_id if scope.grant else None
    return waiting.exclude(organization=own).count()
