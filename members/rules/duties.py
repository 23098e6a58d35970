"""Which talks and trainings an event makes due, and how they stand. Source: WX (四必谈, N18; N29). Pure."""

from datetime import date, timedelta

from members.enums import DutyKind, OccasionKind, OfficeKind

CHANGES_OF_POST = frozenset(OfficeKind) - {OfficeKind.GROUP_LEADER}
SEEN_TO_ABOVE = frozenset({OfficeKind.SECRETARY, OfficeKind.LEADER})
"""Offices whose holders the superior organisation talks with."""
TALKS = frozenset({DutyKind.TALK, DutyKind.INTEGRITY_TALK, DutyKind.APPOINTMENT_TALK})
WAITING, DONE, LATE_DONE, OVERDUE, WAIVED = "待办理", "已办理", "逾期办理", "逾期", "免办"


def duties_of(kind: str, office_kind: str = "", is_ending: bool = False) -> tuple[DutyKind, ...]:
    """What an occasion makes due; of a change of post also by the office that is taken up."""
    if kind == OccasionKind.NEW_ENTRANT:
        return (DutyKind.INTEGRITY_EDUCATION,)
    if kind != OccasionKind.POST_CHANGE or is_ending:
        return (DutyKind.TALK,)
    if office_kind == OfficeKind.SECRETARY:
        return (DutyKind.TALK, DutyKind.APPOINTMENT_TALK, DutyKind.APPOINTMENT_TRAINING)
    if office_kind == OfficeKind.LEADER:
        return (DutyKind.TALK, DutyKind.INTEGRITY_TALK)
    return (DutyKind.TALK,)


def due_on(kind: str, happened_on: date, *, talk_days: int, event_days: int) -> date:
    """The last day for it: a talk of the 四必谈 within its own days, the others within those of an event."""
    return happened_on + timedelta(days=talk_days if kind == DutyKind.TALK else event_days)


def is_history(happened_on: date, today: date, look_back_days: int) -> bool:
    """Whether an event is entered so late that it belongs to the roster's past and makes nothing due."""
    return happened_on < today - timedelta(days=look_back_days)


def state(due: date, done_on: date | None, waived_on: date | None, today: date) -> str:
    """How a duty stands, in a word."""
    if waived_on is not None:
        return WAIVED
    if done_on is not None:
        return DONE if done_on <= due else LATE_DONE
    return OVERDUE if due < today else WAITING
