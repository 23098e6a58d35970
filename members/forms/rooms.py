"""Forms for activity rooms."""

from typing import Any

from django import forms

from branches.forms.fields import OrganizationField
from branches.permissions import Permission, Scope
from members.models import Room
from members.rules.rooms import RoomItem
from partybuild.lib import clock

STATES = (("", "全部"), ("wanting", "没有达标活动室的党支部"), ("waiting", "待核验"), ("good", "达标"))


class RoomFilterForm(forms.Form):
    """Which part of the tree, and in which state."""

    organization = OrganizationField(
        label="党组织", permission=Permission.VIEW_PARTY_WORK, required=False, help_text=""
    )
    state = forms.ChoiceField(label="状态", choices=STATES, required=False)

    def __init__(self, scope: Scope, data: Any) -> None:
        super().__init__(data)
        organization: Any = self.fields["organization"]
        organization.scope = scope


class RoomForm(forms.Form):
    """A room by the branch's own word."""

    name = forms.CharField(label="名称", max_length=64)
    place = forms.CharField(label="地点", max_length=128, required=False)
    starts_on = forms.DateField(label="启用时间")
    present = forms.MultipleChoiceField(
        label="已具备的条件", required=False, widget=forms.CheckboxSelectMultiple, help_text="逐项核对，具备的打勾。"
    )
    remark = forms.CharField(label="说明", max_length=255, required=False)

    def __init__(self, items: list[RoomItem], data: Any = None, room: Room | None = None) -> None:
        shown = ("name", "place", "starts_on", "present", "remark")
        start = {"name": "党员活动室", "starts_on": clock.today()}
        super().__init__(data, initial={field: getattr(room, field) for field in shown} if room else start)
        self.fields["present"].choices = [(item.code, f"{item.label}（{item.source}）") for item in items]


class RoomCheckForm(forms.Form):
    """The superior's word on a room."""

    is_confirmed = forms.TypedChoiceField(
        label="核验结果",
        choices=(("yes", "与实际相符"), ("no", "与实际不符，退回")),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    remark = forms.CharField(label="核验意见", max_length=255, required=False, help_text="退回时请写明哪些条件不符。")


class RoomEndForm(forms.Form):
    """From which day on the room is not there any more."""

    ends_on = forms.DateField(label="停用时间")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["ends_on"].initial = clock.today


class PhotoForm(forms.Form):
    """A picture."""

    photo = forms.FileField(label="照片")
