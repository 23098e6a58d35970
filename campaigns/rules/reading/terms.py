"""Which words ask for which metric, and of which organisations when the sentence does not say."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from branches.enums import OrganizationKind as Kind
from campaigns.enums import AudienceGroup as Group

BRANCH = (Kind.BRANCH.value,)
COMMITTEES = (Kind.COMMITTEE.value, Kind.LEADING_GROUP.value)
EVERYONE = (*COMMITTEES, Kind.GENERAL_BRANCH.value, Kind.BRANCH.value)
ISSUER = (Kind.WORK_COMMITTEE.value,)
ELECTED = (Kind.COMMITTEE.value, Kind.GENERAL_BRANCH.value, Kind.BRANCH.value)


@dataclass(frozen=True)
class Term:
    """Words for a metric; ``units`` restricts it to amounts in these, ``weight`` decides between two of one place."""

    metric: str
    words: str
    kinds: tuple[str, ...] = BRANCH
    group: str = Group.ALL.value
    units: str = ""
    weight: int = 0

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(self.words)

    def takes(self, unit: str) -> bool:
        """Whether an amount in this unit can be one of this metric."""
        return not self.units or not unit or unit in self._units

    @cached_property
    def _units(self) -> frozenset[str]:
        return frozenset(self.units.split())


_TIMES = "次 场 堂 节 期 轮 课 讲 遍 批 篇次"
_PEOPLE = "人 人次 %"

TERMS: tuple[Term, ...] = (
    # Meetings and lectures of a branch.
    Term("activity.congress", r"党员大会(?:或|和|\()?(?:者)?(?:党员)?代表(?:大会|会议)|党员代表(?:大会|会议)"
         r"|党代表大会", COMMITTEES, units=_TIMES, weight=3),
    Term("activity.member_assembly", r"(?:支部)?党员大会|支部大会", units=_TIMES),
    Term("activity.branch_committee", r"支(?:部)?委(?:员)?会(?:会议)?|支委会议", units=_TIMES),
    Term("activity.group_meeting", r"党小组会(?:议)?|党小组(?=[^，。；、]{0,6}(?:召开|开会|会议))|小组会",
         group=Group.WITH_GROUPS.value, units=_TIMES),
    Term("lecture.linked_unit", r"(?:联系点|联系(?:的)?(?:基层|党?支部|单位)|所联系|分管(?:领域|单位"
         r"|部门))[^，。；]{0,14}(?:讲|上)[^，。；]{0,8}党课", COMMITTEES, units=_TIMES, weight=3),
    Term("integrity.lecture", r"(?:廉政|廉洁|纪律|清廉)(?:专题)?党课|(?:廉政|廉洁)教育课", COMMITTEES, units=_TIMES,
         weight=4),
    Term("lecture.leader", r"(?:书记|领导(?:干部)?|负责人|委员|成员|带头|分别|班子)[^，。；、]{0,26}(?:讲|上"
         r"|作)[^，。；、]{0,12}党课|书记党课|领导干部上讲台", units=_TIMES, weight=2),
    Term("activity.party_lecture", r"党课", units=_TIMES),
    Term("activity.fixed_day", r"(?:党员)?固定(?:活动|组织生活|党日)日?|党员活动日", units=_TIMES, weight=1),
    Term("activity.theme_day", r"主题党日|党日活动|党员主题日", units=_TIMES, weight=1),
    # Life in the party.
    Term("life.guided", r"指导[^，。；]{0,26}组织生活会|列席[^，。；]{0,20}组织生活会", COMMITTEES, units=_TIMES,
         weight=5),
    Term("life.democratic", r"(?:专题)?民主生活会|民主\(组织\)生活会", COMMITTEES, units=_TIMES, weight=1),
    Term("life.organization", r"(?:专题)?组织生活会", units=_TIMES, weight=1),
    Term("life.leader_attendance", r"一集中两报告", COMMITTEES, units=_TIMES, weight=6),
    Term("life.double", r"[“\"]?双重[”\"]?组织生活|(?:参加|过)[^，。；]{0,16}(?:支部"
         r"|党小组)[^，。；会课]{0,8}(?:组织生活"
         r"|活动|学习|党日)(?!会)|以普通党员身份[^。；]{0,30}(?:组织生活|活动)", COMMITTEES, units=_TIMES, weight=5),
    Term("life.member_review", r"民主评议(?:党员)?(?!机关|作风)|评议(?:[1１一]次)?党员", units=_TIMES, weight=1),
    Term("life.birthday", r"政治生日", units=_TIMES, weight=2),
    Term("life.oath", r"(?:重温|宣读)?入党(?:誓词|宣誓|志愿)|重温誓词", units=_TIMES),
    Term("life.spirit_analysis", r"党性(?:定期)?(?:分析|体检|剖析)", units=_TIMES, weight=1),
    Term("life.committee_day", r"党委议事日|议事日", COMMITTEES, units=_TIMES, weight=1),
    Term("life.branch_day", r"支部活动日", units=_TIMES, weight=2),
    Term("life.dues_day", r"党费日", units=_TIMES, weight=2),
    Term("talk.must", r"四[个必]*必谈", units=_TIMES, weight=3),
    Term("talk.heart", r"谈心谈话|谈心(?:活动|交心)|谈话谈心|交心谈心", units=_TIMES + " 人 %"),
    Term("activity.any", r"(?:组织|支部|党员|党建|集中)活动(?!日|室|阵地|经费|场所|中心|方案)|组织生活(?!会"
         r"|制度|质量|记录)",
         units=_TIMES),
    # Study.
    Term("meeting.first_topic", r"第一议题", COMMITTEES, units="%", weight=1),
    Term("study.ideology", r"(?:意识形态)[^，。；]{0,12}(?:学习|研讨|专题)|中心组[^，。；]{0,12}意识形态", COMMITTEES,
         units=_TIMES, weight=3),
    Term("study.discipline_rules", r"(?:党规党纪|党纪|纪律处分条例|党内法规)[^，。；]{0,8}(?:专题)?(?:学习|研讨)",
         COMMITTEES, units=_TIMES, weight=2),
    Term("study.seminar", r"专题(?:学习)?研讨|学习研讨(?!班)|专题交流研讨|集中研讨|研讨(?:交流|会)|交流研讨",
         units=_TIMES, weight=0),
    Term("study.sessions", r"集中学习(?:研讨|交流)?(?!教育|培训)|集体学习|理论学习(?!中心组)|政治(?:理论)?学习"
         r"|专题学习(?!研讨|教育)", COMMITTEES, units=_TIMES, weight=1),
    Term("manual", r"青年理论学习小组|青年读书|自学", BRANCH, weight=7),
    Term("study.central_group", r"(?:理论学习)?中心组(?:[^，。；、]{0,16}(?:学习|研讨))?(?:研讨)?", COMMITTEES,
         units=_TIMES,
         weight=2),
    Term("study.hours", r"(?:教育培训|培训|学习|教育|轮训|参训)(?:时间|时长|学时)?", units="学时 课时 小时", weight=1),
    Term("study.books", r"(?:精读|读|学|阅读|研读)[^，。；、]{0,12}(?:书|著作|读本|原著)|读书(?!会|班|日|活动|交流"
         r"|角)", units="本 册 部", weight=1),
    Term("books.purchase", r"(?:购置|购买|添置|配备|更新)[^，。；]{0,10}(?:书籍|图书|读物)"
         r"|购书", COMMITTEES, weight=2),
    Term("reading.activity", r"读书(?:交流|分享|活动|沙龙|心得|会)[^，。；、]{0,4}|阅读推广", units=_TIMES, weight=1),
    Term("reading.recommend", r"读书·荐书·评书|荐书", COMMITTEES, units=_TIMES, weight=2),
    Term("reading.club", r"读书班|(?:学习)?兴趣小组|读书会", COMMITTEES, units="个 期", weight=1),
    Term("youth.models", r"青年[^，。；]{0,4}(?:标兵|榜样|典型|先锋|能手)", COMMITTEES, units="批 次", weight=2),
    Term("lecture.policy", r"(?:政策|形势)(?:形势|政策|理论)?(?:宣讲|报告|教育)|(?:理论|基层)?宣讲(?!团|员)",
         COMMITTEES, units=_TIMES, weight=2),
    Term("education.red", r"红色(?:教育|资源|基地|研学|党性|现场)[^，。；、]{0,6}|革命(?:传统|遗址"
         r"|纪念)[^，。；、]{0,4}|党性(?:教育|锻炼)(?:基地|活动|现场)|现场教学", units=_TIMES),
    Term("education.warning", r"警示教育|(?:廉政|警示)教育(?:片|基地|活动|大会|会)?|反面典型", EVERYONE, units=_TIMES,
         weight=1),
    # Training.
    Term("training.committee_secretaries", r"(?:机关)?党委(?:专职)?(?:书记|副书记)[^，。；]{0,60}(?:培训|轮训|锻炼"
         r"|教育)", ISSUER, Group.ISSUER.value, "人 人次", weight=2),
    Term("training.branch_officers", r"(?:支部书记|支部委员|支委|党务干部|党务工作者)[^，。；]{0,60}(?:培训|轮训)",
         ISSUER, Group.ISSUER.value, "人 人次", weight=1),
    Term("training.members", r"(?:党员|入党积极分子)[^，。；]{0,60}(?:教育|培训|轮训)", ISSUER, Group.ISSUER.value,
         "人 人次", weight=0),
    Term("training.branch_secretaries", r"(?:党)?支部书记[^，。；]{0,16}(?:培训|轮训)|(?:培训"
         r"|轮训)[^，。；]{0,12}支部书记", COMMITTEES, units="% 遍", weight=3),
    Term("coverage.training", r"(?:书记|党务(?:工作者|干部))[^，。；]{0,18}(?:培训|轮训)"
         r"|全覆盖[^，。；]{0,4}(?:学习|培训|轮训)",
         COMMITTEES, units="%", weight=1),
    Term("manual", r"(?:参训|培训|轮训|学习)(?:率|覆盖|全覆盖)", COMMITTEES, units="%"),
    Term("training.initial", r"(?:新任|任职|初任|岗前)[^，。；]{0,8}培训", COMMITTEES, units=_TIMES, weight=2),
    Term("training.sessions", r"(?:培训班|轮训班|(?:示范|干部|研修|进修|提高|骨干|提升)班"
         r"|专题(?:培训|轮训)|党务(?:干部|工作者|知识"
         r"|业务)?[^，。；、]{0,8}(?:培训|轮训)|集中(?:培训|轮训)|业务培训|培训)", COMMITTEES, units="期 次 轮 场 "
         "班", weight=0),
    # The head and the committee.
    Term("committee.hears_reports", r"(?:听取|专题听取)[^，。；]{0,40}(?:汇报|报告)?", COMMITTEES, units=_TIMES,
         weight=3),
    Term("committee.party_work", r"(?:专题|集体|集中)?(?:研究|研判|部署)[^，。；]{0,26}(?:党建|党的建设|全面从严治党"
         r"|党务|支部工作)(?:工作)?|专题研究(?=[\d一两二三 ]{1,3}次(?:[，。；]"
         r"|$))", COMMITTEES, units=_TIMES, weight=3),
    Term("report.standing_committee", r"(?:市委|区委|县委|党委)?常委会[^，。；]{0,14}听取[^，。；]{0,24}", ISSUER,
         units=_TIMES, weight=6),
    Term("report.to_superior", r"向[^，。；]{0,6}?(?:上级|市委|区委|县委|省委)[^，。；]{0,14}(?:报告"
         r"|汇报)[^，。；]{0,14}(?:党建|党的建设|主体责任|抓党)[^，。；]{0,6}"
         r"|(?:报告|汇报)[^，。；]{0,10}(?:抓|党建|主体责任)[^，。；]{0,12}(?:情况|工作)", COMMITTEES,
         units=_TIMES + " 份",
         weight=2),
    Term("supervision.debriefing", r"述职(?:述廉|评议|测评|考核)?[^，。；]{0,6}", COMMITTEES, units=_TIMES, weight=3),
    Term("supervision.tour", r"(?:巡回|现场|交叉|互学|集中)?观摩(?:会|活动|交流)?|互观互检", COMMITTEES, units=_TIMES,
         weight=2),
    Term("supervision.inspection", r"(?:党建)?(?:专项|集中|联合|全面|随机|综合)?(?:督查|督导|巡查|督促检查"
         r"|调研督导)(?!组)(?:调研|检查|指导)?", COMMITTEES, units=_TIMES, weight=1),
    Term("discipline.drive", r"(?:作风|纪律|教育)[^，。；、]{0,8}(?:教育)?整顿", COMMITTEES, units=_TIMES, weight=2),
    Term("discipline.check", r"(?:专项)?纪律(?:作风)?(?:专项)?检查|作风(?:督查|检查|巡查)|正风肃纪检查",
         COMMITTEES, units=_TIMES, weight=2),
    Term("discipline.field_check", r"实地(?:检查|考核|督查)[^，。；、]{0,4}|检查考核", COMMITTEES, units=_TIMES,
         weight=0),
    Term("cycle.dispatch", r"(?:工作|集中|专题)?调度(?:会|推进)?|碰头会",
         COMMITTEES, units=_TIMES, weight=1),
    Term("cycle.bulletin", r"(?<!积分)(?<!案例)(?<!典型)(?:工作)?通报(?!表扬|批评|典型|出勤)(?:情况)?"
         r"|(?:编发|印发)[^，。；]{0,6}简报", COMMITTEES,
         units="次 期 份", weight=0),
    Term("evaluation.midyear", r"年中[^，。；、]{0,6}(?:评估|考核|考评|检查|调研)[^，。；、]{0,4}|半年(?:评估|考核"
         r"|考评)", ISSUER, Group.ISSUER.value, _TIMES, weight=3),
    Term("evaluation.final", r"(?:年终|年底|年度|总结)[^，。；、]{0,4}(?:评估|考核|考评|验收|评价)|(?:集中|综合|考核"
         r"|总体|全面)(?:验收|评估|评定)|自查自(?:验|评)", ISSUER, Group.ISSUER.value, _TIMES, weight=2),
    # Money, people, rooms.
    Term("ratio.dedicated_staff", r"(?:专职|专兼职)?党务(?:干部|工作(?:者|人员))|专职党务", COMMITTEES, units="%",
         weight=4),
    Term("staff.named", r"专人负责", COMMITTEES, units="人", weight=3),
    Term("funds.per_head", r"(?:经费|活动费)[^，。；]{0,20}(?:每名|每个|每位|每人|人均)[^，。；]{0,10}"
         r"|(?:每名|每个|每位|每人|人均)[^，。；]{0,20}(?:经费|标准|安排|列支|拨付|预算)", COMMITTEES, units="元",
         weight=1),
    Term("room.standard", r"(?:党员|党群|党建)?活动(?:室|阵地|场所)|党建(?:阵地|活动室)|党员之家", units="个 间 处 "
         "%", weight=1),
    # Papers and items.
    Term("integrity.pledge", r"(?:廉洁|廉政|清廉)[^，。；]{0,8}(?:承诺书?|责任书)", weight=3),
    Term("agreement.signed", r"(?:目标|党建|主体)?责任书|责任状", EVERYONE, Group.DIRECT.value, weight=2),
    Term("plan.filed", r"(?:年度|工作|学习|活动|实施|党建|创建|整改|三年|五年|行动)?(?:工作)?(?:计划|方案|规划)",
         EVERYONE, units="份 个 次 项", weight=0),
    Term("info.items", r"党(?:建|务)(?:工作)?(?:信息|稿件|简报|动态(?!分析)|宣传报道)|(?:报送"
         r"|上报)信息(?!$)", EVERYONE,
         units="条 篇 份 期 次 件", weight=1),
    Term("lists.responsibility", r"(?:责任|项目|任务)清单", EVERYONE, units="份 张 个 项", weight=2),
    Term("project.branch", r"一支(?:部)?一(?:项|品)|支部[^，。；]{0,30}?(?:项目|品牌|课题|攻坚任务)",
         units="个 项 件", weight=0),
    Term("contact.point", r"(?:党建)?联系点", EVERYONE, units="个 处", weight=2),
    Term("contact.visit", r"(?:联系点|基层|支部|一线|社区|企业|村)[^，。；]{0,10}(?:调研|走访|指导|督导|蹲点)|(?:到"
         r"|深入|赴)[^，。；]{0,10}(?:联系点|基层|支部|联系支部)[^，。；]{0,10}(?:调研|走访|指导|督导)?|走访(?:慰问"
         r"|调研|联系)?|调研(?!实践|报告|课题)", COMMITTEES, units=_TIMES, weight=1),
    Term("contact.pairing", r"结对(?:共建)?(?!帮|导)|双联系|共建协议|联建共建|(?:支部"
         r"|党组织)[^，。；]{0,12}(?:共建|联建)", units="个 项 家 户 份",
         weight=3),
    Term("development.checks", r"四查", COMMITTEES, weight=2),
    Term("community.service", r"双报到|双服务|社区报到|(?:到|在)(?:社区|小区)[^，。；]{0,10}(?:报到|服务)|报到服务"
         r"|认领[^，。；]{0,4}微心愿",
         units=_TIMES, weight=2),
    Term("activity.volunteer", r"志愿(?:服务|者)?(?:活动)?|义诊|公益(?:服务|活动)|义务(?:劳动|服务)", units=_TIMES,
         weight=2),
    Term("points.announced", r"积分[^。；]{0,26}(?:通报|公示|公布|公开)|(?:通报|公示|公布"
         r"|公开)[^，。；]{0,10}积分", weight=5),
    Term("culture.activity", r"道德讲堂|主题宣传|文化活动|文体活动", units=_TIMES, weight=1),
    Term("mass.activity", r"(?:群团|工会|团(?:组织|支部|委|日)|妇(?:联|女组织|委会)|职工)[^，。；、]{0,8}活动"
         r"|岗位练兵|技能竞赛", COMMITTEES, units=_TIMES, weight=1),
    Term("manual", r"报送[^，。；]{0,20}(?:情况|材料|小结|总结|报表|台账|进展|清单)|(?:情况|材料|小结|总结|报表"
         r"|台账)[^，。；]{0,6}(?:报送|上报)", EVERYONE, weight=6),
    # Shares and events.
    Term("rate.satisfaction", r"满意(?:率|度)", EVERYONE, units="%", weight=5),
    Term("rate.problems_solved", r"问题[^，。；]{0,4}(?:解决|办结)率|解决率", EVERYONE, units="%", weight=5),
    Term("rectification.immediate", r"(?:立行立改|立即整改|能立即|能够立即|马上)[^，。；]{0,16}(?:整改|到位|销号|完成"
         r"|清零|见底)", EVERYONE, Group.DIRECT.value, "%", weight=3),
    Term("coverage.rectified", r"整改事项", COMMITTEES, units="%", weight=5),
    Term("coverage.model_post", r"(?:参与|参加)创建活动", units="% 个", weight=2),
    Term("coverage.started", r"(?:启动|动员部署|部署到位)", EVERYONE, units="% 个", weight=1),
    Term("coverage.rated", r"(?:总体评价|综合评价|评定等次|等次)", COMMITTEES, units="%", weight=2),
    Term("term.election", r"(?:按期|到期|届满|提前|集中)?换届(?:选举)?", ELECTED, units="次 %", weight=1),
    Term("event.integrity_education", r"新(?:入职|进|录用|聘)[^，。；]{0,16}(?:教育|培训)", weight=4),
    Term("event.integrity_talk", r"(?:新(?:任职|提拔|提任|任)|任职|任前)[^，。；]{0,18}廉(?:政|洁)[^，。；]{0,4}谈话"
         r"|任前廉政谈话", COMMITTEES, weight=4),
    Term("event.appointment_talk", r"(?:新任|任职)[^，。；]{0,16}任职谈话", ELECTED, weight=3),
    Term("event.appointment_training", r"(?:新任|新当选)[^，。；]{0,16}(?:任职|岗前|专题)?(?:培训|轮训)", ELECTED,
         units=_TIMES + " %", weight=3),
)  # fmt: skip
MANUAL = Term("manual", "", EVERYONE)


@dataclass(frozen=True)
class Hit:
    """A term found in a text."""

    start: int
    end: int
    term: Term


def hits(plain: str, unit: str = "", terms: Iterable[Term] = TERMS) -> list[Hit]:
    """The terms of a text that an amount in this unit can belong to; where two overlap, the weightier and longer."""
    found = [
        Hit(match.start(), match.end(), term)
        for term in terms
        if term.takes(unit)
        for match in term.pattern.finditer(plain)
    ]
    found.sort(key=lambda hit: (-hit.term.weight, hit.start - hit.end, hit.start))
    kept: list[Hit] = []
    for hit in found:
        if all(hit.start >= each.end or hit.end <= each.start for each in kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.start)
