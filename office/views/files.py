"""Sends stored files; the view that calls has checked the right to see them."""

from io import BytesIO
from typing import IO, Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from office.models import StoredFile
from office.rules.byte_ranges import ByteRange, UnsatisfiableError, read_range
from partybuild.lib import uploads

SANDBOX = "default-src 'none'; frame-ancestors 'none'; sandbox"
# Chromium shows no PDF in a sandbox; its viewer is one itself.
PDF_POLICY = "default-src 'none'; object-src 'self'; frame-ancestors 'none'"
INLINE_TYPES = frozenset({"application/pdf", "image/jpeg", "image/png", "image/gif", "image/webp"})


def file_response(request: HttpRequest, stored: StoredFile, name: str, *, inline: bool = False) -> HttpResponseBase:
    """The file under the name that its user gave it, whole or the part that the browser asks for.

    ``inline`` shows pictures and PDF in the browser; whatever else is downloaded.
    """
    tag = f'"{stored.sha256}"'
    try:
        part = read_range(_asked(request, tag), stored.size)
    except UnsatisfiableError:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{stored.size}"})
    response = FileResponse(
        _opened(stored, part),
        as_attachment=not (inline and stored.content_type in INLINE_TYPES),
        filename=_clean(name),
        content_type=stored.content_type,
        status=206 if part else 200,
    )
    if part:
        response["Content-Range"] = f"bytes {part.first}-{part.last}/{stored.size}"
    response["Content-Length"] = str(part.length if part else stored.size)
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = tag
    return _guarded(response, is_shown_pdf=inline and stored.content_type == "application/pdf")


def bytes_response(content: bytes, content_type: str, name: str) -> HttpResponseBase:
    """A file that was made for this answer, as a download."""
    response = FileResponse(BytesIO(content), as_attachment=True, filename=_clean(name), content_type=content_type)
    return _guarded(response)


def thumbnail_response(stored: StoredFile) -> HttpResponseBase:
    """The small picture of a stored image; 404 for what is none."""
    if not stored.is_image:
        raise Http404
    try:
        path = uploads.thumbnail(stored.sha256)
    except (uploads.UploadError, FileNotFoundError):
        raise Http404 from None
    return _guarded(FileResponse(path.open("rb"), content_type=uploads.THUMBNAIL_TYPE))


def _asked(request: HttpRequest, tag: str) -> str:
    """The range asked for; none when it was meant for another file than the one that is here."""
    if request.headers.get("If-Range", tag) != tag:
        return ""
    return request.headers.get("Range", "")


def _guarded(response: HttpResponseBase, is_shown_pdf: bool = False) -> HttpResponseBase:
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = PDF_POLICY if is_shown_pdf else SANDBOX
    return response


def _opened(stored: StoredFile, part: ByteRange | None) -> Any:
    try:
        stream = uploads.open_sealed(stored.sha256) if stored.is_sealed else uploads.open(stored.sha256)
    except FileNotFoundError:
        raise Http404 from None
    return _Part(stream, part) if part else stream


def _clean(name: str) -> str:
    """A name without what would break a header or a folder."""
    return "".join("_" if char in '/\\:*?"<>|' or not char.isprintable() else char for char in name) or "文件"


class _Part:
    """A stretch of an open file, as ``FileResponse`` reads it."""

    def __init__(self, stream: "IO[bytes] | uploads.SealedReader", part: ByteRange) -> None:
        if isinstance(stream, uploads.SealedReader):
            stream.skip(part.first)
        else:
            stream.seek(part.first)
        self._stream, self._left = stream, part.length

    def read(self, count: int) -> bytes:
        chunk = self._stream.read(min(count, self._left))
        self._left -= len(chunk)
        return chunk

    def close(self) -> None:
        self._stream.close()
