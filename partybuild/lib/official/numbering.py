"""Numbers of headings, breaks of titles. Pure."""

from math import ceil

_DIGITS = "〇一二三四五六七八九"
_LEVELS = 4
# Signs and small words that do not begin a line of a title, and those that do not end one.
_NOT_FIRST = set("，、；：）》”的了和与及等者")
_NOT_LAST = set("（《“〔第和与及在对")
# Words that titles of the field are made of, and that a break must not tear.
_WORDS = """
    中共 区委 市委 区直 市直 直属 机关 工委 工作 委员 员会 党委 党组 支部 党员 单位 年度 季度 上半 半年 下半 全年
    关于 印发 开展 进一 一步 加强 做好 落实 推进 贯彻 党建 重点 任务 完成 情况 有关 专题 学习 教育 组织 生活 民主
    评议 政治 思想 建设 作风 纪律 制度 责任 活动 考核 评价 督查 调度 检查 整改 问题 清单 方案 意见 办法 通报 通知
    纪要 会议 结果 书记 述职 先进 优秀 表彰 决定 公示 报告 总结 计划 安排
"""


class HeadingNumbers:
    """Counts headings: 一、 （一） 1. （1）; a heading begins the count below it anew."""

    def __init__(self) -> None:
        self._counts = [0] * _LEVELS

    def next(self, level: int) -> str:
        if not 1 <= level <= _LEVELS:
            raise ValueError(f"headings have levels 1 to {_LEVELS}, not {level}")
        self._counts[level - 1] += 1
        self._counts[level:] = [0] * (_LEVELS - level)
        count = self._counts[level - 1]
        return (f"{chinese(count)}、", f"（{chinese(count)}）", f"{count}.", f"（{count}）")[level - 1]


def chinese(number: int) -> str:
    """1 to 99 in Chinese numerals: 一, 十, 十一, 二十, 二十一."""
    tens, ones = divmod(number, 10)
    if not 1 <= number <= 99:
        raise ValueError(f"no heading has the number {number}")
    return (("" if tens == 1 else _DIGITS[tens]) + "十" if tens else "") + (_DIGITS[ones] if ones else "")


def breadth(text: str) -> float:
    """In characters; a digit or a letter takes half of one."""
    return sum(0.5 if char.isascii() else 1 for char in text)


def title_lines(title: str, longest: int) -> list[str]:
    """The lines of a title: the issuer alone when he fits on a line, the rest in about equal lines.

    Breaks that the title brings along are kept.
    """
    title = title.strip()
    if "\n" in title:
        return [line.strip() for line in title.split("\n") if line.strip()]
    if breadth(title) <= longest:
        return [title]
    issuer, about, rest = title.partition("关于")
    if about and issuer and breadth(issuer) <= longest:
        return [issuer, *_equal_lines(about + rest, longest)]
    return _equal_lines(title, longest)


def _equal_lines(text: str, longest: int) -> list[str]:
    for count in range(ceil(breadth(text) / longest), len(text)):
        lines = _cut(text, count)
        if all(breadth(line) <= longest for line in lines):
            return lines
    return [text]


def _cut(text: str, count: int) -> list[str]:
    lines = []
    for left in range(count, 1, -1):
        cut = _best_cut(text, breadth(text) / left)
        lines.append(text[:cut])
        text = text[cut:]
    return [*lines, text]


def _best_cut(text: str, wanted: float) -> int:
    """The place near the wanted breadth that tears no word and leaves no sign on the wrong side."""

    def cost(cut: int) -> float:
        before, after = text[cut - 1], text[cut]
        torn = before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
        after_digit = before.isdigit() and after in "年月日号期"
        word = before + after in _WORDS
        inside = text[:cut].count("《") > text[:cut].count("》")
        wrong = 3 * (after in _NOT_FIRST) + 3 * (before in _NOT_LAST) + 8 * inside
        return abs(breadth(text[:cut]) - wanted) + wrong + 20 * (torn or after_digit) + 5 * word

    return min(range(1, len(text)), key=cost)
