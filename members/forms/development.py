"""Forms for files of development: filters, a new file, notes and notices, closing, quotas."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from branches.enums import OrganizationKind
from branches.forms.fields import OrganizationField
from branches.models import Organization
from branches.permissions import Permission, Scope
from members.actions.development.closing import CLOSABLE
from members.enums import UNDER_DEVELOPMENT, DevelopmentOutcome, NoticeKind, Sex
from members.models import DevelopmentFile, Member, PublicNotice
from members.queries.development import LATE, SOON
from members.rules.development import STAGES, STEPS, Body
from members.rules.development_checks import Area
from partybuild.lib import clock
from partybuild.lib.crypto import mask_id_number

YEARS = (2000, 2199)


class FileFilterForm(forms.Form):
    """Filters of the files."""

    q = forms.CharField(
        label="姓名或拼音首字母", required=False, max_length=64, widget=forms.TextInput(attrs={"type": "search"})
    )
    stage = forms.ChoiceField(
        label="阶段", required=False, choices=[("", "全部"), *((str(n), label) for n, label in enumerate(STAGES, 1))]
    )
    due = forms.ChoiceField(
        label="期限", required=False, choices=[("", "全部"), (LATE, "已逾期"), (SOON, "30天内到期")]
    )
    waits_for = forms.ChoiceField(
        label="待办方", required=False, choices=[("", "全部"), *((body.name, body.value) for body in Body)]
    )
    outcome = forms.ChoiceField(
        label="情况", required=False, choices=[("", "在办"), ("all", "全部"), *DevelopmentOutcome.choices[1:]]
    )
    organization = OrganizationField(
        label="党组织", required=False, permission=Permission.VIEW_PARTY_WORK, help_text=""
    )

    def __init__(self, scope: Scope, data: Any = None) -> None:
        super().__init__(data)
        organization: Any = self.fields["organization"]
        organization.scope = scope


class FileForm(forms.Form):
    """A new file: of a person who is not known yet, or of one who applied before (then the facts stay empty)."""

    organization = OrganizationField(label="党支部", permission=Permission.MANAGE_PARTY_WORK)
    opened_on = forms.DateField(label="申请日期", help_text="入党申请书落款或者递交的日期。")
    member = forms.ModelChoiceField(
        Member.objects.none(), label="已登记的申请人", required=False, empty_label="不在其中，新登记一人"
    )
    name = forms.CharField(label="姓名", max_length=64, required=False)
    sex = forms.ChoiceField(label="性别", choices=Sex.choices, widget=forms.RadioSelect, required=False)
    id_number = forms.CharField(label="身份证号", max_length=30, required=False)
    born_on = forms.DateField(label="出生日期", required=False, help_text="填写身份证号的可不填。")
    ethnicity = forms.CharField(label="民族", max_length=32, required=False, initial="汉族")
    education = forms.CharField(label="学历", max_length=32, required=False)
    job = forms.CharField(label="工作岗位", max_length=64, required=False)
    is_front_line = forms.BooleanField(label="在生产、工作一线", required=False)

    PERSON = ("name", "sex", "id_number", "born_on", "ethnicity", "education", "job")

    def __init__(self, scope: Scope, people: QuerySet[Member], data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        organization: Any = self.fields["organization"]
        organization.scope = scope
        member: Any = self.fields["member"]
        member.queryset = people
        if not people.exists():
            del self.fields["member"]
            self.fields["name"].required = self.fields["sex"].required = True
        self.fields["opened_on"].initial = clock.today

    def clean_organization(self) -> Organization:
        organization = self.cleaned_data["organization"]
        if organization.kind != OrganizationKind.BRANCH:
            raise forms.ValidationError("发展党员由党支部办理，请选择党支部。")
        return organization

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("member"):
            for field in ("name", "sex"):
                if not cleaned.get(field) and field not in self.errors:
                    self.add_error(field, f"请填写{self.fields[field].label}。")
        return cleaned

    def given(self) -> dict[str, Any]:
        """The arguments of the action."""
        cleaned = self.cleaned_data
        made = {name: cleaned[name] for name in ("organization", "opened_on", "is_front_line")}
        if cleaned.get("member"):
            return {**made, "member": cleaned["member"]}
        return {**made, **{name: cleaned[name] for name in self.PERSON if cleaned[name] not in ("", None)}}


def applicants(scope: Scope) -> QuerySet[Member]:
    """People under development without a file in hand, whose last file the scope reaches."""
    seen = Member.objects.filter(kind__in=UNDER_DEVELOPMENT, development_files__isnull=False)
    prefix = scope.prefix(Permission.MANAGE_PARTY_WORK)
    if prefix is None:
        return seen.none()
    return (
        seen.filter(development_files__organization__path__startswith=prefix[0])
        .exclude(development_files__outcome=DevelopmentOutcome.OPEN)
        .distinct()
    )


class FactsForm(forms.Form):
    """What is known of a person under development. A number that is there is not shown, and kept when left empty."""

    name = forms.CharField(label="姓名", max_length=64)
    sex = forms.ChoiceField(label="性别", choices=Sex.choices, widget=forms.RadioSelect)
    id_number = forms.CharField(label="身份证号", max_length=30, required=False)
    born_on = forms.DateField(label="出生日期", required=False)
    ethnicity = forms.CharField(label="民族", max_length=32, required=False)
    education = forms.CharField(label="学历", max_length=32, required=False)
    job = forms.CharField(label="工作岗位", max_length=64, required=False)
    is_front_line = forms.BooleanField(label="在生产、工作一线", required=False)

    def __init__(self, file: DevelopmentFile, data: Any = None) -> None:
        shown = ("name", "sex", "born_on", "ethnicity", "education", "job")
        initial = {name: getattr(file.member, name) for name in shown} | {"is_front_line": file.is_front_line}
        super().__init__(data, initial=initial)
        if file.member.id_number:
            self.fields["id_number"].help_text = f"现为 {mask_id_number(file.member.id_number)}，不修改请留空。"

    def given(self) -> dict[str, Any]:
        """The arguments of the action."""
        cleaned = self.cleaned_data
        return {name: value for name, value in cleaned.items() if value != "" or name != "id_number"}


class NoticeForm(forms.Form):
    """A 公示."""

    kind = forms.ChoiceField(label="公示事项", choices=NoticeKind.choices, widget=forms.RadioSelect)
    starts_on = forms.DateField(label="公示开始")
    ends_on = forms.DateField(label="公示结束")
    place = forms.CharField(label="公示地点", max_length=128, help_text="例如：单位公示栏、内部网站。")


class ObjectionForm(forms.ModelForm):
    """What was objected during a 公示, and how it was examined."""

    class Meta:
        model = PublicNotice
        fields = ("objections", "settlement")
        widgets = {"objections": forms.Textarea({"rows": 3}), "settlement": forms.Textarea({"rows": 3})}
        help_texts = {"objections": "没有异议的留空。", "settlement": "有异议的，核查清楚后才能办理下一步。"}

    def _post_clean(self) -> None:
        """The action saves: the form changes no instance."""


class ObservationForm(forms.Form):
    """A half-yearly note."""

    observed_on = forms.DateField(label="考察日期")
    people = forms.CharField(label="考察人", max_length=128)
    text = forms.CharField(
        label="考察意见",
        max_length=4000,
        widget=forms.Textarea({"rows": 5}),
        help_text="思想、工作、学习、作风等方面的表现。",
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["observed_on"].initial = clock.today


class PaperForm(forms.Form):
    """One more material of a step: a file, or the note that the paper lies in the folder."""

    code = forms.ChoiceField(label="步骤", choices=[(step.code, f"{step.number} {step.label}") for step in STEPS])
    kind = forms.CharField(label="材料名称", max_length=32)
    file = forms.FileField(label="文件", required=False, max_length=500, help_text="纸质材料已入卷的，可以不上传。")


class CloseForm(forms.Form):
    """Development stops, or the application is withdrawn."""

    outcome = forms.ChoiceField(
        label="情况", choices=[(one.value, one.label) for one in CLOSABLE], widget=forms.RadioSelect
    )
    on = forms.DateField(label="日期")
    reason = forms.CharField(label="原因", max_length=200)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["on"].initial = clock.today


class VoidForm(forms.Form):
    """Why a step is declared void."""

    reason = forms.CharField(label="作废原因", max_length=200)


class ReplaceForm(forms.Form):
    """Who takes over as contact or introducer."""

    member = forms.ModelChoiceField(Member.objects.none(), label="接任的正式党员", empty_label="请选择")
    on = forms.DateField(label="日期")

    def __init__(self, people: QuerySet[Member], data: Any = None) -> None:
        super().__init__(data)
        member: Any = self.fields["member"]
        member.queryset = people
        self.fields["on"].initial = clock.today


class ReviewFilterForm(forms.Form):
    """What 四查 is asked about."""

    year = forms.IntegerField(label="年度", required=False, min_value=YEARS[0], max_value=YEARS[1])
    area = forms.ChoiceField(
        label="检查内容", required=False, choices=[("", "全部"), *((area.name, area.value) for area in Area)]
    )
    organization = OrganizationField(
        label="党组织", required=False, permission=Permission.VIEW_PARTY_WORK, help_text=""
    )

    def __init__(self, scope: Scope, data: Any = None) -> None:
        super().__init__(data)
        organization: Any = self.fields["organization"]
        organization.scope = scope

    def clean_year(self) -> int:
        return self.cleaned_data["year"] or clock.today().year


class QuotaForm(forms.Form):
    """控制总量 of an organisation and a year."""

    organization = OrganizationField(label="党组织", permission=Permission.APPROVE_PARTY_WORK)
    year = forms.IntegerField(label="年度", min_value=YEARS[0], max_value=YEARS[1])
    number = forms.IntegerField(label="控制总量", min_value=0, max_value=100000)
    note = forms.CharField(label="依据", max_length=255, required=False, help_text="例如：下达计划的文号。")

    def __init__(self, scope: Scope, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        organization: Any = self.fields["organization"]
        organization.scope = scope
