"""What a document says, without how it looks. Pure, and storable as JSON."""

import datetime
import re
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, is_dataclass, replace
from typing import Any, Literal

Alignment = Literal["left", "center", "right"]
MINUTES = "minutes"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 4. Its number is set by the writer: 一、（一） 1. （1）."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the body. The lead is a first sentence that stands out."""

    text: str
    lead: str = ""


@dataclass(frozen=True)
class Table:
    """A table over the width of the page; its heading row is repeated. Widths are shares; without any, texts decide."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    alignments: Sequence[Alignment] = ()
    widths: Sequence[float] = ()
    note: str = ""


@dataclass(frozen=True)
class BarChart:
    """Bars to compare, each with its label, its value and the text of the value; legible in grey."""

    title: str
    bars: Sequence[tuple[str, float, str]]
    # The value of a full bar; without it the largest is full.
    full: float | None = None


@dataclass(frozen=True)
class Picture:
    """A picture, PNG or JPEG, as wide as said, at most as wide as the text."""

    content: bytes
    caption: str = ""
    width_mm: float = 150


Block = Heading | Paragraph | Table | BarChart | Picture


@dataclass(frozen=True)
class Attendance:
    """Who was there, for minutes: 出席, 请假 or 列席, and the names."""

    label: str
    names: str


@dataclass(frozen=True)
class OfficialDocument:
    """A document. The kind is ``minutes`` for the form of 纪要, anything else for the ordinary form.

    ``mark`` is the red line on top (发文机关标志), ``number`` 〔2026〕1号 or 第3期, ``signer`` the issuer as signed,
    ``copies`` whom it is copied to, ``printed_by`` and ``printed_on`` the last line of all.
    """

    kind: str
    mark: str
    title: str
    date: datetime.date
    number: str = ""
    addressee: str = ""
    blocks: Sequence[Block] = ()
    signer: str = ""
    attachments: Sequence[str] = ()
    attendance: Sequence[Attendance] = ()
    copies: str = ""
    printed_by: str = ""
    printed_on: datetime.date | None = None

    @property
    def is_minutes(self) -> bool:
        return self.kind == MINUTES


def cleaned(value: Any) -> Any:
    """The document, or a part of it, without characters that XML cannot hold."""
    if isinstance(value, str):
        return _CONTROL.sub("", value)
    if isinstance(value, list | tuple):
        return type(value)(cleaned(each) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{each.name: cleaned(getattr(value, each.name)) for each in fields(value)})
    return value


_BLOCKS: dict[str, type[Block]] = {
    "heading": Heading,
    "paragraph": Paragraph,
    "table": Table,
    "bar_chart": BarChart,
    "picture": Picture,
}
_NAMES = {block: name for name, block in _BLOCKS.items()}


def as_dict(document: OfficialDocument) -> dict[str, Any]:
    """The document as JSON takes it."""
    content = asdict(replace(document, blocks=(), attendance=()))
    content["blocks"] = [_block_as_dict(block) for block in document.blocks]
    content["attendance"] = [asdict(each) for each in document.attendance]
    content["date"] = document.date.isoformat()
    content["printed_on"] = document.printed_on.isoformat() if document.printed_on else None
    return content


def from_dict(content: dict[str, Any]) -> OfficialDocument:
    """The document that ``as_dict`` gave."""
    known = {each.name for each in fields(OfficialDocument)}
    values = {name: value for name, value in content.items() if name in known}
    values["blocks"] = [_block(block) for block in content.get("blocks", ())]
    values["attendance"] = [Attendance(**each) for each in content.get("attendance", ())]
    values["date"] = datetime.date.fromisoformat(content["date"])
    printed_on = content.get("printed_on")
    values["printed_on"] = datetime.date.fromisoformat(printed_on) if printed_on else None
    return OfficialDocument(**values)


def _block_as_dict(block: Block) -> dict[str, Any]:
    values = {"type": _NAMES[type(block)], **asdict(block)}
    if isinstance(block, Picture):
        values["content"] = b64encode(block.content).decode()
    return values


def _block(content: dict[str, Any]) -> Block:
    values = dict(content)
    kind = _BLOCKS[values.pop("type")]
    if kind is BarChart:
        values["bars"] = [(label, value, text) for label, value, text in values["bars"]]
    if kind is Picture:
        values["content"] = b64decode(values["content"])
    return kind(**values)
