"""The blocks of the body: headings, paragraphs, tables, bars, pictures."""

import io
from collections.abc import Sequence
from typing import Any

from docx.shared import Mm, Pt

from partybuild.lib.official import geometry as g
from partybuild.lib.official import marks, styles, tables
from partybuild.lib.official.content import BarChart, Block, Heading, Paragraph, Picture, Table
from partybuild.lib.official.numbering import HeadingNumbers


def write_blocks(target: Any, blocks: Sequence[Block]) -> None:
    """Write the blocks in order; headings are numbered."""
    numbers = HeadingNumbers()
    for block in blocks:
        match block:
            case Heading(level, text):
                target.add_paragraph(numbers.next(level) + text, styles.HEADINGS[level - 1])
            case Paragraph():
                _write_paragraph(target, block)
            case Table():
                _write_table(target, block)
            case BarChart():
                _write_caption(target, block.title)
                tables.add_bars(target, block)
                _write_gap(target)
            case Picture():
                _write_picture(target, block)


def _write_paragraph(target: Any, block: Paragraph) -> None:
    paragraph = target.add_paragraph()
    if block.lead:
        marks.set_font(paragraph.add_run(block.lead)._r, g.KAITI, g.SIZE_3)
    paragraph.add_run(block.text)


def _write_table(target: Any, block: Table) -> None:
    _write_caption(target, block.title)
    if block.note:
        note = target.add_paragraph(block.note, styles.CELL)
        marks.set_flag(note._p, "jc", "right")
        marks.set_flag(note._p, "keepNext")
    tables.add_table(target, block)
    _write_gap(target)


def _write_caption(target: Any, text: str) -> None:
    if text:
        caption = target.add_paragraph(text, styles.TABLE_TITLE)
        marks.set_exact_lines(caption._p, g.LINE_PITCH, before=Pt(6))


def _write_picture(target: Any, block: Picture) -> None:
    paragraph = target.add_paragraph(style=styles.CELL)
    width = min(Mm(block.width_mm), g.TYPE_WIDTH)
    paragraph.add_run().add_picture(io.BytesIO(block.content), width=width)
    marks.set_natural_lines(paragraph._p, before=Pt(6), after=Pt(6))
    marks.set_flag(paragraph._p, "jc", "center")
    if block.caption:
        marks.set_flag(paragraph._p, "keepNext")
        caption = target.add_paragraph(block.caption, styles.TABLE_TITLE)
        marks.set_flag(caption._p, "keepNext", 0)


def _write_gap(target: Any) -> None:
    """A little white below a table, which has no spacing of its own."""
    gap = target.add_paragraph(style=styles.CELL)
    marks.set_exact_lines(gap._p, Pt(10))
