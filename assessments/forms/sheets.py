"""Filling in a score sheet: the fields of each indicator that the stage leaves open."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms import BoundField

from assessments.enums import IndicatorKind, RoundStatus
from assessments.models import StageScore
from assessments.queries.sheets import row_rule
from assessments.rules import sheets as rules
from assessments.rules.scoring import plain
from assessments.rules.sheets import Entry

_COMMENTS = {
    RoundStatus.SELF_CHECK: ("自评说明", "需要验收人员了解的情况，包括对系统计分的意见。"),
    RoundStatus.CHECK: ("验收意见", "验收的方式和总的意见。"),
    RoundStatus.FINAL: ("综合意见", ""),
}


class LaterField(forms.Field):
    """A field that is wanted, though not yet when a sheet is only saved: it is not marked as optional."""

    def validate(self, value: Any) -> None:
        """Nothing entered yet is no mistake."""
        if value not in self.empty_values:
            super().validate(value)


class PointsField(LaterField, forms.DecimalField):
    """Points of an indicator."""


class ReasonField(LaterField, forms.CharField):
    """Why points were changed."""


class SheetForm(forms.Form):
    """Points of the indicators: in the self-check with a note and the evidence, later with the reason of a change."""

    def __init__(self, *args: Any, rows: Mapping[int, StageScore], status: str, comment: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.status = RoundStatus(status)
        self.rows = {pk: row for pk, row in rows.items() if rules.is_open_to_points(status, row.indicator.kind)}
        for pk, row in self.rows.items():
            self._add_fields(pk, row)
        label, help_text = _COMMENTS[self.status]
        self.fields["comment"] = forms.CharField(
            label=label, help_text=help_text, required=False, max_length=2000, initial=comment,
            widget=forms.Textarea({"rows": 3}),
        )  # fmt: skip

    def _add_fields(self, pk: int, row: StageScore) -> None:
        name, full = row.indicator.name, row.indicator.points
        self.fields[f"points-{pk}"] = PointsField(
            label=f"{name}得分", max_digits=6,
            initial=None if row.points is None else plain(row.points),
            widget=forms.NumberInput({"min": 0, "max": plain(full), "step": "0.01", "inputmode": "decimal"}),
            error_messages={"invalid": "请填写数字", "max_digits": "请填写数字"},
        )  # fmt: skip
        if self.status == RoundStatus.SELF_CHECK:
            self.fields[f"note-{pk}"] = forms.CharField(
                label="完成情况", required=False, max_length=500, initial=row.note, widget=forms.Textarea({"rows": 2})
            )
            self.fields[f"evidence-{pk}"] = forms.CharField(
                label="佐证材料", required=False, max_length=2000, initial=row.evidence,
                widget=forms.Textarea({"rows": 2}),
            )  # fmt: skip
        else:
            self.fields[f"reason-{pk}"] = ReasonField(label=f"{name}改动理由", max_length=255, initial=row.reason)

    def clean(self) -> dict[str, Any]:
        """Points in range, and a reason where they are changed."""
        filled = super().clean() or {}
        for pk, row in self.rows.items():
            if f"points-{pk}" in filled and (problem := rules.problem(self.status, row_rule(row), self._entry(pk))):
                self.add_error(f"{problem[0]}-{pk}", problem[1])
        return filled

    def require_points(self) -> bool:
        """For handing in: mark what has no points yet; whether nothing was missing."""
        for pk, row in self.rows.items():
            if row.indicator.kind == IndicatorKind.MANUAL and self.cleaned_data.get(f"points-{pk}") is None:
                self.add_error(f"points-{pk}", "请评分后再提交")
        return not self.errors

    def entries(self) -> dict[int, Entry]:
        """What was entered, by indicator."""
        return {pk: self._entry(pk) for pk in self.rows}

    def _entry(self, pk: int) -> Entry:
        filled = self.cleaned_data
        return Entry(
            points=filled.get(f"points-{pk}"),
            note=filled.get(f"note-{pk}", ""),
            evidence=filled.get(f"evidence-{pk}", ""),
            reason=filled.get(f"reason-{pk}", ""),
        )

    def fields_of(self, pk: int) -> dict[str, BoundField]:
        """The fields of an indicator by their plain names; empty where the stage leaves it closed."""
        names = ("points", "note", "evidence", "reason")
        return {name: self[f"{name}-{pk}"] for name in names if f"{name}-{pk}" in self.fields}
