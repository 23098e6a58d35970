"""Fixed vocabularies of the roster."""

from django.db.models import TextChoices


class Sex(TextChoices):
    MALE = "male", "男"
    FEMALE = "female", "女"


class MemberKind(TextChoices):
    """Full members vote, probationary ones take part; the others are under development and on no roster yet."""

    FULL = "full", "正式党员"
    PROBATIONARY = "probationary", "预备党员"
    CANDIDATE = "candidate", "发展对象"
    ACTIVIST = "activist", "积极分子"
    APPLICANT = "applicant", "申请人"


PARTY_KINDS = (MemberKind.FULL, MemberKind.PROBATIONARY)
UNDER_DEVELOPMENT = (MemberKind.CANDIDATE, MemberKind.ACTIVIST, MemberKind.APPLICANT)


class StandingKind(TextChoices):
    """What marks a member on a roster, or takes him out of its counts."""

    SUSPENDED = "suspended", "停止党籍"
    LOST = "lost", "失联"
    MOBILE = "mobile", "流动"
    HISTORICAL = "historical", "历史党员"


NOT_COUNTED = (StandingKind.SUSPENDED, StandingKind.HISTORICAL)


class CorrectionState(TextChoices):
    """What became of a member's request to put his own data right."""

    PENDING = "pending", "待处理"
    ADOPTED = "adopted", "已采纳"
    RETURNED = "returned", "已退回"


class LeavingCause(TextChoices):
    """Why somebody is no longer a member of the party."""

    LEFT = "left", "出党"
    REMOVED = "removed", "除名"
    DIED = "died", "去世"


class OfficeKind(TextChoices):
    """A party office that a member holds."""

    SECRETARY = "secretary", "书记"
    DEPUTY_SECRETARY = "deputy_secretary", "副书记"
    COMMITTEE_MEMBER = "committee_member", "委员"
    GROUP_LEADER = "group_leader", "党小组组长"
    LEADER = "leader", "领导干部"


class RestrictedKind(TextChoices):
    """A kind of what only named posts see (O10, O14); one is named kind by kind."""

    TALK = "talk", "谈话记录"
    THOUGHT = "thought", "思想动态"
    INTEGRITY = "integrity", "廉政档案"
    MATTER = "matter", "科级以下重大事项报告"
    FORM = "form", "监督执纪四种形态"
    DISCIPLINE = "discipline", "违纪处理"
    CARE = "care", "激励关怀帮扶"


class DisciplineForm(TextChoices):
    """The four forms of supervision and discipline (四种形态)."""

    FIRST = "first", "第一种形态：谈话提醒、批评教育"
    SECOND = "second", "第二种形态：轻处分、组织调整"
    THIRD = "third", "第三种形态：重处分、重大职务调整"
    FOURTH = "fourth", "第四种形态：涉嫌违法移送"


class Sanction(TextChoices):
    """A decision on a member who broke discipline or the law."""

    WARNING = "warning", "警告"
    SERIOUS_WARNING = "serious_warning", "严重警告"
    REMOVAL = "removal", "撤销党内职务"
    PROBATION = "probation", "留党察看"
    EXPULSION = "expulsion", "开除党籍"
    STATE = "state", "政务处分"
    LAW = "law", "违法被追究责任"


class OccasionKind(TextChoices):
    """What happened to a member and asks for a talk: the four of WX (四必谈), and coming new."""

    POST_CHANGE = "post_change", "职务调整"
    SANCTION = "sanction", "受处分"
    MISFORTUNE = "misfortune", "家庭变故"
    FIRST_SIGNS = "first_signs", "苗头性问题"
    NEW_ENTRANT = "new_entrant", "新入职"


class DutyKind(TextChoices):
    """What an occasion makes due (N18, N29)."""

    TALK = "talk", "四必谈谈话"
    INTEGRITY_EDUCATION = "integrity_education", "纪律和廉政教育"
    INTEGRITY_TALK = "integrity_talk", "新任领导廉政谈话"
    APPOINTMENT_TALK = "appointment_talk", "新任书记任职谈话"
    APPOINTMENT_TRAINING = "appointment_training", "新任书记任职培训"


class CareGroup(TextChoices):
    """A group that needs care and help (激励关怀帮扶)."""

    HARDSHIP = "hardship", "困难党员"
    RETIRED = "retired", "离退休党员"
    MOBILE = "mobile", "流动党员"
    MIND = "mind", "心理关怀"


class TransferDirection(TextChoices):
    """Between which sides a membership is transferred."""

    INSIDE = "inside", "系统内转接"
    OUT = "out", "转往外单位"
    IN = "in", "从外单位转入"


class TransferState(TextChoices):
    """How far a transfer is."""

    STARTED = "started", "待审批"
    PENDING = "pending", "待接收"
    ACCEPTED = "accepted", "已接收"
    REFUSED = "refused", "已退回"
    WITHDRAWN = "withdrawn", "已撤回"
    EXPIRED = "expired", "已过期"


class DuesKind(TextChoices):
    """How a member's dues are reckoned."""

    WORKING = "working", "在职"
    RETIRED = "retired", "离退休"
    FIXED = "fixed", "定额"
    EXEMPT = "exempt", "免交"


class DuesBaseState(TextChoices):
    """Whether a base counts yet."""

    IN_FORCE = "in_force", "已核定"
    ASKED = "asked", "待批准"
    REFUSED = "refused", "未批准"
    SUPERSEDED = "superseded", "已被替代"


class DuesLineKind(TextChoices):
    """What a line of a member's month is: money, or what is owed."""

    PAYMENT = "payment", "收缴"
    REVERSAL = "reversal", "收缴更正"
    ADJUSTMENT = "adjustment", "应缴调整"


class NoticeKind(TextChoices):
    """What a 公示 in the development of members is about."""

    CANDIDATE = "candidate", "发展对象"
    ADMISSION = "admission", "接收预备党员"
    CONVERSION = "conversion", "预备党员转正"


class DecisionKind(TextChoices):
    """What the superior decides in the development of members; the code of its step."""

    PRE_REVIEW = "pre_review", "预审"
    APPROVAL = "approval", "审批"
    CONVERSION = "conversion_approval", "转正审批"


class Resolution(TextChoices):
    """What a branch meeting resolves by vote in the development of members."""

    ADMIT = "admit", "接收为预备党员"
    CONVERT = "convert", "按期转为正式党员"
    EXTEND = "extend", "延长预备期"
    CANCEL = "cancel", "取消预备党员资格"


class PersonRole(TextChoices):
    """Full members who answer for a person under development."""

    CONTACT = "contact", "培养联系人"
    INTRODUCER = "introducer", "入党介绍人"


class DevelopmentOutcome(TextChoices):
    """How a file of development ended."""

    OPEN = "open", "在办"
    CONVERTED = "converted", "已转正"
    STOPPED = "stopped", "停止培养"
    WITHDRAWN = "withdrawn", "本人撤回申请"
    REFUSED = "refused", "未获批准"
    CANCELLED = "cancelled", "取消预备党员资格"


class TermState(TextChoices):
    """How a committee's term stands on a day (N19)."""

    NORMAL = "normal", "正常"
    WARNED = "warned", "预警"
    NEAR = "near", "临近"
    OVERDUE = "overdue", "逾期"
    EXTENDED = "extended", "已批延期"


class ExtensionState(TextChoices):
    """What became of a request to put an election off."""

    ASKED = "asked", "待批复"
    APPROVED = "approved", "已同意"
    REFUSED = "refused", "未同意"


class FindingCode(TextChoices):
    """What the structure check finds fault with (O03)."""

    NO_MEMBERS = "no_members", "没有党员"
    TOO_FEW = "too_few", "正式党员过少"
    TOO_MANY = "too_many", "正式党员过多"
    NO_COMMITTEE = "no_committee", "未设支部委员会"
    COMMITTEE_TOO_LARGE = "committee_too_large", "支部委员过多"
    NO_SECRETARY = "no_secretary", "没有书记"
    OVER_TERM = "over_term", "超过任期"
    GENERAL_BRANCH_SMALL = "general_branch_small", "党总支规模不足"
    COMMITTEE_SMALL = "committee_small", "机关党委规模不足"
    CROSS_DEPARTMENT = "cross_department", "跨部门设置综合党总支"
    JOINT_TOO_WIDE = "joint_too_wide", "联合党支部覆盖过宽"


class TaskClosing(TextChoices):
    """How a request to put the structure right came to its end."""

    PASSED = "passed", "检查已通过"
    ACCEPTED = "accepted", "说明已采纳"


class PartyWorkerKind(TextChoices):
    """Whether somebody does party work all the time or beside other work (O12)."""

    FULL_TIME = "full_time", "专职"
    PART_TIME = "part_time", "兼职"


class PartyWorkerDuty(TextChoices):
    """What somebody is charged with in party work."""

    DEPUTY_SECRETARY = "deputy_secretary", "专职副书记"
    DISCIPLINE_SECRETARY = "discipline_secretary", "机关纪委书记"
    DISCIPLINE_MEMBER = "discipline_member", "机关纪委委员"
    OFFICE = "office", "党务干事"
    OTHER = "other", "其他党务岗位"


class RiskLevel(TextChoices):
    """How grave a 廉政风险点 is."""

    HIGH = "high", "高"
    MIDDLE = "middle", "中"
    LOW = "low", "低"


class RiskVerdict(TextChoices):
    """What a review of a 廉政风险点 found."""

    VALID = "valid", "仍然有效"
    CHANGED = "changed", "有变化"
    CLOSED = "closed", "已消除"


class SheetState(TextChoices):
    """How far a sheet of 支部标准化 is; the table of its steps is in ``rules.standards``."""

    DRAFT = "draft", "填报中"
    SUBMITTED = "submitted", "待核验"
    RETURNED = "returned", "已退回"
    CONFIRMED = "confirmed", "已核验"


class MatterKind(TextChoices):
    """What a register of matters holds: the four of 三重一大, and what is put before the superior (O11)."""

    DECISION = "decision", "重大决策"
    PERSONNEL = "personnel", "重要人事任免"
    PROJECT = "project", "重大项目安排"
    FUNDS = "funds", "大额度资金使用"
    REQUEST = "request", "请示"
    REPORT = "report", "报告"


class OpinionPurpose(TextChoices):
    """For what a branch is asked about one of its members (O15)."""

    PROMOTION = "promotion", "选拔任用"
    AWARD = "award", "评优评先"


class OpinionAnswer(TextChoices):
    """What the branch says."""

    AGREED = "agreed", "同意"
    REFUSED = "refused", "不同意"
    RESERVED = "reserved", "有保留"


class SuggestionState(TextChoices):
    """How an opinion of a member stands (O17)."""

    RAISED = "raised", "待答复"
    PASSED = "passed", "已转上级"
    ANSWERED = "answered", "已答复"
