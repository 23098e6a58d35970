"""Forms for responsibility agreements."""

from typing import Any

from django import forms

from branches.forms.fields import OrganizationField
from branches.models import Organization
from branches.permissions import Permission
from campaigns.forms.papers import PaperFilterForm, choices, year_field
from campaigns.models import Agreement
from campaigns.rules.agreements import AgreementState


class AgreementFilterForm(PaperFilterForm):
    """Year, part of the tree, superior, state."""

    year = forms.IntegerField()
    superior = OrganizationField(label="上级党组织", permission=Permission.VIEW_WORK, required=False, help_text="")
    state = forms.ChoiceField(label="状态", choices=choices(AgreementState.choices), required=False)
    field_order = ("year", "organization", "superior")


class DrawUpForm(forms.Form):
    """The year, and with whom: all directly below at first."""

    year = forms.IntegerField()
    organizations = forms.ModelMultipleChoiceField(
        label="责任单位", queryset=Organization.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, below: Any, data: Any = None) -> None:
        super().__init__(data)
        self.fields["year"] = year_field()
        self.fields["organizations"].queryset = below
        self.fields["organizations"].initial = below
        self.order_fields(("year", "organizations"))


class AgreementForm(forms.Form):
    """Title and text."""

    title = forms.CharField(label="标题", max_length=128)
    text = forms.CharField(label="内容", max_length=20_000, widget=forms.Textarea(attrs={"rows": 20}))

    def __init__(self, data: Any = None, agreement: Agreement | None = None) -> None:
        start = {"title": agreement.title, "text": agreement.text} if agreement else None
        super().__init__(data, initial=start)
