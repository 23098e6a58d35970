"""Points as pages show them."""

from decimal import Decimal

from django import template

from assessments.rules.scoring import plain
from branches.templatetags.words import DASH

register = template.Library()


@register.filter
def points(value: Decimal | None) -> str:
    """2.5, 0.42, 20; a dash for what is not there."""
    return DASH if value is None else plain(value)
