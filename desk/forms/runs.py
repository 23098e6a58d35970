"""Which month is dispatched or closed by hand."""

from typing import Any

from django import forms

from desk.rules.windows import TREND_MONTHS, recent_months
from partybuild.lib import clock, periods
from partybuild.lib.periods import Period


class MonthForm(forms.Form):
    """A month: to be dispatched this one, the next, or one of the last three; to be closed a past one."""

    month = forms.ChoiceField(label="月份")

    def __init__(self, data: Any, *, is_past: bool = False) -> None:
        months = recent_months(clock.today(), TREND_MONTHS + 1)
        offered = months[1:] if is_past else [periods.next(months[0]), *months[:4]]
        super().__init__({"month": data.get("month") or months[0].key})
        self.fields["month"].choices = [(month.key, periods.label(month)) for month in offered]

    @property
    def month_chosen(self) -> Period:
        return periods.parse(self.cleaned_data["month"])
