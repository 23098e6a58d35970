"""Opening a round, and filtering its sheets."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from django import forms

from assessments.enums import Grade, SheetState
from assessments.queries.rounds import campaigns_to_score
from assessments.rules.rounds import StageDays, stage_days
from branches.enums import OrganizationKind
from branches.permissions import Scope
from campaigns.models import Campaign
from office.queries.calendar import workday_checker
from partybuild.lib import clock

_PARTS = (("H1", "上半年"), ("H2", "下半年"), ("year", "全年"))
_LAST_DAYS = {"H1": (6, 30)}
_DAYS = ("opens_on", "self_check_by", "check_by", "final_by")


class CampaignChoice(forms.ModelChoiceField):
    """A campaign with its year."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj)


class RoundForm(forms.Form):
    """Which campaign is evaluated over which part of its year, and until when each stage lasts."""

    campaign = CampaignChoice(queryset=Campaign.objects.none(), label="创建活动", empty_label="请选择")
    part = forms.ChoiceField(
        label="评估期", choices=_PARTS, initial="H1", widget=forms.RadioSelect,
        help_text="截止日期在评估期内的任务计入评分。",
    )  # fmt: skip
    opens_on = forms.DateField(label="自评开始", help_text="从这一天起，各党组织可以填写自评。")
    self_check_by = forms.DateField(label="自查自评截止")
    check_by = forms.DateField(label="集中验收截止")
    final_by = forms.DateField(label="综合评估截止", help_text="“四型机关”方案要求年中评估在 6 月底前完成。")

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        kwargs["initial"] = {**proposed_days(), **kwargs.get("initial", {})}
        if not _is_first_half(clock.today()):
            kwargs["initial"] = {"part": "year", **kwargs["initial"]}
        super().__init__(*args, **kwargs)
        campaigns = campaigns_to_score(scope)
        self.fields["campaign"].queryset = campaigns
        if len(only := campaigns[:2]) == 1:
            self.fields["campaign"].initial = only[0].pk
        if not _is_first_half(clock.today()):
            self.fields["final_by"].help_text = ""

    def clean(self) -> dict[str, Any]:
        """The days follow one another."""
        filled = super().clean() or {}
        days = [(name, filled.get(name)) for name in _DAYS]
        for (before, first), (name, second) in pairwise(days):
            if first and second and second < first:
                self.add_error(name, f"不能早于{self.fields[before].label}日期")
        return filled

    @property
    def key(self) -> str:
        """The key of the round: 2026H1, 2026."""
        return f"{self.cleaned_data['campaign'].year}{self.cleaned_data['part'].removeprefix('year')}"

    @property
    def days(self) -> StageDays:
        return StageDays(*(self.cleaned_data[name] for name in _DAYS))


def _is_first_half(today: date) -> bool:
    return today <= date(today.year, *_LAST_DAYS["H1"])


def proposed_days() -> dict[str, date]:
    """Days that fit a mid-year round opened today; in the second half of the year one that ends with it."""
    today = clock.today()
    month, day = _LAST_DAYS["H1"] if _is_first_half(today) else (12, 31)
    days = stage_days(date(today.year, month, day), today, workday_checker())
    return {name: getattr(days, name) for name in _DAYS}


class SheetFilterForm(forms.Form):
    """Which sheets of a round are listed."""

    kind = forms.ChoiceField(required=False, widget=forms.HiddenInput)
    unit = forms.TypedChoiceField(label="上级党组织", required=False, coerce=int, empty_value=None)
    state = forms.ChoiceField(label="本阶段", required=False, choices=[("", "全部"), *SheetState.choices])
    grade = forms.ChoiceField(label="等次", required=False, choices=[("", "全部"), *Grade.choices])
    q = forms.CharField(label="党组织", required=False, max_length=64, widget=forms.TextInput({"type": "search"}))

    def __init__(
        self, *args: Any, units: Sequence[tuple[int, str]], shows_grade: bool, has_stage: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("all", "全部"), *OrganizationKind.choices]
        self.fields["unit"].choices = [("", "全部"), *units]
        if not shows_grade:
            del self.fields["grade"]
        if not has_stage:
            del self.fields["state"]


class PublishForm(forms.Form):
    """Publishing cannot be undone: one types the name of the round."""

    name = forms.CharField(label="评估名称", max_length=96, help_text="公布后不能再改动。请照写评估名称以确认。")

    def __init__(self, *args: Any, expected: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected = expected

    def clean_name(self) -> str:
        name = "".join(self.cleaned_data["name"].split())
        if name != "".join(self.expected.split()):
            raise forms.ValidationError("与评估名称不一致，请照写。")
        return name
