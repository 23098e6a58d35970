"""A year as sections and as a document."""

from datetime import date
from decimal import Decimal
from io import BytesIO

from docx import Document

from desk.rules.years import NOTHING, Section, Year, by_quarter, document_of, money, share_text
from partybuild.lib.official import write_document


def test_o08_kinds_by_quarter():
    rows = [
        ("党课", date(2026, 1, 31)),
        ("党课", date(2026, 4, 1)),
        ("支委会", date(2026, 12, 31)),
        ("党课", date(2026, 6, 30)),
    ]
    assert by_quarter(rows) == [["党课", "1", "2", "0", "0", "3"], ["支委会", "0", "0", "0", "1", "1"]]
    assert by_quarter([]) == []


def test_shares_and_money_in_words():
    assert share_text(12, 16) == "12/16（75.0 %）"
    assert share_text(0, 0) == "—"
    assert money(Decimal("12.5")) == "12.50"
    assert money(None) == "0.00"


def test_rows_beyond_the_links_have_none():
    section = Section("标题", ("一",), [["甲"], ["乙"]], links=["/a/"])
    assert section.linked_rows == [("/a/", ["甲"]), ("", ["乙"])]


def test_o08_the_document_holds_every_section():
    year = Year("一支部2026年度工作记录", "一支部，党员3名。", 2026, [
        Section("组织生活", ("类型", "合计"), [["党课", "3"]], "全年3次。"), Section("党费"),
    ])  # fmt: skip
    file = BytesIO()
    write_document(file, document_of(year, "党支部工作记录", date(2026, 11, 5)))
    document = Document(BytesIO(file.getvalue()))
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for wanted in ("一支部2026年度工作记录", "组织生活", "全年3次。", "党费", NOTHING, "截至2026年11月5日"):
        assert wanted in words
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "党课" in cells
