"""What a record of an activity says, in plain data, whether it is saved or still being typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal


@dataclass(frozen=True)
class RecordContent:
    """One activity as the rules see it; people by the ids of their rows of the roster.

    ``absent`` holds the reason (a value of ``AbsenceReason``, or an empty text) of each person of the roster who was
    not there. ``slots`` are the values of ``AttachmentSlot`` for which there is at least one file.
    """

    kind: str
    held_on: date
    parts: frozenset[str] = frozenset()
    hours: Decimal = Decimal(0)
    group_id: int | None = None
    host_id: int | None = None
    present_ids: frozenset[int] = frozenset()
    absent: Mapping[int, str] = field(default_factory=dict)
    slots: frozenset[str] = frozenset()
    minutes: str = ""

    @property
    def expected(self) -> int:
        """How many people the roster of the record holds."""
        return len(self.present_ids) + len(self.absent)


@dataclass(frozen=True)
class AttendanceLine:
    """One person of the roster as ticked in a form, with the rights that he has on the day."""

    member_id: int
    is_present: bool = True
    reason: str = ""
    can_vote: bool = False
    in_committee: bool = False


@dataclass(frozen=True)
class ActivityDraft:
    """What a form says of an activity, ready to be saved."""

    kind: str
    held_on: date
    title: str = ""
    held_at: time | None = None
    place: str = ""
    hours: Decimal = Decimal(0)
    parts: tuple[str, ...] = ()
    group_id: int | None = None
    host_id: int | None = None
    minutes: str = ""
    attendance: tuple[AttendanceLine, ...] = ()

    def content(self, slots: frozenset[str] = frozenset()) -> RecordContent:
        """The same for the rules; the files lie with the saved record."""
        return RecordContent(
            kind=self.kind,
            held_on=self.held_on,
            parts=frozenset(self.parts),
            hours=self.hours,
            group_id=self.group_id,
            host_id=self.host_id,
            present_ids=frozenset(line.member_id for line in self.attendance if line.is_present),
            absent={line.member_id: line.reason for line in self.attendance if not line.is_present},
            slots=slots,
            minutes=self.minutes,
        )


@dataclass(frozen=True)
class MarkLine:
    """One item of a checklist as answered: an item of the task by its id, or one of the organisation's own by text."""

    state: str
    item_id: int | None = None
    text: str = ""
    note: str = ""


@dataclass(frozen=True)
class AnswerDraft:
    """What a form says in answer to an assignment, ready to be saved."""

    marks: tuple[MarkLine, ...] = ()
    amount: Decimal | None = None
    note: str = ""
