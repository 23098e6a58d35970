"""Filters of the audit trail."""

from django import forms

from branches.enums import AuditResult

DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class AuditFilterForm(forms.Form):
    """Days, person, deed and result."""

    since = forms.DateField(label="起", required=False, widget=DAY)
    until = forms.DateField(label="止", required=False, widget=DAY)
    who = forms.CharField(label="操作人", required=False, max_length=64)
    verb = forms.CharField(label="操作", required=False, max_length=64)
    result = forms.ChoiceField(label="结果", required=False, choices=[("", "全部"), *AuditResult.choices])
