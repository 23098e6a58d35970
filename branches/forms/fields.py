"""Form fields of our own."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from branches.models import Organization
from branches.permissions import Permission, Scope

_CODED = re.compile(r"[（(]([^（）()]+)[）)]\s*$")
_NAMED = 5


class OrganizationInput(forms.TextInput):
    """A text input that offers names while one types."""

    def __init__(self, permission: Permission) -> None:
        super().__init__({"autocomplete": "off"})
        self.permission = permission

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The input and, beside it, the list that is filled from the address of names."""
        offered = f"{(attrs or {}).get('id', name)}-names"
        asked = {
            "list": offered,
            "hx-get": f"{reverse('branches:organization_names')}?permission={self.permission.value}",
            "hx-trigger": "input changed delay:300ms",
            "hx-target": f"#{offered}",
        }
        shown = super().render(name, value, {**(attrs or {}), **asked}, renderer)
        return format_html('{}<datalist id="{}"></datalist>', shown, offered)


class OrganizationField(forms.CharField):
    """An organisation named by its code or name, completed while typing; only those within the scope are found."""

    def __init__(self, *, permission: Permission, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 200)
        kwargs.setdefault("help_text", "输入名称、编码或拼音首字母。")
        super().__init__(widget=OrganizationInput(permission), **kwargs)
        self.permission = permission
        self.scope = Scope()

    def prepare_value(self, value: Any) -> Any:
        """An organisation is shown as 名称（编码）."""
        return written(value) if isinstance(value, Organization) else value

    def clean(self, value: Any) -> Organization | None:
        text = super().clean(value)
        if not text:
            return None
        found = find_organizations(text, self.scope, self.permission)
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError("没有找到该党组织，请从提示的名称中选择。")
        raise ValidationError(f"有多个同名党组织，请填写编码：{'、'.join(one.code for one in found[:_NAMED])}。")


def written(organization: Organization) -> str:
    """How an organisation is written in a field: name and code."""
    return f"{organization.name}（{organization.code}）"


def find_organizations(text: str, scope: Scope, permission: Permission) -> list[Organization]:
    """Those of the scope with exactly this code, else with this name or short name."""
    reached = Organization.objects.visible_to(scope, permission)
    coded = _CODED.search(text)
    codes = {text.strip(), coded[1].strip() if coded else text.strip()}
    if by_code := list(reached.filter(code__in=codes)[:1]):
        return by_code
    return list(reached.filter(Q(name=text.strip()) | Q(short_name=text.strip()))[: _NAMED + 1])
