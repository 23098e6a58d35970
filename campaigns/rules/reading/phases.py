"""Stages told in running text: 4月为启动月；5月至11月为推进期, 动员部署（3月上旬）, 2025年为“基础夯实年”."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from campaigns.rules.reading.days import Stretch, stretches, whole_stretch

_NAME = r"(?:“[^“”]{2,12}”|[\u4e00-\u9fff“”、·]{2,12}?)"
_TIME = r"(?:20\d\d年)?(?:[上下]半年|[第]?[一二三四]季度|\d{1,2}月[^，。；：()|“”为是]{0,16})"
_IS = re.compile(
    rf"(?:^|(?<=[，。；：、]))\s*(?P<time>{_TIME})(?:为|是|，为|：)(?P<name>[“]?{_NAME}(?:月|期|阶段|周|季)[”]?)(?=[，。；：、(]|$)"
)
_IN = re.compile(
    rf"(?:^|(?<=[，。；：、为括]))\s*(?:第[一二三四五六](?:个)?(?:阶段|步)[为是：，]*)?(?P<name>{_NAME})(?:阶段)?\((?P<time>{_TIME})\)"
)
_NTH = re.compile(
    rf"第[一二三四五六](?:个)?(?:阶段|步)\((?P<time>{_TIME})\)[：，、为是]?\s*(?P<name>{_NAME})(?=[，。；：、]|阶段|$)"
)
_STEPS = re.compile(r"阶段|步骤|步(?:走|推进|实施|进行)|时间安排|分步")
_YEAR = re.compile(
    r"(?:^|(?<=[。；：，]))\s*(?:第[一二三四五]年)?[(]?(?P<year>20\d\d)年(?:度)?[)]?(?:为|是|作为|定为|确定为|：|-+|,)?\s*"
    r"(?P<name>“[^“”]{2,14}年?”年?|[\u4e00-\u9fff]{2,8}年(?=[，。；：]))"
)
_YEAR_AFTER = re.compile(r"(?P<name>“?[\u4e00-\u9fff]{2,8}年”?)\((?P<year>20\d\d)年?(?:度)?\)")
_PARTS = {"上半年": ("01-01", "06-30"), "下半年": ("07-01", "12-31"), "一季度": ("01-01", "03-31"),
          "二季度": ("04-01", "06-30"), "三季度": ("07-01", "09-30"), "四季度": ("10-01", "12-31")}  # fmt: skip


_OF_YEAR = re.compile(
    r"\s*[(“]?(?P<year>20\d\d)年(?:度)?[)”]?\s*(?:[：，、:—-]+|为|是|\s)?\s*[“(]?(?P<name>[^”)：，。；]*)[”)]?"
    r"|\s*(?:第[一二三四五]年)?[“(：]?(?P<name2>[^”()（：，。；\d]{2,12})[”]?\(?(?P<year2>20\d\d)年(?:度)?\)?"
)


@dataclass(frozen=True)
class Phase:
    """A stage with its place in the sentence."""

    start: int
    end: int
    name: str
    starts: str
    ends: str
    why: str = ""


def phases(plain: str) -> list[Phase]:
    """The stages that a text names in running words; a single one must be a year of a plan over several."""
    years = [*_years(plain)]
    timed = [*_of(_IS, plain)]
    if _STEPS.search(plain):
        timed += [*_of(_NTH, plain)] or [*_of(_IN, plain)]
    return sorted(years + (timed if len(timed) > 1 else []), key=lambda phase: phase.start)


def year_of(title: str) -> Phase | None:
    """The heading of one year of a plan over several: 2026年：打基础, 巩固提升（2027年）."""
    match = _OF_YEAR.fullmatch(title.strip("：，。 "))
    if match is None:
        return None
    year = match["year"] or match["year2"]
    name = (match["name"] or match["name2"] or "").strip("“”() ") or f"{year}年"
    return None if "月" in name else Phase(match.start(), match.end(), name, f"{year}-01-01", f"{year}-12-31")


def spans(plain: str) -> list[tuple[int, int]]:
    """The places whose days are the ends of a stage."""
    single = [*_of(_IS, plain), *(_of(_IN, plain) if _STEPS.search(plain) else [])]
    return [(phase.start, phase.end) for phase in [*phases(plain), *single]]


def _years(plain: str) -> Iterator[Phase]:
    for pattern in (_YEAR, _YEAR_AFTER):
        for match in pattern.finditer(plain):
            year, name = match["year"], match["name"].strip("“”")
            if re.search("(?<![之全本今])年$", name):
                yield Phase(match.start(), match.end(), name, f"{year}-01-01", f"{year}-12-31")


def _of(pattern: re.Pattern[str], plain: str) -> Iterator[Phase]:
    for match in pattern.finditer(plain):
        time = time_of(match["time"].strip())
        if time:
            name = re.sub(r"^.*?(?:分为|分成|包括|即|按照|共分)|^分", "", match["name"].strip("“”、 "))
            yield Phase(match.start(), match.end(), name, time.starts, time.ends, time.why)


def time_of(text: str) -> Stretch | None:
    """A stretch, a quarter or half of a year, or a whole month."""
    found = stretches(text)
    if found:
        return found[0]
    year = re.match(r"(20\d\d)年", text)
    part = _PARTS.get(text[year.end() if year else 0 :].removeprefix("第"))
    if part is None:
        return whole_stretch(text)
    starts, ends = (f"{year[1]}-{day}" if year else day for day in part)
    return Stretch(0, len(text), starts, ends)
