"""One person's own doings (个人报送): books, signed pledges, hours of study outside, service in the community.

Sources: SX 二（二）3 (N07), SX 二（三）5 (N08), TS (N06), SX and TS (N20), SX 二（二）4 (N30). Pure.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import TextChoices

from campaigns.rules.work_moves import move


class EntryKind(TextChoices):
    BOOK = "book", "精读书籍和心得"
    INTEGRITY = "integrity", "廉洁承诺书"
    HOURS = "hours", "外出学习培训"
    ENROLMENT = "enrolment", "到社区报到"
    SERVICE = "service", "社区服务"
    SERVICE_REPORT = "service_report", "服务情况报告"
    RECOMMENDED = "recommended", "读书、荐书、评书"


class EntryState(TextChoices):
    FILED = "filed", "待确认"
    RETURNED = "returned", "已退回"
    CONFIRMED = "confirmed", "已确认"
    VOID = "void", "已作废"


K, S = EntryKind, EntryState
COMMUNITY = (K.ENROLMENT, K.SERVICE, K.SERVICE_REPORT)
COUNTING = (S.FILED, S.CONFIRMED)
EDITABLE = (S.FILED, S.RETURNED)
ENTRY_MOVES = {
    "confirm": move("确认", S.FILED, to=S.CONFIRMED, leads=True),
    "return": move("退回", S.FILED, S.CONFIRMED, to=S.RETURNED, leads=True, needs_text=True),
    "void": move("作废", S.FILED, S.RETURNED, to=S.VOID, needs_text=True),
}
"""``leads`` is the branch; the others are done by the member himself, or by the branch for him."""

METRICS: dict[str, tuple[str, ...]] = {
    K.BOOK: ("study.books",),
    K.INTEGRITY: ("integrity.pledge",),
    K.HOURS: ("study.hours",),
    K.RECOMMENDED: ("reading.recommend",),
    **dict.fromkeys(COMMUNITY, ("community.service",)),
}
"""Kind → the metrics that it may count for."""
_TITLES = {K.INTEGRITY: "年度廉洁承诺书", K.ENROLMENT: "到社区报到"}
_MOST_HOURS = Decimal(200)


EARLIEST_YEAR = 2000
"""What is dated before is a slip of the hand."""


@dataclass(frozen=True)
class EntryDraft:
    """What is written of an entry, before any of it is kept."""

    kind: str
    held_on: date
    title: str = ""
    text: str = ""
    hours: Decimal | None = None
    form: str = ""


def title_of(draft: EntryDraft) -> str:
    """What was written, else what the kind is usually called."""
    return draft.title.strip() or _TITLES.get(EntryKind(draft.kind), "")


def faults(draft: EntryDraft, today: date, forms: Collection[str]) -> dict[str, str]:
    """What cannot be kept as it is written, by field. ``forms`` are the forms of study of the rule table."""
    found = {}
    if draft.held_on > today:
        found["held_on"] = "日期不能晚于今天。"
    elif draft.held_on.year < EARLIEST_YEAR:
        found["held_on"] = "日期过早，请核对年份。"
    if not title_of(draft):
        found["title"] = "请填写书名。" if draft.kind in (K.BOOK, K.RECOMMENDED) else "请填写事项名称。"
    if draft.kind in (K.BOOK, K.SERVICE_REPORT) and not draft.text.strip():
        found["text"] = "请填写心得体会。" if draft.kind == K.BOOK else "请填写服务情况。"
    if draft.kind == K.HOURS:
        if draft.hours is None or not 0 < draft.hours <= _MOST_HOURS:
            found["hours"] = f"请填写学时，大于 0，不超过 {_MOST_HOURS}。"
        if draft.form not in forms:
            found["form"] = "请选择学习形式。"
    return found


def refusal(kind: str, text: str, form: str, *, shortest: int, forms: Collection[str]) -> str:
    """Why an entry that is kept does not count; empty when it does."""
    if kind == K.BOOK and len("".join(text.split())) < shortest:
        return f"心得体会不足{shortest}字。"
    if kind == K.HOURS and form not in forms:
        return f"“{form}”不在规则表计入学时的学习形式中。"
    return ""


def community_refusal(kinds: Collection[str]) -> str:
    """双报到、双服务、双报告: all of them, or it does not count yet."""
    missing = [str(EntryKind(kind).label) for kind in COMMUNITY if kind not in kinds]
    return f"还差：{'、'.join(missing)}。" if missing else ""
