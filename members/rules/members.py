"""What must agree in the facts about a member. Pure."""

from collections.abc import Iterator
from datetime import date

from members.enums import MemberKind

_LABELS = {
    "born_on": "出生日期",
    "work_started_on": "参加工作时间",
    "joined_on": "入党时间",
    "converted_on": "转正时间",
}
_ORDER = (
    ("born_on", "work_started_on"),
    ("born_on", "joined_on"),
    ("born_on", "converted_on"),
    ("joined_on", "converted_on"),
)


def date_problems(days: dict[str, date | None], kind: str, today: date) -> Iterator[tuple[str, str]]:
    """Field and reason for every day that cannot be: in the future, before what comes first, against the kind."""
    for field, label in _LABELS.items():
        day = days.get(field)
        if day is not None and day > today and not (field == "converted_on" and kind == MemberKind.PROBATIONARY):
            yield field, f"{label}晚于今天"
    for first, then in _ORDER:
        earlier, later = days.get(first), days.get(then)
        if earlier is not None and later is not None and later < earlier:
            yield then, f"{_LABELS[then]}早于{_LABELS[first]}"
    converted_on = days.get("converted_on")
    if kind == MemberKind.PROBATIONARY and converted_on is not None and converted_on <= today:
        yield "converted_on", "预备党员不应有已到的转正时间"


def kind_of(converted_on: date | None, today: date, otherwise: str = MemberKind.FULL) -> MemberKind:
    """The kind that follows from the day of conversion; without one, what is said otherwise."""
    if converted_on is None:
        return MemberKind(otherwise)
    return MemberKind.FULL if converted_on <= today else MemberKind.PROBATIONARY
