"""Tables over the whole width, and bars drawn as a table: no picture, no font to look for, and sharp on paper."""

from collections.abc import Sequence
from typing import Any

from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt

from partybuild.lib.official import geometry as g
from partybuild.lib.official import marks, styles
from partybuild.lib.official.content import BarChart, Table

_LINE = 4  # eighths of a point
_SMALL_TABLE = 8  # rows that are kept on one page
_GREY = "7F7F7F"
_LABEL_SHARE, _BAR_SHARE = 0.32, 0.54


def add_table(target: Any, block: Table) -> None:
    """A table with a heading row that stands on each page; no row is torn between two pages."""
    columns = len(block.columns)
    rows = [[*map(str, row), *[""] * (columns - len(row))][:columns] for row in block.rows]
    table = _new_table(target, len(rows) + 1, _widths(block, rows), border=True)
    size = g.SIZE_SMALL_4 if columns <= 7 else g.SIZE_5
    alignments = [*block.alignments, *["left"] * columns][:columns]
    for number, (row, texts) in enumerate(zip(table.rows, [list(block.columns), *rows], strict=True)):
        is_heading = number == 0
        _keep_row_whole(row, is_heading)
        for cell, text, alignment in zip(row.cells, texts, alignments, strict=True):
            paragraph = _write_cell(cell, text, "center" if is_heading else alignment, size)
            if is_heading:
                marks.set_font(paragraph.runs[0]._r, g.HEITI, size, tight=False)
    _keep_together(table, len(rows) if len(rows) <= _SMALL_TABLE else 1)


def add_bars(target: Any, block: BarChart) -> None:
    """Grey bars: paragraphs with a shade, indented from the right by what is lacking to the full length."""
    widths = [g.TYPE_WIDTH * share for share in (_LABEL_SHARE, _BAR_SHARE, 1 - _LABEL_SHARE - _BAR_SHARE)]
    full = block.full or max((value for _, value, _ in block.bars), default=0) or 1
    table = _new_table(target, len(block.bars), widths, border=False)
    for row, (label, value, text) in zip(table.rows, block.bars, strict=True):
        _keep_row_whole(row, is_heading=False)
        _write_cell(row.cells[0], label, "right", g.SIZE_SMALL_4)
        _write_bar(row.cells[1], min(max(value / full, 0), 1), widths[1] - Mm(2))
        _write_cell(row.cells[2], text, "left", g.SIZE_SMALL_4)
    _keep_together(table, len(block.bars) - 1 if len(block.bars) <= 2 * _SMALL_TABLE else 0)


def _write_bar(cell: Any, share: float, width: float) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style = styles.CELL
    marks.set_exact_lines(paragraph._p, Pt(11), before=Pt(4), after=Pt(4))
    if share > 0:
        # A bar too short to be seen is still told from none.
        marks.set_indent(paragraph._p, right=Length(round(min((1 - share) * width, width - Mm(0.6)))))
        marks.put(paragraph._p.get_or_add_pPr(), marks.element("shd", val="clear", color="auto", fill=_GREY))


def _write_cell(cell: Any, text: str, alignment: str, size: float) -> Any:
    paragraph = cell.paragraphs[0]
    paragraph.style = styles.CELL
    run = paragraph.add_run(text)
    if size != g.SIZE_SMALL_4:
        marks.set_font(run._r, g.FANGSONG, size, tight=False)
    if alignment != "left":
        marks.set_flag(paragraph._p, "jc", alignment)
    cell._tc.get_or_add_tcPr().append(marks.element("vAlign", val="center"))
    return paragraph


def _new_table(target: Any, rows: int, widths: Sequence[float], *, border: bool) -> Any:
    table = target.add_table(rows, len(widths))
    table.autofit = False
    properties = table._tbl.tblPr
    for tag in ("tblStyle", "tblW", "tblBorders", "tblLook"):
        for old in properties.findall(qn(f"w:{tag}")):
            properties.remove(old)
    properties.insert(0, marks.element("tblW", w=marks.twips(g.TYPE_WIDTH), type="dxa"))
    properties.insert(1, marks.element("jc", val="center"))
    if border:
        properties.insert(2, _borders())
    properties.append(_margins())
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.w = Length(round(width))
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Length(round(width))
    return table


def _borders() -> Any:
    borders = marks.element("tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(marks.element(side, val="single", sz=_LINE, space=0, color="000000"))
    return borders


def _margins() -> Any:
    margins = marks.element("tblCellMar")
    for side, width in (("top", Mm(0.7)), ("left", Mm(1)), ("bottom", Mm(0.7)), ("right", Mm(1))):
        margins.append(marks.element(side, w=marks.twips(width), type="dxa"))
    return margins


def _keep_row_whole(row: Any, is_heading: bool) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(marks.element("cantSplit"))
    if is_heading:
        properties.append(marks.element("tblHeader"))


def _keep_together(table: Any, rows: int) -> None:
    """The first so many rows stay with the one below."""
    for row in list(table.rows)[: max(rows, 0)]:
        for cell in row.cells:
            marks.set_flag(cell.paragraphs[0]._p, "keepNext")


def _widths(block: Table, rows: Sequence[Sequence[str]]) -> list[float]:
    """Widths by the shares given, else by the longest text of each column, within bounds."""
    shares = list(block.widths) or [
        min(max(_breadth(text) for text in column), 34.0) + 2 for column in zip(block.columns, *rows, strict=True)
    ]
    return [g.TYPE_WIDTH * share / sum(shares) for share in shares]


def _breadth(text: str) -> float:
    """In halves of a Chinese character, at least four."""
    return max(4.0, sum(1 if char.isascii() else 2 for char in text))
