"""The measures of GB/T 9704—2012 as they stand in the file."""

import io

import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from PIL import Image

from partybuild.lib.official import Attendance, BarChart, Heading, Paragraph, Picture, Table, marks, styles

MM = 36_000


def rule(paragraph, side):
    return paragraph._p.pPr.find(qn("w:pBdr")).find(qn(f"w:{side}"))


def value(element, path, name="val"):
    """An attribute of the element below w:pPr or w:rPr of a paragraph, run or style."""
    for step in path.split("/"):
        element = element.find(qn(f"w:{step}"))
    return element.get(qn(f"w:{name}"))


def test_page_and_type_area(written):
    section = written().sections[0]

    assert (round(section.page_width / MM), round(section.page_height / MM)) == (210, 297)
    assert section.top_margin / MM == pytest.approx(37, abs=0.02)
    assert section.left_margin / MM == pytest.approx(28, abs=0.02)
    assert (section.page_width - section.left_margin - section.right_margin) / MM == pytest.approx(156, abs=0.02)
    assert (section.page_height - section.top_margin - section.bottom_margin) / MM == pytest.approx(225, abs=0.02)
    assert section._sectPr.find(qn("w:docGrid")) is None


def test_the_body_is_set_for_22_lines_of_28_characters(written):
    normal = written().styles["Normal"].element

    assert value(normal, "rPr/rFonts", "eastAsia") == "仿宋_GB2312"
    assert value(normal, "rPr/sz") == "32"
    assert value(normal, "rPr/spacing") == "-5"
    assert (value(normal, "pPr/spacing", "line"), value(normal, "pPr/spacing", "lineRule")) == ("579", "exact")
    assert 22 * 579 / 20 <= Mm(225).pt < 23 * 579 / 20
    assert 28 * (16 - 0.25) <= Mm(156).pt < 29 * (16 - 0.25)
    assert value(normal, "pPr/ind", "firstLine") == "630"
    assert value(normal, "pPr/widowControl") == "0"


@pytest.mark.parametrize(
    ("level", "font", "text"),
    [(1, "黑体", "一、甲"), (2, "楷体_GB2312", "（一）甲"), (3, "仿宋_GB2312", "1.甲"), (4, "仿宋_GB2312", "（1）甲")],
)
def test_headings_have_their_fonts_numbers_and_stay_with_what_follows(written, level, font, text):
    document = written(Heading(level, "甲"), Paragraph("乙"))
    heading = next(each for each in document.paragraphs if each.text.endswith("甲"))

    assert heading.text == text
    style = heading.style.element
    assert value(style, "rPr/rFonts", "eastAsia") == font
    assert value(style, "rPr/sz") == "32"
    assert value(style, "pPr/keepNext") == "1"
    assert value(style, "pPr/outlineLvl") == str(level - 1)


def test_the_head_mark_number_red_rule_title_addressee(written):
    mark, number, title, addressee, *_ = written().paragraphs

    assert mark.text == "示例工委文件"
    run = mark.runs[0]._r
    assert (value(run, "rPr/color"), value(run, "rPr/rFonts", "eastAsia")) == ("FF0000", "方正小标宋简体")
    assert int(value(mark._p, "pPr/spacing", "before")) / 20 == pytest.approx(Mm(35).pt, abs=0.1)
    assert value(mark._p, "pPr/jc") == "center"

    assert number.text == "示工〔2026〕3号"
    assert int(value(number._p, "pPr/spacing", "before")) == 2 * 579
    assert (rule(number, "bottom").get(qn("w:color")), rule(number, "bottom").get(qn("w:space"))) == ("FF0000", "11")

    assert title.style.name == styles.TITLE
    assert (value(title.style.element, "rPr/sz"), value(title.style.element, "rPr/rFonts", "eastAsia")) == (
        "44",
        "方正小标宋简体",
    )
    assert value(title.style.element, "pPr/jc") == "center"
    assert addressee.text == "各机关党委："
    assert value(addressee.style.element, "pPr/ind", "firstLine") == "0"


@pytest.mark.parametrize(("mark", "size"), [("示例", 48), ("某" * 12, 36.5), ("某" * 18, 24.5), ("某" * 40, 22)])
def test_the_mark_is_as_large_as_one_line_allows(written, mark, size):
    assert written(mark=mark).paragraphs[0].runs[0].font.size == Pt(size)


def test_the_date_stands_four_characters_from_the_right_and_the_signer_is_centred_on_it(written):
    signer, date = written().paragraphs[-2:]

    assert (signer.text, date.text) == ("示例工委", "2026年4月2日")
    rights = [int(value(each._p, "pPr/ind", "right")) / 315 for each in (signer, date)]
    assert rights[1] == 4
    assert rights[0] + 4 / 2 == pytest.approx(rights[1] + 6 / 2, abs=0.01)
    assert value(signer._p, "pPr/keepNext") == "1"


def test_a_long_signer_stays_on_the_page_and_moves_the_date_inwards(written):
    signer, date = written(signer="某" * 20).paragraphs[-2:]

    assert value(signer._p, "pPr/ind", "right") == "0"
    assert int(value(date._p, "pPr/ind", "right")) / 315 == pytest.approx(10 - 3, abs=0.01)


def test_a_short_last_paragraph_goes_with_the_signature_and_a_long_one_may_be_broken(written):
    short, long = written(Paragraph("短")), written(Paragraph("长" * 200))

    assert value(short.paragraphs[-3]._p, "pPr/keepNext") == "1"
    assert long.paragraphs[-3]._p.pPr is None


def test_attachments_are_numbered_only_when_there_are_several(written):
    one = [each.text for each in written(attachments=["清单。"]).paragraphs]
    two = [each for each in written(attachments=["清单", "名册"]).paragraphs if "单" in each.text or "册" in each.text]

    assert "附件：清单" in one
    assert [each.text for each in two] == ["附件：1. 清单", "2. 名册"]
    assert {value(each._p, "pPr/ind", "left") for each in two} == {str(6 * 315)}
    assert [value(each._p, "pPr/ind", "hanging") for each in two] == [str(4 * 315), str(315)]


def test_minutes_carry_issuer_and_date_above_the_rule_and_name_who_was_there(written):
    there = [Attendance("出席", "甲、乙"), Attendance("请假", "丙")]
    document = written(kind="minutes", mark="月调度会议纪要", number="第3期", addressee="", attendance=there)

    assert [each.text for each in document.paragraphs] == [
        "月调度会议纪要", "第3期", "\u3000示例工委\t2026年4月2日", "关于做好年度考核的通知",
        "一、总体情况", "情况良好。", "出席：甲、乙", "请假：丙",
    ]  # fmt: skip
    assert rule(document.paragraphs[2], "bottom").get(qn("w:color")) == "FF0000"
    assert value(document.paragraphs[-2].runs[0]._r, "rPr/rFonts", "eastAsia") == "黑体"


def test_the_imprint_stands_in_a_frame_at_the_foot_before_the_last_paragraph(written):
    document = written(copies="办公室", printed_by="工委办")
    *_, first, copies, between, printed, last, date = document.paragraphs

    assert (copies.text, printed.text, date.text) == ("抄送：办公室。", "工委办\t2026年4月2日印发", "2026年4月2日")
    for each in (first, copies, between, printed, last):
        frame = each._p.pPr.find(qn("w:framePr"))
        assert (frame.get(qn("w:yAlign")), frame.get(qn("w:vAnchor"))) == ("bottom", "margin")
        assert int(frame.get(qn("w:w"))) / 20 == pytest.approx(Mm(156).pt, abs=0.1)
    heights = [int(value(each._p, "pPr/spacing", "line")) for each in (first, between, last)]
    assert heights == [20, 14, 20]
    assert list(written().element.iter(qn("w:framePr"))) == []


def test_page_numbers_odd_right_even_left_between_dashes(written):
    document = written()
    section = document.sections[0]

    assert document.settings.odd_and_even_pages_header_footer is True
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        paragraph = footer.paragraphs[0]
        assert paragraph.text == "—  —"
        assert [each.text for each in paragraph._p.iter(qn("w:instrText"))] == [" PAGE "]
        assert value(paragraph._p, "pPr/jc") == side
        assert value(paragraph._p, "pPr/ind", side) == "280"
        assert {run.font.size for run in paragraph.runs} == {Pt(14)}
        assert value(paragraph.runs[0]._r, "rPr/rFonts", "eastAsia") == "宋体"
    # The upper edge of the number is 7 mm below the type area.
    assert (section.bottom_margin - section.footer_distance - Pt(14)) / MM == pytest.approx(7, abs=0.1)


TABLE = Table(
    "完成情况", ["单位", "率"], [[f"{n}局", f"{n}%"] for n in range(20)], alignments=["left", "right"], note="单位：项"
)


def test_a_table_repeats_its_heading_row_tears_no_row_and_fills_the_width(written):
    (table,) = written(TABLE).tables

    assert [[cell.text for cell in row.cells] for row in list(table.rows)[:2]] == [["单位", "率"], ["0局", "0%"]]
    headers = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert headers == [True] + [False] * 20
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert sum(column.width for column in table.columns) / MM == pytest.approx(156, abs=0.1)
    assert value(table.rows[1].cells[1].paragraphs[0]._p, "pPr/jc") == "right"
    assert value(table.rows[0].cells[0].paragraphs[0].runs[0]._r, "rPr/rFonts", "eastAsia") == "黑体"


def test_a_table_stays_with_its_title_and_a_small_one_on_one_page(written):
    document = written(TABLE)
    title = next(each for each in document.paragraphs if each.text == "完成情况")
    assert value(title.style.element, "pPr/keepNext") == "1"

    def kept(table):
        paragraphs = [row.cells[0].paragraphs[0]._p for row in table.rows]
        return [each.pPr.find(qn("w:keepNext")) is not None for each in paragraphs]

    assert kept(document.tables[0]) == [True] + [False] * 20
    assert kept(written(Table("", ["甲"], [["1"], ["2"]])).tables[0]) == [True, True, False]


def test_a_row_with_too_few_or_too_many_cells_is_made_to_fit(written):
    (table,) = written(Table("", ["甲", "乙"], [["1"], ["1", "2", "3"], []])).tables

    assert [[cell.text for cell in row.cells] for row in table.rows][1:] == [["1", ""], ["1", "2"], ["", ""]]


def test_widths_follow_the_shares_given_or_the_texts(written):
    (given,) = written(Table("", ["甲", "乙"], [["1", "2"]], widths=[1, 3])).tables
    (found,) = written(Table("", ["甲", "乙"], [["短", "很长的一个单位名称"]])).tables

    assert given.columns[1].width / given.columns[0].width == pytest.approx(3, abs=0.01)
    assert found.columns[1].width > 2 * found.columns[0].width


def test_bars_are_as_long_as_their_values(written):
    (table,) = written(
        BarChart("率", [("甲", 100, "100"), ("乙", 50, "50"), ("丙", 0, "0"), ("丁", 0.01, "0.01")])
    ).tables
    paragraphs = [row.cells[1].paragraphs[0]._p for row in table.rows]

    shaded = [each.pPr.find(qn("w:shd")) is not None for each in paragraphs]
    assert shaded == [True, True, False, True]
    rights = [int(value(paragraphs[number], "pPr/ind", "right")) for number in (0, 1, 3)]
    length = int(table.columns[1].width / 635) - marks.twips(Mm(2))
    assert rights[0] == 0
    assert rights[1] == pytest.approx(length / 2, abs=2)
    assert rights[1] < rights[2] < length
    assert [row.cells[2].text for row in table.rows] == ["100", "50", "0", "0.01"]


def test_a_picture_is_no_wider_than_the_text(written):
    stream = io.BytesIO()
    Image.new("RGB", (300, 100), "grey").save(stream, "png")
    document = written(Picture(stream.getvalue(), caption="示意图", width_mm=400))

    assert document.inline_shapes[0].width / MM == pytest.approx(156, abs=0.1)
    assert any(each.text == "示意图" for each in document.paragraphs)


def test_a_lead_stands_out(written):
    paragraph = next(each for each in written(Paragraph("正文", lead="提要。")).paragraphs if each.text == "提要。正文")

    assert value(paragraph.runs[0]._r, "rPr/rFonts", "eastAsia") == "楷体_GB2312"


def test_properties_stand_in_the_order_that_word_asks_for(written):
    document = written(
        TABLE,
        BarChart("率", [("甲", 1, "1")]),
        Paragraph("a", lead="b"),
        copies="甲",
        printed_by="乙",
        attachments=["丙"],
    )
    roots = [document.element, document.styles.element, document.sections[0].footer._element]

    for root in roots:
        for tag, order in (("pPr", marks._PARAGRAPH_ORDER), ("rPr", marks._RUN_ORDER)):
            for properties in root.iter(qn(f"w:{tag}")):
                places = [order.split().index(child.tag.rpartition("}")[2]) for child in properties]
                assert places == sorted(places)


def test_the_file_says_whose_it_is_and_not_which_tool_made_it(written):
    about = written().core_properties

    assert (about.title, about.author, about.comments) == ("关于做好年度考核的通知", "示例工委", "")
    assert about.created.date().isoformat() == "2026-04-02"


def test_hostile_text_stays_text(written):
    hostile = "<w:p/>&amp; \x00\x0b ]]> {{ 7*7 }}"
    table = Table(hostile, [hostile], [[hostile]])
    document = written(
        Paragraph(hostile), table, title=hostile, signer=hostile * 20, mark=hostile, attachments=[hostile]
    )

    shown = "<w:p/>&amp;  ]]> {{ 7*7 }}"
    assert shown in [each.text for each in document.paragraphs]
    assert document.tables[0].rows[1].cells[0].text == shown
