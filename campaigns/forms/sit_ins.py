"""Filters of the deputies who sit in on meetings."""

from django import forms

from campaigns.forms.papers import PaperFilterForm, choices, year_field
from campaigns.queries.sit_ins import SHORT


class SitInFilterForm(PaperFilterForm):
    """Part of the tree, year, and whether somebody was missing at a meeting."""

    year = year_field(required=False)
    state = forms.ChoiceField(label="列席情况", choices=choices([(SHORT, "有会议未列席")]), required=False)
