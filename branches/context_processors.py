"""What the frame around every page needs: menu, person, posts, band."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from branches.permissions import MenuEntry, Scope

PHONE_TABS = 4


@dataclass(frozen=True)
class Entry:
    """A menu entry as shown."""

    label: str
    url: str
    icon: str
    current: bool
    group: str = ""
    count: int | None = None


def menu_entries() -> list[MenuEntry]:
    """All entries that the apps declare, in order of position."""
    found = [entry for config in apps.get_app_configs() for entry in getattr(config, "menu", ())]
    return sorted(found, key=lambda entry: entry.position)


def _shown(entry: MenuEntry, request: HttpRequest) -> Entry | None:
    try:
        url = reverse(entry.url_name)
    except NoReverseMatch:
        return None
    current = request.path == url or (url != "/" and request.path.startswith(url))
    return Entry(entry.label, url, entry.icon, current, entry.group)


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context ``frame``; empty menus for strangers."""
    scope: Scope = getattr(request, "scope", Scope())
    allowed = [
        entry for entry in menu_entries() if scope.holds(entry.permission) and scope.role not in entry.hidden_for
    ]
    entries = [shown for entry in allowed if (shown := _shown(entry, request))]
    groups = [{"label": label, "entries": list(part)} for label, part in groupby(entries, key=lambda e: e.group)]
    return {
        "frame": {
            "menu": groups,
            "tabs": entries[:PHONE_TABS],
            "person": _person(request, scope),
            "posts": [
                {"id": grant.post_id, "label": grant.label, "current": grant == scope.grant} for grant in scope.grants
            ],
            "band": settings.BAND,
        },
        "scope": scope,
    }


def _person(request: HttpRequest, scope: Scope) -> dict[str, str] | None:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    return {"name": user.name, "post_label": scope.grant.label if scope.grant else "尚未授予岗位"}
