"""The elements of WordprocessingML that python-docx has no words for."""

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length

from partybuild.lib.official.geometry import CHARACTER_SPACING, LATIN, twips

# The order that the schema asks for in w:pPr and w:rPr; Word refuses what stands in another.
_PARAGRAPH_ORDER = """
    pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs
    suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd
    snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment
    textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange
"""
_RUN_ORDER = """
    rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish
    webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang
"""


def element(tag: str, **attributes: object) -> Any:
    """An element of the main namespace with attributes of it."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def put(properties: Any, child: Any) -> None:
    """Put a child into w:pPr or w:rPr at its place, instead of the one of its kind that is there."""
    order = (_RUN_ORDER if properties.tag == qn("w:rPr") else _PARAGRAPH_ORDER).split()
    for old in properties.findall(child.tag):
        properties.remove(old)
    place = order.index(_local(child))
    at = sum(1 for each in properties if _local(each) in order[:place])
    properties.insert(at, child)


def set_font(owner: Any, font: str, size: float, *, latin: str = LATIN, colour: str = "", tight: bool = True) -> None:
    """Font, size and colour of a run or a style; in the body each character gives up a quarter of a point."""
    properties = owner.get_or_add_rPr()
    put(properties, element("rFonts", ascii=latin, hAnsi=latin, eastAsia=font, cs=latin))
    put(properties, element("b", val=0))
    if colour:
        put(properties, element("color", val=colour))
    put(properties, element("spacing", val=CHARACTER_SPACING if tight else 0))
    put(properties, element("sz", val=round(2 * size)))
    put(properties, element("szCs", val=round(2 * size)))


def set_exact_lines(owner: Any, pitch: int, *, before: int = 0, after: int = 0) -> None:
    """Lines exactly so high, whatever stands in them."""
    spacing = element("spacing", before=twips(before), after=twips(after), line=twips(pitch), lineRule="exact")
    put(owner.get_or_add_pPr(), spacing)


def set_natural_lines(owner: Any, *, before: int = 0, after: int = 0) -> None:
    """Lines as high as what stands in them."""
    put(
        owner.get_or_add_pPr(),
        element("spacing", before=twips(before), after=twips(after), line=240, lineRule="auto"),
    )


def set_indent(owner: Any, *, left: int = 0, right: int = 0, first: int = 0) -> None:
    """Indents; a negative first line hangs."""
    values = {"left": twips(left), "right": twips(right)}
    values["hanging" if first < 0 else "firstLine"] = abs(twips(first))
    put(owner.get_or_add_pPr(), element("ind", **values))


def set_rule(owner: Any, *, side: str, width: int, colour: str = "000000", distance: int = 1) -> None:
    """A rule above or below a paragraph, over the whole width; width in eighths of a point, distance in points."""
    properties = owner.get_or_add_pPr()
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = element("pBdr")
        put(properties, borders)
    rule = element(side, val="single", sz=width, space=distance, color=colour)
    borders.insert(0 if side == "top" else len(borders), rule)


def set_flag(owner: Any, name: str, value: int | str = 1) -> None:
    """A property that is on or off, or has one value: keepNext, jc, outlineLvl, …"""
    put(owner.get_or_add_pPr(), element(name, val=value))


def field(paragraph: Any, instruction: str) -> list[Any]:
    """A field, such as the number of the page, in three runs."""
    runs = [paragraph.add_run() for _ in range(3)]
    runs[0]._r.append(element("fldChar", fldCharType="begin"))
    text = element("instrText")
    text.text = f" {instruction} "
    runs[1]._r.append(text)
    runs[2]._r.append(element("fldChar", fldCharType="end"))
    return runs


def points(length: int) -> float:
    return Length(length).pt


def at_most(size: float, width: int, count: int) -> float:
    """The size in points at which so many characters fit into a width, at most the one given, in half points."""
    return min(size, int(2 * points(width) / max(count, 1)) / 2)


def _local(each: Any) -> str:
    return str(each.tag).rpartition("}")[2]
