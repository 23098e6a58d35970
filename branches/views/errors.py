"""Error pages in calm words; nothing about the inside."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from branches.actions.sessions import record_refusal
from branches.permissions import Actor


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Inside the scope without the right; the trail keeps it."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is not None and not actor.is_system:
        record_refusal(by=actor, method=request.method or "", path=request.path)
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same body for what does not exist and for what lies outside the scope."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)
