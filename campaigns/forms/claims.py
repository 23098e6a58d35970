"""Forms of tasks that members claim."""

from typing import Any

from django import forms

from branches.models import Organization
from campaigns.forms.works import PersonField
from campaigns.rules.projects import ClaimKind

TASK_STATES = (("open", "可以认领"), ("waiting", "有待确认"), *ClaimKind.choices)
_MOST = 500


class ClaimTaskForm(forms.Form):
    """A task as the branch offers it."""

    kind = forms.ChoiceField(label="类别", choices=ClaimKind.choices, widget=forms.RadioSelect)
    title = forms.CharField(label="任务", max_length=128)
    content = forms.CharField(
        label="内容和要求", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    places = forms.IntegerField(label="可认领人数", min_value=1, max_value=_MOST)
    claim_by = forms.DateField(label="认领截止日期")
    due_on = forms.DateField(label="完成期限")


class ClaimForForm(forms.Form):
    """The branch claims for a member."""

    member = PersonField(label="党员")

    def __init__(self, organization: Organization, data: Any = None) -> None:
        super().__init__(data)
        self.fields["member"].use(organization)
