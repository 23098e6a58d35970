"""Letters of introduction and receipts as .docx."""

from io import BytesIO
from typing import Any

from docx.shared import Mm, Pt

from members.models import Transfer
from members.queries.units import unit_of
from members.rules import letters
from members.rules.letters import Introduced
from partybuild.lib.dates import day_text
from partybuild.lib.official import geometry as g
from partybuild.lib.official import marks, styles

_PITCH = Pt(22)
_CUT = "┄" * 26


def letter_file(transfer: Transfer) -> bytes:
    """存根, 介绍信 and 回执 on one page, to be cut apart. It holds the full identity number."""
    letter = _letter_of(transfer)
    day = day_text(letter.sent_on)
    document = _page()
    _part(document, "党员组织关系介绍信（存根）", letter.number, "", letters.stub(letter), letter.issuer, day)
    _cut(document)
    _part(document, "党员组织关系介绍信", letter.number, letter.destination, letters.body(letter), letter.issuer, day)
    for line in letters.contact(letter):
        _line(document, line)
    _cut(document)
    blank_day = f"{'　' * 3}年{'　' * 2}月{'　' * 2}日"
    _part(
        document,
        "党员组织关系介绍信（回执）",
        letter.number,
        letter.issuer,
        letters.receipt(letter),
        "（盖章）",
        blank_day,
    )
    return _written(document, f"{letter.name}组织关系介绍信")


def reply_file(transfer: Transfer) -> bytes:
    """The receipt for a letter that came from outside."""
    assert transfer.to_organization is not None
    assert transfer.effective_on is not None
    branch = transfer.to_organization
    lines = letters.reply(transfer.member.name, transfer.outside_letter, branch.name, transfer.effective_on)
    document = _page()
    _part(
        document, "党员组织关系介绍信（回执）", transfer.outside_letter, transfer.outside_name, lines,
        unit_of(branch).name, day_text(transfer.effective_on),
    )  # fmt: skip
    return _written(document, f"{transfer.member.name}组织关系回执")


def _letter_of(transfer: Transfer) -> Introduced:
    member, origin, issuer = transfer.member, transfer.from_organization, transfer.issuer
    assert origin is not None
    assert issuer is not None
    assert transfer.sent_on is not None
    assert transfer.expires_on is not None
    return Introduced(
        name=member.name, sex=member.get_sex_display(), ethnicity=member.ethnicity,
        kind=member.kind_on(transfer.sent_on).label, id_number=member.id_number, phone=member.phone,
        age=letters.age_on(member.born_on, transfer.sent_on), origin=origin.name, destination=transfer.outside_name,
        issuer=issuer.name, number=transfer.letter_label, sent_on=transfer.sent_on,
        valid_days=(transfer.expires_on - transfer.sent_on).days, dues_until=transfer.dues_until,
        reason=transfer.reason, issuer_phone=issuer.phone, destination_address=transfer.outside_address,
    )  # fmt: skip


def _page() -> Any:
    document = styles.blank_document()
    section = document.sections[0]
    section.top_margin = section.bottom_margin = Mm(15)
    return document


def _part(target: Any, title: str, number: str, addressee: str, lines: list[str], signer: str, day: str) -> None:
    heading = target.add_paragraph(style=styles.TITLE)
    marks.set_font(heading.add_run(title)._r, g.XIAOBIAOSONG, g.SIZE_3, tight=False)
    marks.set_exact_lines(heading._p, _PITCH, after=Pt(4))
    if number:
        marks.set_flag(_line(target, number, styles.ADDRESSEE)._p, "jc", "right")
    if addressee:
        _line(target, f"{addressee}：", styles.ADDRESSEE)
    for line in lines:
        _line(target, line)
    for text in (signer, day):
        signed = _line(target, text, styles.ADDRESSEE)
        marks.set_flag(signed._p, "jc", "right")
        marks.set_indent(signed._p, right=g.characters(2))


def _line(target: Any, text: str, style: str | None = None) -> Any:
    paragraph = target.add_paragraph(style=style)
    marks.set_font(paragraph.add_run(text)._r, g.FANGSONG, g.SIZE_4, tight=False)
    marks.set_exact_lines(paragraph._p, _PITCH)
    return paragraph


def _cut(target: Any) -> None:
    line = _line(target, _CUT, styles.ADDRESSEE)
    marks.set_exact_lines(line._p, _PITCH, before=Pt(6), after=Pt(6))
    marks.set_flag(line._p, "jc", "center")


def _written(document: Any, title: str) -> bytes:
    about = document.core_properties
    about.title, about.author, about.comments = title, "", ""
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()
