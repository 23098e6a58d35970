"""What stands above the body: mark, number, red rule, title, addressee (§ 7.2, 7.3.1, 7.3.2; § 10.3 for minutes)."""

from typing import Any

from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Pt

from partybuild.lib.dates import day_text
from partybuild.lib.official import geometry as g
from partybuild.lib.official import marks, styles
from partybuild.lib.official.content import OfficialDocument
from partybuild.lib.official.numbering import title_lines

_TITLE_CHARACTERS = int(g.TYPE_WIDTH.pt / g.SIZE_2)


def write_head(target: Any, document: OfficialDocument) -> None:
    """Write everything above the body."""
    _write_mark(target, document.mark)
    last = _write_number(target, document)
    marks.set_rule(last._p, side="bottom", width=g.RULE_WIDTH, colour=g.RED, distance=g.RULE_DISTANCE)
    _write_title(target, document.title)
    if document.addressee:
        target.add_paragraph(document.addressee.rstrip("：:") + "：", styles.ADDRESSEE)


def _write_mark(target: Any, text: str) -> None:
    """The red mark, its upper edge 35 mm below that of the type area, as large as one line allows."""
    size = max(marks.at_most(g.MARK_LARGEST, g.TYPE_WIDTH, len(text)), g.MARK_SMALLEST)
    paragraph = target.add_paragraph(style=styles.ADDRESSEE)
    run = paragraph.add_run(text)
    marks.set_font(run._r, g.XIAOBIAOSONG, size, colour=g.RED, tight=False)
    marks.set_exact_lines(paragraph._p, Pt(round(size * 1.2)), before=g.MARK_BEFORE)
    marks.set_flag(paragraph._p, "jc", "center")


def _write_number(target: Any, document: OfficialDocument) -> Any:
    """The number two lines below the mark; minutes have issuer and date on a line of their own below it."""
    paragraph = target.add_paragraph(document.number, styles.ADDRESSEE)
    marks.set_exact_lines(paragraph._p, g.LINE_PITCH, before=2 * g.LINE_PITCH)
    marks.set_flag(paragraph._p, "jc", "center")
    if not document.is_minutes:
        return paragraph
    line = target.add_paragraph(style=styles.ADDRESSEE)
    line.paragraph_format.tab_stops.add_tab_stop(g.TYPE_WIDTH - g.characters(1), WD_TAB_ALIGNMENT.RIGHT)
    # A blank and not an indent: the rule below goes over the whole width.
    line.add_run(f"\u3000{document.signer}\t{day_text(document.date)}")
    marks.set_flag(line._p, "jc", "left")
    return line


def _write_title(target: Any, text: str) -> None:
    """The title two lines below the rule and one above the text, broken into lines of about the same length."""
    paragraph = target.add_paragraph(style=styles.TITLE)
    for number, line in enumerate(title_lines(text, _TITLE_CHARACTERS)):
        run = paragraph.add_run()
        if number:
            run.add_break()
        run.add_text(line)
    marks.set_exact_lines(paragraph._p, Pt(32), before=2 * g.LINE_PITCH, after=g.LINE_PITCH)
