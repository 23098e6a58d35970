"""Refuses a body that is too large before anything reads it: stands before the CSRF middleware."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

# Beside the files there are the fields of the form.
_FIELDS = 1024 * 1024


class BodySizeMiddleware:
    """Answers 413 by the declared length. What declares none has no body for WSGI."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        cap = settings.UPLOAD_MAX_BYTES
        if _declared_length(request) > cap + _FIELDS:
            text = f"一次上传的内容超过 {cap // 1024 // 1024} MB，没有保存。请分几次上传，或压缩后再上传。"
            return HttpResponse(text, status=413, content_type="text/plain; charset=utf-8")
        return self.get_response(request)


def _declared_length(request: HttpRequest) -> int:
    value = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 16 else 0
