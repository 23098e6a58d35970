"""Forms for what members report."""

from django import forms

from campaigns.queries.snapshots import STATES
from campaigns.rules.problems import Deadline


class SnapshotFilterForm(forms.Form):
    """In which state, and whether only those of one's own organisation."""

    state = forms.ChoiceField(label="状态", choices=STATES, required=False)
    own = forms.BooleanField(label="仅本级", required=False)


class SnapshotForm(forms.Form):
    """What a member saw."""

    text = forms.CharField(label="发现的问题", max_length=500, widget=forms.Textarea(attrs={"rows": 4}))
    place = forms.CharField(label="地点", max_length=128, required=False)
    photo = forms.FileField(label="照片", widget=forms.ClearableFileInput(attrs={"accept": "image/*"}))


class SnapshotAnswerForm(forms.Form):
    """The branch's word."""

    decision = forms.ChoiceField(
        label="办理", choices=(("take", "受理，列入整改台账"), ("decline", "不予受理")), widget=forms.RadioSelect
    )
    deadline = forms.ChoiceField(
        label="整改类别", choices=Deadline.choices, widget=forms.RadioSelect, initial=Deadline.IMMEDIATE
    )
    answer = forms.CharField(
        label="答复", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="不予受理时请写明原因。",
    )  # fmt: skip
