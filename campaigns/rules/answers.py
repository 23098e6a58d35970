"""What an answer to an assignment must say before it is filed, and how much of the target it fulfils. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Decimal

from campaigns.rules.content import AnswerDraft, MarkLine

DONE, NOT_DONE, NOT_APPLICABLE = "done", "not_done", "not_applicable"
MANUAL = "manual"


@dataclass(frozen=True)
class Question:
    """What an assignment asks: its checklist, whether own items may be added, and a number or none.

    ``evidence_ids`` are the items for which material must be attached when they are carried out, ``slots`` the names of
    the materials where they are named. ``people`` is how many are expected where the number asked for is one of people.
    """

    item_ids: tuple[int, ...] = ()
    evidence_ids: frozenset[int] = frozenset()
    slots: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    is_open: bool = False
    asks_amount: bool = False
    people: int | None = None


def asks_amount(metric: str) -> bool:
    """Every metric but the plain checklist asks for a number."""
    return metric != MANUAL


def lacking(question: Question, draft: AnswerDraft, files: Mapping[int | None, Collection[str]]) -> dict[str, str]:
    """What is missing before filing: field of the form → what to do. ``files``: item → the places that are filled."""
    found = _lacking_marks(question, draft.marks, files)
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
    question: Question, marks: Iterable[MarkLine], files: Mapping[int | None, Collection[str]]
) -> dict[str, str]:
    states = {mark.item_id: mark for mark in marks if mark.item_id is not None}
    found = {}
    for item_id in question.item_ids:
        mark = states.get(item_id)
        if mark is None:
            found[f"state-{item_id}"] = "请选择落实情况。"
        elif mark.state == NOT_APPLICABLE and not mark.note.strip():
            found[f"note-{item_id}"] = "请写明不适用的原因。"
        elif mark.state == DONE and (sentence := _lacking_files(question, item_id, files.get(item_id, ()))):
            found[f"state-{item_id}"] = sentence
    return found


def _lacking_files(question: Question, item_id: int, places: Collection[str]) -> str:
    """What must still be attached to an item that is carried out."""
    missing = [name for name in question.slots.get(item_id, ()) if name not in places]
    if missing:
        return f"此项还缺：{'、'.join(missing)}。请逐份上传后再提交。"
    return "" if places or item_id not in question.evidence_ids else "此项须附材料，请上传后再提交。"


def amount_of_checklist(marks: Iterable[MarkLine], needed: Decimal) -> Decimal:
    """How much of the amount a checklist fulfils: the share of its applicable items that are carried out."""
    states = [mark.state for mark in marks]
    done, not_done = states.count(DONE), states.count(NOT_DONE)
    if not not_done:
        return needed
    return (needed * done / (done + not_done)).quantize(Decimal("0.01"), ROUND_DOWN)
