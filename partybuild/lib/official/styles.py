"""The page and the styles of a document. Staff see the styles by these names in WPS and Word."""

from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Pt

from partybuild.lib.official import geometry as g
from partybuild.lib.official import marks

TITLE, ADDRESSEE, TABLE_TITLE, CELL, IMPRINT = "公文标题", "公文主送", "公文表题", "公文表格", "公文版记"
HEADINGS = ("公文一级标题", "公文二级标题", "公文三级标题", "公文四级标题")
_HEADING_FONTS = (g.HEITI, g.KAITI, g.FANGSONG, g.FANGSONG)
_KEPT = {"Normal", "Default Paragraph Font", "Normal Table", "No List"}
_COMPATIBILITY = 15


def blank_document() -> Any:
    """An empty document with the page of the standard and no styles but ours."""
    document = docx.Document()
    _drop_what_the_template_brings(document)
    _set_page(document)
    _set_settings(document)
    _set_normal(document.styles["Normal"])
    _add_styles(document.styles)
    return document


def _drop_what_the_template_brings(document: Any) -> None:
    for style in list(document.styles.element.iterchildren(qn("w:style"))):
        if style.name_val not in _KEPT:
            document.styles.element.remove(style)
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del package.rels[key]
    for key, relation in list(document.part.rels.items()):
        if relation.reltype.endswith(("/stylesWithEffects", "/customXml", "/numbering")):
            del document.part.rels[key]


def _set_page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = g.PAGE_WIDTH, g.PAGE_HEIGHT
    section.top_margin, section.bottom_margin = g.TOP, g.BOTTOM
    section.left_margin, section.right_margin = g.LEFT, g.RIGHT
    section.footer_distance, section.header_distance = g.FOOTER_DISTANCE, g.Mm(15)
    for grid in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(grid)


def _set_settings(document: Any) -> None:
    document.settings.odd_and_even_pages_header_footer = True
    settings = document.settings.element
    for old in settings.findall(qn("w:characterSpacingControl")):
        old.set(qn("w:val"), "doNotCompress")
    compatibility = settings.find(qn("w:compat"))
    if compatibility is not None:
        for old in list(compatibility):
            compatibility.remove(old)
        setting = marks.element(
            "compatSetting",
            name="compatibilityMode",
            uri="http://schemas.microsoft.com/office/word",
            val=_COMPATIBILITY,
        )
        compatibility.append(setting)


def _set_normal(style: Any) -> None:
    """The body: 3号仿宋, 22 lines of 28 characters, indented by two."""
    owner = style.element
    marks.set_font(owner, g.FANGSONG, g.SIZE_3)
    marks.put(owner.get_or_add_rPr(), marks.element("lang", val="en-US", eastAsia="zh-CN"))
    marks.set_exact_lines(owner, g.LINE_PITCH)
    marks.set_indent(owner, first=g.characters(2))
    marks.set_flag(owner, "jc", "both")
    for flag in ("widowControl", "autoSpaceDE", "autoSpaceDN", "snapToGrid"):
        marks.set_flag(owner, flag, 0)
    for flag in ("kinsoku", "overflowPunct"):
        marks.set_flag(owner, flag)


def _add_styles(styles: Any) -> None:
    for level, (name, font) in enumerate(zip(HEADINGS, _HEADING_FONTS, strict=True)):
        style = _new(styles, name, font, g.SIZE_3)
        marks.set_flag(style, "keepNext")
        marks.set_flag(style, "outlineLvl", level)
    title = _new(styles, TITLE, g.XIAOBIAOSONG, g.SIZE_2, tight=False)
    marks.set_exact_lines(title, Pt(32))
    marks.set_indent(title)
    for flag, value in (("jc", "center"), ("keepNext", 1), ("keepLines", 1)):
        marks.set_flag(title, flag, value)
    marks.set_indent(_new(styles, ADDRESSEE, g.FANGSONG, g.SIZE_3))
    caption = _new(styles, TABLE_TITLE, g.HEITI, g.SIZE_4, tight=False)
    marks.set_indent(caption)
    for flag, value in (("jc", "center"), ("keepNext", 1), ("keepLines", 1)):
        marks.set_flag(caption, flag, value)
    cell = _new(styles, CELL, g.FANGSONG, g.SIZE_SMALL_4, tight=False)
    marks.set_natural_lines(cell)
    marks.set_indent(cell)
    marks.set_flag(cell, "jc", "left")
    imprint = _new(styles, IMPRINT, g.FANGSONG, g.SIZE_4, tight=False)
    marks.set_exact_lines(imprint, Pt(24))
    marks.set_indent(imprint)


def _new(styles: Any, name: str, font: str, size: float, *, tight: bool = True) -> Any:
    style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = styles["Normal"]
    style.quick_style = True
    marks.set_font(style.element, font, size, tight=tight)
    return style.element
