"""Signing in and out, and one's own password."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def locked_out(request: HttpRequest, credentials: Any = None, *args: Any, **kwargs: Any) -> HttpResponse:
    """What a locked pair of account and address is told: the same words for an unknown account."""
    return render(request, "branches/accounts/locked.html", status=429)
