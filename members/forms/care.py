"""Forms for care and help."""

from typing import Any

from django import forms

from branches.forms.fields import OrganizationField
from branches.permissions import Permission, Scope
from members.enums import CareGroup
from members.forms.fields import MemberField
from partybuild.lib import clock


class CareFilterForm(forms.Form):
    """Filters of the register."""

    q = forms.CharField(label="姓名", required=False, max_length=64, widget=forms.TextInput(attrs={"type": "search"}))
    group = forms.ChoiceField(required=False, choices=[("", "全部"), *CareGroup.choices], widget=forms.HiddenInput)
    state = forms.ChoiceField(
        label="状态",
        required=False,
        choices=[("", "全部"), ("open", "帮扶中"), ("unvisited", "尚无帮扶记录"), ("ended", "已结束")],
    )
    organization = OrganizationField(
        label="党组织", required=False, permission=Permission.VIEW_PARTY_WORK, help_text=""
    )

    def __init__(self, scope: Scope, data: Any = None) -> None:
        super().__init__(data)
        self.fields["organization"].scope = scope


class CareForm(forms.Form):
    """A member who needs care."""

    member = MemberField(label="党员")
    group = forms.ChoiceField(label="类别", choices=CareGroup.choices, widget=forms.RadioSelect)
    need = forms.CharField(label="困难和需要", max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))
    starts_on = forms.DateField(label="开始日期")

    def __init__(self, scope: Scope, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["member"].scope = scope
        self.fields["starts_on"].initial = clock.today

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        place = self.cleaned_data["member"]
        given = {name: self.cleaned_data[name] for name in ("group", "need", "starts_on")}
        return {**given, "member": place.member, "organization": place.organization}


class VisitForm(forms.Form):
    """Help that was given."""

    visited_on = forms.DateField(label="日期")
    help = forms.CharField(label="帮扶内容", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    amount = forms.DecimalField(label="金额（元）", required=False, min_value=0, max_digits=10, decimal_places=2)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["visited_on"].initial = clock.today


class CareEndForm(forms.Form):
    """From which day on he is no longer cared for."""

    ends_on = forms.DateField(label="结束日期")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["ends_on"].initial = clock.today
