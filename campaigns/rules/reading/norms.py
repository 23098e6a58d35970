"""Demands that name no plain amount: 月调度、季督查, 全部整改到位, “四查”, 届满前6个月, 对新任职干部进行廉政谈话."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from campaigns.enums import AudienceGroup, Basis
from campaigns.rules.plans import PlanTarget
from campaigns.rules.reading.audiences import audience_of, subject_of
from campaigns.rules.reading.demands import NO_PERIOD, WHICH_METRIC, Demand, Sentence
from campaigns.rules.reading.rates import rates
from campaigns.rules.reading.terms import BRANCH, COMMITTEES, EVERYONE, ISSUER, MANUAL, TERMS, Term, hits
from partybuild.lib.periods import PeriodKind

SET = "文件列出的一组要求，按逐项完成计，请核对"
DAYS_FROM_TABLE = "文件没有写明天数，按规则表计"
_TERMS = {term.metric: term for term in TERMS}


@dataclass(frozen=True)
class Norm:
    """A demand before it becomes a target."""

    metric: str
    period: PeriodKind
    start: int
    end: int
    unit: str = "项"
    at_least: str = "1"
    why: str = ""
    within_days: int | None = None
    before_term_end_months: int | None = None
    kinds: tuple[str, ...] = ()
    group: str = ""
    is_dated: bool = False
    title: str = ""


Days = Callable[[str], int | None]


def norms(sentence: Sentence, days_of: Days) -> list[Demand]:
    """Every such demand of a sentence; ``days_of`` gives the days of a rule's code."""
    found = [
        *_rates(sentence), *_all_of(sentence), *_each_branch(sentence), *_after_events(sentence, days_of),
        *_limits(sentence),
        *_institutions(sentence, days_of), *_named_sets(sentence), *_papers(sentence), *_evaluations(sentence),
        *_money_and_people(sentence),
    ]  # fmt: skip
    return [_demand(sentence, norm) for norm in found]


def _demand(sentence: Sentence, norm: Norm) -> Demand:
    term = _TERMS.get(norm.metric, MANUAL)
    before = sentence.plain[sentence.clause(norm.start).start : norm.end]
    subject = subject_of(term, before)
    kinds, group = audience_of(term, before, subject)
    due = _due(sentence, norm) if norm.is_dated else ""
    target = PlanTarget(
        metric=norm.metric, subject=subject, period=norm.period.value, at_least=norm.at_least, unit=norm.unit,
        basis=Basis.STATED.value, kinds=norm.kinds or kinds, group=norm.group or group,
        phrase=sentence.phrase(norm.start, norm.end), due=due, within_days=norm.within_days,
        before_term_end_months=norm.before_term_end_months, title=norm.title,
    )  # fmt: skip
    if due and target.period == PeriodKind.YEAR:
        target = replace(target, period=PeriodKind.ONCE.value)
    return Demand(target, norm.start, norm.end, norm.why)


def _due(sentence: Sentence, norm: Norm) -> str:
    """The last day named before it; what a set consists of may be due later in its sentence."""
    before = [day for day in sentence.days if day.start <= norm.start]
    inside = [day for day in sentence.days if norm.start <= day.start < norm.end]
    later = sentence.days if norm.why == SET else []
    return next((day.due for day in (*inside[:1], *before[-1:], *later)), "")


def _rates(sentence: Sentence) -> Iterator[Norm]:
    """月调度、季督查、年通报: what the issuer does over and over."""
    for rate in rates(sentence.plain):
        yield Norm(rate.metric, rate.period, rate.start, rate.end, "次", kinds=ISSUER,
                   group=AudienceGroup.ISSUER.value, title=rate.title)  # fmt: skip


_WHOLE = re.compile(r"(?:所有|全部|各项|一律|逐项|全面)[^，。；]{0,16}(?:整改|销号|清零|问题)[^，。；]{0,10}(?:到位"
     r"|完成|销号|清零|落实)"
                    r"|整改[^，。；]{0,4}(?:全部|一律)(?:到位|完成)"
                    r"|(?:全部|一律)(?:整改)(?:到位|完成|完毕)")  # fmt: skip


def _all_of(sentence: Sentence) -> Iterator[Norm]:
    """确保所有整改事项全部落实到位."""
    if any(amount.unit == "%" for amount in sentence.amounts):
        return
    for match in _WHOLE.finditer(sentence.plain):
        metric = "coverage.rectified" if "事项" in match[0] else "rectification.immediate"
        yield Norm(metric, PeriodKind.ONCE, match.start(), match.end(), "%", is_dated=True)


_EACH = re.compile(
    r"(?:每个|各个?|所有|全部|全体)(?:基层|机关)?(?:党)?(?:支部|党组织)[^，。；]{0,6}(?:都|均|全部|应当?|须"
    r"|必须)[^，。；]{0,12}?"
    r"(?:达标|参与|参加|建成|创建|达到[^，。；]{0,8}标准|完成|过硬|覆盖)[^，。；]*"
)


def _each_branch(sentence: Sentence) -> Iterator[Norm]:
    """每个支部都要参与创建活动."""
    for match in _EACH.finditer(sentence.plain):
        clause = sentence.clause(match.start())
        if any(clause.holds(amount.start) for amount in sentence.amounts):
            continue
        local = [hit for hit in hits(sentence.plain[: match.end()], "个") if hit.term.weight]
        metric = local[-1].term.metric if local else MANUAL.metric
        if "达标" in match[0] and metric == MANUAL.metric:
            metric = "room.standard" if "活动室" in sentence.plain else metric
        why = "" if local else WHICH_METRIC
        yield Norm(metric, PeriodKind.ONCE, match.start(), match.end(), "个", why=why, kinds=BRANCH, is_dated=True)


_NEWCOMER = re.compile(
    r"对新[^，。；、]{1,10}(?:、[^，。；、]{1,8}){0,3}?(?:及时|要|应|均)?(?:开展|进行|组织"
    r"|实施)[^，。；]{0,14}?(?:教育|谈话|培训)"
)


def _after_events(sentence: Sentence, days_of: Days) -> Iterator[Norm]:
    """对新入职党员及时开展纪律和廉政教育."""
    for match in _NEWCOMER.finditer(sentence.plain):
        if any(limit.within_days for limit in sentence.limits):
            continue
        local = [hit for hit in hits(match[0]) if hit.term.metric.startswith("event.")]
        metric = local[0].term.metric if local else MANUAL.metric
        within = days_of("event.within_days")
        yield Norm(metric, PeriodKind.EVENT, match.start(), match.end(), "次", why=DAYS_FROM_TABLE, within_days=within)


_RECTIFIED = re.compile(r"整改|见效|成效|销号")
_DEED = re.compile(
    r"完成|报送|上报|报告|报备|备案|开展|进行|召开|组织|谈话|培训|反馈|整改|见到|答复|办理|转接|提交|签订|落实|公示"
    r"|制定|走访|办结|约谈|印发|建立"
)


def _limits(sentence: Sentence) -> Iterator[Norm]:
    """届满前6个月; 两个月内见到成效."""
    for limit in sentence.limits:
        clause = sentence.clause(limit.start)
        behind = sentence.plain[limit.end : clause.end]
        if limit.before_term_end_months:
            yield Norm("term.election", PeriodKind.TERM, limit.start, limit.end, "次",
                       before_term_end_months=limit.before_term_end_months)  # fmt: skip
        elif _RECTIFIED.search(behind):
            yield Norm("rectification.longer", PeriodKind.EVENT, limit.start, limit.end, "%", why=NO_PERIOD,
                       within_days=limit.within_days)  # fmt: skip
        elif _DEED.search(behind) and not any(clause.holds(amount.start) for amount in sentence.amounts):
            local = [hit for hit in hits(clause.of(sentence.plain)) if hit.term.metric.startswith("event.")]
            if local:
                metric, days = local[0].term.metric, limit.within_days
                yield Norm(metric, PeriodKind.EVENT, limit.start, limit.end, "次", within_days=days)


_MUST_TALK = re.compile(r"四(?:个)?必谈")
_ONE_EACH = re.compile(
    r"一(?:个)?(?:党)?支(?:部)?一(?:个)?(?:项目|项|品牌|品|特色|策|课题)(?![”\"]?[^，。；]{0,6}(?:率|全覆盖|比例))"
)
_FOUR_CHECKS = re.compile(r"[“\"]四查[”\"]")
_HAVES = re.compile(r"[“\"][三四五六七八九十]有[”\"](?:标准|要求)?")
_QUOTED_SET = re.compile(
    r"[“\"][二三四五六七八九十]{1,2}(?:项|条|大|件)[^”\"，。]{0,8}(?:任务|措施|事项|实事|举措)[”\"]"
)
_PROBLEMS = re.compile(r"(?<![\d.])\d{1,2}\s*(?:个|类|项)(?:方面)?(?:的)?(?:突出|共性|主要|具体)?问题")
_HAVE_LIST = re.compile(r"(?:有[^有，、。；：]{2,14}[、，]){2,}有[^有，、。；：]{2,14}")


def _institutions(sentence: Sentence, days_of: Days) -> Iterator[Norm]:
    """四必谈, 一支一项, 四查: well-known names that say their amount."""
    plain = sentence.plain
    match = _MUST_TALK.search(plain)
    if match:
        yield Norm("talk.must", PeriodKind.EVENT, match.start(), match.end(), "次", why=DAYS_FROM_TABLE,
                   within_days=days_of("talk.within_days"))  # fmt: skip
    match = _ONE_EACH.search(plain)
    if match:
        yield Norm("project.branch", PeriodKind.YEAR, match.start(), match.end(), "个", why=NO_PERIOD, kinds=BRANCH)
    match = _FOUR_CHECKS.search(plain)
    if match and re.search("发展|入党", plain):
        yield Norm("development.checks", PeriodKind.YEAR, match.start(), match.end(), at_least="4", why=SET)


def _named_sets(sentence: Sentence) -> Iterator[Norm]:
    """Sets that the document names by their number; what they consist of is the checklist's."""
    plain = sentence.plain
    for match in filter(None, (_HAVES.search(plain), _QUOTED_SET.search(plain))):
        yield Norm(MANUAL.metric, PeriodKind.YEAR, match.start(), match.end(), why=SET, is_dated=True)
    problems = _PROBLEMS.search(plain)
    if problems and re.search(r"(?:针对|根治|整治|解决|认领|整改|对照|聚焦)[^。；]{0,40}$", plain[: problems.start()]):
        yield Norm(MANUAL.metric, PeriodKind.YEAR, problems.start(), problems.end(), why=SET)
    haves = _HAVE_LIST.search(plain)
    if haves and not sentence.amounts and not _HAVES.search(plain):
        pairing = [hit for hit in hits(plain) if hit.term.metric == "contact.pairing"]
        count = str(len(re.findall("有[^有，、。；：]{2,}", haves[0])))
        for hit in pairing[:1]:
            yield Norm(
                hit.term.metric, PeriodKind.YEAR, haves.start(), haves.end(), at_least=count, why=SET, kinds=BRANCH
            )


_LONG_PLAN = re.compile(r"(?:制定|编制|实施|研究制定)[^，。；]{0,16}[二三五][年][^，。；]{0,8}(?:计划|规划|方案)")
_FILED = re.compile(
    r"(?:报送|上报|制定|报备|提交|形成|印发|编制|上交|备案)[^，。；、]{0,20}?(?:计划|方案"
    r"|安排(?!部署))(?:[^，。；、]{0,4}(?:报|备案))?"
)
_LISTS = re.compile(r"[^，。；、“”]{0,24}清单(?:(?:、|和|以及|及|与)[^，。；、]{0,22}清单)+")
_STEPS = 3
_STARTED = re.compile(r"(?:全面|全覆盖|全员|全部)启动")


def _papers(sentence: Sentence) -> Iterator[Norm]:
    """Plans to be filed by a day, plans over years, several lists to be kept, a start everywhere."""
    plain = sentence.plain
    long = _LONG_PLAN.search(plain)
    if long:
        yield Norm("plan.filed", PeriodKind.ONCE, long.start(), long.end(), "份", why=NO_PERIOD, is_dated=True)
    for match in _FILED.finditer(plain):
        clause = sentence.clause(match.start())
        dated = [day for day in sentence.days if clause.start <= day.start <= match.start() and day.is_before]
        counted = any(clause.holds(amount.start) and "份" in amount.unit for amount in sentence.amounts)
        often = any(clause.holds(rhythm.start) for rhythm in sentence.rhythms)
        # A plan to be handed in by a day is a deadline; one of several dated steps is a demand of its own.
        in_steps = len(sentence.days) >= _STEPS
        if dated and in_steps and not counted and not often and match.start() - dated[-1].end <= 20:
            yield Norm("plan.filed", PeriodKind.ONCE, match.start(), match.end(), "份", is_dated=True)
    for match in _LISTS.finditer(plain):
        count = match[0].count("清单")
        if "问题清单" not in match[0] and re.search(
            "建立|制定|完善|编制|列出|健全", match[0] + plain[: match.start()][-24:]
        ):
            yield Norm("lists.responsibility", PeriodKind.YEAR, match.start(), match.end(), "份", str(count), NO_PERIOD)
    for match in _STARTED.finditer(plain):
        clause = sentence.clause(match.start())
        if any(clause.holds(day.start) for day in sentence.days):
            yield Norm(
                "coverage.started", PeriodKind.ONCE, match.start(), match.end(), "个", kinds=EVERYONE, is_dated=True
            )


_EVALUATION = re.compile(
    r"[^，。；、]{0,16}?(?:自查自验|自查自评|自评自查|自我评估|集中验收|考核验收|综合评估|综合评价|评估验收)"
)


def _evaluations(sentence: Sentence) -> Iterator[Norm]:
    """12月底前，采取支部自查自验、上级集中验收、综合评估的方式."""
    found = list(_EVALUATION.finditer(sentence.plain))
    dated = [day for day in sentence.days if not day.is_loose]
    if len(found) < 2 or not dated or sentence.amounts:
        return
    for match in found:
        term = Term("evaluation.final", "", COMMITTEES)
        kinds, group = audience_of(term, match[0], "organization")
        if re.search("组织部|工委", match[0]):
            kinds, group = ISSUER, AudienceGroup.ISSUER.value
        yield Norm("evaluation.final", PeriodKind.ONCE, match.start(), match.end(), "次", kinds=kinds, group=group,
                   is_dated=True, title=re.sub("^(?:采取|通过|按照)", "", match[0])[-20:])  # fmt: skip


_WEEK = re.compile(
    r"集中(?:安排|组织|利用|开展)?\s*(?:不少于|约)?\s*[一二两三四五\d]{1,2}\s*个?(?:周|星期|天"
    r"|个工作日)(?:的)?(?:时间)?"
)
_FEW = re.compile(r"(?:人员|人数)较少[^。；]{0,20}专人负责|专人负责[^，。；]{0,4}党(?:务|建)")
_GROWTH = re.compile(r"(?:正常|稳定|动态|逐年|合理)增长(?:的)?机制")
_LIKEWISE = re.compile(r"(?P<who>[^，。；]{2,16}?)(?:要|应|须)?(?:同步|参照|比照)(?:落实|执行|配备|保障)")
_GRADES = re.compile(r"[“\"]?好、较好、(?:一般|中)、(?:较?差)[”\"]?[^，。；]{0,8}(?:评价|等次|档|评定)")


def _money_and_people(sentence: Sentence) -> Iterator[Norm]:
    plain = sentence.plain
    match = _WEEK.search(plain)
    if match and re.search("培训|学习|轮训|研讨", plain[match.start() : match.end() + 80]):
        yield Norm("training.sessions", PeriodKind.ONCE, match.start(), match.end(), "期", why=NO_PERIOD,
                   kinds=ISSUER, group=AudienceGroup.ISSUER.value)  # fmt: skip
    match = _FEW.search(plain)
    if match:
        yield Norm("staff.named", PeriodKind.YEAR, match.start(), match.end(), "人", why=NO_PERIOD, kinds=COMMITTEES)
    match = _GROWTH.search(plain)
    if match and "经费" in plain:
        yield Norm("funds.growth", PeriodKind.YEAR, match.start(), match.end(), "%", why=NO_PERIOD, kinds=COMMITTEES)
    match = _GRADES.search(plain)
    if match:
        yield Norm("coverage.rated", PeriodKind.YEAR, match.start(), match.end(), "%", why=NO_PERIOD, kinds=COMMITTEES)


def likewise(sentence: Sentence, found: list[Demand]) -> Iterator[Demand]:
    """各县（市）区要同步落实: the same amount asked of others."""
    for match in _LIKEWISE.finditer(sentence.plain):
        earlier = [
            each for each in found if each.end <= match.start("who") + 1 and each.target.unit in {"元", "%", "人"}
        ]
        counted = [each for each in earlier if each.target.at_least != "1"]
        if counted and re.match(r"(?:各|下级|所属|基层|县|市|区)", match["who"]):
            target = replace(counted[-1].target, phrase=sentence.phrase(match.start(), match.end()), kinds=ISSUER,
                             group=AudienceGroup.DIRECT.value, title=f"{match['who']}同步落实")  # fmt: skip
            yield Demand(target, match.start(), match.end(), "随前一项要求一并提出，请核对")
