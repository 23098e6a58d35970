"""What the frame around every page needs: menu, person, posts, band.

Upper floors take part by what their ``AppConfig`` declares: ``menu`` (some entries with the dotted name of a query that
counts what waits), ``frame_urls`` (key of the frame → URL name), ``frame_counts`` (key → dotted name of a query that
takes the scope) and ``top_pages`` (key → URL name of a page that belongs to the top bar and to no entry of the menu).
"""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string

from branches.actions.todo_marks import kept_todo
from branches.permissions import Grant, Scope
from branches.queries.menu import Entry, entries_at, places_of, row_at, url_of
from partybuild.lib import clock, dates

PHONE_TABS = 4


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context ``frame``, made when a template asks for it: a fragment does without, and so without its queries."""
    return {"frame": SimpleLazyObject(lambda: _frame(request)), "scope": getattr(request, "scope", Scope())}


def _frame(request: HttpRequest) -> dict[str, Any]:
    scope: Scope = getattr(request, "scope", Scope())
    entries, top_page = entries_at(request.path, scope)
    menu = places_of(entries)
    urls = _urls()
    return {
        **urls,
        "menu": menu,
        "entries": [entry for place in menu for entry in place.row or (place,)],
        "row": row_at(menu, request.path),
        "top_page": top_page,
        "tabs": _tabs(entries),
        "todo": _todo(request, scope, urls.get("todo_url", "")),
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


def _tabs(entries: list[Entry]) -> list[Entry]:
    """The bar of a phone: those meant for it, filled up with the first others."""
    chosen = sorted(entries, key=lambda entry: not entry.is_tab)[:PHONE_TABS]
    return [entry for entry in entries if entry in chosen]


def _todo(request: HttpRequest, scope: Scope, url: str) -> dict[str, Any] | None:
    """The page of what waits, and how much it was when last counted; without a count the top bar asks the page."""
    return {"url": url, "count": kept_todo(request, scope)} if scope.grant and url else None


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
    leave_url = url_of("branches:acting_leave") if has_own else ""
    return {"name": grant.acting_for_name, "post": grant.label, "leave_url": leave_url}


def _urls() -> dict[str, str]:
    """The addresses that the apps give the frame."""
    names = {key: name for config in apps.get_app_configs() for key, name in getattr(config, "frame_urls", {}).items()}
    return {key: url_of(name) for key, name in names.items()}
