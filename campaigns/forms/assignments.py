"""The filter of a list of assignments."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from branches.enums import Role
from branches.forms.fields import OrganizationField
from branches.permissions import Permission, Scope
from campaigns.enums import AssignmentState, CampaignStatus
from campaigns.models import Campaign, Dimension, Target, Task
from campaigns.queries.assignments import EXTENDED, OVERDUE, RESULTS, TODO, AssignmentFilter
from campaigns.queries.campaign_overview import visible
from partybuild.lib import clock, periods
from partybuild.lib.periods import PeriodError

STATES = [("", "全部"), (TODO, "待办"), (OVERDUE, "逾期"), (EXTENDED, "已延期"), *AssignmentState.choices]
_HIDDEN = forms.HiddenInput


class AssignmentFilterForm(forms.Form):
    """Campaign, period of the due day, state, organisation, words; the hidden fields come from links of other pages.

    A secretary is told of his own organisation alone. What turns pages or sorts is no condition: without one the list
    stays what it opens with.
    """

    campaign = forms.ModelChoiceField(
        label="活动", queryset=Campaign.objects.none(), required=False, empty_label="全部"
    )
    month = forms.ChoiceField(label="到期", required=False)
    state = forms.ChoiceField(label="状态", required=False, choices=STATES)
    organization = OrganizationField(
        label="党组织", permission=Permission.VIEW_ASSIGNMENT, required=False, help_text="", max_length=200
    )
    q = forms.CharField(label="查找", required=False, max_length=64, widget=forms.TextInput({"type": "search"}))
    dimension = forms.ModelChoiceField(queryset=Dimension.objects.none(), required=False, widget=_HIDDEN, label="类型")
    task = forms.ModelChoiceField(queryset=Task.objects.none(), required=False, widget=_HIDDEN, label="任务")
    target = forms.ModelChoiceField(queryset=Target.objects.none(), required=False, widget=_HIDDEN, label="指标")
    result = forms.ChoiceField(choices=[("", ""), *RESULTS.items()], required=False, widget=_HIDDEN, label="结果")
    due_on = forms.DateField(required=False, widget=_HIDDEN, label="截止日期")
    own = forms.BooleanField(required=False, widget=_HIDDEN, label="仅本级")

    def __init__(self, data: Mapping[str, Any], *, scope: Scope) -> None:
        super().__init__(data if self.base_fields.keys() & data.keys() else {**data, **_usual(scope)})
        campaigns = visible(scope).exclude(status=CampaignStatus.DRAFT)
        self.fields["campaign"].queryset = campaigns.order_by("-year", "code")
        self.fields["campaign"].label_from_instance = lambda campaign: f"{campaign.name}（{campaign.year}）"
        self.fields["dimension"].queryset = Dimension.objects.filter(campaign__in=campaigns)
        self.fields["task"].queryset = Task.objects.filter(campaign__in=campaigns)
        self.fields["target"].queryset = Target.objects.filter(task__campaign__in=campaigns)
        self.fields["month"].choices = _periods(self.data.get("month", ""))
        self.owner = scope.grant.organization_id if scope.grant and scope.role == Role.SECRETARY else None
        if self.owner:
            del self.fields["organization"]
        else:
            self.fields["organization"].scope = scope

    def clean_month(self) -> periods.Period | None:
        """The period that the key names."""
        key = self.cleaned_data["month"]
        return periods.parse(key) if key else None

    def wanted(self) -> AssignmentFilter:
        """What was asked for; of a valid form only."""
        data = self.cleaned_data
        return AssignmentFilter(
            campaign=_pk(data["campaign"]),
            dimension=_pk(data["dimension"]),
            task=_pk(data["task"]),
            target=_pk(data["target"]),
            owner=self.owner,
            organization=data.get("organization"),
            is_own=data["own"],
            due_in=data["month"],
            due_on=data["due_on"],
            state=data["state"],
            result=data["result"],
            words=data["q"],
        )

    def notes(self) -> list[tuple[str, str, str]]:
        """Field, label and words of what is narrowed by a link and has no field on the screen."""
        data = self.cleaned_data
        shown = {**data, "result": RESULTS.get(data["result"], "")}
        return [(name, str(self.fields[name].label), str(shown[name])) for name in NARROWED if shown[name]]


NARROWED = ("dimension", "task", "target", "result")


def _usual(scope: Scope) -> dict[str, str]:
    """What a list opens with: a secretary's what is to do, everybody else's this month."""
    return {"state": TODO} if scope.role == Role.SECRETARY else {"month": f"{clock.today():%Y-%m}"}


def _periods(wanted: str) -> list[tuple[str, str]]:
    """This month first, then the months of the year; any other calendar period that a link names is added."""
    today = clock.today()
    running = f"{today:%Y-%m}"
    months = [(f"{today.year}-{month:02}", f"{month}月") for month in range(12, 0, -1)]
    choices = [("", "全部时间"), (running, f"本月（{today.month}月）")]
    choices += [(key, label) for key, label in months if key != running]
    if wanted not in dict(choices):
        choices += [(wanted, _label(wanted))] if _is_calendar(wanted) else []
    return choices


def _is_calendar(key: str) -> bool:
    try:
        return periods.parse(key).is_bounded
    except (PeriodError, ValueError, ValidationError):
        return False


def _label(key: str) -> str:
    return periods.label(key)


def _pk(row: Any) -> int | None:
    return row.pk if row else None
