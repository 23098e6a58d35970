"""Forms for the figures of a year."""

from typing import Any

from django import forms

from branches.forms.fields import OrganizationField
from branches.permissions import Permission, Scope
from members.models import YearFacts
from partybuild.lib import clock

YEARS_BACK = 10


def year_choices() -> list[tuple[int, str]]:
    """The running year, the next one for its budget, and those past."""
    this_year = clock.today().year
    return [(year, f"{year}年") for year in range(this_year + 1, this_year - YEARS_BACK, -1)]


class YearFactsFilterForm(forms.Form):
    """Which year, which part of the tree, and whether only those that fall short."""

    year = forms.TypedChoiceField(label="年度", coerce=int, required=False)
    organization = OrganizationField(
        label="党组织", permission=Permission.VIEW_PARTY_WORK, required=False, help_text=""
    )
    gap = forms.BooleanField(label="只看未填报或未达标", required=False)

    def __init__(self, scope: Scope, data: Any) -> None:
        # A list without a choice of year shows the running one, and the filter says so.
        shown = data.get("year") or clock.today().year
        super().__init__({**{name: data[name] for name in data}, "year": shown})
        self.fields["year"].choices = year_choices()
        self.fields["organization"].scope = scope

    def clean_year(self) -> int:
        return self.cleaned_data["year"] or clock.today().year


class YearFactsForm(forms.ModelForm):
    """What a unit writes down about its year."""

    class Meta:
        model = YearFacts
        fields = ("staff", "dedicated_staff", "funds_budget", "is_in_budget", "funds_spent", "remark")
        help_texts = {
            "staff": "年末在编在岗的机关工作人员，尚未到年末的按现在填写。",
            "funds_budget": "单位：元。",
            "funds_spent": "单位：元，按实际支出填写。",
        }

    def _post_clean(self) -> None:
        """The action checks and saves the row: the form changes no instance."""
