"""What the preview of an official document needs beyond the parts of every page."""

from django import template

from partybuild.lib.official import BarChart

register = template.Library()


@register.filter
def full_bar(chart: BarChart) -> float:
    """The value of a full bar, as the .docx draws it."""
    return chart.full or max((value for _, value, _ in chart.bars), default=0) or 1
