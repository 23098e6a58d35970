"""Forms for risk points."""

from typing import Any

from django import forms

from branches.forms.fields import OrganizationField
from branches.permissions import Permission, Scope
from members.enums import RiskLevel, RiskVerdict
from members.forms.fields import MemberField
from members.models import RiskPoint
from members.queries.risks import STATES
from partybuild.lib import clock

_LONG = {"rows": 3}


class RiskFilterForm(forms.Form):
    """Filters of the register."""

    q = forms.CharField(
        label="岗位、领域、环节或责任人",
        required=False,
        max_length=64,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    level = forms.ChoiceField(label="风险等级", required=False, choices=[("", "全部"), *RiskLevel.choices])
    state = forms.ChoiceField(label="状态", required=False, choices=STATES)
    organization = OrganizationField(
        label="党组织及下级", required=False, permission=Permission.VIEW_PARTY_WORK, help_text=""
    )

    def __init__(self, scope: Scope, data: Any = None) -> None:
        super().__init__(data)
        organization: Any = self.fields["organization"]
        organization.scope = scope


class RiskForm(forms.Form):
    """What the register holds of a point."""

    post = forms.CharField(label="岗位", max_length=64)
    field = forms.CharField(label="领域", max_length=64, help_text="例如：行政审批、物资采购、经费使用。")
    link = forms.CharField(label="环节", max_length=64, help_text="例如：受理、评审、验收、支付。")
    description = forms.CharField(label="风险表现", max_length=300, widget=forms.Textarea(attrs=_LONG))
    level = forms.ChoiceField(label="风险等级", choices=RiskLevel.choices, widget=forms.RadioSelect)
    measures = forms.CharField(label="防控措施", max_length=1000, widget=forms.Textarea(attrs=_LONG))
    responsible = MemberField(label="责任人")

    def __init__(self, scope: Scope, data: Any = None, risk: RiskPoint | None = None, initial: Any = None) -> None:
        shown = ("post", "field", "link", "description", "level", "measures")
        start = {name: getattr(risk, name) for name in shown} if risk else dict(initial or {})
        super().__init__(data, initial=start)
        for field in self.fields.values():
            if isinstance(field, OrganizationField | MemberField):
                field.scope = scope

    def values(self) -> dict[str, Any]:
        """The cleaned fields, with the member himself instead of his place."""
        place = self.cleaned_data["responsible"]
        return {**self.cleaned_data, "responsible": place.member}


class NewRiskForm(RiskForm):
    """A point that was found: where and when, too."""

    organization = OrganizationField(label="党组织", permission=Permission.MANAGE_PARTY_WORK)
    found_on = forms.DateField(label="排查日期", initial=clock.today)
    field_order = ("organization", "post", "field", "link")


class RiskReviewForm(forms.Form):
    """A look at a point."""

    reviewed_on = forms.DateField(label="复查日期", initial=clock.today)
    verdict = forms.ChoiceField(label="复查结果", choices=RiskVerdict.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label="复查说明", max_length=255, required=False, help_text="有变化或者已消除的，请写明情况。"
    )
    level = forms.ChoiceField(label="变化后的风险等级", choices=[("", "不变"), *RiskLevel.choices], required=False)
    measures = forms.CharField(
        label="变化后的防控措施", max_length=1000, required=False, widget=forms.Textarea(attrs=_LONG),
        help_text="不变的不用填写。",
    )  # fmt: skip
