"""How much waits for the person, as the top bar of every page shows it.

Counting it asks every noun once, so it is counted on the home page and on the page of what waits; in between the
session remembers it, under the post in use, for ``LASTS`` and until the person sends a form.
"""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest

from branches.permissions import Scope
from partybuild.lib import clock

KEY = "todo"
LASTS = timedelta(minutes=2)


def keep_todo(request: Any, count: int) -> None:
    """Remember how much waits under the post in use."""
    request.session[KEY] = [_under(request.scope), count, clock.now().timestamp()]


def kept_todo(request: HttpRequest, scope: Scope) -> int | None:
    """What was counted lately under this post; None when the page has to ask."""
    kept = request.session.get(KEY) if hasattr(request, "session") else None
    if not kept or kept[0] != _under(scope) or abs(clock.now().timestamp() - kept[2]) > LASTS.total_seconds():
        return None
    count: int = kept[1]
    return count


def forget_todo(request: HttpRequest) -> None:
    """Something may have been done: the next page asks."""
    if KEY in request.session:
        del request.session[KEY]


def _under(scope: Scope) -> str:
    grant = scope.grant
    return f"{grant.post_id}/{grant.acting_for_id}" if grant else ""
