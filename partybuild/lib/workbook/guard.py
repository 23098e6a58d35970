"""The first look at a file that should be a workbook: cheap, in this process, without unpacking it."""

from pathlib import Path

from partybuild.lib.archive import ArchiveError, ArchiveLockedError, ArchiveTooLargeError, check_archive
from partybuild.lib.workbook.errors import WorkbookError

MAX_BYTES = 50 * 1024 * 1024

NOT_EXCEL = "这不是 Excel 文件，请选择 .xlsx 或 .xls 文件。"
TEXT = "这是文本文件，不是 Excel 文件。请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。"
WEB_PAGE = "这是网页格式的文件，不是 Excel 文件。请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。"
OTHER_FORMAT = "暂不支持这种表格格式，请用 Excel 或 WPS 另存为 .xlsx 后再上传。"
EMPTY_FILE = "文件是空的，请重新选择。"
DAMAGED = "文件已损坏，无法读取。请用 Excel 或 WPS 打开，重新保存后再上传。"
LOCKED = "文件设有打开密码。请取消密码后再上传。"
BOMB = "文件解压后过大，无法读取。请删除多余内容或拆分后再上传。"

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = 4096
# Names inside an OLE file are UTF-16.
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_WORKBOOK_STREAMS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))


def check(path: Path) -> str:
    """The kind of the workbook, ``xlsx`` or ``xls``; raises ``WorkbookError`` for all else."""
    size = path.stat().st_size
    if size == 0:
        raise WorkbookError(EMPTY_FILE)
    if size > MAX_BYTES:
        raise WorkbookError(f"文件超过 {MAX_BYTES // 1024 // 1024} MB，请拆分后再上传。")
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if head.startswith(_ZIP):
        _check_zip(path, size)
        return "xlsx"
    if head.startswith(_OLE):
        _check_ole(path)
        return "xls"
    raise WorkbookError(_what_else(head))


def _check_zip(path: Path, size: int) -> None:
    try:
        names = check_archive(path, size)
    except ArchiveTooLargeError:
        raise WorkbookError(BOMB) from None
    except ArchiveLockedError:
        raise WorkbookError(LOCKED) from None
    except ArchiveError:
        raise WorkbookError(DAMAGED) from None
    if "xl/workbook.bin" in names or "content.xml" in names:
        raise WorkbookError(OTHER_FORMAT)
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise WorkbookError(NOT_EXCEL)


def _check_ole(path: Path) -> None:
    content = path.read_bytes()
    if _ENCRYPTED_PACKAGE in content:
        raise WorkbookError(LOCKED)
    if not any(name in content for name in _WORKBOOK_STREAMS):
        raise WorkbookError(NOT_EXCEL)


def _what_else(head: bytes) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<meta", b"<head")):
        return WEB_PAGE
    if start.startswith(b"<?xml") and b"spreadsheet" in start:
        return OTHER_FORMAT
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or not any(byte < 9 or 13 < byte < 27 for byte in head):
        return TEXT
    return NOT_EXCEL
