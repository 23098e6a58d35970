"""Documents that hold a plan, as text."""

from typing import IO

from docx import Document
from docx.table import Table

from campaigns.rules.reading.shapes import ReadingError

_ENCODINGS = ("utf-8-sig", "gb18030")


def document_text(stream: IO[bytes], name: str) -> str:
    """The text of a ``.docx`` or ``.txt`` file; raises ``ReadingError`` for one that cannot be read."""
    if name.lower().endswith(".txt"):
        return _plain_text(stream.read())
    try:
        document = Document(stream)
    except Exception as error:
        raise ReadingError("文件不是 Word 文档或已经损坏，请重新保存为 .docx 后再上传。") from error
    lines = []
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            lines += ["\t".join(cell.text.strip() for cell in row.cells) for row in part.rows]
        else:
            lines.append(part.text)
    return "\n".join(lines)


def _plain_text(content: bytes) -> str:
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ReadingError("无法识别文字的编码，请另存为 UTF-8 编码的文本后再上传。")
