"""Forms for members."""

from typing import Any

from django import forms

from branches.enums import OrganizationKind
from branches.forms.fields import OrganizationField
from branches.models import Organization
from branches.permissions import Permission, Scope
from members.actions.members import EDITABLE
from members.enums import PARTY_KINDS, MemberKind, OfficeKind, Sex, StandingKind
from members.models import Member
from members.rules.bands import AGES, PARTY_AGES
from partybuild.lib import clock
from partybuild.lib.crypto import mask_id_number, mask_phone

NUMBERS = ("id_number", "phone", "landline", "address")


class MemberForm(forms.ModelForm):
    """What the roster holds about a member. Numbers that are there are shown masked, and kept when left empty."""

    id_number = forms.CharField(label="身份证号", max_length=30, required=False)
    phone = forms.CharField(label="手机号码", max_length=30, required=False)
    landline = forms.CharField(label="固定电话", max_length=30, required=False)
    address = forms.CharField(label="家庭住址", max_length=128, required=False)

    class Meta:
        model = Member
        fields = EDITABLE
        widgets = {"sex": forms.RadioSelect, "kind": forms.RadioSelect}
        help_texts = {
            "born_on": "填写身份证号的可不填。",
            "converted_on": "预备党员不填。",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sex: Any = self.fields["sex"]
        sex.choices = [choice for choice in sex.choices if choice[0]]
        kind: Any = self.fields["kind"]
        kind.choices = [(one.value, one.label) for one in PARTY_KINDS]
        if self.instance.pk:
            self._hide_numbers()

    def _hide_numbers(self) -> None:
        """Full numbers are seen on request and with a reason only, so a form for editing holds none."""
        for name in NUMBERS:
            value = getattr(self.instance, name)
            self.initial[name] = ""
            if value:
                shown = {"id_number": mask_id_number, "address": lambda text: "*" * 6}.get(name, mask_phone)(value)
                self.fields[name].help_text = f"现为 {shown}，不修改请留空。"

    def changes(self) -> dict[str, Any]:
        """The fields with their new values; a number left empty stays as it is."""
        kept = NUMBERS if self.instance.pk else ()
        return {
            name: value for name, value in self.cleaned_data.items() if name in EDITABLE and (value or name not in kept)
        }

    def _post_clean(self) -> None:
        """The action checks and saves the row: the form changes no instance."""


class NewMemberForm(MemberForm):
    """A new member on the roster of a branch."""

    organization = OrganizationField(label="所在党支部", permission=Permission.MANAGE_MEMBER)
    starts_on = forms.DateField(label="编入日期")

    def __init__(self, scope: Scope, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organization: Any = self.fields["organization"]
        organization.scope = scope
        self.fields["starts_on"].initial = clock.today
        self.fields["kind"].initial = MemberKind.FULL
        self.fields["ethnicity"].initial = "汉族"
        self.order_fields(["organization", "starts_on"])

    def clean_organization(self) -> Organization:
        organization = self.cleaned_data["organization"]
        if organization.kind != OrganizationKind.BRANCH:
            raise forms.ValidationError("党员只能编入党支部。")
        return organization


class GroupForm(forms.Form):
    """The 党小组 of a member within his branch."""

    group = forms.ModelChoiceField(
        Organization.objects.none(), label="党小组", required=False, empty_label="不编入党小组"
    )

    def __init__(self, branch: Organization, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        group: Any = self.fields["group"]
        group.queryset = branch.children.filter(kind=OrganizationKind.GROUP, dissolved_on__isnull=True)


class ReasonForm(forms.Form):
    """Why somebody needs the full numbers."""

    reason = forms.CharField(label="原因", max_length=200, help_text="原因会写入审计记录。")


class MemberFilterForm(forms.Form):
    """Filters of the roster; the first line is always shown, the others fold out."""

    q = forms.CharField(
        label="姓名或拼音首字母", required=False, max_length=64, widget=forms.TextInput(attrs={"type": "search"})
    )
    organization = OrganizationField(label="党组织", required=False, permission=Permission.VIEW_MEMBER, help_text="")
    kind = forms.ChoiceField(
        label="人员类别", required=False, choices=[("", "全部"), *((one.value, one.label) for one in PARTY_KINDS)]
    )
    standing = forms.ChoiceField(label="标识", required=False, choices=[("", "在册"), *StandingKind.choices])
    sex = forms.ChoiceField(label="性别", required=False, choices=[("", "全部"), *Sex.choices])
    age = forms.ChoiceField(label="年龄", required=False, choices=[("", "全部"), *((b.code, b.label) for b in AGES)])
    party_age = forms.ChoiceField(
        label="党龄", required=False, choices=[("", "全部"), *((b.code, b.label) for b in PARTY_AGES)]
    )
    education = forms.CharField(label="学历", required=False, max_length=32)
    joined_year = forms.IntegerField(label="入党年份", required=False, min_value=1921, max_value=2100)
    office = forms.ChoiceField(
        label="党内职务",
        required=False,
        choices=[("", "全部"), ("any", "有职务"), ("none", "无职务"), *OfficeKind.choices],
    )
    account = forms.ChoiceField(
        label="账号", required=False, choices=[("", "全部"), ("has", "已有账号"), ("none", "没有账号")]
    )
    basics = forms.ChoiceField(label="资料", required=False, choices=[("", "全部"), ("incomplete", "基本信息不全")])

    MORE = ("sex", "age", "party_age", "education", "joined_year", "office", "account", "basics")

    def __init__(self, scope: Scope, data: Any = None) -> None:
        super().__init__(data)
        organization: Any = self.fields["organization"]
        organization.scope = scope

    def first_line(self) -> list[forms.BoundField]:
        """What one filters by most."""
        return [self[name] for name in self.fields if name not in self.MORE]

    def folded(self) -> list[forms.BoundField]:
        """The rest."""
        return [self[name] for name in self.MORE]

    def is_folded(self) -> bool:
        """Whether none of the rest is in use."""
        return not any(self.data.get(name) for name in self.MORE)


class NumberForm(forms.Form):
    """An identity number or a mobile number, sent by POST so that no address and no log holds it."""

    number = forms.CharField(
        label="身份证号或手机号码", max_length=30, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
