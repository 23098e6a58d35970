"""月调度、季督查、年通报 and their variants: the rhythm of a campaign in a word."""

import re
from dataclasses import dataclass

from partybuild.lib.periods import PeriodKind

_PERIODS = {
    "旬": None, "日": None, "周": PeriodKind.WEEK, "双周": PeriodKind.TWO_WEEKS, "半月": PeriodKind.TWO_WEEKS,
    "学期": PeriodKind.HALF_YEAR,
    "学年": PeriodKind.YEAR,
    "月": PeriodKind.MONTH, "双月": PeriodKind.TWO_MONTHS, "季": PeriodKind.QUARTER, "季度": PeriodKind.QUARTER,
    "半年": PeriodKind.HALF_YEAR, "年中": PeriodKind.HALF_YEAR, "年": PeriodKind.YEAR, "年度": PeriodKind.YEAR,
    "年终": PeriodKind.YEAR, "年底": PeriodKind.YEAR, "年末": PeriodKind.YEAR,
}  # fmt: skip
_DEED = (
    "调度|督查|督导|督办|通报|检查|点评|评比|考核|考评|评估|研判|例会|小结|总结|述职|报告|推进|分析|会商|提醒|讲评"
    "|碰头|盘点|自查|测评"
    "|公示|排名|汇总|复盘|评议|评价|研究|总评|巡查|抽查|观摩|对账|晾晒|展评|拉练|互评|提示|预警|验收|观摩|反馈|督促|上报|公开"
    "|清单|台账|销号|讲评|自评|梳理|归集|跟踪|会诊|问效|点名|对标|体检|(?:查|评|比|晒|学)(?![\u4e00-\u9fff])|提醒|一调度|一通报|一督查|一检查|一总结|一点评|一研判|一评估"
)
_ONE = re.compile(
    rf"(?<![二三四五六七八九十\d个上前当本次逐份每按双青少往])(?P<every>每|按|一)?(?:个)?(?P<period>双周|半月|双月|周"
    rf"|月|学期|学年|季度|季|半年|年中|年终|年底|年末|年度|年)"
    rf"(?:一)?(?P<deed>(?:集中|定期|专项|工作|全面|综合|总体)?(?:{_DEED}))(?!组|会议室|小组)"
)
_METRICS = (
    ("调度|例会|推进|会商|碰头", "cycle.dispatch"), ("督查|督导|督办|巡查", "supervision.inspection"),
    ("通报|讲评|公示|排名", "cycle.bulletin"), ("检查|抽查", "discipline.field_check"), ("观摩", "supervision.tour"),
    ("述职", "supervision.debriefing"),
)  # fmt: skip


@dataclass(frozen=True)
class Rate:
    """One word of such a list."""

    start: int
    end: int
    period: PeriodKind
    title: str
    metric: str


def rates(plain: str) -> list[Rate]:
    """The words of lists with at least two of them; a single one must stand in quotation marks or by itself."""
    found = [(match, _PERIODS[match["period"]]) for match in _ONE.finditer(plain)]
    kept = []
    for index, (match, period) in enumerate(found):
        near = [other for place, (other, _) in enumerate(found) if abs(place - index) == 1]
        in_list = any(_joined(plain, match, other) for other in near)
        if period is not None and in_list:
            kept.append(Rate(match.start(), match.end(), period, match[0], _metric(match["deed"], match["period"])))
    return kept


def _joined(plain: str, one: re.Match[str], other: re.Match[str]) -> bool:
    first, second = sorted((one.span(), other.span()))
    return re.fullmatch(r"[”“\"、，和与及\s]{1,4}", plain[first[1] : second[0]]) is not None


def _metric(deed: str, period: str) -> str:
    for words, metric in _METRICS:
        if re.search(words, deed):
            return metric
    if re.search("考核|考评|评估|评价|总评|测评|评议", deed):
        return "evaluation.final" if period.startswith("年") and period != "年中" else "evaluation.midyear"
    return "manual"


def covers(found: list[Rate], place: int) -> bool:
    """Whether a place belongs to such a word, so that no other grammar reads it again."""
    return any(rate.start <= place < rate.end for rate in found)
