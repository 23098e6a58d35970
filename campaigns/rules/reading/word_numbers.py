"""The numbers that Word writes before paragraphs by itself, as a reader sees them: 一、（二）3. ④."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_DIGITS = "零一二三四五六七八九"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_CHINESE = {
    "chineseCounting", "chineseCountingThousand", "chineseLegalSimplified", "japaneseCounting", "ideographDigital",
    "taiwaneseCounting", "taiwaneseCountingThousand", "japaneseDigitalTenThousand", "koreanCounting", "ideographTradi"
    "tional",
}  # fmt: skip
_LEVEL = re.compile(r"%([1-9])")


@dataclass(frozen=True)
class Level:
    """How one level of a list is numbered; ``text`` holds %1 for the number of the first level, and so on."""

    style: str
    text: str
    start: int = 1


@dataclass
class Counter:
    """Counts the paragraphs of every list of a document."""

    levels: Mapping[str, Mapping[int, Level]]
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def next(self, list_id: str, depth: int) -> str:
        """The number before the next paragraph of a list at a depth; empty for bullets and unknown lists."""
        levels = self.levels.get(list_id, {})
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self.counts.setdefault(list_id, {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        if level.style in {"bullet", "none"}:
            return "· " if level.style == "bullet" else ""

        def shown(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            above = levels.get(place, level)
            return written(counts.get(place, above.start), above.style)

        return _LEVEL.sub(shown, level.text)


def written(number: int, style: str) -> str:
    """A number in one of Word's styles."""
    if style in _CHINESE and 0 < number < 100:
        tens, ones = divmod(number, 10)
        front = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
        return front + (_DIGITS[ones] if ones or not tens else "")
    if style.startswith("decimalEnclosedCircle") and 0 < number <= len(_CIRCLED):
        return _CIRCLED[number - 1]
    if style == "decimalZero":
        return f"{number:02d}"
    if style in {"upperLetter", "lowerLetter"} and 0 < number <= 26:
        return chr((65 if style == "upperLetter" else 97) + number - 1)
    return str(number)
