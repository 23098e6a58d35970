"""How much is asked: 不少于8次, 1—2条, 两期, 2%, 全覆盖, 人均不低于600元."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from campaigns.rules.reading.numerals import NUMBER, number_of

UNITS = (
    r"人次|个?(?:教学|集中|线下|网络|理论|培训)?(?:学时|课时)|小时|个工作日|次数|场次|万元|余元|篇次|平方米|㎡|个月"
    r"|[次场期批堂节轮遍条篇份本册件项户家名位人个支队部例处座间元档届讲课张幅天种封则首套台枚株棵亩盏辆块所桩字门]|班次|批次|户次|轮次|分(?!之|钟|别|管|析|类|工|解|级"
    r"|配|享|片|步|布|校)"
)
_BOUND = (
    r"(?:不(?:得|应|能)?(?:少|低|小|下)于|不少"
    r"|至少(?:要|应|须)?(?:有|开展|组织|召开|参加|完成|形成|撰写|建成|选派|联系|配备|举办|解决)?"
    r"|最少|起码|达到|达|≥|>=|保持在|保证|确保|力争|一般(?:为|不少于)?|原则上)"
)
_COUNT = re.compile(
    rf"(?P<bound>{_BOUND})?\s*(?:不少于)?(?P<low>{NUMBER}|半)\s*(?P<more>余|多|几)?"
    rf"(?:\s*[次个名条期篇]?\s*(?:-+|至|到|或)\s*(?P<high>{NUMBER}))?"
    rf"\s*(?:左右|余|多)?\s*(?P<unit>{UNITS})(?:\s*\(?(?P<above>及?以上|左右|(?:之)?以?内|以下)\)?)?"
)
_PERCENT = re.compile(
    rf"(?P<bound>{_BOUND})?\s*(?:(?P<low>\d{{1,6}}(?:\.\d{{1,6}})?)(?:\s*%?\s*-\s*(?P<high>\d{{1,6}}(?:\.\d{{1,6}})?))?\s*%"
    rf"|百分之(?P<han>{NUMBER}|百)|百分百)"
    r"(?P<above>\s*(?:及)?以上)?"
)
_TENTHS = re.compile(
    rf"(?P<bound>{_BOUND}|(?:占比|比例|比重|率)超过)?\s*(?P<low>[一二两三四五六七八九])成(?P<above>(?:及)?以上)?"
    r"(?![员立果为绩效长功就的])"
)
_NEXT_TENTHS = re.compile(r"(?:和|、|及|与)(?P<low>[一二两三四五六七八九])成(?![员立果为绩效长功就])")
# Not more than this, or less than before: no demand to be met.
_LIMIT = re.compile(
    r"(?:不(?:得|应|能|可)?(?:超过|高于|多于|大于|突破)|至多|最多|控制在|压缩(?:至|到|为)|降(?:至|到)"
    r"|(?<!不)(?<!不[得能应])[低少]于|下降|减少|超过"
    r"|高出?|满|不足)(?:了)?\s*$"
)
_CONDITION = re.compile(
    r"[^，。；、]{0,10}的(?!标准|比例|要求|党课|专题|集中|培训|学习|组织生活|活动|督|调|检|党员活动|管理)"
)
# The weight of an assessment is no demand.
_RISES = re.compile(r"(?:提高|提升|增加|增长|扩大|上升|上调|调整)(?:到|至|为)\s*$")
_FROM = re.compile(r"(?:由|从)[^，。；\d]{0,8}\s*$")
_ROSE = re.compile(r"(?:左右)?(?:提高|提升|增加|增长|扩大|上升|上调|调整|压缩|缩短|减少|降低)")
_WEIGHT = re.compile(
    r"(?:权重|分值|总分)[^，。；]{0,8}$|(?:考核|考评|测评|评议|评价|评估|成绩|得分)(?:结果|成绩)?占(?:比)?(?:为)?$"
)
_SCORED = re.compile(r"^(?:的)?，?(?:扣|加|记|奖|减|得|计)\s*\d")
# 不少于3次，得6分: what is asked for the points; 每少1次扣2分: a step of the score.
_EARNED = re.compile(r"^，?(?:得|计)\s*\d")
_STEP = re.compile(r"每(?:少|低|高|多|超|缺|漏|增|减|发现|出现|发生|有|迟|逾期|提高|增加|降低|下降)[^，。；\d]{0,8}$")
_ASKED = re.compile(r"(?:每|全年|年内|人均)[^，。；]*$")
_MOST = re.compile(r"不(?:得|应|能)?(?:超过|高于|多于)[^，。；\d]{1,14}的$")
_HAS = re.compile(r"(?:有|满|具有|达到|对|凡)\s*$")
_OPENINGS = {"", "对", "凡", "有", "拥有", "在"}
_OF_SIZE = {"人", "名", "户", "家", "个", "万元", "元", "平方米", "位"}
# Units of which an amount says something only with 不少于 or the like.
_BOUND_ONLY = {
    "天", "个月", "平方米", "㎡", "种", "分", "小时", "部", "个工作日", "届", "字", "块", "亩", "首", "则", "所", "台",
    "套",
}  # fmt: skip
_BOUND_BEFORE = re.compile(r"(?:不(?:得|应|能)?(?:少|低|小)于|至少|累计|达到)[^，。；\d]{0,4}$")
_COVER = re.compile(
    r"(?:实现|做到|确保|力争|达到)?[^，。；、]{0,2}(?:全覆盖|全面覆盖|全员覆盖|应训尽训|应建尽建|应换尽换|应评尽评"
    r"|应谈尽谈|应查尽查)(?!率)|覆盖(?:到)?(?:全体|所有|每[名个位])[^，。；、的]{2,6}(?=[，。；、]|$)"
)
_NOT_COUNTED = re.compile(
    r"^(?:个(?:等[级次]|档次|星级|级别|类别|月|季度|学时|工作日|学期|小时|别|人(?!以)|性|方面|体|层|中心|阶段|维护|意识|自信|确立|字|角色|时代"
    r"|关键|百分点|时段|时点|学年|环节|维度|层面|类)|"
    r"项项|件件|条条|人一|位一|体|次(?:党代会|会议精神|全会|全体会议|代表大会|全国代表大会|常委会|讲话)|届"
    r"|期间|期(?=建设|工程|叫)|部(?:分|门|署|队|委|委员)|"
    r"支(?:部|持|撑|委)|门(?:心思|窗|口|户|诊|店|类|牌)|家(?:属|庭|风)|名(?:副|单)|位(?:一体)|份(?=子)|"
    r"元(?:旦|化)|本(?:色|单位|级|书记|人|领|职|地|部门|支部|年)|节(?:约|日|点)|间(?:断)|人(?:以上单位|民|员|才|事|大"
    r"|均|心|生|文)|"
    r"队(?:伍)|场(?:所|合|景)|批(?:评|准|示)|课(?:堂|程|题|一表)|件(?=大事精神)|张网|流|类|线|方|级)"
)
_BEFORE_NUMBER = re.compile(
    r"(?:全(?!年|程)[\u4e00-\u9fff]{1,2}|我[镇县区市局院校厅部司]|第|十[^，。]?届|[〇零\d]年|届|次次|同|统|之|唯|独"
    r"|专|另|任何|某|这|那|每|上|(?<![啃拿攻打写定立投])下|逐|前|后|万众|惟|整|划|同|逐)$"
)
# 每季一讲, 每周一课: a time of it.
_A_TIME = re.compile(r"(?:周|月|季度?|年|学期)一[讲课]$")
# 50人以上小区…覆盖率: of whom it is asked.
_OF_WHOM = re.compile(r"[^，。；]{2,24}(?:率|要|应|须|实现|做到|达到|建立|配备|单独)")
# 组成3个调研组: who does the work.
_WORKERS = re.compile(r"[^，。；]{0,6}(?:组(?!织)|专班|小分队)")
# 对31个支部全部“过筛子”: what is dealt with, not how many are asked.
_OBJECT = re.compile(r"(?:对|将|把|为|给)(?:所属|所辖|下属|现有|全[市县区局校院系统]{1,3})?(?:的)?$")
_ALL_OF_THEM = re.compile(r"[^，。；、]{1,14}?(?:全部|全面|逐一|逐个|分别|开展|进行|实行|实施|统一|集中|(?=“)|按)")
_HELD = re.compile(r"(?:举办|举行|开展|组织)(?:了)?$")
_FORMED = re.compile(r"(?:组成|成立|分成|分为|派出|抽调|组建|设立|设|下设)\s*$")
# 一支一项, 一对一: sayings, not amounts.
_REACH = 160
_SAYING = re.compile(
    r"一(?:个)?(?:党)?(?:支(?:部)?|人|岗|企|户|对|事|月|季|年|周|县|单位|部门|机关|党员|科室"
    r"|问题)一(?:个)?[\u4e00-\u9fff]{1,2}|一会一|一事一"
    r"|[一二三四五六七八九十两双][\u4e00-\u9fff]一[课做大]"
    r"|[一二两三四五双][\u4e00-\u9fff]{1,3}[一二两三四五双][\u4e00-\u9fff]{1,2}(?=[”\"])"
)


@dataclass(frozen=True)
class Amount:
    """An amount named in a sentence, in its own unit; a share as a part of one."""

    start: int
    end: int
    at_least: Decimal
    unit: str
    at_most: Decimal | None = None
    is_bound: bool = False
    is_loose: bool = False
    is_cover: bool = False


def _ahead(plain: str, place: int) -> str:
    """What stands before a place, as far as an amount's words reach."""
    return plain[max(0, place - _REACH) : place]


def amounts(plain: str) -> list[Amount]:
    """The amounts of a sentence, in order."""
    found: list[Amount] = []
    sayings = [
        match.span() for match in _SAYING.finditer(plain) if match[0][1:3] not in {"年一", "月一", "季一", "周一"}
    ]
    for amount in (*_percents(plain), *_tenths(plain), *_covers(plain), *_counts(plain)):
        said = any(start < amount.end and amount.start < end for start, end in sayings)
        if not said and all(amount.start >= each.end or amount.end <= each.start for each in found):
            found.append(amount)
    return sorted(found, key=lambda each: each.start)


def _counts(plain: str) -> Iterator[Amount]:
    for match in _COUNT.finditer(plain):
        low = Decimal("0.5") if match["low"] == "半" else number_of(match["low"])
        high = number_of(match["high"]) if match["high"] else None
        low, high = _spoken_range(match["low"], low, high)
        if not low or _is_part(match, plain) or _is_limit(match, plain):
            continue
        high = high if high and high > low else None
        unit = _unit(match["unit"])
        if unit in {"讲", "课"} and _A_TIME.search(_ahead(plain, match.end())):
            unit = "次"
        if unit in {"元", "万元"} and match["low"].endswith("万"):
            low, unit = low / 10_000, "万元"
        bound = bool(match["bound"] or (match["above"] or "").endswith("以上"))
        loose = bool(match["more"]) or match["above"] == "左右"
        yield Amount(match.start(), match.end(), low, unit, high, bound, loose)


def _unit(text: str) -> str:
    if text.endswith(("学时", "课时")):
        return text[-2:]
    return {"名": "人", "位": "人", "余元": "元", "次数": "次", "㎡": "平方米", "批次": "批", "轮次": "轮"}.get(
        text, text
    )


def _is_part(match: re.Match[str], plain: str) -> bool:
    """Parts of words and of names."""
    unit = match["unit"]
    if unit == "届" and _HELD.search(_ahead(plain, match.start("low"))):
        return False
    if len(unit) == 1 and _NOT_COUNTED.match(plain[match.start("unit") :]):
        return True
    if match["low"] == "半" and unit != "天":
        return True
    return _BEFORE_NUMBER.search(_ahead(plain, match.start("low"))) is not None


def _is_limit(match: re.Match[str], plain: str) -> bool:
    """Upper limits, conditions (有3名以上党员的项目), and units that say something only with a bound."""
    before, behind = _ahead(plain, match.start("low")), plain[match.end() :]
    above = match["above"] or ""
    if "内" in above or above == "以下" or (_LIMIT.search(before) and "以上" not in above):
        return True
    if _is_object(match, before, behind):
        return True
    if _is_score(match, before, behind):
        return True
    if "以上" in above and re.match("的(?!标准|比例|额度|水平|要求)", behind):
        return True
    if _FORMED.search(before) and _WORKERS.match(behind):
        return True
    opening = re.sub(r"^.*[，。；：前内]", "", _ahead(plain, match.start())).strip()
    if "以上" in above and opening in _OPENINGS and match["unit"] in _OF_SIZE and _OF_WHOM.match(behind):
        return True
    if match["unit"] == "支" and match["low"] == "一" and not match["bound"]:
        return True
    is_bound = match["bound"] or "以上" in (match["above"] or "") or _BOUND_BEFORE.search(before)
    if match["unit"] in _BOUND_ONLY and not is_bound and not (match["unit"] == "届" and _HELD.search(before)):
        return True
    if _HAS.search(_ahead(plain, match.start())) and _CONDITION.match(behind):
        return True
    many = match["low"] not in {"一", "1"} and match["unit"] in {"个", "名", "人", "家"}
    return bool(many and not match["bound"] and before.endswith("的"))


def _is_score(match: re.Match[str], before: str, behind: str) -> bool:
    """Points of an assessment and the steps by which they are counted; not what is asked for them."""
    if _STEP.search(before):
        return True
    asked = match["bound"] or "以上" in (match["above"] or "") or _ASKED.search(before)
    if _SCORED.match(behind) and not (asked and _EARNED.match(behind)):
        return True
    given = re.search(r"[扣加记奖减得计]\s*$|^之", before + behind[:1]) or _WEIGHT.search(before)
    return match["unit"] == "分" and given is not None


def _is_object(match: re.Match[str], before: str, behind: str) -> bool:
    """What is dealt with (对31个支部全部…), named (“三个规定”), vague (涌现一批), or what a figure rises from."""
    return bool(
        (_FROM.search(before) and _ROSE.match(behind))
        or (_OBJECT.search(before) and _ALL_OF_THEM.match(behind))
        or (match["unit"] == "批" and re.search(r"(?:涌现|形成|带动)出?$", before))
        or (before.endswith("“") and re.match(r"[\u4e00-\u9fff]{1,4}”", behind))
    )


def _spoken_range(text: str, low: Decimal | None, high: Decimal | None) -> tuple[Decimal | None, Decimal | None]:
    """一两次, 三四次."""
    if high is None and len(text) == 2 and low is not None:
        one, two = number_of(text[0]), number_of(text[1])
        if one and two and "十" not in text and not text.isascii() and two == one + 1:
            return one, two
    return low, high


def _percents(plain: str) -> Iterator[Amount]:
    for match in _PERCENT.finditer(plain):
        written = match["low"] or match["han"]
        before = _ahead(plain, match.start())
        falls = match["above"] or re.search("同比|较上年|比上年", before[-12:])
        if (_LIMIT.search(before) and not falls) or (_WEIGHT.search(before) and not _RISES.search(before)):
            continue
        if _MOST.search(before) or _STEP.search(before):
            continue
        if _FROM.search(before) and _ROSE.match(plain[match.end() :]):
            continue
        value = Decimal(100) if written in {None, "百"} else number_of(written)
        if value and value <= 1000:
            high = number_of(match["high"]) if match["high"] else None
            bound = bool(match["bound"] or match["above"])
            yield Amount(match.start(), match.end(), value / 100, "%", high / 100 if high else None, bound)


def _tenths(plain: str) -> Iterator[Amount]:
    """不少于三成."""
    for match in _TENTHS.finditer(plain):
        value = number_of(match["low"])
        if value and (match["bound"] or match["above"]):
            yield Amount(match.start(), match.end(), value / 10, "%", None, True)
            listed = _NEXT_TENTHS.match(plain, match.end())
            if listed and (more := number_of(listed["low"])):
                yield Amount(listed.start("low"), listed.end(), more / 10, "%", None, True)


def _covers(plain: str) -> Iterator[Amount]:
    for match in _COVER.finditer(plain):
        yield Amount(match.start(), match.end(), Decimal(1), "%", None, True, is_cover=True)
