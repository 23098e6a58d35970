"""Filters of the list of documents, and the remark with a step."""

from typing import Any

from django import forms

from office.enums import DocumentKind, DocumentStatus
from office.queries.documents import ORDERS
from partybuild.lib import clock

FIRST_YEAR = 2020


class DocumentFilterForm(forms.Form):
    """What the list is narrowed to."""

    kind = forms.ChoiceField(label="文种", choices=[("", "全部"), *DocumentKind.choices], required=False)
    year = forms.ChoiceField(label="年份", required=False)
    status = forms.ChoiceField(label="状态", choices=[("", "全部"), *DocumentStatus.choices], required=False)
    text = forms.CharField(label="标题", max_length=64, required=False)
    sort = forms.ChoiceField(choices=[(key, key) for key in ORDERS], required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = range(clock.today().year, FIRST_YEAR - 1, -1)
        self.fields["year"].choices = [("", "全部"), *((str(year), f"{year}年") for year in years)]
        self.fields["text"].widget.attrs["type"] = "search"


class ReturnForm(forms.Form):
    """Why a document goes back to the drafter."""

    note = forms.CharField(label="退回原因", max_length=255, widget=forms.Textarea(attrs={"rows": 3}))
