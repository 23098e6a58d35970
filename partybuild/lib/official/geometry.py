"""The measures of GB/T 9704—2012 (§ 5 and § 7), in the units that a .docx uses."""

from docx.shared import Length, Mm, Pt

# § 5.1, 5.2.1: A4; white above 37 mm, white at the binding 28 mm, type area 156 × 225 mm.
PAGE_WIDTH, PAGE_HEIGHT = Mm(210), Mm(297)
TOP, LEFT = Mm(37), Mm(28)
TYPE_WIDTH, TYPE_HEIGHT = Mm(156), Mm(225)
RIGHT = PAGE_WIDTH - LEFT - TYPE_WIDTH
BOTTOM = PAGE_HEIGHT - TOP - TYPE_HEIGHT

# § 5.2.2, 5.2.3: 3号 is 16 pt, 22 lines of 28 characters. 28 × 16 pt are 158 mm, so each gives up a quarter of a point.
SIZE_2, SIZE_3, SIZE_4 = 22.0, 16.0, 14.0
SIZE_SMALL_4, SIZE_5 = 12.0, 10.5
LINE_PITCH = Pt(28.95)
CHARACTER_SPACING = -5  # twentieths of a point
CHARACTER = Pt(SIZE_3 - 0.25)

FANGSONG, HEITI, KAITI = "仿宋_GB2312", "黑体", "楷体_GB2312"
XIAOBIAOSONG, SONGTI = "方正小标宋简体", "宋体"
LATIN = "Times New Roman"
RED = "FF0000"

# § 7.2.4: the mark's upper edge is 35 mm below that of the type area; § 7.2.7: the rule 4 mm below the number.
MARK_BEFORE = Mm(35)
MARK_LARGEST, MARK_SMALLEST = 48.0, 22.0
RULE_DISTANCE = 11  # points, the unit of the distance of a border
RULE_WIDTH = 12  # eighths of a point
# § 7.4: first and last rule of the imprint 0.35 mm, those between 0.25 mm; 4号 characters.
IMPRINT_THICK, IMPRINT_THIN = Mm(0.35), Mm(0.25)
IMPRINT_CHARACTER = Pt(SIZE_4)

# § 7.5: the page number stands 7 mm below the type area.
FOOTER_LINE = Pt(SIZE_4)
FOOTER_DISTANCE = Length(BOTTOM - Mm(7) - FOOTER_LINE)


def twips(length: float) -> int:
    """A length in twentieths of a point."""
    return round(length / 635)


def characters(count: float) -> Length:
    """The width of so many characters of the body."""
    return Length(round(count * CHARACTER))
