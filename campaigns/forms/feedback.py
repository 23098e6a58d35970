"""Forms of what people say of the burden."""

from typing import Any

from django import forms

from branches.permissions import Scope
from campaigns.models import Campaign
from campaigns.rules.feedback import FeedbackKind, FeedbackState


class FeedbackForm(forms.Form):
    """What is too much; the page one came from is kept with it."""

    kind = forms.ChoiceField(label="类别", choices=FeedbackKind.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label="内容",
        max_length=1000,
        widget=forms.Textarea({"rows": 5}),
        help_text="哪一项、为什么多余、怎样改更好。",
    )
    minutes = forms.IntegerField(label="大约多花的时间（分钟）", min_value=0, max_value=6000, required=False)
    campaign = forms.ModelChoiceField(
        label="涉及的活动", queryset=Campaign.objects.none(), required=False, empty_label="不限"
    )
    is_nameless = forms.BooleanField(label="不显示我的姓名", required=False, help_text="答复单位只看到所在党组织。")
    page = forms.CharField(max_length=2000, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        visible = Campaign.objects.visible_to(scope).order_by("-year", "code")
        self.fields["campaign"].queryset = visible
        if not visible.exists():
            del self.fields["campaign"]


class FeedbackAnswerForm(forms.Form):
    """The answer of those who may change something."""

    state = forms.ChoiceField(
        label="处理",
        choices=[(FeedbackState.ADOPTED, "采纳，已作调整"), (FeedbackState.EXPLAINED, "不作调整，说明理由")],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(label="答复", max_length=1000, widget=forms.Textarea({"rows": 4}))


class FeedbackFilterForm(forms.Form):
    """By state, kind and words."""

    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *FeedbackState.choices])
    kind = forms.ChoiceField(label="类别", required=False, choices=[("", "全部"), *FeedbackKind.choices])
    q = forms.CharField(label="查找", required=False, max_length=64, widget=forms.TextInput({"type": "search"}))
