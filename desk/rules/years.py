"""The year of a member (个人档案) and of a branch (工作记录) as sections, and the document that they make. O08."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from partybuild.lib.official import Heading, OfficialDocument, Paragraph, Table
from partybuild.lib.official.content import Block

NOTHING = "本年度没有记录。"


@dataclass(frozen=True)
class Section:
    """A part of a year: figures in words, and rows drawn from records; ``links`` lead from a row to its record."""

    title: str
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    lead: str = ""
    links: Sequence[str] = ()
    is_personal: bool = False

    @property
    def linked_rows(self) -> list[tuple[str, Sequence[str]]]:
        """Each row with the address of its record, empty where it has none."""
        links = [*self.links, *[""] * (len(self.rows) - len(self.links))]
        return list(zip(links, self.rows, strict=True))


@dataclass(frozen=True)
class Year:
    """What one page shows: whose year, and its sections."""

    title: str
    subtitle: str
    year: int
    sections: Sequence[Section] = field(default_factory=tuple)


def document_of(year: Year, mark: str, on: date) -> OfficialDocument:
    """The year as a document, section by section; a section without records says so."""
    blocks: list[Block] = [Paragraph(year.subtitle)]
    for number, section in enumerate(year.sections):
        blocks += [Heading(1, section.title), *_blocks(section, number)]
    blocks.append(Paragraph(f"以上内容由平台根据记录自动汇总，截至{on.year}年{on.month}月{on.day}日。"))
    return OfficialDocument(kind="minutes", mark=mark, title=year.title, date=on, blocks=blocks)


def _blocks(section: Section, number: int) -> list[Block]:
    lead: list[Block] = [Paragraph(section.lead)] if section.lead else []
    if not section.rows:
        return lead or [Paragraph(NOTHING)]
    return [*lead, Table("", section.columns, [list(row) for row in section.rows])]


def share_text(part: int, whole: int) -> str:
    """A share in words of figures: 12/16（75.0 %）; a dash where there is nothing to compare."""
    return f"{part}/{whole}（{part / whole * 100:.1f} %）" if whole else "—"


def by_quarter(rows: Iterable[tuple[str, date]]) -> list[list[str]]:
    """Kinds of activity × quarters with their sum: ``[[党课, 1, 0, 2, 0, 3], …]`` in the order of first appearance."""
    counts: dict[str, list[int]] = {}
    for kind, day in rows:
        counts.setdefault(kind, [0, 0, 0, 0])[(day.month - 1) // 3] += 1
    return [[kind, *map(str, quarters), str(sum(quarters))] for kind, quarters in counts.items()]


def money(amount: Decimal | None) -> str:
    """Yuan to the fen; nought for nothing."""
    return f"{amount or Decimal(0):.2f}"
