"""What every request passes: the scope, the forced change of a password, and no caching of what is personal."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from branches.permissions import Actor, Scope
from branches.queries.access import scope_of
from partybuild.lib import clock

Respond = Callable[[HttpRequest], HttpResponse]
POST_KEY = "post_id"


def client_address(request: HttpRequest) -> str:
    """The address that the request came from, as the web server saw it."""
    return request.META.get("REMOTE_ADDR", "")


class ScopeMiddleware:
    """Sets ``request.scope`` and ``request.actor``; at most two queries, none for strangers."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.scope = self._scope(request)  # type: ignore[attr-defined]
        request.actor = self._actor(request)  # type: ignore[attr-defined]
        return self.get_response(request)

    def _scope(self, request: HttpRequest) -> Scope:
        if request.user.pk is None:
            return Scope()
        # The reverse one-to-one belongs to an upper floor; it is reached by name, and only when it is there.
        member_id = getattr(getattr(request.user, "member", None), "pk", None)
        return scope_of(request.user.pk, clock.today(), request.session.get(POST_KEY), member_id)

    def _actor(self, request: HttpRequest) -> Actor:
        scope: Scope = request.scope  # type: ignore[attr-defined]
        grant = scope.grant
        return Actor(
            user_id=scope.user_id,
            post_id=grant.post_id if grant else None,
            organization_id=grant.organization_id if grant else None,
            organization_path=grant.path if grant else "",
            member_id=scope.member_id,
            acting_for_id=scope.acting_for_id,
            address=client_address(request),
        )


class PasswordChangeMiddleware:
    """Leads a person who must change the password to that page first."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if settings.FORCE_PASSWORD_CHANGE and user.is_authenticated and user.must_change_password:
            allowed = (reverse("branches:password_change"), reverse("branches:logout"))
            if request.path not in allowed and not request.path.startswith(settings.STATIC_URL):
                return redirect("branches:password_change")
        return self.get_response(request)


class MethodPageMiddleware:
    """Somebody who opens an address that only takes what a form sends is told so, instead of seeing an empty page."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
            page = render(request, "405.html", status=HTTPStatus.METHOD_NOT_ALLOWED)
            page["Allow"] = response["Allow"]
            return page
        return response


class NoStoreMiddleware:
    """Pages of signed-in people are kept by no cache."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        return response
