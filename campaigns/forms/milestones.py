"""The day of a milestone."""

from django import forms


class MilestoneForm(forms.Form):
    """One day."""

    due_on = forms.DateField(label="日期", widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
