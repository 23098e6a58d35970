"""How often something is asked: 每两个月, 每季度, 全年, 半年一次, 每月10日前, 届满前6个月, 两个月内."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from campaigns.rules.reading.numerals import CHINESE, whole_number_of
from partybuild.lib.periods import PeriodKind

_NUMBER = rf"(?:\d{{1,3}}|{CHINESE})"
_PATTERNS: tuple[tuple[PeriodKind, re.Pattern[str]], ...] = (
    (PeriodKind.TWO_WEEKS, re.compile(r"每(?:隔)?(?:两|2|二|双)个?(?:周|星期)|每半个?月|双周|隔周|半月(?=一|1|召开"
         r"|调度)")),
    (PeriodKind.WEEK, re.compile(r"(?:每|每个|按|逐)(?:一|1)?(?:周(?![年岁])|星期)|周(?=调度|例会)")),
    (PeriodKind.TWO_MONTHS, re.compile(r"(?:每|每隔)(?:两|2|二|双)个?月|双月|隔月|每间隔一个?月")),
    (PeriodKind.QUARTER, re.compile(
        r"(?:每|每个|按|逐|分|各)(?:一|1)?(?:个)?季(?:度)?(?:末)?|每(?:三|3)个月|季度(?=[^，。]{0,12}(?:不少于|至少"
        r"|一次|1次|不低于))|季均|一季(?:度)?(?=一)")),
    (PeriodKind.HALF_YEAR, re.compile(
        r"半年(?:和|、|与|及)年(?:底|终|末)|(?:每|每个|按)?半年(?:度)?(?=[^，。内后前]|$)(?!末)|(?:每|每个)学期|(?:每"
        r"|每隔)(?:六|6)个月|上、下半年|上下半年|上半年[和、及与]下半年|一年(?:两|2|二)次(?=())")),
    (PeriodKind.MONTH, re.compile(
        r"(?:每|每个|逐|各|按(?!月(?:主动|及时|足额|按时)?(?:交|缴|收)))(?:一|1)?(?:个)?月(?!份?[^，。]{0,2}(?:底"
        r"|末)前)(?:度)?|月均|月(?=不少于|至少)|(?<![\d一二三四五六七八九十])一月(?=一)")),
    (PeriodKind.TERM, re.compile(r"每届(?:任期)?(?:内)?|(?:每个)?任期内|每(?:一)?任期")),
    (PeriodKind.EACH_MEETING, re.compile(r"每次(?:党委|党组|党委会|会议|集体学习|中心组)[^，。]{0,6}|(?:逢会必"
         r"|每会必)")),
    (PeriodKind.YEAR, re.compile(
        r"(?:每|每个|按|逐|(?<![\d〇零一二三四五六七八九第])[一1]|各)(?:一)?(?:年度|学年|年)(?!来|级|度?任|多"
        r"|人(?!均)|期|计)|全年(?:度)?|年均|(?<!同)年度内|本年度内?|当年度?|"
        r"(?<![\d一二三四五六七八九十两半])年内|今年(?:内)?|本年内?|年(?:培训|集中|学习|人均|志愿|参加)?(?=不少于"
        r"|不低于|至少)|年度(?=[^，。]{0,10}(?:不少于|至少|不低于|累计|达到|不得低于|不得少于))|一年(?=一次|至少"
        r"|不少于)")),
)  # fmt: skip
_PER = re.compile(r"(?:/|每)(?P<unit>周|月|季度?|半年|年|学期|学年)")
_PER_KINDS = {
    "周": PeriodKind.WEEK, "月": PeriodKind.MONTH, "季": PeriodKind.QUARTER, "季度": PeriodKind.QUARTER,
    "半年": PeriodKind.HALF_YEAR, "年": PeriodKind.YEAR, "学期": PeriodKind.HALF_YEAR, "学年": PeriodKind.YEAR,
}  # fmt: skip
_BY_DAY = re.compile(
    rf"(?P<period>每(?:个)?(?:月|季度?末?(?:月)?|两个月|双月|半年末?月?))(?:的)?(?:末月)?(?:第)?\s*"
    rf"(?P<day>\d{{1,2}}|{CHINESE})\s*[日号](?:\(含\))?\s*(?:之|以)?(?P<before>前|止)?"
)
_MONTH_END = re.compile(r"每(?:个)?(?P<period>月|季度?|季末月)(?:月)?(?:底|末)(?:之|以)?前")
_TERM_END = re.compile(
    rf"(?:届(?:期)?满|任期(?:届)?(?:期)?满|换届(?:到期|期满)?"
    rf"|到期)(?:之日)?(?:的)?(?:提)?前\s*(?P<number>{_NUMBER}|半)\s*个?(?P<unit>月|年)"
    rf"|提前\s*(?P<number2>{_NUMBER})\s*个?(?P<unit2>月|年)(?=[^，。]{{0,8}}(?:换届|启动|提醒|筹备|报批|请示|报告"
    rf"|书面))"
)
_WITHIN = re.compile(
    rf"(?<![每上去前])(?P<number>{_NUMBER})\s*(?P<unit>个工作日|工作日|个月|日|天|周|个小时|小时)(?:之|以)?内(?!容)"
)
_WITHIN_YEARS = re.compile(
    rf"(?:后|起|之日|任职|上岗|入职|到岗|就任|报到|当选|转正|成立|接到|收到)[^，。；]{{0,4}}?(?P<number>{_NUMBER}"
    rf"|半)\s*年(?:之|以)?内"
)
_UNIT_DAYS = {"个工作日": 1, "工作日": 1, "日": 1, "天": 1, "周": 7, "个月": 30}


@dataclass(frozen=True)
class Rhythm:
    """A period named in a sentence; ``is_every`` for 每…, as against 全年, 年内."""

    start: int
    end: int
    kind: PeriodKind
    is_every: bool = True
    by_day: int | None = None


@dataclass(frozen=True)
class Limit:
    """Days after something, or months before a term ends."""

    start: int
    end: int
    within_days: int | None = None
    before_term_end_months: int | None = None


def rhythms(plain: str) -> list[Rhythm]:
    """The periods named in a sentence, in order; the longer reading of a place wins."""
    found = [*_by_days(plain)]
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(plain):
            if all(match.start() >= each.end or match.end() <= each.start for each in found):
                found.append(
                    Rhythm(
                        match.start(),
                        match.end(),
                        kind,
                        match[0][0] in "每按逐各一1" or "和年" in match[0] or "、年" in match[0],
                    )
                )
    for match in _PER.finditer(plain):
        if all(match.start() >= each.end or match.end() <= each.start for each in found) and match[0][0] == "/":
            found.append(Rhythm(match.start(), match.end(), _PER_KINDS[match["unit"]]))
    return sorted(found, key=lambda each: each.start)


def limits(plain: str) -> list[Limit]:
    """两个月内, 15个工作日内; 届满前6个月."""
    found = []
    for match in _TERM_END.finditer(plain):
        said, in_years = match["number"] or match["number2"], (match["unit"] or match["unit2"]) == "年"
        number = whole_number_of(said)
        months = 6 if said == "半" and in_years else (number or 0) * (12 if in_years else 1)
        if 0 < months <= 60:
            found.append(Limit(match.start(), match.end(), before_term_end_months=months))
    for match in _WITHIN.finditer(plain):
        number = whole_number_of(match["number"])
        days = _UNIT_DAYS.get(match["unit"])
        if number and days and number < 400:
            found.append(Limit(match.start(), match.end(), within_days=number * days))
    for match in _WITHIN_YEARS.finditer(plain):
        years = whole_number_of(match["number"])
        if match["number"] == "半" or (years and years <= 5):
            found.append(Limit(match.start("number"), match.end(), within_days=365 * years if years else 180))
    return sorted(found, key=lambda each: each.start)


def _by_days(plain: str) -> Iterator[Rhythm]:
    for match in _BY_DAY.finditer(plain):
        day = whole_number_of(match["day"])
        if day and day <= 31:
            yield Rhythm(match.start(), match.end(), _kind_of(match["period"]), True, day if match["before"] else None)
    for match in _MONTH_END.finditer(plain):
        kind = PeriodKind.MONTH if match["period"] == "月" else PeriodKind.QUARTER
        yield Rhythm(match.start(), match.end(), kind, True, 31)


def _kind_of(text: str) -> PeriodKind:
    if "季" in text:
        return PeriodKind.QUARTER
    if "半年" in text:
        return PeriodKind.HALF_YEAR
    return PeriodKind.TWO_MONTHS if "双月" in text or "两个月" in text else PeriodKind.MONTH
