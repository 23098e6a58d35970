"""Days and stretches of days as plans write them: 6月底前, 12月上旬, 2026年3月15日前, 第一季度末, 3月至5月, 年底前."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass

from campaigns.rules.reading.numerals import whole_number_of

LEAP_YEAR = 2024
_HAN_MONTH = "十[一二]?|[一二三四五六七八九]"
_HAN_DAY = "三十一?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二三四五六七八九]"
_MONTH = rf"(?:\d{{1,2}}|{_HAN_MONTH})"
_PART = r"底|末|月末|初|上旬|中旬|下旬|上中旬|中下旬|中"


def _date(which: str = "") -> str:
    return (
        rf"(?:(?P<year{which}>20\d{{2}})\s*年\s*|(?P<next{which}>明年|次年|翌年)|(?:今年|本年|当年|同年))?\s*"
        rf"(?P<month{which}>{_MONTH})\s*月(?:份)?\s*"
        rf"(?:(?P<day{which}>\d{{1,2}}|{_HAN_DAY})\s*[日号]|(?P<part{which}>{_PART})(?![央心国共层间]))?"
    )


_BEFORE = (
    r"(?P<before>\s*(?:\(含\)\s*)?(?:[上下]午)?(?:下班|\d{1,2}[:：时点]\d{0,2}分?)?"
    r"(?:之前|以前|前(?!后|期|列|述|往|提|沿|三|几|[一-九]名)|止|内(?!容|部))|\s*截止)?"
)
_SINGLE = re.compile(_date() + _BEFORE)
_RANGE = re.compile(
    "(?:从|自)?" + _date("1") + r"\s*(?:开始|起)?\s*(?:,|，)?\s*(?:-+|至|到)\s*" + _date("2") + "(?:结束|止)?"
)
_MONTHS = re.compile(
    rf"(?:(?P<year>20\d{{2}})\s*年\s*)?(?P<one>\d{{1,2}}|{_HAN_MONTH})\s*(?:月份?)?\s*(?:-+|至|到"
    rf"|、)\s*(?P<two>\d{{1,2}}|{_HAN_MONTH})\s*月份?(?!\s*\d{{1,2}}\s*[日号])(?P<part>底|末|上旬|中旬|下旬|初)?"
)
_OPEN_START = re.compile("(?:从|自)?" + _date() + r"(?:开始|起)(?!步)(?:长期|持续|常态)?")
_NAMED = re.compile(
    r"(?P<to>到|至|截至)?(?:(?P<year>20\d{2})\s*年?(?=\s*(?:年|[上下]半年|[第一二三四1-4]))\s*)?(?:今年|本年|当年)?"
    r"(?:(?P<end>(?<![每上去前往半一二两三四五六七八九十])(?<!(?<!\d)\d)(?<!(?<!\d)\d\d)年(?:底|末|终|内(?!容))"
    r"|(?<!每)(?:本年度|年度)(?:内|末)|岁末)|(?P<half>[上下])半年(?:底|末|内|结束)?|"
    r"(?P<quarter>(?:第)?[一二三四1-4])季度(?:底|末|内|结束)?|(?P<mid>(?<!每)年中)(?![间央心]))(?:之"
    r"|以)?(?P<before>前(?!期|列|述))?"
)
_DOTTED = re.compile(
    r"(?<![\d.])(?:(?P<year>20\d{2})[./-])?(?P<month>\d{1,2})[./-](?P<day>\d{1,2})(?![\d.%])\s*日?\s*(?P<before>(?:之"
    r"|以)?前)?"
)
_FEAST = re.compile(
    r"[“\"]?(?P<name>七一|建党节|国庆(?:节)?|十一|元旦|五四|八一|建军节|青年节|五一|劳动节|三八|教师节)[”\"]?(?:前夕|之前|前(?!后))"
)
_HALVES = re.compile(r"(?:半年|年中)[和、与及]年[底终末](?!前)")
# The day before each feast.
_FEASTS = {"七一": (6, 30), "建党节": (6, 30), "国庆": (9, 30), "国庆节": (9, 30), "十一": (9, 30), "元旦": (12, 31),
           "五四": (5, 3), "八一": (7, 31), "建军节": (7, 31), "青年节": (5, 3), "五一": (4, 30), "劳动节": (4, 30),
           "三八": (3, 7), "教师节": (9, 9)}  # fmt: skip
_RECURRING = re.compile(r"每(?:季|季度|半年|月|个月|一|周)?[^，。年]{0,3}$|(?:上|上一?个|本|当|次|逐|按|全)$|\d$|第$")
_QUOTED_TITLE = re.compile(r"《[^》]*》")
_DEED = re.compile(
    r"(?:对[^，。；]{2,20}?)?(?:要|应|须|将|再|集中|分别|各|综合|统一|至少|全面|基本|统一)*(?:完成|开展|组织|召开|进行|启动|举办|实现|建成|达到|部署"
    r"|形成|制定|印发|报送|接受|评选|评定|表彰|落实|验收|推开)"
)
_STRIVEN = re.compile(r"(?:力争|争取|确保|努力|保证|计划|预计)(?:在|于|到|至)?$")
_REACHED = re.compile(r"[^，。；]{0,20}?(?:达|实现|完成|不低于|不少于|以上|建成|提高|提升|下降|力争|全部)")
# 年终进行验收, 年底总评: how the year is closed every time.
_YEARLY = re.compile(
    r"年[终底末](?:进行|组织|开展|实施)?(?:一次)?(?:总评|验收|考核|考评|评比|总结评比|综合考评|综合考核|述职)(?=[，。；、”]|$)"
)
_HISTORY = re.compile(
    r"(?:重要)?(?:讲话|指示|批示|会议|全会|文件|印发|颁布|修订|施行|召开的|通过的|出台|发布的|以来|发生)"
)

_ISSUED = re.compile(r"(?:印发|颁布|发布|下发|出台|制定|修订|公布)的")
# 年度内发生…的支部: in the course of which something comes about.
_COME_ABOUT = re.compile(r"(?:发生|出现|受到|被|新增|新任|新发展|因|有(?!\d)|存在)")


@dataclass(frozen=True)
class Day:
    """A day named in a sentence; ``is_before`` when the text says by when; ``is_loose`` when no day is named."""

    start: int
    end: int
    due: str
    is_before: bool = True
    is_loose: bool = False
    why: str = ""


@dataclass(frozen=True)
class Stretch:
    """From and to, either of which may be open."""

    start: int
    end: int
    starts: str
    ends: str
    why: str = ""


def stretches(plain: str) -> list[Stretch]:
    """The stretches named in a sentence."""
    found = [_stretch(match) for match in _RANGE.finditer(plain)]
    for match in _MONTHS.finditer(plain):
        one, two = whole_number_of(match["one"]), whole_number_of(match["two"])
        free = all(each is None or match.start() >= each.end or match.end() <= each.start for each in found)
        is_list = "、" in match[0]
        if free and one and two and 1 <= one < two <= 12 and not (is_list and "月" in match[0][:-1].split("、")[0]):
            year = match["year"] or ""
            ends = _day_text(year, two, None, match["part"])
            found.append(Stretch(match.start(), match.end(), _first_text(year, one, None, ""), ends))
    return sorted((each for each in found if each), key=lambda each: each.start)


def days(plain: str) -> list[Day]:
    """The single days named in a sentence, those within a stretch or a quoted title left out."""
    taken = [(each.start, each.end) for each in stretches(plain)]
    taken += [match.span() for match in _QUOTED_TITLE.finditer(plain)]
    found: list[Day] = []
    for day in (*_halves(plain), *_dated(plain), *_dotted(plain), *_named(plain), *_feasts(plain)):
        if all(day.start >= end or day.end <= start for start, end in taken):
            found.append(day)
            taken.append((day.start, day.end))
    return sorted(found, key=lambda day: day.start)


def whole_stretch(plain: str) -> Stretch | None:
    """2022年4月上旬: the whole of a month or a part of it; None for a text that says more, or says 前."""
    match = _SINGLE.fullmatch(plain.strip())
    if match is None or match["before"] or (match["part"] or "") in {"底", "末"}:
        return None
    starts, ends = _first_of(match, ""), _last_of(match, "")
    return Stretch(match.start(), match.end(), starts, ends) if starts and ends else None


def open_starts(plain: str) -> list[Stretch]:
    """从3月起: stretches without an end."""
    found = []
    for match in _OPEN_START.finditer(plain):
        starts = _first_of(match, "")
        if starts:
            found.append(Stretch(match.start(), match.end(), starts, ""))
    return found


def _dated(plain: str) -> Iterator[Day]:
    for match in _SINGLE.finditer(plain):
        ends = _last_of(match, "")
        if not ends or _RECURRING.search(plain[: match.start()]):
            continue
        if match["month"] == "一" and plain.startswith("月一", match.end() - 1):
            continue
        if re.match(r"\s*(?:度|调度|督查|通报|均|考核|例会|起)", plain[match.end() :]):
            continue
        before = bool(match["before"])
        if not before and _ISSUED.match(plain[match.end() :]):
            continue
        if not before and match["day"] and _HISTORY.match(plain[match.end() : match.end() + 12].lstrip("，在")):
            continue
        loose = not before and not match["day"] and not match["part"]
        why = "文件只写到“初”“中”，日期请核对" if match["part"] in {"初", "中"} else ""
        yield Day(match.start(), match.end(), ends, before or bool(match["part"] or match["day"]), loose, why)


def _named(plain: str) -> Iterator[Day]:
    for match in _NAMED.finditer(plain):
        if match["half"]:
            month = 6 if match["half"] == "上" else 12
        elif match["quarter"]:
            value = whole_number_of(match["quarter"].removeprefix("第"))
            month = (value or 4) * 3
            if re.search(r"[每各]$", plain[: match.start()]):
                continue
        else:
            month = 6 if match["mid"] else 12
        closes = bool(match["to"]) or re.search(r"前|内|结束|季度[底末]|半年[底末]", match[0]) is not None
        if not closes and not _DEED.match(plain[match.end() :]) and not _is_aim(match, plain):
            continue
        if _YEARLY.match(plain[match.start() :]):
            continue
        if match[0].endswith("内") and _COME_ABOUT.match(plain[match.end() :]):
            continue
        closes = closes or match["end"] is not None
        yield Day(match.start(), match.end(), _day_text(match["year"] or "", month, None, None), closes, not closes)


def _is_aim(match: re.Match[str], plain: str) -> bool:
    """力争年底满意度达到96%: the end of the year, the half or the quarter by which something is reached."""
    named = match["end"] or match["half"] or match["quarter"] or match["mid"]
    ahead = _STRIVEN.search(plain[: match.start()])
    return bool(named and ahead) and bool(_REACHED.match(plain[match.end() :]))


def _halves(plain: str) -> Iterator[Day]:
    """半年和年底: both halves' ends."""
    for match in _HALVES.finditer(plain):
        yield Day(match.start(), match.start() + 2, "06-30")
        yield Day(match.start() + 3, match.end(), "12-31")


def _dotted(plain: str) -> Iterator[Day]:
    """2026.9.30前; without a year only before 前."""
    for match in _DOTTED.finditer(plain):
        due = _day_text(match["year"] or "", int(match["month"]), int(match["day"]), None)
        if due and (match["before"] or match["year"]):
            yield Day(match.start(), match.end(), due)


def _feasts(plain: str) -> Iterator[Day]:
    for match in _FEAST.finditer(plain):
        month, day = _FEASTS[match["name"]]
        yield Day(match.start(), match.end(), _day_text("", month, day, None), why="文件写的是节日，日期请核对")


def _stretch(match: re.Match[str]) -> Stretch | None:
    starts, ends = _first_of(match, "1"), _last_of(match, "2")
    if not starts or not ends:
        return None
    if len(starts) > len(ends):
        year = int(starts[:4]) + (starts[5:] > ends)
        ends = f"{year}-{ends}"
    elif len(ends) > len(starts):
        starts = f"{ends[:4]}-{starts}"
    if starts > ends and len(starts) == len(ends) == len("MM-DD"):
        return Stretch(match.start(), match.end(), "", ends, "开始日期晚于结束日期，请核对")
    return Stretch(match.start(), match.end(), starts, ends)


def _last_of(match: re.Match[str], which: str) -> str:
    month = whole_number_of(match[f"month{which}"])
    day = whole_number_of(match[f"day{which}"]) if match[f"day{which}"] else None
    return _day_text(match[f"year{which}"] or "", month, day, match[f"part{which}"])


def _first_of(match: re.Match[str], which: str) -> str:
    month = whole_number_of(match[f"month{which}"])
    day = whole_number_of(match[f"day{which}"]) if match[f"day{which}"] else None
    return _first_text(match[f"year{which}"] or "", month, day, match[f"part{which}"] or "")


def _day_text(year: str, month: int | None, day: int | None, part: str | None) -> str:
    """The last day of what is named, as ``MM-DD`` or with its year; empty for no day of any year."""
    if not month or not 1 <= month <= 12:
        return ""
    last = 28 if month == 2 and not year else monthrange(int(year or LEAP_YEAR), month)[1]
    if day is None:
        day = {"上旬": 10, "初": 10, "中旬": 20, "上中旬": 20, "中": 15}.get(part or "", last)
    elif not 1 <= day <= monthrange(int(year or LEAP_YEAR), month)[1]:
        return ""
    return f"{year}-{month:02d}-{day:02d}" if year else f"{month:02d}-{day:02d}"


def _first_text(year: str, month: int | None, day: int | None, part: str) -> str:
    if not month or not 1 <= month <= 12:
        return ""
    first = {"中旬": 11, "中下旬": 11, "下旬": 21, "中": 15}.get(part)
    if part in {"底", "末", "月末"}:
        first = monthrange(int(year or 2023), month)[1]
    day = day or first or 1
    if day > monthrange(int(year or LEAP_YEAR), month)[1]:
        return ""
    return f"{year}-{month:02d}-{day:02d}" if year else f"{month:02d}-{day:02d}"
