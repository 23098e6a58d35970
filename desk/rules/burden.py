"""What a dispatch asks of people: records, fields, files and time. Source: X03, domain-rules.md, "Against digital
formalism". Times come from the rule table (``burden.*``)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from decimal import ROUND_CEILING, Decimal

RECORD_FIELDS = 5
"""What a record asks for at most: kind, day, place, attendance, content."""
_MINUTES_OF_AN_HOUR = 60


@dataclass(frozen=True)
class Prices:
    """Minutes for a record, for a field of a checklist, for a file."""

    record: int
    field: int
    file: int


@dataclass(frozen=True)
class Checklist:
    """What answering one task by hand asks for."""

    fields: int
    files: int


@dataclass(frozen=True)
class AskedRow:
    """One assignment that would be made, with what is there of it already."""

    organization_id: int
    metric: str
    period: str
    task_id: int
    by_records: bool
    is_personal: bool
    is_exempt: bool
    is_answered: bool
    lacking: Decimal


@dataclass(frozen=True)
class Burden:
    """The sum of a dispatch. ``answered`` are those that existing records complete by themselves."""

    organizations: int = 0
    assignments: int = 0
    exempt: int = 0
    by_records: int = 0
    by_checklist: int = 0
    answered: int = 0
    records: int = 0
    fields: int = 0
    files: int = 0
    minutes: int = 0

    @property
    def asked(self) -> int:
        """What is new to be done: exempt ones are put down as such and ask for nothing."""
        return self.assignments - self.exempt

    @property
    def hours(self) -> float:
        return round(self.minutes / _MINUTES_OF_AN_HOUR, 1)

    @property
    def hours_each(self) -> float | None:
        """Of an organisation on average."""
        return round(self.minutes / _MINUTES_OF_AN_HOUR / self.organizations, 1) if self.organizations else None

    @property
    def answered_share(self) -> float | None:
        return self.answered / self.asked if self.asked else None

    def __add__(self, other: "Burden") -> "Burden":
        return Burden(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(Burden)))


def burden_of(rows: Iterable[AskedRow], checklists: Mapping[int, Checklist], prices: Prices) -> Burden:
    """Add up the rows of some organisations.

    A record counts for everything that it satisfies: of several assignments of one metric and period it is the one
    that lacks most that says how many records are needed.
    """
    rows = list(rows)
    asked = [row for row in rows if not row.is_exempt]
    records: dict[tuple[int, str, str], int] = {}
    by_hand = [checklists.get(row.task_id, Checklist(1, 0)) for row in asked if not row.by_records]
    for row in asked:
        if row.by_records and not row.is_answered:
            key = (row.organization_id, row.metric, row.period)
            records[key] = max(records.get(key, 0), _records_lacking(row))
    wanted, boxes, files = sum(records.values()), sum(each.fields for each in by_hand), sum(e.files for e in by_hand)
    return Burden(
        organizations=len({row.organization_id for row in asked}),
        assignments=len(rows),
        exempt=len(rows) - len(asked),
        by_records=sum(row.by_records for row in asked),
        by_checklist=len(by_hand),
        answered=sum(row.is_answered for row in asked),
        records=wanted,
        fields=wanted * RECORD_FIELDS + boxes,
        files=files,
        minutes=wanted * prices.record + boxes * prices.field + files * prices.file,
    )


def _records_lacking(row: AskedRow) -> int:
    """One record serves all people that came; a share is judged over what is held anyway."""
    if row.is_personal:
        return 1
    return max(int(row.lacking.to_integral_value(ROUND_CEILING)), 1)
