"""The registry of metrics: what a target may count, which records feed it, on which conditions, and how it adds up.

Adding a metric is one entry here and one test. The numbers in the comments are the rows of ``docs/mechanisms.md``.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from campaigns.enums import ActivityKind as Kind
from campaigns.enums import ActivityPart as Part
from campaigns.enums import MeasuredBy, Subject, Sums
from campaigns.rules.conditions import (
    ALL_THREE_ARTEFACTS,
    ANNOUNCED_POINTS,
    COMMITTEE_QUORUM,
    LEADER_LECTURES,
    MEMBER_QUORUM,
    NOT_HALTED,
    SECRETARY_LECTURES,
    THREE_REPORTS,
    Condition,
)


@dataclass(frozen=True)
class Metric:
    """One thing that can be counted.

    ``kinds`` and ``parts`` feed it: a record of one of the kinds, or one that contains one of the parts. Every
    condition must hold, else the record is kept with the condition's sentence as the reason why it does not count.
    """

    code: str
    name: str
    subject: Subject
    unit: str
    sums: Sums = Sums.COUNT
    kinds: frozenset[Kind] = frozenset()
    parts: frozenset[Part] = frozenset()
    conditions: tuple[Condition, ...] = ()
    hit: Part | None = None  # of a share: the part that makes a record count as a hit
    is_told: bool = False  # other rows than records feed it too: ``campaigns.queries.fact_sources``

    @property
    def measured_by(self) -> MeasuredBy:
        """From records when any record can feed it, else from facts of registers, else from a checklist."""
        if self.kinds or self.parts:
            return MeasuredBy.RECORDS
        return MeasuredBy.FACTS if self.is_told else MeasuredBy.CHECKLIST

    @property
    def is_by_occasion(self) -> bool:
        """Whether only what has come about is asked for: each occasion is owed, and without any nothing is."""
        return self.sums == Sums.OCCASIONS

    @property
    def is_personal(self) -> bool:
        """Whether each person of the subject must reach the amount by himself."""
        return self.subject != Subject.ORGANIZATION

    def is_fed_by(self, kind: str, parts: Iterable[str]) -> bool:
        """Whether a record of this kind and with these parts is considered at all."""
        return kind in self.kinds or not self.parts.isdisjoint(parts)


ORGANIZATION_LIFE_KINDS = (
    Kind.MEMBER_ASSEMBLY, Kind.BRANCH_COMMITTEE, Kind.GROUP_MEETING, Kind.PARTY_LECTURE, Kind.THEME_DAY, Kind.STUDY,
    Kind.SEMINAR, Kind.VOLUNTEER, Kind.ORGANIZATION_LIFE, Kind.MEMBER_REVIEW, Kind.INTEGRITY_LECTURE,
    Kind.WARNING_EDUCATION, Kind.RED_EDUCATION, Kind.READING,
)  # fmt: skip
STUDY_KINDS = (Kind.TRAINING, Kind.PARTY_LECTURE, Kind.INTEGRITY_LECTURE, Kind.STUDY, Kind.SEMINAR, Kind.CENTRAL_GROUP)


def _fed(
    code: str,
    name: str,
    *kinds: Kind,
    parts: Iterable[Part] = (),
    conditions: tuple[Condition, ...] = (),
    subject: Subject = Subject.ORGANIZATION,
    unit: str = "次",
    sums: Sums = Sums.COUNT,
    hit: Part | None = None,
    is_told: bool = False,
) -> Metric:
    return Metric(code, name, subject, unit, sums, frozenset(kinds), frozenset(parts), conditions, hit, is_told)


def _checked(code: str, name: str, unit: str = "项", subject: Subject = Subject.ORGANIZATION) -> Metric:
    return Metric(code, name, subject, unit)


def _told(
    code: str, name: str, unit: str = "项", subject: Subject = Subject.ORGANIZATION, sums: Sums | None = None
) -> Metric:
    """Counted from the rows of a register; shares and amounts of money stand at the register's present value."""
    usual = Sums.PERSON_COUNT if subject != Subject.ORGANIZATION else Sums.VALUE if unit in "%元" else Sums.COUNT
    return Metric(code, name, subject, unit, sums or usual, is_told=True)


_METRICS = (
    # N01 三会一课
    _fed("activity.member_assembly", "支部党员大会", Kind.MEMBER_ASSEMBLY, conditions=(MEMBER_QUORUM,)),
    _fed("activity.branch_committee", "支部委员会", Kind.BRANCH_COMMITTEE, conditions=(COMMITTEE_QUORUM,)),
    _fed("activity.group_meeting", "党小组会", Kind.GROUP_MEETING, sums=Sums.GROUPS),
    _fed("activity.party_lecture", "党课", Kind.PARTY_LECTURE, Kind.INTEGRITY_LECTURE, parts=(Part.LECTURE,)),
    # N02, N03
    _fed("activity.fixed_day", "党员固定活动日", Kind.THEME_DAY, parts=(Part.FIXED_DAY,)),
    _fed("activity.any", "党支部组织活动", *ORGANIZATION_LIFE_KINDS),
    _fed("activity.theme_day", "主题党日", Kind.THEME_DAY),
    _fed("activity.congress", "党员大会或党员代表会议", Kind.CONGRESS, conditions=(THREE_REPORTS,)),
    # N04 – N06
    _fed("study.sessions", "集中学习研讨", Kind.STUDY, Kind.CENTRAL_GROUP, Kind.SEMINAR),
    _fed("study.seminar", "专题学习研讨", Kind.SEMINAR, parts=(Part.SEMINAR,), conditions=(ALL_THREE_ARTEFACTS,)),
    _fed("study.hours", "集中教育培训学时", *STUDY_KINDS, parts=(Part.STUDY,), subject=Subject.MEMBER, unit="学时",
         sums=Sums.PERSON_HOURS, is_told=True),
    # N07
    _told("study.books", "精读书籍并撰写心得", "本", Subject.MEMBER),
    # N08
    _fed("integrity.lecture", "党委（党组）书记讲廉政党课", Kind.INTEGRITY_LECTURE, parts=(Part.INTEGRITY_LECTURE,),
         conditions=(SECRETARY_LECTURES,)),
    _told("integrity.pledge", "签订廉洁承诺书", "份", Subject.MEMBER),
    # N09, N10, N27
    _fed("life.democratic", "民主生活会", Kind.DEMOCRATIC_LIFE, conditions=(NOT_HALTED,)),
    _fed("life.organization", "组织生活会", Kind.ORGANIZATION_LIFE, conditions=(NOT_HALTED,)),
    _fed("life.member_review", "民主评议党员", Kind.MEMBER_REVIEW),
    _told("life.guided", "指导所在或联系支部组织生活会", "次", Subject.LEADER),
    _told("life.leader_attendance", "领导干部参加所在支部组织生活并作两项报告", "次", Subject.LEADER),
    _told("life.double", "领导干部参加双重组织生活", "次", Subject.LEADER),
    # N11, N12, N33
    _fed("meeting.first_topic", "党委（党组）会议第一议题", Kind.COMMITTEE_MEETING, unit="%", sums=Sums.SHARE,
         hit=Part.FIRST_TOPIC),
    _fed("committee.party_work", "研究党建工作", Kind.PARTY_WORK, parts=(Part.PARTY_WORK,)),
    _fed("committee.hears_reports", "听取党建工作汇报", Kind.REPORT_HEARING, parts=(Part.REPORT_HEARING,)),
    # N13 – N15
    _told("ratio.dedicated_staff", "专职党务干部占比", "%"),
    _told("staff.named", "专人负责党务工作", "人"),
    _told("funds.per_head", "人均党建活动经费", "元"),
    _told("funds.growth", "党建活动经费不低于上年", "%"),
    _told("room.standard", "党员活动室达标", "个"),
    # N16, N17
    _told("training.committee_secretaries", "培训机关党委书记、副书记", "人", sums=Sums.VALUE),
    _told("training.branch_officers", "培训支部书记、委员和专职党务干部", "人", sums=Sums.VALUE),
    _told("training.members", "经常性教育覆盖党员", "人", sums=Sums.VALUE),
    _fed("training.sessions", "党务干部专题培训", Kind.TRAINING, unit="期"),
    _told("training.branch_secretaries", "支部书记培训覆盖面", "%"),
    _told("training.initial", "新任书记初任培训", "次", Subject.SECRETARY, Sums.OCCASIONS),
    # N18, N29 and N19
    _told("talk.must", "四必谈", "次", Subject.MEMBER, Sums.OCCASIONS),
    _told("event.integrity_education", "新入职人员纪律和廉政教育", "次", Subject.MEMBER, Sums.OCCASIONS),
    _told("event.integrity_talk", "新任职领导干部廉政谈话", "次", Subject.LEADER, Sums.OCCASIONS),
    _told("event.appointment_talk", "新任书记任职谈话", "次", Subject.SECRETARY, Sums.OCCASIONS),
    _told("event.appointment_training", "新任书记任职培训", "次", Subject.SECRETARY, Sums.OCCASIONS),
    _told("term.election", "按期换届", "次", sums=Sums.OCCASIONS),
    # N20
    _told("community.service", "在职党员双报到、双服务、双报告", "次", Subject.MEMBER),
    _fed("activity.volunteer", "志愿服务", Kind.VOLUNTEER, parts=(Part.VOLUNTEER,)),
    # N21, N23
    _fed("supervision.inspection", "党建专项督查", Kind.SPECIAL_INSPECTION),
    _fed("supervision.tour", "巡回观摩", Kind.TOUR),
    _fed("supervision.debriefing", "书记述职评议", Kind.DEBRIEFING),
    _fed("discipline.drive", "作风纪律教育整顿", Kind.DISCIPLINE_DRIVE),
    _fed("discipline.check", "专项纪律检查", Kind.DISCIPLINE_CHECK),
    _fed("discipline.field_check", "实地检查考核", Kind.FIELD_CHECK),
    # N22
    _fed("talk.heart", "谈心谈话", Kind.HEART_TALK, parts=(Part.HEART_TALK,)),
    _fed("life.birthday", "政治生日", parts=(Part.BIRTHDAY,)),
    _fed("life.oath", "重温入党誓词", parts=(Part.OATH,)),
    _fed("life.spirit_analysis", "党性分析", parts=(Part.SPIRIT_ANALYSIS,)),
    _fed("life.committee_day", "党委议事日", parts=(Part.COMMITTEE_DAY,)),
    _fed("life.branch_day", "支部活动日", parts=(Part.BRANCH_DAY,)),
    _fed("life.dues_day", "党费日", parts=(Part.DUES_DAY,)),
    _fed("education.red", "红色教育", Kind.RED_EDUCATION, parts=(Part.RED_EDUCATION,)),
    # N24
    _fed("points.announced", "党员大会通报积分情况", Kind.MEMBER_ASSEMBLY, conditions=(ANNOUNCED_POINTS,)),
    # N25
    _told("coverage.training", "书记和党务工作者集中培训覆盖面", "%"),
    _told("coverage.started", "启动模范机关创建", "个"),
    _told("coverage.model_post", "参与党员示范岗创建并达标", "个"),
    _told("coverage.rectified", "既往整改事项落实到位", "%"),
    _checked("coverage.rated", "书记履职评价覆盖面", "%"),
    # N26, N28
    _fed("study.central_group", "理论学习中心组学习", Kind.CENTRAL_GROUP),
    _fed("study.ideology", "中心组意识形态专题学习", parts=(Part.IDEOLOGY,)),
    _fed("study.discipline_rules", "党规党纪专题学习", parts=(Part.DISCIPLINE_RULES,)),
    _fed("education.warning", "警示教育", Kind.WARNING_EDUCATION, parts=(Part.WARNING,)),
    # N30, N31
    _fed("lecture.leader", "书记、领导干部讲党课", Kind.PARTY_LECTURE, Kind.INTEGRITY_LECTURE,
         parts=(Part.LECTURE,), conditions=(LEADER_LECTURES,)),
    _told("lecture.linked_unit", "领导干部在联系点讲党课", "次", Subject.LEADER),
    _fed("lecture.policy", "政策形势宣讲", Kind.POLICY_LECTURE),
    _fed("reading.activity", "读书交流活动", Kind.READING),
    _told("reading.recommend", "领导干部读书·荐书·评书", "次", Subject.LEADER),
    _fed("reading.club", "读书班或兴趣小组", parts=(Part.READING_CLUB,), unit="个"),
    _fed("books.purchase", "年度购置书籍", parts=(Part.BOOK_PURCHASE,)),
    _fed("youth.models", "评选青年学习标兵", parts=(Part.YOUTH_MODELS,), unit="批"),
    # N32, N34
    _told("rate.problems_solved", "突出问题解决率", "%"),
    _checked("rate.satisfaction", "党员群众满意率", "%"),
    _fed("report.standing_committee", "常委会听取机关党建工作汇报", parts=(Part.STANDING_COMMITTEE,)),
    _told("report.to_superior", "向上级党委报告机关党建工作", "次"),
    # C06 – C11, C15
    _told("plan.filed", "报送年度计划方案", "份"),
    _told("agreement.signed", "签订党建目标责任书", "份"),
    _told("project.branch", "一支一项项目", "个"),
    _told("info.items", "报送党建信息", "条"),
    _told("contact.point", "包抓党建联系点", "个", Subject.SECRETARY),
    _fed("contact.visit", "联系点走访调研", Kind.CONTACT_VISIT),
    _told("lists.responsibility", "建立党建项目清单和责任清单", "份"),
    _fed("culture.activity", "主题宣传和道德讲堂", Kind.CULTURE),
    _fed("mass.activity", "群团活动", Kind.MASS_ACTIVITY),
    _told("contact.pairing", "双联系一共建双推进材料", "项"),
    # O04
    _checked("development.checks", "发展党员“四查”"),
    # Y01 – Y04
    _checked("cycle.dispatch", "工作调度", "次"),
    _checked("cycle.bulletin", "工作通报", "次"),
    _checked("evaluation.midyear", "年中调研评估", "次"),
    _checked("evaluation.final", "年终评估验收", "次"),
    _told("rectification.immediate", "立行立改问题整改", "%"),
    _told("rectification.longer", "中长期整改见到成效", "%", sums=Sums.OCCASIONS),
    _checked("manual", "按清单完成", "项"),
)  # fmt: skip

METRICS: dict[str, Metric] = {metric.code: metric for metric in _METRICS}


def get(code: str) -> Metric:
    """The metric of a code; KeyError for a code that is not registered."""
    return METRICS[code]


def fed_by(kind: str, parts: Iterable[str]) -> list[Metric]:
    """Every metric that considers a record of this kind with these parts, in registry order."""
    parts = tuple(parts)
    return [metric for metric in _METRICS if metric.is_fed_by(kind, parts)]
