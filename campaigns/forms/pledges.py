"""Forms of pledges."""

from datetime import date
from typing import Any

from django import forms

from branches.models import Organization
from campaigns.forms.works import EARLIEST, LATEST, WorkFilterForm
from campaigns.rules.pledges import PledgeKind, PledgeState
from members.models import Member
from members.queries.roster import roster_on
from partybuild.lib import clock

PLEDGE_STATES = (*PledgeState.choices, ("late", "逾期未登记"), ("own", "我的承诺"))


class PledgeFilterForm(WorkFilterForm):
    """Also the kind."""

    kind = forms.ChoiceField(label="类别", choices=[("", "全部"), *PledgeKind.choices], required=False)


class PledgeForm(forms.Form):
    """What is pledged, and by when it is to be kept."""

    kind = forms.ChoiceField(label="类别", choices=PledgeKind.choices, widget=forms.RadioSelect)
    text = forms.CharField(label="承诺内容", max_length=500, widget=forms.Textarea(attrs={"rows": 4}))
    project = forms.CharField(
        label="重大项目、重点工程", max_length=128, required=False, help_text="只有重大项目廉洁承诺填写。"
    )
    due_on = forms.DateField(label="兑现期限")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"due_on": date(clock.today().year, 12, 31)})


class BranchPledgeForm(PledgeForm):
    """The branch writes down pledges of many at once, or its own."""

    members = forms.ModelMultipleChoiceField(
        label="承诺人", queryset=Member.objects.none(), required=False, widget=forms.CheckboxSelectMultiple,
        help_text="可以选择多人，每人一项；都不选的，作为党组织的承诺。",
    )  # fmt: skip
    is_public = forms.BooleanField(label="登记后即公示", required=False, initial=True)

    def __init__(self, organization: Organization, data: Any = None) -> None:
        super().__init__(data)
        self.fields["is_public"].initial = True
        self.fields["members"].queryset = roster_on(organization, clock.today())


class BoardForm(forms.Form):
    """Year and kind of the board."""

    year = forms.IntegerField(label="年度", min_value=EARLIEST, max_value=LATEST, required=False)
    kind = forms.ChoiceField(label="类别", choices=[("", "全部"), *PledgeKind.choices], required=False)
