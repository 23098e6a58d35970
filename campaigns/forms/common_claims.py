"""Forms for common problems."""

from typing import Any

from django import forms

from branches.permissions import Scope
from campaigns.models import Campaign
from campaigns.queries.common_claims import plans_with_common
from campaigns.rules.problems import Deadline

SAID = (("yes", "存在，主动认领"), ("no", "经对照检查不存在"))


class CommonFilterForm(forms.Form):
    """Which plan."""

    campaign = forms.ModelChoiceField(label="活动", queryset=Campaign.objects.none(), required=False, empty_label=None)

    def __init__(self, scope: Scope, data: Any = None) -> None:
        super().__init__(data)
        self.fields["campaign"].queryset = plans_with_common(scope)


class CommonClaimForm(forms.Form):
    """An organisation's word on one common problem."""

    applies = forms.TypedChoiceField(
        label="对照检查结果", choices=SAID, coerce=lambda value: value == "yes", widget=forms.RadioSelect
    )
    word = forms.CharField(
        label="具体表现或者说明", max_length=255, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="存在的写明本组织的具体表现；不存在的写明自查情况。",
    )  # fmt: skip
    deadline = forms.ChoiceField(
        label="整改类别", choices=Deadline.choices, widget=forms.RadioSelect, initial=Deadline.IMMEDIATE
    )
