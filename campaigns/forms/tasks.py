"""The filter of those who have done a task."""

from django import forms

from campaigns.queries.task_matrix import SHOWN


class TaskFilterForm(forms.Form):
    """The target is chosen by its link; here the organisations are narrowed."""

    target = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)
    q = forms.CharField(label="党组织", required=False, max_length=64, widget=forms.TextInput({"type": "search"}))
    shown = forms.ChoiceField(label="显示", required=False, choices=SHOWN)
