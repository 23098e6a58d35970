"""Structured logs without personal data: no query strings, no form values, no long numbers; one line an entry."""

import json
import logging
import re
import time
import traceback
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from datetime import datetime

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from partybuild.lib.clock import ZONE

request_id: ContextVar[str] = ContextVar("request_id", default="")
logger = logging.getLogger("partybuild.requests")

# What a caller may add with ``extra``: ids, names of tasks and figures, never what somebody typed.
_EXTRA = ("method", "path", "status", "ms", "user", "task", "run", "rows")
_QUERY = re.compile(r"(/[^\s?\"']*)\?[^\s\"']*")
# A part of an address that is a secret by its length: whoever has it may use it.
_SECRET = re.compile(r"(?<=/)[A-Za-z0-9_-]{40,}(?=/)")
_LONG_NUMBER = re.compile(r"(?<!\d)\d{7,}[\dXx]")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|“[^”]*”|\([^()]*\)")
_IDENTIFIER = re.compile(r"['\"][A-Za-z_][A-Za-z0-9_.:/-]{0,80}['\"]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
# Line breaks that JSON leaves alone.
_BREAKS = {code: f"\\u{code:04x}" for code in (*range(0x7F, 0xA0), 0x2028, 0x2029)}
_INCOMING = re.compile(r"[A-Za-z0-9-]{8,64}", re.ASCII)
_FRAMES = 40


class JsonFormatter(logging.Formatter):
    """One JSON object a line, in real time even when the portal's clock is moved."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, ZONE).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": without_personal_data(record.getMessage()),
        }
        if request_id.get():
            entry["request"] = request_id.get()
        for name in _EXTRA:
            if (value := getattr(record, name, None)) is not None:
                entry[name] = without_personal_data(value) if isinstance(value, str) else value
        if record.exc_info and record.exc_info[1]:
            entry["errors"] = _errors(record.exc_info[1])
        return json.dumps(entry, ensure_ascii=False, default=repr).translate(_BREAKS)


def without_personal_data(text: str) -> str:
    """The text without query strings, with numbers as long as a phone's and secret parts of addresses masked."""
    return _LONG_NUMBER.sub("***", _SECRET.sub("***", _QUERY.sub(r"\1", text)))


class RequestIdMiddleware:
    """Gives every request an id for the logs and the answer, and logs it in one line when it is done."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        incoming = request.headers.get("X-Request-Id", "")
        token = request_id.set(incoming if _INCOMING.fullmatch(incoming) else uuid.uuid4().hex[:16])
        started = time.monotonic()
        try:
            response = self.get_response(request)
            response["X-Request-Id"] = request_id.get()
            _log(request, response.status_code, time.monotonic() - started)
            return response
        finally:
            request_id.reset(token)


def _log(request: HttpRequest, status: int, seconds: float) -> None:
    # request._cached_user is there only when somebody asked for the user: the log must cause no query.
    user = getattr(getattr(request, "_cached_user", None), "pk", None)
    extra = {
        "method": request.method,
        "path": request.path,
        "status": status,
        "ms": round(seconds * 1000),
        "user": user,
    }
    logger.info("request", extra=extra)


def _errors(error: BaseException | None) -> list[dict[str, object]]:
    """The error and what caused it, without what stood in the values."""
    errors: list[dict[str, object]] = []
    while error is not None and len(errors) < 5:
        frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
        errors.append(
            {
                "type": f"{type(error).__module__}.{type(error).__qualname__}",
                "message": _without_values(str(error)),
                "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
            }
        )
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return errors


def _without_values(message: str) -> str:
    """The first line; of what is quoted only plain identifiers, such as the name of a constraint, stay."""
    first = message.split("\n", 1)[0][:500]
    bare = _QUOTED.sub(lambda found: found[0] if _IDENTIFIER.fullmatch(found[0]) else "…", first)
    return without_personal_data(_NOT_ASCII.sub("…", bare))
