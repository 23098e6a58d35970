"""Institutions that a plan names without a figure: what they imply by the rule table, proposed and never sure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from campaigns.enums import AudienceGroup, Basis
from campaigns.rules.metrics import METRICS
from campaigns.rules.plans import PlanTarget
from campaigns.rules.reading.demands import Demand, Sentence
from campaigns.rules.reading.terms import BRANCH, COMMITTEES, ELECTED, ISSUER, TERMS
from partybuild.lib.periods import PeriodKind

FROM_TABLE = "文件没有写明次数，按规则表提出，请核对"
NOT_IN_TABLE = "文件没有写明次数，规则表也没有规定，按每年1次提出，请核对"


class Rules(Protocol):
    """The part of the rule table that the reader asks."""

    @property
    def values(self) -> Mapping[str, Any]:
        """The rules by their code."""


@dataclass(frozen=True)
class Institution:
    """Words that name it, and the metrics by which it is measured."""

    words: str
    metrics: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    unless: str = ""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(self.words)


MEETINGS = ("activity.member_assembly", "activity.branch_committee", "activity.group_meeting", "activity.party_lecture")
INSTITUTIONS: tuple[Institution, ...] = (
    Institution(r"[“\"]?三会一课[”\"“]?", MEETINGS),
    Institution(r"主题党日", ("activity.theme_day",)),
    Institution(r"党员?固定(?:活动|党)日", ("activity.fixed_day",)),
    Institution(r"民主生活会|民主[(（]组织[)）]生活会", ("life.democratic",), COMMITTEES),
    Institution(r"(?<!民主生活会、)组织生活会|民主[(（]组织[)）]生活会|(?<=民主生活会、)组织生活会", ("life.organizat"
         "ion",)),
    Institution(r"[“\"]?双重[”\"]?组织生活", ("life.double",), COMMITTEES),
    Institution(r"民主评议(?:党员)?(?!机关|作风)", ("life.member_review",)),
    Institution(r"谈心谈话", ("talk.heart",)),
    Institution(r"政治生日", ("life.birthday",)),
    Institution(r"党费日", ("life.dues_day",)),
    Institution(r"重温入党(?:誓词|志愿)|入党宣誓", ("life.oath",)),
    Institution(r"党性(?:定期)?分析", ("life.spirit_analysis",)),
    Institution(r"党委议事日", ("life.committee_day",), COMMITTEES),
    Institution(r"支部活动日", ("life.branch_day",)),
    Institution(r"中心组[^，。；]{0,6}学习|中心组(?:领学|学习)|理论中心组", ("study.central_group",), COMMITTEES),
    Institution(r"第一议题", ("meeting.first_topic",), COMMITTEES),
    Institution(r"警示教育", ("education.warning",)),
    Institution(r"红色(?:资源|教育|基地|研学)|革命(?:遗址|传统教育)", ("education.red",)),
    Institution(r"政策形势宣讲|形势政策(?:宣讲|教育)", ("lecture.policy",), COMMITTEES),
    Institution(r"志愿服务", ("activity.volunteer",)),
    Institution(r"双报到|到社区报到|双服务", ("community.service",)),
    Institution(r"按期换届|(?:换届)(?:工作|选举|管理|规定)", ("term.election",), ELECTED),
    Institution(r"党支部联系点", ("contact.point",), COMMITTEES),
    Institution(r"(?:党建)?联系点(?:工作)?制度|挂钩联系", ("contact.visit",), COMMITTEES),
    Institution(r"读书班|(?:学习)?兴趣小组", ("reading.club",), COMMITTEES),
    Institution(r"读书(?:心得)?交流(?:活动)?|阅读推广", ("reading.activity",)),
    Institution(r"荐书", ("reading.recommend",), COMMITTEES),
    Institution(r"购置[^，。；]{0,10}书籍|购书", ("books.purchase",), COMMITTEES),
    Institution(r"廉政党课|廉洁党课", ("integrity.lecture",), COMMITTEES),
    Institution(r"(?:带头|书记|领导干部)[^，。；]{0,14}讲(?:专题)?党课", ("lecture.leader",)),
    Institution(r"联系的?(?:基层)?(?:单位|支部|点)[^，。；]{0,4}讲党课", ("lecture.linked_unit",), COMMITTEES),
    Institution(r"意识形态(?:工作)?[^，。；]{0,6}中心组|中心组学习[^，。；]{0,20}意识形态"
         r"|意识形态工作纳入[^，。；]{0,6}中心组", ("study.ideology",), COMMITTEES),
    Institution(r"党规党纪[^，。；]{0,10}中心组|党规党纪(?:学习|教育)", ("study.discipline_rules",), COMMITTEES),
    Institution(r"任职谈话(?:制度)?", ("event.appointment_talk",), ELECTED),
    Institution(r"任职培训|新任[^，。；]{0,6}培训", ("event.appointment_training",), ELECTED),
    Institution(r"初任培训", ("training.initial",), COMMITTEES),
    Institution(r"述职(?:评议|考核|述廉)|述职并", ("supervision.debriefing",), COMMITTEES),
    Institution(r"道德讲堂", ("culture.activity",)),
    Institution(r"定期[^，。；]{0,60}督查", ("supervision.inspection",), ISSUER),
)  # fmt: skip
_TERM_KINDS = {term.metric: (term.kinds, term.group) for term in TERMS}


def institutions(sentence: Sentence, table: Rules) -> Iterator[Demand]:
    """The targets that the institutions named in a sentence imply."""
    for institution in INSTITUTIONS:
        match = institution.pattern.search(sentence.plain)
        if match is None:
            continue
        for metric in institution.metrics:
            yield _demand(metric, institution, sentence.piece.text[match.start() : match.end()], match, table)


def _demand(metric: str, institution: Institution, name: str, match: re.Match[str], table: Rules) -> Demand:
    usual = table.values.get(f"target.{metric}")
    value = getattr(usual, "value", usual) if usual is not None else {}
    kinds, group = _TERM_KINDS.get(metric, (BRANCH, AudienceGroup.ALL.value))
    if institution.kinds:
        kinds = institution.kinds
        group = AudienceGroup.ISSUER.value if kinds == ISSUER else AudienceGroup.ALL.value
    target = PlanTarget(
        metric=metric,
        subject=METRICS[metric].subject.value,
        period=_period(metric, value),
        at_least=str(value.get("at_least", "1")),
        unit=METRICS[metric].unit,
        basis=Basis.RULE.value,
        kinds=kinds,
        group=group,
        phrase=name.strip('“”"'),
        within_days=days_of(table, "event.within_days") if metric.startswith("event.") else None,
    )
    return Demand(target, match.start(), match.end(), FROM_TABLE if value else NOT_IN_TABLE)


def _period(metric: str, value: Mapping[str, Any]) -> str:
    if metric == "term.election":
        return PeriodKind.TERM.value
    if metric == "meeting.first_topic":
        return PeriodKind.EACH_MEETING.value
    if metric.startswith("event."):
        return PeriodKind.EVENT.value
    return str(value.get("period", PeriodKind.YEAR.value))


def days_of(table: Rules, code: str) -> int | None:
    """The days of a rule; None when the table lacks it."""
    rule = table.values.get(code)
    value = getattr(rule, "value", rule)
    return value if isinstance(value, int) and value > 0 else None
