"""Forms for changes of organisations."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from branches.enums import OrganizationKind, PlannedState
from branches.forms.fields import OrganizationField
from branches.models import Organization
from branches.permissions import Permission, Scope
from branches.rules.organizations import parents_of
from desk.queries.organizations import members_to_choose, subordinates_to_choose
from partybuild.lib import clock


class ChangeForm(forms.Form):
    """The day from which a change holds, and why it is made."""

    effective_on = forms.DateField(label="生效日期", help_text="可填将来的日期，届时自动办理；已结账的月份不能再改。")
    reason = forms.CharField(
        label="事由", max_length=255, help_text="如批复文件名称和文号。", widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, organization: Organization, scope: Scope, data: Any = None) -> None:
        super().__init__(data, initial={"effective_on": clock.today()})
        self.organization = organization
        for field in self.fields.values():
            if isinstance(field, OrganizationField):
                field.scope = scope

    @property
    def is_to_come(self) -> bool:
        """Whether it takes effect on a day to come."""
        return bool(self.cleaned_data["effective_on"] > clock.today())

    def arguments(self) -> dict[str, Any]:
        """What the action takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "confirmation"}


class RenameForm(ChangeForm):
    """The new names."""

    name = forms.CharField(label="新名称", max_length=128, help_text="党组织全称。")
    short_name = forms.CharField(label="新简称", max_length=64, required=False)
    field_order = ("name", "short_name")

    def __init__(self, organization: Organization, scope: Scope, data: Any = None) -> None:
        super().__init__(organization, scope, data)
        self.initial = {**self.initial, "name": organization.name, "short_name": organization.short_name}


class MoveForm(ChangeForm):
    """The new superior."""

    parent = OrganizationField(label="新的上级党组织", permission=Permission.MANAGE_ORGANIZATION)
    field_order = ("parent",)

    def __init__(self, organization: Organization, scope: Scope, data: Any = None) -> None:
        super().__init__(organization, scope, data)
        kinds = "、".join(kind.label for kind in parents_of(organization.kind))
        self.fields[
            "parent"
        ].help_text = f"{organization.get_kind_display()}的上级可以是：{kinds}。输入名称、编码或拼音首字母。"


class ConfirmedForm(ChangeForm):
    """A change that cannot be taken back: the name is typed once more."""

    confirmation = forms.CharField(
        label="请输入党组织全称以确认", max_length=128, widget=forms.TextInput({"autocomplete": "off"})
    )

    def clean_confirmation(self) -> str:
        written = self.cleaned_data["confirmation"].strip()
        if written != self.organization.name:
            raise ValidationError(f"与党组织全称“{self.organization.name}”不一致。")
        return written


class MergeForm(ConfirmedForm):
    """The organisation that goes on."""

    successor = OrganizationField(label="并入的党组织", permission=Permission.MANAGE_ORGANIZATION)
    field_order = ("successor", "effective_on", "reason")

    def __init__(self, organization: Organization, scope: Scope, data: Any = None) -> None:
        super().__init__(organization, scope, data)
        self.fields[
            "successor"
        ].help_text = f"须是另一个{organization.get_kind_display()}。输入名称、编码或拼音首字母。"


class SplitForm(ConfirmedForm):
    """The new organisation, and who or what belongs to it."""

    name = forms.CharField(label="新党组织名称", max_length=128, help_text="党组织全称。")
    short_name = forms.CharField(label="简称", max_length=64, required=False)
    code = forms.CharField(label="党组织编码", max_length=32, required=False, help_text="不填时自动编号。")
    members = forms.TypedMultipleChoiceField(
        label="划入新党支部的党员",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请选择划入新党支部的党员。"},
    )
    children = forms.ModelMultipleChoiceField(
        label="划入新组织的下级党组织", queryset=Organization.objects.none(),
        widget=forms.CheckboxSelectMultiple, error_messages={"required": "请选择划入新组织的下级党组织。"},
    )  # fmt: skip
    field_order = ("name", "short_name", "code", "members", "children", "effective_on", "reason")

    def __init__(self, organization: Organization, scope: Scope, data: Any = None) -> None:
        super().__init__(organization, scope, data)
        fields: Any = self.fields
        if organization.kind == OrganizationKind.BRANCH:
            del fields["children"]
            fields["members"].choices = members_to_choose(organization, clock.today())
        else:
            del fields["members"]
            fields["children"].queryset = subordinates_to_choose(organization)

    def arguments(self) -> dict[str, Any]:
        given = super().arguments()
        fields = {name: given.pop(name) for name in ("name", "short_name", "code")}
        return given | {"fields": fields}


class DissolveForm(ConfirmedForm):
    """Day, reason and the name typed once more."""

    field_order = ("effective_on", "reason")


class CancelPlanForm(forms.Form):
    """Why a planned change is not carried out."""

    note = forms.CharField(label="取消原因", max_length=255, widget=forms.Textarea(attrs={"rows": 2}))


class PlanFilterForm(forms.Form):
    """Which planned changes are shown."""

    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *PlannedState.choices])
