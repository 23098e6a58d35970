"""The form in which an assignment is answered: its checklist, a number where one is asked for, and words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField

from campaigns.forms.fields import FilesField
from campaigns.forms.windows import WindowForm
from campaigns.models import Answer, AnswerMark, Assignment, Attachment, ChecklistItem
from campaigns.queries.answers import filled_places, question_of
from campaigns.rules import answers as rules
from campaigns.rules.content import AnswerDraft, MarkLine

_STATES = AnswerMark.State.choices
_BLANK_ROWS, _MOST_ROWS = 2, 20


@dataclass(frozen=True)
class AskedItem:
    """One demand of the checklist with its fields and the material for it."""

    item: ChecklistItem
    state: BoundField
    note: BoundField
    attachments: list[Attachment]

    def places(self) -> list[tuple[str, list[Attachment]]]:
        """The named materials, each with what is there."""
        return [(name, [each for each in self.attachments if each.place == name]) for name in self.item.slots]

    def others(self) -> list[Attachment]:
        """What is attached without being one of them."""
        return [each for each in self.attachments if each.place not in self.item.slots]


@dataclass(frozen=True)
class OwnItem:
    """A row for an item of the organisation's own."""

    text: BoundField
    state: BoundField
    note: BoundField


class AnswerForm(WindowForm):
    """One answer; everything may be left open until it is filed."""

    use_required_attribute = False

    amount = forms.DecimalField(
        label="完成数量", required=False, min_value=0, max_digits=12, decimal_places=2,
        widget=forms.NumberInput({"step": "any", "inputmode": "decimal"}),
    )  # fmt: skip
    note = forms.CharField(
        label="说明", required=False, max_length=5000, widget=forms.Textarea({"rows": 5}),
        help_text="写做了什么、取得什么成效。",
    )  # fmt: skip
    uploads = FilesField(label="其他材料", required=False)

    def __init__(self, assignment: Assignment, data: Any = None, files: Any = None, *, answer: Answer | None) -> None:
        super().__init__(
            data, files, initial=_initial(assignment, answer), saved_at=answer.saved_at if answer else None
        )
        self.assignment, self.answer = assignment, answer
        self.items = list(assignment.task.checklist.all())
        self.attachments = list(answer.attachments.select_related("file")) if answer else []
        if not rules.asks_amount(assignment.metric):
            del self.fields["amount"]
        for item in self.items:
            self._add(f"state-{item.pk}", item.text, f"note-{item.pk}")
        self.rows = self._rows() if assignment.task.is_open else 0
        for row in range(self.rows):
            self.fields[f"own-{row}"] = forms.CharField(label="本组织的做法", required=False, max_length=255)
            self._add(f"own-state-{row}", "落实情况", f"own-note-{row}")

    def _add(self, state: str, label: str, note: str) -> None:
        self.fields[state] = forms.ChoiceField(label=label, required=False, choices=_STATES, widget=forms.RadioSelect)
        self.fields[note] = forms.CharField(label=label, required=False, max_length=255)

    def _rows(self) -> int:
        """The rows that are filled, and two to go on."""
        saved = len([name for name in self.initial if name.startswith("own-state-")])
        posted = sum(1 for row in range(_MOST_ROWS) if self.is_bound and f"own-{row}" in self.data)
        return min(max(saved + _BLANK_ROWS, posted), _MOST_ROWS)

    def checklist(self) -> Iterator[AskedItem]:
        """The demands with their fields, for the page."""
        for item in self.items:
            files = [each for each in self.attachments if each.item_id == item.pk]
            yield AskedItem(item, self[f"state-{item.pk}"], self[f"note-{item.pk}"], files)

    def own_items(self) -> Iterator[OwnItem]:
        """Rows for the organisation's own items."""
        for row in range(self.rows):
            yield OwnItem(self[f"own-{row}"], self[f"own-state-{row}"], self[f"own-note-{row}"])

    def other_files(self) -> list[Attachment]:
        """What is attached to the answer as a whole."""
        ids = {item.pk for item in self.items}
        return [each for each in self.attachments if each.item_id not in ids]

    @property
    def unit(self) -> str:
        """In what the number is told; a share is written as a percentage."""
        return "人" if self.assignment.is_personal else self.assignment.target.unit

    def clean_amount(self) -> Decimal | None:
        """A share is typed as 95 and kept as 0.95."""
        amount = self.cleaned_data["amount"]
        if amount is None or self.unit != "%":
            return amount
        if amount > 10_000:
            raise ValidationError("百分比过大，请核对。")
        return amount / 100

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.data.get("action") == "file" and not self.errors:
            self._ask_reasons(data)
        return data

    def _ask_reasons(self, data: Mapping[str, Any]) -> None:
        """Items that do not apply want a reason; what else filing lacks is said with them, not one after another."""
        states = {item.pk: data[f"state-{item.pk}"] for item in self.items if not data[f"note-{item.pk}"]}
        unreasoned = [pk for pk, state in states.items() if state == rules.NOT_APPLICABLE]
        if not unreasoned:
            return
        places = filled_places(self.answer) if self.answer else {}
        missing = rules.lacking(question_of(self.assignment), self.draft(), places)
        missing |= {f"note-{pk}": "请写明不适用的原因。" for pk in unreasoned}
        for name, words in missing.items():
            if name not in {f"state-{pk}" for pk in unreasoned}:
                self.add_error(name if name in self.fields else None, words)

    def draft(self) -> AnswerDraft:
        """What was typed; of a valid form only."""
        data = self.cleaned_data
        return AnswerDraft(tuple(self._marks(data)), data.get("amount"), data["note"])

    def words(self) -> dict[str, Any]:
        """What was typed as a version of the answer would say it; of a valid form only. Files are not typed."""
        draft, labels = self.draft(), dict(_STATES)
        texts = {item.pk: item.text for item in self.items}
        marks = [
            f"{texts.get(mark.item_id or 0, mark.text)}：{labels[mark.state]}{f'（{mark.note}）' if mark.note else ''}"
            for mark in draft.marks
        ]
        asked = rules.asks_amount(self.assignment.metric) and draft.amount is not None
        return {
            "marks": [{"key": text, "text": text} for text in marks],
            "amount": f"{draft.amount.normalize():f} {self.unit}" if asked and draft.amount is not None else "",
            "note": draft.note,
        }

    def _marks(self, data: Mapping[str, Any]) -> Iterator[MarkLine]:
        for item in self.items:
            state, note = data[f"state-{item.pk}"], data[f"note-{item.pk}"]
            # The reason is asked for when the answer is filed; until then an item without one stays open.
            if state and (note or state != rules.NOT_APPLICABLE):
                yield MarkLine(state, item.pk, note=note)
        for row in range(self.rows):
            text = data[f"own-{row}"]
            if text:
                state = data[f"own-state-{row}"] or rules.DONE
                note = data[f"own-note-{row}"] or ("不适用" if state == rules.NOT_APPLICABLE else "")
                yield MarkLine(state, text=text, note=note)


def _initial(assignment: Assignment, answer: Answer | None) -> dict[str, Any]:
    if answer is None:
        return {}
    found: dict[str, Any] = {"note": answer.note}
    if answer.amount is not None:
        is_share = not assignment.is_personal and assignment.target.unit == "%"
        found["amount"] = f"{(answer.amount * 100 if is_share else answer.amount).normalize():f}"
    row = 0
    for mark in answer.marks.all():
        if mark.item_id:
            found |= {f"state-{mark.item_id}": mark.state, f"note-{mark.item_id}": mark.note}
        else:
            found |= {f"own-{row}": mark.text, f"own-state-{row}": mark.state, f"own-note-{row}": mark.note}
            row += 1
    return found
