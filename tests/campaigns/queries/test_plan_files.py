"""The text of plans' files."""

import zipfile
from io import BytesIO

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from campaigns.queries.plan_files import plan_text, stream_text
from campaigns.rules.reading.shapes import ReadingError
from partybuild.lib.uploads.kinds import UploadError

TEXT = "一、任务\n每月一次。"
NUMBERING = """<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:abstractNum w:abstractNumId="90">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
</w:abstractNum><w:num w:numId="90"><w:abstractNumId w:val="90"/></w:num></w:numbering>"""


def saved(tmp_path, document, name="plan.docx"):
    path = tmp_path / name
    document.save(str(path))
    return path


def numbered(document, text, depth):
    paragraph = document.add_paragraph(text)
    properties = OxmlElement("w:numPr")
    for tag, value in (("w:ilvl", depth), ("w:numId", 90)):
        child = OxmlElement(tag)
        child.set(qn("w:val"), str(value))
        properties.append(child)
    paragraph._p.get_or_add_pPr().append(properties)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_x01_plain_text_in_the_usual_encodings(tmp_path, encoding):
    path = tmp_path / "plan.txt"
    path.write_bytes(TEXT.encode(encoding))

    assert plan_text(path, "plan.txt") == TEXT


def test_x01_word_shows_its_own_numbers_and_rows_of_tables(tmp_path):
    document = docx.Document()
    root = docx.oxml.parse_xml(NUMBERING)
    for element in root:
        document.part.numbering_part.element.append(element)
    for text, depth in (("任务", 0), ("学习", 1), ("管理", 1), ("保障", 0), ("领导", 1)):
        numbered(document, text, depth)
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "定级", "3月底前"

    assert plan_text(saved(tmp_path, document), "plan.docx").split("\n")[:6] == [
        "一、任务", "1.学习", "2.管理", "二、保障", "1.领导", "定级 ｜ 3月底前",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["plan.doc", "plan.pdf", "plan"])
def test_x01_other_files_are_not_taken(tmp_path, name):
    path = tmp_path / "file"
    path.write_bytes(b"text")

    with pytest.raises(UploadError):
        plan_text(path, name)


def test_x01_entities_and_bombs_are_refused(tmp_path):
    document = saved(tmp_path, docx.Document())
    entities, bomb = tmp_path / "entities.docx", tmp_path / "bomb.docx"
    with zipfile.ZipFile(document) as source, zipfile.ZipFile(entities, "w") as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "word/document.xml":
                content = content.replace(b"?>", b'?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hosts">]>', 1)
            target.writestr(entry.filename, content)
    with zipfile.ZipFile(document) as source, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            target.writestr(entry.filename, source.read(entry))
        target.writestr("word/media/zero.xml", b"0" * 60_000_000)

    for path in (entities, bomb):
        with pytest.raises(UploadError):
            plan_text(path, path.name)


def test_x01_a_damaged_document_says_what_to_do():
    with pytest.raises(ReadingError, match="重新保存"):
        stream_text(BytesIO(b"PK\x03\x04 no archive"), "plan.docx")
