"""Forms for marks of members and the search log."""

from typing import Any

from django import forms

from branches.forms.fields import OrganizationField
from branches.permissions import Permission, Scope
from members.enums import LeavingCause, StandingKind
from partybuild.lib import clock

_MARKS = (StandingKind.LOST, StandingKind.MOBILE)
_WAYS = ("电话", "上门走访", "通过家属亲友", "通过原单位", "公安协查", "其他")


class MarkForm(forms.Form):
    """A member is out of reach, or away for work."""

    kind = forms.ChoiceField(label="标识", choices=[(one.value, one.label) for one in _MARKS], widget=forms.RadioSelect)
    starts_on = forms.DateField(label="开始日期")
    place = forms.CharField(
        label="流动去向", max_length=128, required=False, help_text="流动党员填写，例如：上海市浦东新区。"
    )
    reason = forms.CharField(label="情况说明", max_length=255, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].initial = clock.today

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("kind") == StandingKind.MOBILE and not values.get("place"):
            self.add_error("place", "请填写流动去向。")
        if values.get("kind") == StandingKind.LOST:
            values["place"] = ""
        return values


class EndMarkForm(forms.Form):
    """From which day on a mark no longer holds."""

    ends_on = forms.DateField(label="结束日期")
    note = forms.CharField(label="情况说明", max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ends_on"].initial = clock.today


class SearchNoteForm(forms.Form):
    """One attempt to find a member."""

    on = forms.DateField(label="查找日期")
    way = forms.ChoiceField(label="查找方式", choices=[(way, way) for way in _WAYS])
    result = forms.CharField(label="查找情况", max_length=255, widget=forms.Textarea(attrs={"rows": 3}))
    found = forms.BooleanField(label="已取得联系，结束失联标识", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = clock.today


class DayReasonForm(forms.Form):
    """A day and why: for suspending and giving back party standing."""

    on = forms.DateField(label="生效日期")
    reason = forms.CharField(label="原因和批准情况", max_length=255, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = clock.today


class LeavingForm(DayReasonForm):
    """Somebody is no longer a member of the party."""

    cause = forms.ChoiceField(label="去向", choices=LeavingCause.choices, widget=forms.RadioSelect)
    confirm = forms.CharField(label="请输入党员姓名确认", max_length=64)

    field_order = ("cause", "on", "reason", "confirm")

    def __init__(self, name: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name = name

    def clean_confirm(self) -> str:
        if self.cleaned_data["confirm"].strip() != self.name:
            raise forms.ValidationError("姓名不一致。")
        return self.name


class LostFilterForm(forms.Form):
    """Filters of the register of members out of reach."""

    state = forms.ChoiceField(label="状态", required=False, choices=[("", "仍失联"), ("found", "已找到")])


class BasicsFilterForm(forms.Form):
    """Filters of the register of basic data."""

    organization = OrganizationField(
        label="党组织", required=False, permission=Permission.VIEW_PARTY_WORK, help_text=""
    )

    def __init__(self, scope: Scope, data: Any = None) -> None:
        super().__init__(data)
        organization: Any = self.fields["organization"]
        organization.scope = scope
