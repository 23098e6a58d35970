"""Forms for the sheets of standards."""

from collections.abc import Sequence
from typing import Any

from django import forms

from branches.forms.fields import OrganizationField
from branches.permissions import Permission, Scope
from members.models import StandardItem
from members.queries.standards import STATES
from partybuild.lib import clock

FIRST_YEAR = 2020


def years() -> list[int]:
    """The years that can be asked for, the latest first."""
    return list(range(clock.today().year, FIRST_YEAR - 1, -1))


class StandardFilterForm(forms.Form):
    """Year, part of the tree, and state."""

    year = forms.TypedChoiceField(label="年度", coerce=int, required=False)
    state = forms.ChoiceField(label="状态", choices=STATES, required=False)
    organization = OrganizationField(
        label="党组织及下级", permission=Permission.VIEW_PARTY_WORK, required=False, help_text=""
    )

    def __init__(self, scope: Scope, data: Any) -> None:
        super().__init__(data)
        fields: dict[str, Any] = self.fields
        fields["organization"].scope = scope
        fields["year"].choices = [(year, f"{year}年") for year in years()]

    def clean_year(self) -> int:
        """This year unless another is asked for."""
        return self.cleaned_data["year"] or clock.today().year


class SheetForm(forms.Form):
    """All items of a sheet: met or not, and by what that shows."""

    def __init__(self, items: Sequence[StandardItem], data: Any = None) -> None:
        super().__init__(data)
        self.items = [item for item in items if not item.is_open]
        for item in self.items:
            self.fields[f"met-{item.pk}"] = forms.BooleanField(
                label=f"{item.label}：达标", required=False, initial=item.is_met
            )
            self.fields[f"evidence-{item.pk}"] = forms.CharField(
                label="佐证情况", required=False, max_length=500, initial=item.evidence,
                widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip

    @property
    def answers(self) -> dict[int, tuple[bool, str]]:
        """Item id → met, evidence."""
        given = self.cleaned_data
        return {item.pk: (given[f"met-{item.pk}"], given[f"evidence-{item.pk}"]) for item in self.items}


class SheetCheckForm(forms.Form):
    """The superior's word on a sheet."""

    is_confirmed = forms.TypedChoiceField(
        label="核验结果",
        choices=(("yes", "与实际相符"), ("no", "与实际不符，退回")),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    remark = forms.CharField(label="核验意见", max_length=255, required=False, help_text="退回时请写明哪些条目不符。")


class ProofForm(forms.Form):
    """A file."""

    file = forms.FileField(label="佐证材料")
