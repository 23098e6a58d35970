"""The life of a record (an activity or an answer): one table of transitions, and which filing decides.

Source: model.md, Records. An approved record is corrected by a copy beside it with a table of its own: the old content
counts until the new one is approved, which then takes its place.
"""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db.models import TextChoices

from campaigns.enums import ActivityStatus as Status
from partybuild.lib import clock


class Verb(TextChoices):
    """What somebody does to a record; the words are those of the buttons and of the history."""

    SAVE = "save", "保存"
    FILE = "file", "提交"
    WITHDRAW = "withdraw", "撤回"
    APPROVE = "approve", "审核通过"
    RETURN = "return", "退回"
    VOID = "void", "作废"
    AMEND = "amend", "更正"
    MERGE = "merge", "并入更正"


class RecordError(ValidationError):
    """A step that the record's state or a rule refuses; its message is what the screen says."""


class OvertakenError(RecordError):
    """What was typed has not been saved, for the draft was saved in another window meanwhile."""

    def __init__(self, when: str) -> None:
        super().__init__(
            f"这条记录已于 {when} 在另一个窗口保存过，您这里的内容没有保存，仍在本页。"
            "请对照两处的不同，核对后再次保存。"
        )


TRANSITIONS: dict[tuple[Status, Verb], Status] = {
    (Status.DRAFT, Verb.SAVE): Status.DRAFT,
    (Status.DRAFT, Verb.FILE): Status.FILED,
    (Status.DRAFT, Verb.VOID): Status.VOID,
    (Status.FILED, Verb.WITHDRAW): Status.DRAFT,
    (Status.FILED, Verb.APPROVE): Status.APPROVED,
    (Status.FILED, Verb.RETURN): Status.RETURNED,
    (Status.FILED, Verb.VOID): Status.VOID,
    (Status.RETURNED, Verb.SAVE): Status.RETURNED,
    (Status.RETURNED, Verb.FILE): Status.FILED,
    (Status.RETURNED, Verb.VOID): Status.VOID,
    (Status.APPROVED, Verb.VOID): Status.VOID,
    (Status.APPROVED, Verb.AMEND): Status.APPROVED,
    (Status.APPROVED, Verb.MERGE): Status.APPROVED,
}
"""State and verb → next state. What is not here is refused, by every way in."""

CORRECTIONS: dict[tuple[Status, Verb], Status] = {
    (Status.DRAFT, Verb.SAVE): Status.DRAFT,
    (Status.DRAFT, Verb.FILE): Status.AMENDING,
    (Status.DRAFT, Verb.VOID): Status.VOID,
    (Status.AMENDING, Verb.WITHDRAW): Status.DRAFT,
    (Status.AMENDING, Verb.APPROVE): Status.AMENDED,
    (Status.AMENDING, Verb.RETURN): Status.RETURNED,
    (Status.AMENDING, Verb.VOID): Status.VOID,
    (Status.RETURNED, Verb.SAVE): Status.RETURNED,
    (Status.RETURNED, Verb.FILE): Status.AMENDING,
    (Status.RETURNED, Verb.VOID): Status.VOID,
}
"""The same for the corrected copy of an approved record; in no state does it count itself."""

EDITABLE = frozenset(status for status, verb in TRANSITIONS if verb is Verb.SAVE)
NOT_YET = "日期在今天之后。活动开展后再提交，现在可以存草稿。"
COUNTING = frozenset({Status.FILED, Status.APPROVED})
WAITING = frozenset({Status.FILED, Status.AMENDING})


def can(status: str, verb: Verb, *, is_correction: bool = False) -> bool:
    """Whether the table allows the verb in this state."""
    return (Status(status), verb) in (CORRECTIONS if is_correction else TRANSITIONS)


def next_status(status: str, verb: Verb, *, is_correction: bool = False) -> Status:
    """The state after the verb; ``RecordError`` when the table does not allow it."""
    try:
        return (CORRECTIONS if is_correction else TRANSITIONS)[Status(status), verb]
    except KeyError:
        raise RecordError(f"这条记录现在是“{Status(status).label}”状态，不能{verb.label}。请刷新页面后核对。") from None


def counts_from(first: datetime | None, resubmit_by: date | None, now: datetime) -> datetime:
    """The filing that decides on time or late: the first one when a returned record comes back in time, else this."""
    if first is not None and resubmit_by is not None and now <= clock.end_of_day(resubmit_by):
        return first
    return now


def shown_status(status: str, needs_review: bool) -> tuple[str, str]:
    """Code of the mark and word of a record: what counts without review is done, what waits for one is pending."""
    if status == Status.FILED:
        return ("pending", "待审核") if needs_review else ("done", "已提交，计入")
    return {
        Status.DRAFT: ("open", "草稿"),
        Status.RETURNED: ("returned", "已退回"),
        Status.APPROVED: ("done", "已通过"),
        Status.AMENDING: ("pending", "更正待审"),
        Status.AMENDED: ("exempt", "更正已并入"),
        Status.VOID: ("exempt", "已作废"),
    }[Status(status)]
