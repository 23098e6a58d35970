"""Forms for yearly plans and planned activities."""

from typing import Any

from django import forms

from branches.forms.fields import OrganizationField
from branches.permissions import Permission, Scope
from campaigns.enums import ActivityKind
from campaigns.forms.papers import PaperFilterForm, ScopedForm, choices, place_text, year_field
from campaigns.models import BranchPlan, Campaign, PlanItem
from campaigns.queries.work_rights import own_organization
from campaigns.rules.branch_plans import DUE, HELD, LATE, TO_COME, PlanState
from members.forms.fields import MemberField
from partybuild.lib import clock


class PlanFilterForm(PaperFilterForm):
    """Year, part of the tree, state."""

    year = forms.IntegerField()
    state = forms.ChoiceField(label="状态", choices=choices(PlanState.choices), required=False)
    own = forms.BooleanField(label="仅本级", required=False)
    field_order = ("year",)


class PlannedFilterForm(PaperFilterForm):
    """Year, part of the tree, held or not."""

    year = forms.IntegerField()
    state = forms.ChoiceField(
        label="状态",
        choices=choices([(DUE, "本月和逾期"), *((word, word) for word in (LATE, TO_COME, HELD))]),
        required=False,
    )
    field_order = ("year",)


class PlanForm(forms.Form):
    """Title and text."""

    title = forms.CharField(label="标题", max_length=128)
    text = forms.CharField(
        label="计划内容", max_length=20_000, required=False, widget=forms.Textarea(attrs={"rows": 12}),
        help_text="写明目标、措施和要求，与上级党组织的计划保持一致。",
    )  # fmt: skip

    def __init__(self, data: Any = None, plan: BranchPlan | None = None) -> None:
        super().__init__(data, initial={"title": plan.title, "text": plan.text} if plan else None)


class PlanNewForm(ScopedForm):
    """The plan of one of the organisations that the scope keeps."""

    organization = OrganizationField(label="党组织", permission=Permission.DO_WORK)
    year = forms.IntegerField()
    campaign = forms.ModelChoiceField(
        label="创建活动", queryset=Campaign.objects.none(), required=False, empty_label="不限，年度总体计划"
    )
    title = forms.CharField(label="标题", max_length=128)
    text = forms.CharField(
        label="计划内容", max_length=20_000, required=False, widget=forms.Textarea(attrs={"rows": 10})
    )
    copies = forms.BooleanField(
        label="复制上一年度的计划", required=False, help_text="上一年度的计划内容和计划活动会一并复制，再逐项修改。"
    )

    def __init__(self, scope: Scope, data: Any = None) -> None:
        super().__init__(scope, data)
        self.fields["year"] = year_field()
        self.fields["campaign"].queryset = Campaign.objects.visible_to(scope).published()
        self.fields["organization"].initial = own_organization(scope)
        self.fields["title"].initial = f"{clock.today().year}年度党建工作计划"


class PlanItemForm(ScopedForm):
    """A planned activity."""

    month = forms.TypedChoiceField(
        label="月份", coerce=int, choices=[(number, f"{number} 月") for number in range(1, 13)]
    )
    day = forms.IntegerField(label="日", min_value=1, max_value=31, required=False, help_text="未定日期的不填。")
    kind = forms.ChoiceField(label="活动类型", choices=ActivityKind.choices)
    title = forms.CharField(label="主题", max_length=128)
    responsible = MemberField(label="负责人", required=False)

    def __init__(self, scope: Scope, data: Any = None, item: PlanItem | None = None) -> None:
        start = {field: getattr(item, field) for field in ("month", "day", "kind", "title")} if item else {}
        if item:
            start["responsible"] = place_text(item.responsible)
        super().__init__(scope, data, initial=start)

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        return self.cleaned_data | {"responsible": self.person("responsible")}


class CoverageForm(forms.Form):
    """The year of a page of coverage."""

    year = forms.IntegerField(required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["year"] = year_field(required=False)
