"""Marking days of the working calendar."""

from typing import Any

from django import forms

from office.enums import DayMark


class DayMarkForm(forms.Form):
    """Days from – to, and what they are."""

    first = forms.DateField(label="开始日期")
    last = forms.DateField(label="结束日期", required=False, help_text="只有一天的不用填。")
    mark = forms.ChoiceField(label="改为", choices=DayMark.choices, widget=forms.RadioSelect)
    note = forms.CharField(label="说明", max_length=64, required=False, help_text="如：国庆节调休上班。")

    def clean(self) -> dict[str, Any]:
        filled = super().clean() or {}
        if filled.get("first") and not filled.get("last") and "last" not in self.errors:
            filled["last"] = filled["first"]
        return filled
