"""What the frame around every page needs: menu, person, posts, band.

Upper floors take part by what their ``AppConfig`` declares: ``menu`` (some entries with the dotted name of a query that
counts what waits), ``frame_urls`` (key of the frame → URL name) and ``frame_counts`` (key → dotted name of a query that
takes the scope).
"""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string

from branches.permissions import Grant, MenuEntry, Scope
from partybuild.lib import clock, dates

PHONE_TABS = 4
UNGROUPED = 8
"""A menu of at most so many entries stands in one list, without headings."""


@dataclass(frozen=True)
class Entry:
    """A menu entry as shown."""

    label: str
    url: str
    icon: str
    current: bool
    group: str = ""
    count: int | None = None
    is_tab: bool = False


def menu_entries() -> list[MenuEntry]:
    """All entries that the apps declare, in order of position."""
    found = [entry for config in apps.get_app_configs() for entry in getattr(config, "menu", ())]
    return sorted(found, key=lambda entry: entry.position)


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context ``frame``, made when a template asks for it: a fragment does without, and so without its queries."""
    return {"frame": SimpleLazyObject(lambda: _frame(request)), "scope": getattr(request, "scope", Scope())}


def _frame(request: HttpRequest) -> dict[str, Any]:
    scope: Scope = getattr(request, "scope", Scope())
    entries = _entries(request, scope)
    return {
        **_urls(),
        "menu": _groups(entries),
        "tabs": _tabs(entries),
        "todo": _todo(entries),
        "person": _person(request, scope),
        "posts": [
            {"id": grant.post_id, "label": _post_label(grant), "current": grant == scope.grant}
            for grant in scope.grants
        ],
        "notices": _notices(scope),
        "band": settings.BAND,
        "acting": _acting(scope),
        "period": {"label": dates.month_text(clock.today())} if scope.grant else None,
    }


def _entries(request: HttpRequest, scope: Scope) -> list[Entry]:
    """What the post in use is offered; the current one is that whose address fits best."""
    allowed = [
        (entry, url)
        for entry in menu_entries()
        if scope.holds(entry.permission) and scope.role not in entry.hidden_for and (url := _url(entry.url_name))
    ]
    fits = {url: fit for entry, url in allowed if (fit := _fit(request.path, [url, *map(_url, entry.also)]))}
    best = max(fits, key=lambda url: fits[url], default=None)
    return [
        Entry(entry.label, url, entry.icon, url == best, entry.group, _count(entry, scope), scope.role in entry.tab_for)
        for entry, url in allowed
    ]


def _fit(path: str, urls: list[str]) -> int:
    """How much of the path one of these addresses accounts for."""
    return max((len(url) for url in urls if url and (path == url or (url != "/" and path.startswith(url)))), default=0)


def _count(entry: MenuEntry, scope: Scope) -> int | None:
    return import_string(entry.count)(scope) if entry.count else None


def _groups(entries: list[Entry]) -> list[dict[str, Any]]:
    """Entries by heading, those without one first, then by where a heading's last entry stands; few stand together."""
    groups: dict[str, list[Entry]] = {}
    last: dict[str, int] = {}
    for place, entry in enumerate(entries):
        label = entry.group if len(entries) > UNGROUPED else ""
        groups.setdefault(label, []).append(entry)
        last[label] = place if label else -1
    return [{"label": label, "entries": groups[label]} for label in sorted(groups, key=lambda label: last[label])]


def _tabs(entries: list[Entry]) -> list[Entry]:
    """The bar of a phone: those meant for it, filled up with the first others."""
    chosen = sorted(entries, key=lambda entry: not entry.is_tab)[:PHONE_TABS]
    return [entry for entry in entries if entry in chosen]


def _todo(entries: list[Entry]) -> dict[str, Any] | None:
    """What waits altogether; the address is that of the first entry where something does."""
    waiting = [entry for entry in entries if entry.count]
    return {"count": sum(entry.count or 0 for entry in waiting), "url": waiting[0].url} if waiting else None


def _notices(scope: Scope) -> int:
    """How many notices wait to be read, by what an app declares in ``frame_counts``."""
    found = {
        key: name for config in apps.get_app_configs() for key, name in getattr(config, "frame_counts", {}).items()
    }
    return import_string(found["notices"])(scope) if scope.user_id and "notices" in found else 0


def _person(request: HttpRequest, scope: Scope) -> dict[str, str] | None:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    return {"name": user.name, "post_label": scope.grant.label if scope.grant else "尚未授予岗位"}


def _post_label(grant: Grant) -> str:
    return f"{grant.label}（代 {grant.acting_for_name}）" if grant.acting_for_id is not None else grant.label


def _acting(scope: Scope) -> dict[str, str] | None:
    """For whom this person acts, and where he goes back to his own post; nowhere when he has none."""
    grant = scope.grant
    if grant is None or grant.acting_for_id is None:
        return None
    has_own = any(each.acting_for_id is None for each in scope.grants)
    leave_url = _url("branches:acting_leave") if has_own else ""
    return {"name": grant.acting_for_name, "post": grant.label, "leave_url": leave_url}


def _urls() -> dict[str, str]:
    """The addresses that the apps give the frame."""
    names = {key: name for config in apps.get_app_configs() for key, name in getattr(config, "frame_urls", {}).items()}
    return {key: _url(name) for key, name in names.items()}


def _url(name: str) -> str:
    """The address of a page, empty while no floor has it."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
