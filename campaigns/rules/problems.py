"""The life of a problem that is put right (问题整改): one table of transitions, two classes of deadline, figures.

Sources: TJ 一, 三（二） (立行立改 by 30 September, 中长期 within two months, 三清单), SX 三（二） (边查边改),
MF 二（二）7 (回头看, 形成制度); R01 – R05.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from django.core.exceptions import ValidationError
from django.db.models import TextChoices

from partybuild.lib.dates import add_months


class Origin(TextChoices):
    """Where a problem came to light (R01)."""

    DEBRIEFING = "debriefing", "述职评议"
    DEMOCRATIC_LIFE = "democratic_life", "民主生活会"
    COMMENT = "comment", "上级点评"
    VISIT = "visit", "走访调研"
    ASSEMBLY = "assembly", "党员大会"
    FEEDBACK = "feedback", "中省市区反馈"
    TOUR = "tour", "巡察"
    APPRAISAL = "appraisal", "评议"
    ENTERPRISES = "enterprises", "万企评"
    SNAPSHOT = "snapshot", "随手拍"
    INSPECTION = "inspection", "督查"
    COMMON = "common", "共性问题认领"
    CLEANUP = "cleanup", "专项整治"
    SELF_CHECK = "self_check", "自查"
    OTHER = "other", "其他"


RAISED_AT = {
    "report_hearing": Origin.COMMENT, "party_work": Origin.COMMENT, "debriefing": Origin.DEBRIEFING,
    "democratic_life": Origin.DEMOCRATIC_LIFE, "member_assembly": Origin.ASSEMBLY, "contact_visit": Origin.VISIT,
    "special_inspection": Origin.INSPECTION, "field_check": Origin.INSPECTION,
}  # fmt: skip
"""Kind of activity → where a problem came to light that was raised at it (N33: points raised become to-dos)."""


class Deadline(TextChoices):
    """How soon it is to be put right."""

    IMMEDIATE = "immediate", "立行立改"
    LONGER = "longer", "中长期"


class State(TextChoices):
    """How far a problem is."""

    REGISTERED = "registered", "待认领"
    WORKING = "working", "整改中"
    ASKED = "asked", "待销号"
    RETURNED = "returned", "已退回"
    CLOSED = "closed", "已销号"
    REOPENED = "reopened", "反弹再整改"
    VOID = "void", "已作废"


class Verb(TextChoices):
    """What somebody does to a problem; the words are those of the buttons and of the timeline."""

    RAISE = "raise", "登记问题"
    EDIT = "edit", "修改问题"
    CLAIM = "claim", "认领问题"
    PROGRESS = "progress", "记录进展"
    EFFECT = "effect", "初见成效"
    ASK = "ask", "申请销号"
    WITHDRAW = "withdraw", "撤回申请"
    CLOSE = "close", "同意销号"
    RETURN = "return", "退回整改"
    HELD = "held", "回头看：巩固"
    BACK = "back", "回头看：反弹"
    VOID = "void", "作废问题"
    HAND_ON = "hand_on", "移交承接党组织"


S, V = State, Verb
TRANSITIONS: dict[tuple[State, Verb], State] = {
    (S.REGISTERED, V.EDIT): S.REGISTERED,
    (S.REGISTERED, V.CLAIM): S.WORKING,
    (S.REGISTERED, V.VOID): S.VOID,
    (S.ASKED, V.CLOSE): S.CLOSED,
    (S.ASKED, V.RETURN): S.RETURNED,
    (S.ASKED, V.WITHDRAW): S.WORKING,
    (S.CLOSED, V.HELD): S.CLOSED,
    (S.CLOSED, V.BACK): S.REOPENED,
    **{
        (state, verb): target or state
        for state in (S.WORKING, S.RETURNED, S.REOPENED)
        for verb, target in (
            (V.EDIT, None), (V.CLAIM, None), (V.PROGRESS, None), (V.EFFECT, None), (V.ASK, S.ASKED), (V.VOID, S.VOID),
        )
    },
}  # fmt: skip
"""State and verb → next state. What is not here is refused, by every way in."""

OPEN = (S.REGISTERED, S.WORKING, S.RETURNED, S.REOPENED)
"""The organisation has to act."""
RUNNING = (*OPEN, S.ASKED)
"""Not closed and not void."""
WORKABLE = (S.WORKING, S.RETURNED, S.REOPENED)
"""Measures, progress and evidence are taken."""

METRICS = ("rate.problems_solved", "rectification.immediate", "rectification.longer", "coverage.rectified")
"""The metrics that the figures of problems answer."""


class ProblemError(ValidationError):
    """A step that the problem's state or a rule refuses; its message is what the screen says."""


@dataclass(frozen=True)
class Terms:
    """The figures of the rule table that fix deadlines: month and day (``09-30``), days, months."""

    immediate_day: str
    immediate_days: int
    longer_days: int
    effect_months: int


@dataclass(frozen=True)
class Standing:
    """What of one problem decides on the figures of its organisation."""

    state: str
    deadline: str
    raised_on: date
    due_on: date
    closed_on: date | None = None
    reopened: int = 0
    claimed_on: date | None = None
    effect_due_on: date | None = None
    effect_on: date | None = None


@dataclass
class Score:
    """How an organisation puts its problems right in a period (R05)."""

    raised: int = 0
    closed: int = 0
    on_time: int = 0
    overdue: int = 0
    reopened: int = 0

    @property
    def rate(self) -> Fraction | None:
        """突出问题解决率: closed of raised; None where none was raised."""
        return Fraction(self.closed, self.raised) if self.raised else None

    @property
    def on_time_rate(self) -> Fraction | None:
        """Closed by their day, of raised; None where none was raised."""
        return Fraction(self.on_time, self.raised) if self.raised else None


def can(state: str, verb: Verb) -> bool:
    """Whether the table allows the verb in this state."""
    return (State(state), verb) in TRANSITIONS


def next_state(state: str, verb: Verb) -> State:
    """The state after the verb; ``ProblemError`` when the table does not allow it."""
    try:
        return TRANSITIONS[State(state), verb]
    except KeyError:
        raise ProblemError(f"该问题现在是“{State(state).label}”，不能{verb.label}。请刷新页面后核对。") from None


def due_day(
    deadline: str, raised_on: date, terms: Terms, is_workday: Callable[[date], bool], campaign_year: int | None = None
) -> date:
    """By when a problem is to be put right unless somebody sets another day. Source: TJ 三（二）, R03.

    立行立改: the fixed day of the campaign's year when it is still ahead, else so many days from the day it was raised;
    中长期: its own number of days. A day that is reckoned and is none of work gives way to the next working day.
    """
    if deadline == Deadline.IMMEDIATE:
        if campaign_year is not None:
            month, day = (int(part) for part in terms.immediate_day.split("-"))
            fixed = date(campaign_year, month, day)
            if raised_on < fixed:
                return fixed
        return _working(raised_on + timedelta(days=terms.immediate_days), is_workday)
    return _working(raised_on + timedelta(days=terms.longer_days), is_workday)


def effect_day(deadline: str, claimed_on: date, terms: Terms, is_workday: Callable[[date], bool]) -> date | None:
    """By when a longer one shows a visible effect, from the day of the claim on; None for 立行立改."""
    if deadline == Deadline.IMMEDIATE:
        return None
    return _working(add_months(claimed_on, terms.effect_months), is_workday)


def is_overdue(state: str, due_on: date, today: date) -> bool:
    """Its day has passed and it is neither closed nor waiting for the check."""
    return state in OPEN and due_on < today


def lacking_for_closing(steps: Iterable[date | None], has_evidence: bool) -> str:
    """What is missing for asking to close: a measure, a measure that is not done, evidence; empty when nothing is."""
    done = list(steps)
    if not done:
        return "还没有整改措施，请先填写措施。"
    if left := sum(day is None for day in done):
        return f"还有 {left} 项措施没有完成，请先登记完成情况。"
    return "" if has_evidence else "请先上传整改佐证材料，再申请销号。"


def score(problems: Iterable[Standing], today: date) -> Score:
    """The figures of problems raised in a period; void ones are left out. 突出问题解决率 (N32), R05."""
    found = Score()
    for problem in problems:
        if problem.state == State.VOID:
            continue
        found.raised += 1
        found.reopened += problem.reopened > 0
        if problem.state == State.CLOSED:
            found.closed += 1
            found.on_time += problem.closed_on is not None and problem.closed_on <= problem.due_on
        else:
            found.overdue += is_overdue(problem.state, problem.due_on, today)
    return found


def has_effect(problem: Standing) -> bool:
    """Whether a longer problem showed its effect, or was closed, by the day that it had for it."""
    if problem.effect_due_on is None:
        return problem.state == State.CLOSED
    days = [day for day in (problem.effect_on, problem.closed_on) if day is not None]
    return any(day <= problem.effect_due_on for day in days)


def _working(day: date, is_workday: Callable[[date], bool]) -> date:
    while not is_workday(day):
        day += timedelta(days=1)
    return day
