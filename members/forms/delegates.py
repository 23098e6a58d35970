"""Forms for the roll of delegates."""

from typing import Any

from django import forms

from branches.forms.fields import OrganizationField
from branches.permissions import Permission, Scope
from members.forms.fields import MemberField
from partybuild.lib import clock

STATES = (("", "全部"), ("current", "在任"), ("near", "临近届满"), ("over", "已届满"), ("ended", "已终止"))


class DelegateFilterForm(forms.Form):
    """Name, part of the tree, state."""

    q = forms.CharField(label="姓名", required=False, max_length=64, widget=forms.TextInput(attrs={"type": "search"}))
    organization = OrganizationField(
        label="党组织", permission=Permission.VIEW_PARTY_WORK, required=False, help_text=""
    )
    state = forms.ChoiceField(label="状态", choices=STATES, required=False)

    def __init__(self, scope: Scope, data: Any = None) -> None:
        super().__init__(data)
        self.fields["organization"].scope = scope


class DelegateForm(forms.Form):
    """Who was elected, to what, by whom."""

    member = MemberField(label="党员")
    congress = forms.CharField(label="党代表大会", max_length=128, help_text="如 区第十四次党代表大会。")
    unit = forms.CharField(label="选举单位", max_length=128)
    elected_on = forms.DateField(label="当选日期")
    starts_on = forms.DateField(label="任期开始")
    term_ends_on = forms.DateField(label="届满日期")

    def __init__(self, scope: Scope, data: Any = None) -> None:
        super().__init__(data)
        self.fields["member"].scope = scope

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        place = self.cleaned_data["member"]
        return {**self.cleaned_data, "member": place.member, "organization": place.organization}


class DelegateEndForm(forms.Form):
    """From which day on he is no delegate, and why."""

    ends_on = forms.DateField(label="终止日期")
    reason = forms.CharField(label="终止原因", max_length=255)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["ends_on"].initial = clock.today
