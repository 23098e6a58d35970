"""Filters of the audit trail."""

from typing import Any

from django import forms

from branches.enums import AuditResult, Channel
from branches.forms.fields import OrganizationField
from branches.permissions import Permission, Scope

DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
ALL = ("", "全部")


class AuditFilterForm(forms.Form):
    """Words anywhere, days, person, organisation, deed, object, result, way, and only what was done for another."""

    q = forms.CharField(
        label="查找",
        required=False,
        max_length=64,
        widget=forms.TextInput(attrs={"placeholder": "人员、操作、对象、说明"}),
    )
    since = forms.DateField(label="起", required=False, widget=DAY)
    until = forms.DateField(label="止", required=False, widget=DAY)
    who = forms.CharField(label="人员姓名或登录名", required=False, max_length=64)
    organization = OrganizationField(
        label="党组织及下级", permission=Permission.VIEW_AUDIT, required=False, help_text=""
    )
    verb = forms.CharField(label="操作", required=False, max_length=64)
    about = forms.CharField(label="对象", required=False, max_length=64)
    result = forms.ChoiceField(label="结果", required=False, choices=[ALL, *AuditResult.choices])
    channel = forms.ChoiceField(label="方式", required=False, choices=[ALL, *Channel.choices])
    acting = forms.BooleanField(label="只看代理", required=False)

    def __init__(self, scope: Scope, data: Any = None) -> None:
        super().__init__(data)
        self.fields["organization"].scope = scope
