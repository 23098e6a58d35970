"""How a view checks access: not signed in → login page, out of scope → 404, in scope without the right → 403."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django_htmx.middleware import HtmxDetails

from branches.models import Organization, User
from branches.permissions import Actor, HasPath, Permission, Scope


class Request(HttpRequest):
    """A request as our middleware leaves it, of somebody signed in."""

    user: User
    scope: Scope
    actor: Actor
    htmx: HtmxDetails


View = Callable[..., HttpResponseBase]


def signed_in(view: View) -> View:
    """Only for people who have signed in; others are led to the login page and back."""

    @wraps(view)
    def checked(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _to_login(request)
        return view(request, *args, **kwargs)

    return checked


def _to_login(request: Request) -> HttpResponseBase:
    """The login page, which says why one is signed out and leads back."""
    answer = redirect_to_login(_page_of(request))
    if why := getattr(request, "signed_out_why", ""):
        answer["Location"] += f"&why={why}"
    return answer


def _page_of(request: Request) -> str:
    """The page to go on from after signing in: for what was sent, the page that sent it, since it may not be read."""
    sender = urlsplit(request.headers.get("Referer", ""))
    if request.method in ("GET", "HEAD") or sender.netloc != request.get_host():
        return request.get_full_path()
    return urlunsplit(("", "", sender.path, sender.query, ""))


def need(*permissions: Permission) -> Callable[[View], View]:
    """Only for those who hold one of these rights anywhere; the object itself is checked by ``require``."""

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not any(request.scope.holds(permission) for permission in permissions):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return signed_in(checked)

    return decorate


def require(request: Request, permission: Permission, organization: HasPath) -> None:
    """Stop unless the right holds at this organisation."""
    if not request.scope.sees(organization):
        raise Http404
    if not request.scope.allows(permission, organization):
        raise PermissionDenied


def visible_or_404(queryset: Any, request: Request, permission: Permission | None = None, **lookup: Any) -> Any:
    """The one row that the scope reaches, with this permission or the queryset's usual one."""
    seen = queryset.visible_to(request.scope, permission) if permission else queryset.visible_to(request.scope)
    return get_object_or_404(seen, **lookup)


def own_or_404(request: Request) -> Organization:
    """The organisation of the post in use."""
    grant = request.scope.grant
    return get_object_or_404(Organization, pk=grant.organization_id if grant else None)
