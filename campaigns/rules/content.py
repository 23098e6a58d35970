"""What a record of an activity says, in plain data, whether it is saved or still being typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class RecordContent:
    """One activity as the rules see it; people by the ids of their rows of the roster.

    ``absences`` holds the reason (a value of ``AbsenceReason``, or an empty text) of each person of the roster who was
    not there. ``slots`` are the values of ``AttachmentSlot`` for which there is at least one file.
    """

    kind: str
    held_on: date
    parts: frozenset[str] = frozenset()
    hours: Decimal = Decimal(0)
    group_id: int | None = None
    host_id: int | None = None
    present_ids: frozenset[int] = frozenset()
    absences: Mapping[int, str] = field(default_factory=dict)
    slots: frozenset[str] = frozenset()
    minutes: str = ""

    @property
    def expected(self) -> int:
        """How many people the roster of the record holds."""
        return len(self.present_ids) + len(self.absences)
