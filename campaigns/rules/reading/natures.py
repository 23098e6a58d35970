"""What a part of a plan is by its heading, and the short name of a dimension."""

import re

from campaigns.enums import TaskNature

ORGANIZING = "组织领导与保障"

_STEP = re.compile(
    r"(?:实施|方法|工作|推进|活动|创建|行动|进度)(?:的)?(?:步骤|阶段)|(?:方法|步骤)(?:与|和)?步骤|步骤(?:安排|方法"
    r"|和时限)"
    r"|(?:时间|进度|阶段|日程|步骤|推进)安排|分?年度(?:工作)?(?:安排|推进|实施)$|分年度|分步实施|三步走|时间表|路线图|阶段划分|实施进度|方法步骤|步骤$"
)
_GENERAL = re.compile(
    r"总体(?:要求|思路|目标|安排|部署|考虑)|指导思想|(?:基本|主要|工作|总体|活动|创建|评选)原则|(?:工作|主要|目标"
    r"|总体|行动|创建|预期|活动|整改|整治|提升|建设|年度|创评|评定|培训|培育|争创)目标"
    r"|目标(?:任务|要求|定位)|重要意义|工作思路|^目标$|^总则$|适用(?:范围|对象)|(?:活动|创建|工作)(?:主题|对象|范围)"
    r"|实施(?:范围|对象)"
    r"|^(?:活动|工作|学习|实施)?(?:时间|对象|地点|主题|宗旨)$|^(?:附注|备?注|(?:填表|备注)?说明)$"
    r"|参加(?:范围|对象|人员)|提高(?:思想|政治)?认识|思想认识|认清形势|^背景|^附则$|(?:形势|意义)$"
)
_SAFEGUARD = re.compile(
    r"组织领导|保障(?:措施|机制|要求|和监督)$|^(?:强化|加强|健全|完善|落实|做好)?(?:组织|工作|制度|条件|落实|支撑"
    r"|措施)?保障(?:工作)?$|(?:组织|工作)保障|(?:工作|有关|相关|几点|具体|纪律|活动|行动|落实|其他)要求"
    r"|^(?:监督|督导|督促|督查)(?:检查|考核|落实|问责|评估)?|^考核(?:评价|奖惩|激励|问责|与|办法)|^组织实施"
    r"|^(?:工作)?要求$|^监督(?:与|和)|^组织(?:推动|推进|保证)"
    r"|(?:监督|督查|督导)(?:与|和|、)?(?:考核|问责|检查)|责任追究"
)
_MEASURES = re.compile(
    r"(?:重点|主要|工作|目标|具体|主体|年度|中心|创建|活动|行动|核心|基本)?(?:任务|措施|内容|举措|工作|安排|事项|做法"
    r"|载体|抓手|项目)"
    r"(?:和(?:任务|措施|内容|举措|要求))?(?:分工|清单)?"
)
_LEADING = re.compile(r"加强[^，]{0,18}(?:的)?领导$|发挥[^，]{0,10}领导")
_PROBLEM = re.compile(
    r"存在[^，。；]{0,6}(?:问题|不足|短板|差距)|(?:存在|突出|共性|主要|反馈)的?(?:主要|突出|共性|具体)?(?:问题|不足"
    r"|短板)|问题(?:清单|主要有|主要表现|表现)|查摆(?:出)?的?问题"
)

_QUOTED = re.compile(r"(?:创建|打造|建设|建成|争当|争创|培育|构建)[^，“”]{0,6}“([^“”]{2,8})”")
_BUILT = re.compile(
    r"(?:着力|全力|努力|奋力|加快|切实|持续)?(?:打造|创建|建设)([^，“”、]{2,6}(?:机关|支部|队伍|阵地|品牌))$"
)
_OPENING = re.compile(
    r"^(?:着力|大力|切实|全面|不断|持续|进一步|坚持|坚决|扎实|深入|认真|努力|严格|积极|突出|始终|注重|深化|强化|加强"
    r"|抓好|抓实"
    r"|抓紧|抓牢|提升|提高|推进|推动|落实|夯实|筑牢|做好|做实|健全|完善|改进|规范|确保|增强|优化|巩固|聚焦|开展|实施"
    r"|狠抓|压实|严明|严肃"
    r"|从严|丰富|激发|拓展|创新)(?=[^，]{4,})"
)
_QUOTES = re.compile("[“”‘’《》]")
_LONGEST_NAME = 24


def nature_of(title: str) -> TaskNature | None:
    """What a part is whose heading says so; None for one that is named by its subject."""
    bare = re.sub(r"\(.*?\)", "", title)
    for nature, pattern in (
        (TaskNature.STEP, _STEP),
        (TaskNature.GENERAL, _GENERAL),
        (TaskNature.SAFEGUARD, _SAFEGUARD),
    ):
        if pattern.search(bare):
            return nature
    return None


def is_generic(title: str) -> bool:
    """重点任务, 主要措施: a heading that names no subject of its own."""
    return bool(_MEASURES.fullmatch(re.sub(r"\(.*?\)|[及与和、]|(?:年)?(?:工作)?的", "", title)))


def names_problems(text: str) -> bool:
    """Whether a list of problems follows."""
    return bool(_PROBLEM.search(text))


def dimension_name(title: str) -> str:
    """强化政治功能，着力打造政治机关 → 政治机关; 强化党建责任落实 → 党建责任落实."""
    if _LEADING.search(title):
        return ORGANIZING
    quoted = _QUOTED.findall(title)
    if quoted:
        return str(quoted[-1]).removesuffix("机关") if len(quoted[-1]) > 4 else str(quoted[-1])
    built = _BUILT.search(title)
    if built:
        return built[1]
    if len(title) <= _LONGEST_NAME:
        return _QUOTES.sub("", title)
    clauses = [clause for clause in re.split("[，；：]", title) if clause]
    name = clauses[-1] if clauses else title
    while len(name) > 6 and (shorter := _OPENING.sub("", name)) != name and len(shorter) >= 4:
        name = shorter
    return _QUOTES.sub("", name)[:_LONGEST_NAME] or title[:_LONGEST_NAME]
