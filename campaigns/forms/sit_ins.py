"""Filters of the deputies who sit in on meetings."""

from campaigns.forms.papers import PaperFilterForm, year_field


class SitInFilterForm(PaperFilterForm):
    """Part of the tree and year."""

    year = year_field(required=False)
