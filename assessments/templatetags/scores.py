"""Points as pages show them."""

from decimal import Decimal

from django import template

from assessments.rules.scoring import plain
from branches.templatetags.words import DASH

register = template.Library()


@register.filter
def unbroken(text: str) -> str:
    """Figures in words, each kept on one line with its word: 应完成 6 · 按时 5."""
    return text.replace(" ", "\N{NO-BREAK SPACE}").replace("\N{NO-BREAK SPACE}·\N{NO-BREAK SPACE}", " · ")


@register.filter
def points(value: Decimal | None) -> str:
    """2.5, 0.42, 20; a dash for what is not there."""
    return DASH if value is None else plain(value)
