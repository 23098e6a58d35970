"""The day of a milestone, and what it is to bring."""

from django import forms

from campaigns.enums import AudienceGroup
from campaigns.forms.amendments import KINDS


class MilestoneForm(forms.Form):
    """One day."""

    due_on = forms.DateField(label="日期", widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))


class DeliverableForm(forms.Form):
    """What is to be handed in by whom."""

    deliverable = forms.CharField(label="成果", max_length=200, help_text="如：阶段成效小结。报送时须附材料。")
    kinds = forms.MultipleChoiceField(label="报送的党组织", choices=KINDS, widget=forms.CheckboxSelectMultiple)
    group = forms.ChoiceField(label="范围", choices=AudienceGroup.choices)
