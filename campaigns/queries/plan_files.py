"""The text of a plan's file: .docx with the numbers that Word shows, tables row by row, or plain text."""

from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import docx
from docx.oxml.ns import qn

from campaigns.rules.reading.shapes import ReadingError
from campaigns.rules.reading.word_numbers import Counter, Level
from partybuild.lib.uploads.kinds import UploadError, kind_of

CELLS = " ｜ "
NOT_A_PLAN = "请上传 Word 文件（.docx）或文本文件（.txt）。旧版 .doc 和 WPS 文件请另存为 .docx 后再上传。"
UNREADABLE = "文件无法读取，请用 Word 或 WPS 打开，重新保存后再上传。"
_DOCX, _TXT = "docx", "txt"


def plan_text(path: Path, name: str) -> str:
    """The text of a stored file by its user's name for it; raises ``UploadError`` for a file that is not taken."""
    suffix = Path(name).suffix.lower().lstrip(".")
    if suffix not in {_DOCX, _TXT}:
        raise UploadError(NOT_A_PLAN)
    kind_of(path, name)
    with path.open("rb") as stream:
        return stream_text(stream, name)


def stream_text(stream: IO[bytes], name: str) -> str:
    """The text of a file that has been checked as an upload; raises ``ReadingError`` when it cannot be read."""
    if name.lower().endswith(f".{_TXT}"):
        return decoded(stream.read())
    try:
        document = docx.Document(stream)
        counter = Counter(_levels(document))
        styles = {style.style_id: style.element for style in document.styles}
        return "\n".join(_lines(document.element.body, counter, styles))
    except Exception as error:  # a damaged part raises whatever the library stumbles over
        raise ReadingError(UNREADABLE) from error


def decoded(content: bytes) -> str:
    """Plain text in UTF-8, GB 18030 or UTF-16, with or without a byte order mark."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", "replace")


def _lines(parent: Any, counter: Counter, styles: dict[str, Any]) -> Iterator[str]:
    """Paragraphs and rows in the order of the document."""
    for element in parent:
        if element.tag == qn("w:p"):
            text = _text(element)
            yield _number(element, counter, styles) + text if text.strip() else ""
        elif element.tag == qn("w:tbl"):
            yield from _rows(element, counter, styles)
        elif element.tag in {qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:smartTag"), qn("w:ins")}:
            yield from _lines(element, counter, styles)


def _rows(table: Any, counter: Counter, styles: dict[str, Any]) -> Iterator[str]:
    for row in table.iter(qn("w:tr")):
        cells = [list(_lines(cell, counter, styles)) for cell in row.iter(qn("w:tc"))]
        if len(cells) == 1:
            yield from cells[0]
        else:
            yield CELLS.join(" ".join(line.strip() for line in cell if line.strip()) for cell in cells)


def _text(paragraph: Any) -> str:
    """What is to be read: deleted words, field codes and drawings are left out."""
    parts: list[str] = []
    for element in paragraph.iter():
        if element.tag == qn("w:t") and not _is_hidden(element):
            parts.append(element.text or "")
        elif element.tag == qn("w:tab") and element.getparent().tag == qn("w:r"):
            parts.append("\t")
        elif element.tag in {qn("w:br"), qn("w:cr")}:
            parts.append("\n")
    return "".join(parts)


def _is_hidden(element: Any) -> bool:
    return any(above.tag in {qn("w:del"), qn("w:txbxContent"), qn("w:moveFrom")} for above in element.iterancestors())


def _number(paragraph: Any, counter: Counter, styles: dict[str, Any]) -> str:
    """The number of a paragraph that stands in a list, by itself or by its style."""
    properties = paragraph.find(qn("w:pPr"))
    if properties is None:
        return ""
    numbering = properties.find(qn("w:numPr"))
    style = properties.find(qn("w:pStyle"))
    for _ in range(10):
        if numbering is not None or style is None:
            break
        element = styles.get(style.get(qn("w:val")))
        numbering = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}") if element is not None else None
        style = element.find(qn("w:basedOn")) if element is not None else None
    if numbering is None:
        return ""
    list_id, depth = _value(numbering, "w:numId"), _value(numbering, "w:ilvl")
    return counter.next(list_id, int(depth or 0)) if list_id and list_id != "0" else ""


def _levels(document: Any) -> dict[str, dict[int, Level]]:
    """The levels of every list that the document defines."""
    try:
        root = document.part.numbering_part.element
    except NotImplementedError:  # it has no lists, and the library cannot make the part for them
        return {}
    kinds = {each.get(qn("w:abstractNumId")): each for each in root.findall(qn("w:abstractNum"))}
    found: dict[str, dict[int, Level]] = {}
    for entry in root.findall(qn("w:num")):
        kind = kinds.get(_value(entry, "w:abstractNumId"))
        levels = (
            {} if kind is None else {int(each.get(qn("w:ilvl"))): _level(each) for each in kind.findall(qn("w:lvl"))}
        )
        for override in entry.findall(qn("w:lvlOverride")):
            depth, start = int(override.get(qn("w:ilvl"))), _value(override, "w:startOverride")
            if depth in levels and start:
                levels[depth] = Level(levels[depth].style, levels[depth].text, int(start))
        found[entry.get(qn("w:numId"))] = levels
    return found


def _level(element: Any) -> Level:
    style, text = _value(element, "w:numFmt") or "decimal", _value(element, "w:lvlText") or ""
    return Level(style, text, int(_value(element, "w:start") or 1))


def _value(element: Any, name: str) -> str:
    child = element.find(qn(name))
    return str(child.get(qn("w:val")) or "") if child is not None else ""
