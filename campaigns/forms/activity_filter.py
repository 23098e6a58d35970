"""The filter of a list of activities."""

from collections.abc import Mapping
from typing import Any

from django import forms

from branches.enums import Role
from branches.forms.fields import OrganizationField
from branches.permissions import Permission, Scope
from campaigns.enums import ActivityKind, CampaignStatus
from campaigns.models import Campaign
from campaigns.queries.activity_list import STATES, ActivityFilter
from campaigns.queries.campaign_overview import visible
from partybuild.lib import clock, periods


class ActivityFilterForm(forms.Form):
    """Organisation, kind, month, state, campaign, words."""

    month = forms.ChoiceField(label="月份", required=False)
    kind = forms.ChoiceField(label="类型", required=False, choices=[("", "全部"), *ActivityKind.choices])
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *STATES.items()])
    campaign = forms.ModelChoiceField(
        label="计入", queryset=Campaign.objects.none(), required=False, empty_label="全部活动"
    )
    organization = OrganizationField(
        label="党组织", permission=Permission.VIEW_RECORD, required=False, help_text="", max_length=200
    )
    q = forms.CharField(label="查找", required=False, max_length=64, widget=forms.TextInput({"type": "search"}))

    def __init__(self, data: Mapping[str, Any], *, scope: Scope) -> None:
        super().__init__(data)
        campaigns = visible(scope).exclude(status=CampaignStatus.DRAFT)
        self.fields["campaign"].queryset = campaigns.order_by("-year", "code")
        self.fields["campaign"].label_from_instance = lambda campaign: f"{campaign.name}（{campaign.year}）"
        self.fields["month"].choices = [("", "全部"), *_months()]
        if scope.role in (Role.SECRETARY, Role.MEMBER):
            del self.fields["organization"]
        else:
            self.fields["organization"].scope = scope

    def clean_month(self) -> periods.Period | None:
        key = self.cleaned_data["month"]
        return periods.parse(key) if key else None

    def wanted(self) -> ActivityFilter:
        """What was asked for; of a valid form only."""
        data = self.cleaned_data
        return ActivityFilter(
            organization=data.get("organization"),
            kind=data["kind"],
            held_in=data["month"],
            state=data["state"],
            campaign=data["campaign"].pk if data["campaign"] else None,
            words=data["q"],
        )


def _months() -> list[tuple[str, str]]:
    """The months of this year and the last, the latest first."""
    today = clock.today()
    months = [(year, month) for year in (today.year, today.year - 1) for month in range(12, 0, -1)]
    past = [each for each in months if each <= (today.year, today.month)]
    return [(f"{year}-{month:02}", f"{'' if year == today.year else f'{year}年'}{month}月") for year, month in past]
