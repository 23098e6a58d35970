"""Forms for members' opinions and suggestions."""

from typing import Any

from django import forms

from branches.forms.fields import OrganizationField
from branches.permissions import Permission, Scope

STATES = (
    ("", "全部"), ("waiting", "待本组织答复"), ("open", "未答复"), ("late", "逾期未答复"), ("answered", "已答复"),
)  # fmt: skip


class SuggestionFilterForm(forms.Form):
    """Part of the tree, state."""

    organization = OrganizationField(
        label="党组织", permission=Permission.VIEW_PARTY_WORK, required=False, help_text=""
    )
    state = forms.ChoiceField(label="状态", choices=STATES, required=False)

    def __init__(self, scope: Scope, data: Any = None) -> None:
        super().__init__(data)
        self.fields["organization"].scope = scope


class SuggestionForm(forms.Form):
    """What a member thinks."""

    text = forms.CharField(label="意见建议", max_length=2000, widget=forms.Textarea(attrs={"rows": 6}))
    is_nameless = forms.BooleanField(
        label="不公开姓名", required=False, help_text="除负责答复的人以外，其他人看不到您的姓名。"
    )


class SuggestionAnswerForm(forms.Form):
    """The answer."""

    answer = forms.CharField(label="答复", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
