"""Serving a page and its fragment from one view and one URL, and what an htmx request needs in its answer."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render, resolve_url
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme

_MESSAGES_TEMPLATE = "frame/_messages.html"
_REDIRECTS = {301, 302, 303, 307, 308}
_UNPROCESSABLE = 422


def is_htmx(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of a page; a boosted link or a page restored from history wants the whole."""
    return (
        request.headers.get("HX-Request") == "true"
        and request.headers.get("HX-Boosted") != "true"
        and request.headers.get("HX-History-Restore-Request") != "true"
    )


def is_fragment(request: HttpRequest, *target_ids: str) -> bool:
    """Whether htmx will put the answer into the element of one of these ids."""
    return is_htmx(request) and request.headers.get("HX-Target") in target_ids


def render_page_or_fragment(
    request: HttpRequest,
    page_template: str,
    fragment_template: str,
    target_id: str,
    context: Mapping[str, Any],
    status: int = 200,
) -> HttpResponse:
    """The fragment when htmx asks for its element, else the page; an invalid form has status 422."""
    template = fragment_template if is_fragment(request, target_id) else page_template
    return render(request, template, dict(context), status=status)


class HtmxResponseMiddleware:
    """Vary, redirects and messages for htmx. Stands inside the message middleware and outside all that redirects."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        patch_vary_headers(response, ("HX-Request", "HX-Target"))
        if is_htmx(request) and isinstance(response, HttpResponse):
            if response.status_code in _REDIRECTS:
                _redirect_the_page(request, response)
            elif _is_swapped(response):
                _append_messages(request, response)
        return response


def _redirect_the_page(request: HttpRequest, response: HttpResponse) -> None:
    """An ordinary redirect would put the whole new page into the fragment's place. Cookies stay."""
    response["HX-Redirect"] = _back_to_the_page(request, response["Location"])
    del response["Location"]
    response.status_code = 204
    response.content = b""


def _back_to_the_page(request: HttpRequest, url: str) -> str:
    """After the login one wants the page one was on, not the fragment that was asked for."""
    parts = urlsplit(url)
    current = request.headers.get("HX-Current-URL", "")
    is_login = parts.path == urlsplit(resolve_url(settings.LOGIN_URL)).path
    if not is_login or not url_has_allowed_host_and_scheme(current, {request.get_host()}):
        return url
    page = urlsplit(current)
    query = dict(parse_qsl(parts.query)) | {"next": urlunsplit(("", "", page.path, page.query, ""))}
    return urlunsplit(parts._replace(query=urlencode(query, safe="/")))


def _is_swapped(response: HttpResponse) -> bool:
    status = response.status_code
    is_html = response.get("Content-Type", "").startswith("text/html")
    return is_html and (200 <= status < 300 or status == _UNPROCESSABLE) and status != 204


def _append_messages(request: HttpRequest, response: HttpResponse) -> None:
    """Put the messages of the request beside the fragment, unless a template has shown them already."""
    storage = get_messages(request)
    if getattr(storage, "used", False):
        return
    if messages := list(storage):
        shown = render_to_string(_MESSAGES_TEMPLATE, {"messages": messages, "oob": True})
        response.content += shown.encode()
