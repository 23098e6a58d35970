"""Form fields that name a member."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from branches.permissions import Scope
from members.models import Membership
from members.queries.member_names import named_on_roster

_PLACED = re.compile(r"^(?P<name>[^（(]+)[（(](?P<branch>.+)[）)]$")


class MemberInput(forms.TextInput):
    """A text input that offers names of the roster while one types."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The input and, beside it, the list that is filled from the address of names."""
        offered = f"{(attrs or {}).get('id', name)}-names"
        asked = {
            "autocomplete": "off",
            "list": offered,
            "hx-get": reverse("members:member_names"),
            "hx-trigger": "input changed delay:300ms",
            "hx-target": f"#{offered}",
        }
        shown = super().render(name, value, {**(attrs or {}), **asked}, renderer)
        return format_html('{}<datalist id="{}"></datalist>', shown, offered)


class MemberField(forms.CharField):
    """A member by name, with the branch where two share it; gives his place on a roster within the scope."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 200)
        kwargs.setdefault("help_text", "输入姓名，同名的从提示中选择。")
        super().__init__(widget=MemberInput(), **kwargs)
        self.scope = Scope()

    def prepare_value(self, value: Any) -> Any:
        """A place on a roster is shown as 姓名（党支部）."""
        return written(value) if isinstance(value, Membership) else value

    def clean(self, value: Any) -> Membership | None:
        text = super().clean(value)
        if not text:
            return None
        parts = _PLACED.match(text)
        found = list(named_on_roster(self.scope, parts["name"].strip() if parts else text)[:50])
        if parts and len(found) > 1:
            found = [
                place
                for place in found
                if parts["branch"].strip() in (str(place.organization), place.organization.name)
            ]
        if len(found) == 1:
            return found[0]
        raise ValidationError(
            "名册中有同名党员，请从提示中选择。" if found else "名册中没有这名党员，请从提示的姓名中选择。"
        )


def written(place: Membership) -> str:
    """How a member is written in a field: name and branch."""
    return f"{place.member.name}（{place.organization}）"
