"""Numbers as plans write them: 8, ８, 八, 两, 十二, 一百二十, 1,000, 1.5万, ①."""

import re
from decimal import Decimal, InvalidOperation

DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
    "双": 2,
    "壹": 1,
    "贰": 2,
}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
# Rows of ten or more signs that hold a number and its bracket or dot in one.
_ROWS = ("❶❷❸❹❺❻❼❽❾❿", "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛", "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇", "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩")

# Bounded: of a run of ten thousand digits each one would be tried as the first.
CHINESE = r"[零〇一二两三四五六七八九十百千]{1,16}"
"""A pattern for a number in Chinese numerals."""
NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}}){{1,4}}|\d{{1,12}}(?:\.\d{{1,6}})?|{CHINESE})(?:\s?[万亿])?"
"""A pattern for a number in either script, in folded text."""

# Each wide character folds to one narrow one, so that places in folded text are places in the text.
_FOLDED = {
    **{0xFF01 + offset: chr(0x21 + offset) for offset in range(0x5E) if chr(0xFF01 + offset) not in "，；：！？"},
    0x3000: " ", 0x00A0: " ", 0x2002: " ", 0x2003: " ", ord("\t"): " ",
    ord("〔"): "(", ord("〕"): ")", ord("［"): "(", ord("］"): ")", ord("【"): "(", ord("】"): ")",
    ord("—"): "-", ord("–"): "-", ord("－"): "-", ord("～"): "-", ord("~"): "-", ord("―"): "-", ord("─"): "-",
    ord("‐"): "-", ord("‑"): "-", ord("∼"): "-", ord("﹪"): "%", ord("︰"): "：", ord("﹣"): "-",
    ord(","): "，", ord(";"): "；", ord(":"): "：", ord("!"): "！", ord("?"): "？", ord("•"): "·", ord("●"): "·",
    ord("■"): "·",
    ord("◆"): "·", ord("★"): "·", ord("▲"): "·", ord("►"): "·", ord("□"): "·", ord("‧"): "·", ord("・"): "·",
}  # fmt: skip
_THOUSANDS = re.compile(r"(?<=\d)，(?=\d{3}(?!\d))")


def folded(text: str) -> str:
    """The text in narrow digits, brackets and blanks, of the same length."""
    return _THOUSANDS.sub(",", text.translate(_FOLDED))


def number_of(text: str) -> Decimal | None:
    """The value of a number in either script; None for what is no number."""
    text = text.strip().replace(",", "").replace(" ", "")
    factor = Decimal(1)
    if len(text) > 1 and text[-1] in _LARGE:
        text, factor = text[:-1], Decimal(_LARGE[text[-1]])
    if text[:1].isdigit() and text.isascii():
        try:
            return Decimal(text) * factor
        except InvalidOperation:
            return None
    value = _chinese(text)
    return None if value is None else Decimal(value) * factor


def whole_number_of(text: str) -> int | None:
    """The value of a whole number, a circled one included."""
    if len(text) == 1 and text in _CIRCLED:
        return _CIRCLED.index(text) + 1
    for row in _ROWS:
        if len(text) == 1 and text in row:
            return row.index(text) + 1
    value = number_of(text)
    return int(value) if value is not None and value == value.to_integral_value() and value < 10**9 else None


def written(value: Decimal) -> str:
    """A decimal as plain text without needless zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _chinese(text: str) -> int | None:
    if not text or any(char not in DIGITS and char not in _UNITS for char in text):
        return None
    if all(char in DIGITS for char in text):
        return int("".join(str(DIGITS[char]) for char in text)) if len(text) <= 9 else None
    total, current = 0, 0
    for char in text:
        if char in _UNITS:
            total += (current or 1) * _UNITS[char]
            current = 0
        else:
            current = DIGITS[char]
    return total + current
