"""Forms for occasions, and for talks and trainings that are due."""

from typing import Any

from django import forms

from branches.forms.fields import OrganizationField
from branches.permissions import Permission, Scope
from members.enums import DutyKind, OccasionKind
from members.forms.fields import MemberField
from members.models import Duty
from members.rules.duties import TALKS
from partybuild.lib import clock


class DutyFilterForm(forms.Form):
    """Filters of the list."""

    q = forms.CharField(label="姓名", required=False, max_length=64, widget=forms.TextInput(attrs={"type": "search"}))
    kind = forms.ChoiceField(label="事项", required=False, choices=[("", "全部"), *DutyKind.choices])
    state = forms.ChoiceField(
        label="状态",
        required=False,
        choices=[("", "全部"), ("open", "未办"), ("overdue", "逾期"), ("done", "已办"), ("waived", "免办")],
    )
    organization = OrganizationField(
        label="党组织", required=False, permission=Permission.VIEW_PARTY_WORK, help_text=""
    )
    mine = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, scope: Scope, data: Any = None) -> None:
        super().__init__(data)
        self.fields["organization"].scope = scope


class OccasionForm(forms.Form):
    """Something happened to a member that asks for a talk."""

    member = MemberField(label="党员")
    kind = forms.ChoiceField(label="情形", choices=OccasionKind.choices, widget=forms.RadioSelect)
    happened_on = forms.DateField(label="发生日期")
    detail = forms.CharField(
        label="情况",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="职务调整和新入职以外的情形，只有谈话人和获授权的岗位能看到。",
    )
    talker = MemberField(label="谈话人", required=False, help_text="不填的，由所在党组织或者上级党组织书记谈话。")

    def __init__(self, scope: Scope, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        for name in ("member", "talker"):
            self.fields[name].scope = scope
        self.fields["happened_on"].initial = clock.today

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        place, talker = self.cleaned_data["member"], self.cleaned_data["talker"]
        given = {name: self.cleaned_data[name] for name in ("kind", "happened_on", "detail")}
        return {
            **given, "member": place.member, "organization": place.organization,
            "talker": talker.member if talker else None,
        }  # fmt: skip


class AlsoField(forms.ModelMultipleChoiceField):
    """Further talks of the same occasion."""

    def label_from_instance(self, duty: Duty) -> str:
        return duty.get_kind_display()


class DutyDoneForm(forms.Form):
    """A talk was held, a training given."""

    done_on = forms.DateField(label="办理日期")
    also = AlsoField(Duty.objects.none(), label="这次谈话同时办理", required=False, widget=forms.CheckboxSelectMultiple)
    summary = forms.CharField(label="办理情况", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    notes = forms.CharField(
        label="谈话记录",
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="存入限定记录，只有获授权的岗位能查阅。",
    )
    file = forms.FileField(label="办理材料", required=False)

    def __init__(self, duty: Duty, also: Any, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        self.fields["done_on"].initial = clock.today
        self.fields["also"].queryset = also
        is_talk = duty.kind in TALKS
        dropped = {"also": not (is_talk and also.exists()), "notes": not is_talk, "file": is_talk}
        for name in (name for name, is_dropped in dropped.items() if is_dropped):
            del self.fields[name]

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "file"}
        file = self.cleaned_data.get("file")
        return {**given, "uploads": [file] if file else []}


class TalkerForm(forms.Form):
    """Who holds the talk."""

    talker = MemberField(label="谈话人")

    def __init__(self, scope: Scope, data: Any = None) -> None:
        super().__init__(data)
        self.fields["talker"].scope = scope


class WaiveForm(forms.Form):
    """Why a duty need not be done."""

    reason = forms.CharField(label="免办原因", max_length=200)
