"""Which kinds of file are taken, and whether name, content and declared type of a file agree."""

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePath

from django.conf import settings
from PIL import Image

from partybuild.lib.archive import (
    ArchiveError,
    ArchiveLockedError,
    ArchiveTooLargeError,
    check_archive,
    check_no_entities,
)

_MAX_XML = 150 * 1024 * 1024
_MAX_PIXELS = 60_000_000
_HEAD = 4096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = (b"<!doctype", b"<html", b"<svg", b"<script", b"<?xml", b"<body", b"<iframe", b"<head", b"<meta")

LOCKED = "文件设有打开密码，请取消密码后再上传。"
DAMAGED = "文件已损坏或内容不完整，请重新保存后再上传。"
TOO_LARGE_INSIDE = "文件解压后过大，请精简内容后再上传。"
MACROS = "文件含有宏，请另存为不含宏的文件后再上传。"
HEIC = "浏览器无法显示 HEIC 图片，请改为 JPG 后再上传（手机“相机”设置中选择“兼容性最佳”）。"


class UploadError(Exception):
    """The file is not taken; the message says in Chinese why, and what to do."""


@dataclass(frozen=True)
class Kind:
    """A kind of file that is taken."""

    extension: str
    content_type: str
    label: str
    check: Callable[[Path], None]
    is_image: bool = False


def kind_of(path: Path, name: str, declared_type: str | None = None) -> Kind:
    """The kind of a stored file by its user's name for it; raises ``UploadError`` when its content is another's."""
    extension = _EXTENSIONS.get(suffix := PurePath(name).suffix.lower().lstrip("."), suffix)
    if extension in {"heic", "heif"}:
        raise UploadError(HEIC)
    kind = KINDS.get(extension)
    if kind is None:
        raise UploadError(f"不能上传这种文件。可以上传：{_shown_kinds()}。")
    if not _is_declared_as(kind, declared_type):
        raise UploadError(f"文件内容与扩展名 .{extension} 不一致，请检查后再上传。")
    kind.check(path)
    return kind


def _is_declared_as(kind: Kind, declared_type: str | None) -> bool:
    """Office programs declare what they like below ``application``; a web page or a picture is declared as one."""
    declared = (declared_type or "application/octet-stream").partition(";")[0].strip().lower()
    if declared in {"application/octet-stream", kind.content_type}:
        return True
    if declared in {"text/html", "image/svg+xml", "application/xhtml+xml"}:
        return False
    return declared.partition("/")[0] == kind.content_type.partition("/")[0]


def _shown_kinds() -> str:
    return "、".join(dict.fromkeys(kind.label for kind in KINDS.values()))


def _starts_with(start: bytes) -> Callable[[Path], None]:
    def check(path: Path) -> None:
        if not _head(path).startswith(start):
            raise UploadError(_disagreement())

    return check


def _office(main_part: str) -> Callable[[Path], None]:
    """A docx, xlsx or pptx: a zip file with that part, without macros and entities, that unpacks to something sane."""

    def check(path: Path) -> None:
        if _head(path).startswith(_OLE):
            raise UploadError(LOCKED if _holds(path, "EncryptedPackage") else _disagreement())
        if not _head(path).startswith(b"PK"):
            raise UploadError(_disagreement())
        try:
            names = check_archive(path, path.stat().st_size)
            if main_part not in names or "[Content_Types].xml" not in names:
                raise UploadError(_disagreement())
            if any(PurePath(name).name.lower() == "vbaproject.bin" for name in names):
                raise UploadError(MACROS)
            check_no_entities(path, _MAX_XML)
        except ArchiveTooLargeError:
            raise UploadError(TOO_LARGE_INSIDE) from None
        except ArchiveLockedError:
            raise UploadError(LOCKED) from None
        except ArchiveError:
            raise UploadError(DAMAGED) from None

    return check


def _ole(*streams: str) -> Callable[[Path], None]:
    """A doc, xls, ppt or wps: an OLE file with a stream of that name."""

    def check(path: Path) -> None:
        if not _head(path).startswith(_OLE) or not any(_holds(path, stream) for stream in streams):
            raise UploadError(_disagreement())

    return check


def _text(path: Path) -> None:
    """Plain text in UTF-8, GB 18030 or UTF-16, and not the text of a web page."""
    content = path.read_bytes()
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "gb18030"
    try:
        text = _decoded(content, encoding)
    except UnicodeDecodeError:
        raise UploadError(_disagreement()) from None
    if any(ord(char) < 32 and char not in "\t\n\r\f" for char in text):
        raise UploadError(_disagreement())
    if text[:_HEAD].lstrip("\ufeff \t\r\n").lower().encode().startswith(_MARKUP):
        raise UploadError("不能上传网页文件，请另存为 PDF 或 Word 后再上传。")


def _decoded(content: bytes, otherwise: str) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode(otherwise)


def _image(format_name: str) -> Callable[[Path], None]:
    def check(path: Path) -> None:
        cap = getattr(settings, "UPLOAD_MAX_PIXELS", _MAX_PIXELS)
        try:
            with warnings.catch_warnings():
                # Our own cap is the lower one.
                warnings.simplefilter("ignore", Image.DecompressionBombWarning)
                with Image.open(path, formats=[format_name]) as image:
                    width, height = image.size
                    if width * height <= cap:
                        image.verify()
        except Image.DecompressionBombError:
            raise UploadError(_too_many_pixels(cap)) from None
        except Image.UnidentifiedImageError:
            raise UploadError(_disagreement()) from None
        except Exception:  # the decoders raise whatever they stumble over
            raise UploadError(DAMAGED) from None
        if width * height > cap:
            raise UploadError(_too_many_pixels(cap))

    return check


def _too_many_pixels(cap: int) -> str:
    return f"图片尺寸过大（超过 {cap // 10_000} 万像素），请缩小后再上传。"


def _disagreement() -> str:
    return "文件内容与扩展名不一致，请确认文件能正常打开后再上传。"


def _head(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(_HEAD)


def _holds(path: Path, stream_name: str) -> bool:
    """Whether an OLE file has a stream of this name; names are UTF-16."""
    return stream_name.encode("utf-16-le") in path.read_bytes()


_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_EXTENSIONS = {"jpeg": "jpg"}
KINDS = {
    kind.extension: kind
    for kind in (
        Kind("pdf", "application/pdf", "PDF", _starts_with(b"%PDF-")),
        Kind("docx", _OPEN_XML + "wordprocessingml.document", "Word", _office("word/document.xml")),
        Kind("doc", "application/msword", "Word", _ole("WordDocument")),
        Kind("wps", "application/vnd.ms-works", "WPS 文字", _ole("WordDocument")),
        Kind("xlsx", _OPEN_XML + "spreadsheetml.sheet", "Excel", _office("xl/workbook.xml")),
        Kind("xls", "application/vnd.ms-excel", "Excel", _ole("Workbook", "Book")),
        Kind("pptx", _OPEN_XML + "presentationml.presentation", "PPT", _office("ppt/presentation.xml")),
        Kind("ppt", "application/vnd.ms-powerpoint", "PPT", _ole("PowerPoint Document")),
        Kind("txt", "text/plain", "文本", _text),
        Kind("jpg", "image/jpeg", "JPG", _image("JPEG"), is_image=True),
        Kind("png", "image/png", "PNG", _image("PNG"), is_image=True),
        Kind("gif", "image/gif", "GIF", _image("GIF"), is_image=True),
        Kind("webp", "image/webp", "WEBP", _image("WEBP"), is_image=True),
    )
}
