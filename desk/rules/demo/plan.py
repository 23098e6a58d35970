"""What an invented organisation does in a month: which activities, when held, when written down."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from campaigns.enums import ActivityKind as Kind
from campaigns.enums import ActivityPart as Part
from campaigns.enums import AttachmentSlot as Slot

QUARTER_ENDS, LECTURE_MONTHS, SEMINAR_MONTHS = (3, 6, 9, 12), (2, 5, 8, 11), (1, 4, 7, 10)
SEMINAR_SLOTS = (Slot.PLAN, Slot.RECORD, Slot.PAPERS)
WORK_MEETING_PARTS = (Part.FIRST_TOPIC, Part.PARTY_WORK)


@dataclass(frozen=True)
class Doing:
    """An activity that was held. ``entered_after`` are the days until it was written down, counted from the day itself
    or, with ``from_month_end``, from the last day of the month: then it is late, or too late."""

    kind: Kind
    day: int
    parts: tuple[Part, ...] = ()
    hours: int = 2
    entered_after: int = 0
    from_month_end: bool = False
    slots: tuple[Slot, ...] = ()
    is_thin: bool = False
    group: int | None = None


def branch_doings(random: Random, month: int, diligence: float, groups: int) -> list[Doing]:
    """A branch's month; a diligent one leaves out little and writes things down soon."""
    found: list[Doing] = []
    for kind, parts, chance, group in _branch_wishes(random, month, diligence, groups):
        if random.random() < chance:
            found.append(_doing(random, kind, parts, diligence, group))
    return found


def _branch_wishes(
    random: Random, month: int, diligence: float, groups: int
) -> Iterator[tuple[Kind, tuple[Part, ...], float, int | None]]:
    yield Kind.BRANCH_COMMITTEE, (Part.DISCUSSION,), diligence, None
    yield Kind.THEME_DAY, _theme_parts(random, month), min(1.0, diligence + 0.06), None
    if month in QUARTER_ENDS:
        yield Kind.MEMBER_ASSEMBLY, _assembly_parts(random), diligence, None
    if month in LECTURE_MONTHS:
        yield Kind.PARTY_LECTURE, (Part.LECTURE,), diligence, None
    if month in SEMINAR_MONTHS:
        yield Kind.SEMINAR, (Part.SEMINAR,), diligence - 0.1, None
    if month in (4, 10):
        yield Kind.WARNING_EDUCATION, (Part.WARNING,), diligence, None
    if month in (3, 7, 9):
        yield Kind.VOLUNTEER, (Part.VOLUNTEER,), diligence - 0.15, None
    if month in (5, 11):
        yield Kind.HEART_TALK, (Part.HEART_TALK,), diligence - 0.05, None
    if month in (4, 8):
        yield Kind.READING, (), diligence - 0.2, None
    if month == 1:
        yield Kind.ORGANIZATION_LIFE, (), diligence, None
        yield Kind.MEMBER_REVIEW, (), diligence, None
    for group in range(groups):
        yield Kind.GROUP_MEETING, (Part.STUDY,), diligence - 0.04, group


def committee_doings(random: Random, month: int, diligence: float) -> list[Doing]:
    """A committee's month."""
    wishes: list[tuple[Kind, tuple[Part, ...], float]] = [
        (Kind.COMMITTEE_MEETING, WORK_MEETING_PARTS if random.random() < 0.95 else (), diligence + 0.05),
        (Kind.CENTRAL_GROUP, _central_parts(month), diligence - 0.1),
        (Kind.PARTY_WORK, (Part.COMMITTEE_DAY,), diligence - 0.05),
    ]
    yearly: dict[int, list[tuple[Kind, tuple[Part, ...]]]] = {
        1: [(Kind.DEMOCRATIC_LIFE, (Part.SPIRIT_ANALYSIS,))],
        3: [(Kind.REPORT_HEARING, ()), (Kind.CONTACT_VISIT, ()), (Kind.CULTURE, ())],
        4: [(Kind.INTEGRITY_LECTURE, (Part.INTEGRITY_LECTURE,)), (Kind.WARNING_EDUCATION, (Part.WARNING,))],
        5: [(Kind.SPECIAL_INSPECTION, ()), (Kind.TRAINING, ()), (Kind.MASS_ACTIVITY, ())],
        6: [
            (Kind.REPORT_HEARING, ()),
            (Kind.DISCIPLINE_CHECK, ()),
            (Kind.FIELD_CHECK, ()),
            (Kind.DISCIPLINE_DRIVE, ()),
        ],
        7: [(Kind.RED_EDUCATION, (Part.RED_EDUCATION,)), (Kind.PARTY_LECTURE, (Part.LECTURE,))],
        9: [(Kind.REPORT_HEARING, ()), (Kind.TOUR, ()), (Kind.TRAINING, ()), (Kind.POLICY_LECTURE, ())],
        12: [(Kind.REPORT_HEARING, ()), (Kind.DEBRIEFING, ()), (Kind.DISCIPLINE_CHECK, ()), (Kind.FIELD_CHECK, ())],
    }
    wishes += [(kind, parts, diligence) for kind, parts in yearly.get(month, ())]
    return [_doing(random, kind, parts, diligence, None) for kind, parts, chance in wishes if random.random() < chance]


def answers_in_time(random: Random, diligence: float) -> int | None:
    """Days before (negative) or after the due day on which a checklist is answered; None when it never is."""
    if random.random() > diligence:
        return None
    return random.randint(-20, -1) if random.random() < diligence else random.randint(1, 14)


def _doing(random: Random, kind: Kind, parts: tuple[Part, ...], diligence: float, group: int | None) -> Doing:
    slots: tuple[Slot, ...] = ()
    if kind == Kind.SEMINAR:
        slots = SEMINAR_SLOTS if random.random() < diligence else SEMINAR_SLOTS[:2]
    is_soon = random.random() < 0.45 + diligence / 2
    return Doing(
        kind=kind,
        day=random.randint(3, 26),
        parts=parts,
        hours=random.choice((1, 2, 2, 2, 3)),
        entered_after=random.randint(0, 5) if is_soon else random.choice((9, 10, 10, 11, 11, 12, 22, 31)),
        from_month_end=not is_soon,
        slots=slots,
        is_thin=random.random() < 0.05,
        group=group,
    )


def _theme_parts(random: Random, month: int) -> tuple[Part, ...]:
    parts = [Part.STUDY, Part.FIXED_DAY]
    if month == 7 or random.random() < 0.12:
        parts.append(Part.OATH)
    if random.random() < 0.3:
        parts.append(Part.BIRTHDAY)
    if month in (4, 7) and random.random() < 0.5:
        parts.append(Part.RED_EDUCATION)
    if random.random() < 0.4:
        parts.append(Part.DUES_DAY)
    if random.random() < 0.2:
        parts += [Part.WORK_REPORT, Part.MATTERS_REPORT]
    return tuple(parts)


def _assembly_parts(random: Random) -> tuple[Part, ...]:
    return (Part.DISCUSSION, Part.POINTS) if random.random() < 0.8 else (Part.DISCUSSION,)


def _central_parts(month: int) -> tuple[Part, ...]:
    if month % 3 == 0:
        return (Part.STUDY, Part.IDEOLOGY)
    return (Part.STUDY, Part.DISCIPLINE_RULES) if month % 3 == 1 else (Part.STUDY,)
