"""Forms for terms of committees and requests for extension."""

from typing import Any

from django import forms

from branches.forms.fields import OrganizationField
from branches.permissions import Permission, Scope
from members.queries.terms import FILTERS
from partybuild.lib import clock


class TermFilterForm(forms.Form):
    """Filters of the register of elections."""

    q = forms.CharField(
        label="党组织名称或拼音首字母", required=False, max_length=64, widget=forms.TextInput(attrs={"type": "search"})
    )
    state = forms.ChoiceField(label="任期状态", required=False, choices=[("", "全部"), *FILTERS])
    organization = OrganizationField(
        label="党组织及下级", required=False, permission=Permission.VIEW_PARTY_WORK, help_text=""
    )

    def __init__(self, scope: Scope, data: Any = None) -> None:
        super().__init__(data)
        organization: Any = self.fields["organization"]
        organization.scope = scope


class TermForm(forms.Form):
    """The term in force, as it is written down."""

    elected_on = forms.DateField(label="当选日期", help_text="本届委员会（书记）选举产生的日期。")
    years = forms.IntegerField(label="任期（年）", min_value=1, max_value=10)
    committee_size = forms.IntegerField(label="委员名额", min_value=1, max_value=99, required=False)
    remark = forms.CharField(label="备注", max_length=255, required=False)


class ExtensionForm(forms.Form):
    """Until when the election is to be put off, and why."""

    asked_to = forms.DateField(label="申请延期至")
    reason = forms.CharField(
        label="申请理由", max_length=500, widget=forms.Textarea(attrs={"rows": 4}), help_text="说明不能按期换届的原因。"
    )


class ExtensionAnswerForm(forms.Form):
    """The superior's answer."""

    approve = forms.TypedChoiceField(
        label="批复",
        choices=[("yes", "同意延期"), ("no", "不同意延期")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    remark = forms.CharField(
        label="批复意见", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="不同意的，请写明意见。",
    )  # fmt: skip


class ElectionForm(forms.Form):
    """An election held: the day, who came, the papers."""

    elected_on = forms.DateField(label="选举日期")
    years = forms.IntegerField(label="任期（年）", min_value=1, max_value=10)
    expected = forms.IntegerField(label="应到人数", min_value=1, max_value=99_999)
    present = forms.IntegerField(label="实到人数", min_value=0, max_value=99_999)
    voters = forms.IntegerField(
        label="应到有选举权的党员", min_value=1, max_value=99_999, help_text="正式党员；预备党员没有选举权。"
    )
    voters_present = forms.IntegerField(label="到会有选举权的党员", min_value=0, max_value=99_999)
    committee_size = forms.IntegerField(label="委员名额", min_value=1, max_value=99, required=False)
    approval = forms.CharField(label="上级批复", max_length=128, required=False, help_text="批复文号；提前换届的必填。")
    remark = forms.CharField(label="备注", max_length=255, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["elected_on"].initial = clock.today
