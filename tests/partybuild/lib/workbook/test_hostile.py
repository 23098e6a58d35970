"""security.md rows 22 and 33: whatever is sent, it is refused within seconds, with a sentence that says what to do."""

import contextlib
import io
import time
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from PIL import Image

from partybuild.lib.workbook import Column, WorkbookError, guard, parsing, read_table

FILES = Path(__file__).with_name("files")
COLUMNS = [Column("name", "姓名", required=True), Column("branch", "党支部")]
SHEET = "xl/worksheets/sheet1.xml"


def good():
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet("表")
    sheet.write_row(0, 0, ["姓名", "党支部"])
    sheet.write_row(1, 0, ["甲", "一支部"])
    book.close()
    return stream.getvalue()


def changed(part, change):
    """A good workbook with one part changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good())) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            new.writestr(entry.filename, change(content) if entry.filename == part else content)
    return stream.getvalue()


def with_entry(name, content):
    stream = io.BytesIO(good())
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return stream.getvalue()


def far_cell(cell):
    row = "".join(filter(str.isdigit, cell))
    added = f'<row r="{row}"><c r="{cell}"><v>1</v></c></row></sheetData>'.encode()
    return changed(SHEET, lambda xml: xml.replace(b"</sheetData>", added))


def entity_bomb():
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    kind = f'<!DOCTYPE x [<!ENTITY e0 "ha">{levels}]>'.encode()
    return changed(
        "xl/sharedStrings.xml", lambda xml: xml.replace(b"<sst", kind + b"<sst").replace("甲".encode(), b"&e9;")
    )


def external_entity():
    kind = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    return changed(
        "xl/sharedStrings.xml", lambda xml: xml.replace(b"<sst", kind + b"<sst").replace("甲".encode(), b"&e;")
    )


def encrypted_entries():
    content = bytearray(good())
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = content.find(mark)
        while at >= 0:
            content[at + offset] |= 1
            at = content.find(mark, at + 4)
    return bytes(content)


def document():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
    return stream.getvalue()


def picture():
    stream = io.BytesIO()
    Image.new("RGB", (20, 20)).save(stream, "png")
    return stream.getvalue()


def endless_tag():
    return changed(SHEET, lambda xml: xml.replace(b"<sheetData>", b"<sheetData><row " + b'x="1" ' * 300_000))


def text_of_a_member_register():
    return "姓名,党支部\r\n甲,一支部\r\n".encode("gb18030")


FAR = "表格内容到了第 {} 行、第 {} 列，最多可读取 250000 行、200 列。请删除多余的行和列后再上传。"


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        pytest.param(lambda: b"", guard.EMPTY_FILE, id="nothing"),
        pytest.param(text_of_a_member_register, guard.TEXT, id="csv in gb18030"),
        pytest.param(lambda: "姓名\t党支部\n".encode("utf-16"), guard.TEXT, id="text in utf-16"),
        pytest.param(lambda: b"\xef\xbb\xbf <HTML><table></table>", guard.WEB_PAGE, id="web page"),
        pytest.param(
            lambda: b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            guard.OTHER_FORMAT,
            id="xml spreadsheet of 2003",
        ),
        pytest.param(picture, guard.NOT_EXCEL, id="picture"),
        pytest.param(document, guard.NOT_EXCEL, id="word document"),
        pytest.param(lambda: (FILES / "roster.ods").read_bytes(), guard.OTHER_FORMAT, id="ods"),
        pytest.param(lambda: with_entry("xl/workbook.bin", b"x"), guard.OTHER_FORMAT, id="xlsb"),
        pytest.param(lambda: (FILES / "locked.xlsx").read_bytes(), guard.LOCKED, id="locked xlsx"),
        pytest.param(lambda: (FILES / "locked.xls").read_bytes(), guard.LOCKED, id="locked xls"),
        pytest.param(encrypted_entries, guard.LOCKED, id="locked zip"),
        pytest.param(lambda: good()[:-200], guard.DAMAGED, id="truncated xlsx"),
        pytest.param(lambda: (FILES / "roster.xls").read_bytes()[:2500], guard.NOT_EXCEL, id="truncated xls"),
        pytest.param(lambda: b"PK\x03\x04" + bytes(500), guard.DAMAGED, id="zip in its first bytes only"),
        pytest.param(lambda: guard._OLE + bytes(5000), guard.NOT_EXCEL, id="ole in its first bytes only"),
        pytest.param(lambda: changed(SHEET, lambda xml: xml[:-60]), guard.DAMAGED, id="cut xml"),
        pytest.param(lambda: changed(SHEET, lambda xml: b"\xff\xfe" * 400), guard.DAMAGED, id="bytes for xml"),
        pytest.param(entity_bomb, guard.DAMAGED, id="entity bomb"),
        pytest.param(external_entity, guard.DAMAGED, id="external entity"),
        pytest.param(endless_tag, guard.DAMAGED, id="endless tag"),
        pytest.param(lambda: with_entry(SHEET, b"<x/>"), guard.DAMAGED, id="two parts of one name"),
        pytest.param(lambda: with_entry("xl/media/a.bin", bytes(150_000_000)), guard.BOMB, id="zip bomb"),
        pytest.param(lambda: far_cell("XFD1048576"), FAR.format(1048576, 16384), id="farthest cell"),
        pytest.param(lambda: far_cell("A250001"), FAR.format(250001, 2), id="one row too many"),
        pytest.param(lambda: far_cell("GS3"), FAR.format(3, 201), id="one column too many"),
        pytest.param(lambda: far_cell("GR200000"), parsing.TOO_MUCH, id="few cells, far apart"),
        pytest.param(lambda: far_cell("AA999999"), FAR.format(999999, 27), id="far below, in a wide sheet"),
    ],
)  # fmt: skip
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_r22_r33_a_bad_file_is_refused_in_seconds_with_its_reason(tmp_path, make, reason):
    path = tmp_path / "名册.xlsx"
    path.write_bytes(make())

    started = time.monotonic()
    with pytest.raises(WorkbookError) as refused:
        read_table(path, COLUMNS)

    assert str(refused.value) == reason
    assert time.monotonic() - started < 5


def test_r22_too_many_entries_are_refused(tmp_path):
    path = tmp_path / "many.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(5001):
            archive.writestr(f"xl/{number}.xml", b"")

    with pytest.raises(WorkbookError, match="解压后过大"):
        read_table(path, COLUMNS)


def test_r22_a_file_over_the_size_is_refused_unread(tmp_path):
    path = tmp_path / "large.xlsx"
    with path.open("wb") as stream:
        stream.truncate(guard.MAX_BYTES + 1)

    with pytest.raises(WorkbookError, match=r"^文件超过 50 MB，请拆分后再上传。$"):
        read_table(path, COLUMNS)


def test_r22_a_far_cell_hidden_from_the_look_beforehand_only_ends_the_child(tmp_path, monkeypatch):
    """The second line of defence: without the look at the cells the parser runs into the memory limit."""
    monkeypatch.setattr(parsing, "MAX_ROWS", 2_000_000)
    monkeypatch.setattr(parsing, "MAX_COLUMNS", 20_000)
    path = tmp_path / "far.xlsx"
    path.write_bytes(far_cell("XFD1048576"))

    started = time.monotonic()
    with pytest.raises(WorkbookError) as refused:
        read_table(path, COLUMNS)

    assert str(refused.value) == parsing.TOO_MUCH
    assert time.monotonic() - started < 5


def test_r22_a_file_that_takes_too_long_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(parsing, "SECONDS", 0.01)
    path = tmp_path / "slow.xlsx"
    path.write_bytes(good())

    with pytest.raises(WorkbookError) as refused:
        read_table(path, COLUMNS)
    assert str(refused.value) == parsing.TOO_SLOW


def test_r22_a_look_at_the_cells_takes_no_longer_for_tags_that_never_end(tmp_path):
    path = tmp_path / "open.xlsx"
    path.write_bytes(changed(SHEET, lambda xml: xml.replace(b"<sheetData>", b"<sheetData>" + b"<c " * 600_000)))

    started = time.monotonic()
    with contextlib.suppress(WorkbookError):
        read_table(path, COLUMNS)
    assert time.monotonic() - started < 5


def test_an_empty_formatted_cell_far_out_is_no_reason_to_refuse(tmp_path):
    added = b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    path = tmp_path / "formatted.xlsx"
    path.write_bytes(changed(SHEET, lambda xml: xml.replace(b"</sheetData>", added)))

    assert [row.get("name") for row in read_table(path, COLUMNS).rows] == ["甲"]


def test_a_good_file_of_the_same_making_is_read(tmp_path):
    path = tmp_path / "good.xlsx"
    path.write_bytes(changed(SHEET, lambda xml: xml))

    assert [row.get("name") for row in read_table(path, COLUMNS).rows] == ["甲"]
