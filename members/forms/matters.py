"""Forms for matters decided together and put before the superior."""

from typing import Any

from django import forms

from branches.forms.fields import OrganizationField
from branches.permissions import Permission, Scope
from members.actions.matters import FIELDS
from members.enums import MatterKind
from members.models import Matter
from partybuild.lib import clock

STATES = (
    ("", "全部"), ("no_meeting", "应经会议而未经"), ("waiting", "请示待答复"), ("answered", "已答复"),
)  # fmt: skip
_MOST = 9999


class MatterFilterForm(forms.Form):
    """Kind, part of the tree, state."""

    kind = forms.ChoiceField(label="类别", choices=[("", "全部"), *MatterKind.choices], required=False)
    organization = OrganizationField(
        label="党组织", permission=Permission.VIEW_PARTY_WORK, required=False, help_text=""
    )
    state = forms.ChoiceField(label="状态", choices=STATES, required=False)

    def __init__(self, scope: Scope, data: Any = None) -> None:
        super().__init__(data)
        self.fields["organization"].scope = scope


def _count(label: str) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=_MOST, required=False)


class MatterForm(forms.Form):
    """A matter as the organisation writes it down."""

    kind = forms.ChoiceField(label="类别", choices=MatterKind.choices)
    title = forms.CharField(label="事项", max_length=128)
    happened_on = forms.DateField(label="办理日期")
    meeting = forms.CharField(
        label="会议", max_length=64, required=False, help_text="如 支部委员会、党员大会、机关党委会。"
    )
    held_on = forms.DateField(label="会议日期", required=False)
    expected = _count("应到会")
    present = _count("实到会")
    votes_for = _count("赞成")
    votes_against = _count("反对")
    votes_abstain = _count("弃权")
    decision = forms.CharField(
        label="决定和内容", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    reported_on = forms.DateField(label="报上级日期", required=False, help_text="填写后上级党组织即可答复。")

    def __init__(self, data: Any = None, matter: Matter | None = None) -> None:
        start = {"happened_on": clock.today()}
        super().__init__(data, initial={field: getattr(matter, field) for field in FIELDS} if matter else start)


class MatterNewForm(MatterForm):
    """A matter of one of the organisations that the scope keeps."""

    organization = OrganizationField(label="党组织", permission=Permission.MANAGE_PARTY_WORK)
    field_order = ("organization",)

    def __init__(self, scope: Scope, data: Any = None, initial: Any = None) -> None:
        super().__init__(data)
        self.fields["organization"].scope = scope
        self.fields["organization"].initial = initial


class AnswerForm(forms.Form):
    """What the superior, or the branch, answers."""

    answer = forms.CharField(label="答复", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class PaperForm(forms.Form):
    """Minutes or a letter."""

    paper = forms.FileField(label="会议纪要或附件")
