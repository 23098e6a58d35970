"""What stands below the body: attachments, signature, attendance, imprint, page numbers (§ 7.3.4–7.3.8, 7.4, 7.5)."""

from typing import Any

from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Length

from partybuild.lib.dates import day_text
from partybuild.lib.official import geometry as g
from partybuild.lib.official import marks, styles
from partybuild.lib.official.content import Attendance, OfficialDocument
from partybuild.lib.official.numbering import breadth

_DATE_FROM_RIGHT = 4
_SHORT = 28 * 4


def write_tail(target: Any, document: OfficialDocument) -> None:
    """Write everything below the body."""
    _keep_last_with_next(target)
    for number, name in enumerate(document.attachments, 1):
        _write_attachment(target, number, name, len(document.attachments))
    for number, each in enumerate(document.attendance):
        _write_attendance(target, each, is_first=number == 0)
    if not document.is_minutes:
        _write_signature(target, document)
    if document.copies or document.printed_by:
        _write_imprint(target, document)


def write_page_numbers(section: Any) -> None:
    """— 1 —, on odd pages at the right, on even ones at the left, one character from the edge."""
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style = styles.IMPRINT
        runs = [paragraph.add_run("— "), *marks.field(paragraph, "PAGE"), paragraph.add_run(" —")]
        for run in runs:
            marks.set_font(run._r, g.SONGTI, g.SIZE_4, latin=g.SONGTI, tight=False)
        marks.set_flag(paragraph._p, "jc", side)
        marks.set_indent(paragraph._p, **{side: g.Pt(g.SIZE_4)})
        marks.set_exact_lines(paragraph._p, g.FOOTER_LINE)


def _keep_last_with_next(target: Any) -> None:
    """The signature never stands alone on a page: a short last paragraph goes with it.

    A long one is left alone, for LibreOffice would not break it between two pages any more.
    """
    if len(target.paragraphs[-1].text) < _SHORT:
        marks.set_flag(target.paragraphs[-1]._p, "keepNext")


def _write_attachment(target: Any, number: int, name: str, count: int) -> None:
    """附件：1. …; the names stand below one another, and so do their further lines."""
    lead = "附件：" if number == 1 else ""
    mark = f"{number}. " if count > 1 else ""
    paragraph = target.add_paragraph(f"{lead}{mark}{name.rstrip('。；;')}")
    marks.set_flag(paragraph._p, "keepNext")
    hang = 3 * (number == 1) + (count > 1)
    marks.set_indent(paragraph._p, left=g.characters(5 + (count > 1)), first=-g.characters(hang))
    before = g.LINE_PITCH if number == 1 else 0
    marks.set_exact_lines(paragraph._p, g.LINE_PITCH, before=before)


def _write_attendance(target: Any, each: Attendance, *, is_first: bool) -> None:
    """出席：… in 黑体, one line below the body; further lines stand below the names."""
    paragraph = target.add_paragraph()
    label = f"{each.label}："
    marks.set_font(paragraph.add_run(label)._r, g.HEITI, g.SIZE_3)
    paragraph.add_run(each.names)
    marks.set_indent(paragraph._p, left=g.characters(2 + len(label)), first=-g.characters(len(label)))
    marks.set_exact_lines(paragraph._p, g.LINE_PITCH, before=g.LINE_PITCH if is_first else 0)


def _write_signature(target: Any, document: OfficialDocument) -> None:
    """The date four characters from the right and the signer above it, centred on one another: room for a seal."""
    text = day_text(document.date)
    overhang = (breadth(document.signer) - breadth(text)) / 2
    date_right = max(_DATE_FROM_RIGHT, overhang)
    if document.signer:
        signer = _write_at_right(target, document.signer, date_right - overhang)
        marks.set_exact_lines(signer._p, g.LINE_PITCH, before=2 * g.LINE_PITCH)
        marks.set_flag(signer._p, "keepNext")
    date = _write_at_right(target, text, date_right)
    if not document.signer:
        marks.set_exact_lines(date._p, g.LINE_PITCH, before=2 * g.LINE_PITCH)


def _write_at_right(target: Any, text: str, characters: float) -> Any:
    paragraph = target.add_paragraph(text)
    marks.set_indent(paragraph._p, right=g.characters(characters))
    marks.set_flag(paragraph._p, "jc", "right")
    return paragraph


def _write_imprint(target: Any, document: OfficialDocument) -> None:
    """Copies and printing between rules, at the foot of the last page."""
    anchor = target.paragraphs[-1]
    _write_rule(anchor, g.IMPRINT_THICK)
    if document.copies:
        copies = _write_in_frame(anchor, f"抄送：{document.copies.rstrip('。')}。")
        marks.set_indent(
            copies._p, left=4 * g.IMPRINT_CHARACTER, right=g.IMPRINT_CHARACTER, first=-3 * g.IMPRINT_CHARACTER
        )
    if document.copies and document.printed_by:
        _write_rule(anchor, g.IMPRINT_THIN)
    if document.printed_by:
        printed_on = day_text(document.printed_on or document.date)
        printed = _write_in_frame(anchor, f"{document.printed_by}\t{printed_on}印发")
        printed.paragraph_format.tab_stops.add_tab_stop(g.TYPE_WIDTH - g.IMPRINT_CHARACTER, WD_TAB_ALIGNMENT.RIGHT)
        marks.set_indent(printed._p, left=g.IMPRINT_CHARACTER)
        marks.set_flag(printed._p, "jc", "left")
    _write_rule(anchor, g.IMPRINT_THICK)


def _write_rule(anchor: Any, width: Length) -> None:
    """A shaded paragraph as high as the rule is wide: LibreOffice sets no frame whose paragraphs have borders."""
    rule = _write_in_frame(anchor, "")
    marks.set_exact_lines(rule._p, width)
    marks.put(rule._p.get_or_add_pPr(), marks.element("shd", val="clear", color="auto", fill="000000"))


def _write_in_frame(anchor: Any, text: str) -> Any:
    """A paragraph in a frame at the foot of the type area. It belongs to the anchor, so it stands on the last page."""
    paragraph = anchor.insert_paragraph_before(text, styles.IMPRINT)
    frame = marks.element(
        "framePr",
        w=marks.twips(g.TYPE_WIDTH),
        wrap="notBeside",
        vAnchor="margin",
        hAnchor="margin",
        xAlign="left",
        yAlign="bottom",
    )
    marks.put(paragraph._p.get_or_add_pPr(), frame)
    return paragraph
