"""An answer as it is read, on its page and by the reviewer."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from campaigns.models import Answer, Attachment
from campaigns.rules import answers as rules
from campaigns.rules.targets import amount_text


@dataclass(frozen=True)
class AnsweredItem:
    """One demand with what was answered, and the material for it."""

    text: str
    state: str
    label: str
    note: str
    attachments: list[Attachment] = field(default_factory=list)


@dataclass(frozen=True)
class AnswerView:
    """An answer with its items, its amount in words, and what is attached to the whole."""

    answer: Answer
    items: Sequence[AnsweredItem]
    amount: str
    attachments: Sequence[Attachment]


def view_of_answer(answer: Answer) -> AnswerView:
    """The answer with its items and files; two queries."""
    files: dict[int | None, list[Attachment]] = {}
    for attachment in answer.attachments.select_related("file"):
        files.setdefault(attachment.item_id, []).append(attachment)
    marks = answer.marks.select_related("item")
    items = [
        AnsweredItem(str(m), m.state, m.get_state_display(), m.note, files.pop(m.item_id, []) if m.item_id else [])
        for m in marks
    ]
    rest = [attachment for attachments in files.values() for attachment in attachments]
    return AnswerView(answer, items, _amount(answer), rest)


def _amount(answer: Answer) -> str:
    assignment = answer.assignment
    if answer.amount is None or not rules.asks_amount(assignment.metric):
        return ""
    if assignment.is_personal:
        return f"{answer.amount.normalize():f} / {assignment.members_expected or 0} 人"
    return amount_text(answer.amount, assignment.target.unit)
