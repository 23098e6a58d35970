"""What an answer to an assignment must say before it is filed, and how much of the target it fulfils. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from campaigns.rules.content import AnswerDraft, MarkLine

DONE, NOT_DONE, NOT_APPLICABLE = "done", "not_done", "not_applicable"
MANUAL = "manual"


@dataclass(frozen=True)
class Question:
    """What an assignment asks: its checklist, whether own items may be added, and a number or none.

    ``evidence_ids`` are the items for which material must be attached when they are carried out. ``people`` is how
    many are expected where the number asked for is one of people.
    """

    item_ids: tuple[int, ...] = ()
    evidence_ids: frozenset[int] = frozenset()
    is_open: bool = False
    asks_amount: bool = False
    people: int | None = None


def asks_amount(metric: str) -> bool:
    """Every metric but the plain checklist asks for a number."""
    return metric != MANUAL


def lacking(question: Question, draft: AnswerDraft, items_with_files: Collection[int | None]) -> dict[str, str]:
    """What is missing before filing: field of the form → what to do."""
    found = _lacking_marks(question, draft.marks, items_with_files)
    if question.is_open and not question.item_ids and not draft.marks:
        found["own"] = "请至少填写一项本组织的具体做法。"
    if question.asks_amount and draft.amount is None:
        found["amount"] = "请填写完成数量。"
    elif question.asks_amount and question.people is not None and draft.amount is not None:
        found |= _wrong_people(draft.amount, question.people)
    return found


def _wrong_people(amount: Decimal, people: int) -> dict[str, str]:
    if amount != amount.to_integral_value():
        return {"amount": "人数须为整数。"}
    return {"amount": f"人数不能多于应完成的 {people} 人。"} if amount > people else {}


def _lacking_marks(
    question: Question, marks: Iterable[MarkLine], items_with_files: Collection[int | None]
) -> dict[str, str]:
    states = {mark.item_id: mark for mark in marks if mark.item_id is not None}
    found = {}
    for item_id in question.item_ids:
        mark = states.get(item_id)
        if mark is None:
            found[f"state-{item_id}"] = "请选择落实情况。"
        elif mark.state == NOT_APPLICABLE and not mark.note.strip():
            found[f"note-{item_id}"] = "请写明不适用的原因。"
        elif mark.state == DONE and item_id in question.evidence_ids and item_id not in items_with_files:
            found[f"state-{item_id}"] = "此项须附材料，请上传后再提交。"
    return found


def amount_of_checklist(marks: Iterable[MarkLine], needed: Decimal) -> Decimal:
    """How much of the amount a checklist fulfils: the share of its applicable items that are carried out."""
    states = [mark.state for mark in marks]
    done, not_done = states.count(DONE), states.count(NOT_DONE)
    if not not_done:
        return needed
    return (needed * done / (done + not_done)).quantize(Decimal("0.01"), ROUND_DOWN)
