"""Numbers on the screen: the middle is hidden. ``{% load masks %}``"""

from django import template

from partybuild.lib import crypto

register = template.Library()


@register.filter
def masked_id(number: str | None) -> str:
    """110***********1234."""
    return crypto.mask_id_number(number or "")


@register.filter
def masked_phone(number: str | None) -> str:
    """138****1234."""
    return crypto.mask_phone(number or "")
