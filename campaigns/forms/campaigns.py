"""Forms of campaigns."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundWidget

from campaigns.enums import CampaignStatus, ReviewPolicy
from campaigns.models import Template
from partybuild.lib import clock

LEVELS = [
    (1, "一级：由上一级党组织审核"),
    (2, "两级：再由上上级党组织审核"),
    (3, "三级：再上一级也审核"),
    (4, "四级：再上两级也审核"),
]
USUAL_LEVELS = 2
_POLICY_HELP = "须审核的记录，审核通过前计为待审核；其余提交后即计入。"


class CampaignFilterForm(forms.Form):
    """Year and status."""

    year = forms.TypedChoiceField(label="年度", coerce=int, empty_value=None, required=False)
    status = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *CampaignStatus.choices])

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [("", "全部"), *((year, f"{year}年") for year in years)]


class CampaignForm(forms.Form):
    """A plan and the year in which it is carried out."""

    template = forms.ModelChoiceField(
        label="方案", queryset=Template.objects.order_by("code"), empty_label=None, widget=forms.RadioSelect
    )
    year = forms.TypedChoiceField(label="年度", coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this_year = clock.today().year
        self.fields["year"].choices = [(year, f"{year}年") for year in (this_year, this_year + 1)]
        self.fields["year"].initial = this_year
        self.fields["template"].label_from_instance = lambda template: template.name


class ReviewForm(forms.Form):
    """Which records are reviewed, and at how many levels."""

    policy = forms.ChoiceField(label="审核方式", choices=ReviewPolicy, widget=forms.RadioSelect, help_text=_POLICY_HELP)
    levels = forms.TypedChoiceField(
        label="审核级数",
        coerce=int,
        choices=LEVELS,
        widget=forms.RadioSelect,
        help_text="一条记录只审核一次，取它所计入的各项活动中级数最多的；上面没有这么多级的，到最上一级为止。",
    )

    def usual_levels(self) -> list[BoundWidget]:
        """The choices that are offered at once."""
        return list(self["levels"])[:USUAL_LEVELS]

    def further_levels(self) -> list[BoundWidget]:
        """Those out of sight until asked for."""
        return list(self["levels"])[USUAL_LEVELS:]

    def has_further(self) -> bool:
        """Whether one of those is chosen."""
        return str(self["levels"].value()) in {str(level) for level, _ in LEVELS[USUAL_LEVELS:]}


class ConfirmForm(forms.Form):
    """Nothing to fill in: the button is the answer."""
