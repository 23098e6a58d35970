"""Forms for opinions asked of branches."""

from typing import Any

from django import forms

from branches.forms.fields import OrganizationField
from branches.permissions import Permission, Scope
from members.enums import OpinionAnswer, OpinionPurpose
from members.forms.fields import MemberField
from partybuild.lib import clock

STATES = (
    ("", "全部"), ("asked", "待答复"), ("late", "逾期未回复"), ("answered", "待办结"), ("closed", "已办结"),
)  # fmt: skip


class OpinionFilterForm(forms.Form):
    """Purpose, part of the tree, state."""

    purpose = forms.ChoiceField(label="用途", choices=[("", "全部"), *OpinionPurpose.choices], required=False)
    organization = OrganizationField(
        label="党组织", permission=Permission.VIEW_PARTY_WORK, required=False, help_text=""
    )
    state = forms.ChoiceField(label="状态", choices=STATES, required=False)

    def __init__(self, scope: Scope, data: Any = None) -> None:
        super().__init__(data)
        self.fields["organization"].scope = scope


class OpinionForm(forms.Form):
    """About whom, and for what."""

    member = MemberField(label="党员")
    purpose = forms.ChoiceField(label="用途", choices=OpinionPurpose.choices, widget=forms.RadioSelect)
    subject = forms.CharField(label="事项", max_length=128, help_text="如拟任职务、拟授予的称号。")

    def __init__(self, scope: Scope, data: Any = None) -> None:
        super().__init__(data)
        self.fields["member"].scope = scope

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        return {**self.cleaned_data, "member": self.cleaned_data["member"].member}


class OpinionAnswerForm(forms.Form):
    """What the branch says."""

    answer = forms.ChoiceField(label="意见", choices=OpinionAnswer.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label="意见内容",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="不同意或者有保留的，请写明理由。",
    )
    met_on = forms.DateField(label="支部研究日期")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["met_on"].initial = clock.today
