"""Fixed vocabularies of campaigns, assignments and records.

Labels, order and compulsory fields of the kinds of activity are rows of the rule table; the kinds themselves are fixed
here because metrics name them.
"""

from django.db.models import TextChoices


class CampaignStatus(TextChoices):
    DRAFT = "draft", "草稿"
    PUBLISHED = "published", "已发布"
    CLOSED = "closed", "已结束"
    ARCHIVED = "archived", "已归档"


class TaskNature(TextChoices):
    """What an item of a plan is in its own document."""

    MEASURE = "measure", "任务措施"
    STEP = "step", "实施步骤"
    SAFEGUARD = "safeguard", "保障要求"
    PROBLEM = "problem", "共性问题"
    GENERAL = "general", "总体要求"


class Subject(TextChoices):
    """Of whom a target asks its amount."""

    ORGANIZATION = "organization", "党组织"
    SECRETARY = "secretary", "书记"
    LEADER = "leader", "领导干部"
    MEMBER = "member", "党员"


class Basis(TextChoices):
    """Where a figure comes from: the text of the plan, or the rule table."""

    STATED = "stated", "文件原文"
    RULE = "rule", "规则表"


class AudienceGroup(TextChoices):
    """A part of the organisations of the audience's kinds."""

    ALL = "all", "全部"
    DIRECT = "direct", "直属党组织"
    WITH_GROUPS = "with_groups", "设有党小组的支部"
    ISSUER = "issuer", "发布单位本级"


class ReviewPolicy(TextChoices):
    """Which records a campaign wants to have reviewed; what is not chosen counts on filing."""

    EVERY = "every", "逐条审核"
    SAMPLE = "sample", "抽查并审核有提示的"
    FLAGGED = "flagged", "只审核有提示的"


class ActivityKind(TextChoices):
    MEMBER_ASSEMBLY = "member_assembly", "支部党员大会"
    BRANCH_COMMITTEE = "branch_committee", "支部委员会"
    GROUP_MEETING = "group_meeting", "党小组会"
    PARTY_LECTURE = "party_lecture", "党课"
    THEME_DAY = "theme_day", "主题党日"
    STUDY = "study", "集中学习研讨"
    SEMINAR = "seminar", "专题学习研讨"
    TRAINING = "training", "集中教育培训"
    VOLUNTEER = "volunteer", "志愿服务"
    ORGANIZATION_LIFE = "organization_life", "组织生活会"
    MEMBER_REVIEW = "member_review", "民主评议党员"
    DEMOCRATIC_LIFE = "democratic_life", "民主生活会"
    CENTRAL_GROUP = "central_group", "理论学习中心组学习"
    COMMITTEE_MEETING = "committee_meeting", "党委（党组）会议"
    PARTY_WORK = "party_work", "专题研究党建工作"
    REPORT_HEARING = "report_hearing", "听取党建工作汇报"
    CONGRESS = "congress", "党员大会或党员代表会议"
    INTEGRITY_LECTURE = "integrity_lecture", "廉政党课"
    WARNING_EDUCATION = "warning_education", "警示教育"
    RED_EDUCATION = "red_education", "红色教育"
    POLICY_LECTURE = "policy_lecture", "政策形势宣讲"
    READING = "reading", "读书交流活动"
    HEART_TALK = "heart_talk", "谈心谈话"
    CONTACT_VISIT = "contact_visit", "联系点走访调研"
    SPECIAL_INSPECTION = "special_inspection", "专项督查"
    TOUR = "tour", "巡回观摩"
    DEBRIEFING = "debriefing", "述职评议"
    DISCIPLINE_DRIVE = "discipline_drive", "作风纪律教育整顿"
    DISCIPLINE_CHECK = "discipline_check", "专项纪律检查"
    FIELD_CHECK = "field_check", "实地检查考核"
    CULTURE = "culture", "主题宣传和道德讲堂"
    MASS_ACTIVITY = "mass_activity", "群团活动"
    OTHER = "other", "其他活动"


class ActivityPart(TextChoices):
    """What an activity contained besides its kind; one record may contain several."""

    STUDY = "study", "集中学习"
    SEMINAR = "seminar", "专题学习研讨"
    FIXED_DAY = "fixed_day", "作为党员固定活动日"
    OATH = "oath", "重温入党誓词"
    BIRTHDAY = "birthday", "过政治生日"
    DUES_DAY = "dues_day", "党费日"
    LECTURE = "lecture", "讲党课"
    INTEGRITY_LECTURE = "integrity_lecture", "讲廉政党课"
    WARNING = "warning", "警示教育"
    RED_EDUCATION = "red_education", "红色教育"
    VOLUNTEER = "volunteer", "志愿服务"
    HEART_TALK = "heart_talk", "谈心谈话"
    SPIRIT_ANALYSIS = "spirit_analysis", "党性分析"
    FIRST_TOPIC = "first_topic", "第一议题"
    IDEOLOGY = "ideology", "意识形态专题"
    DISCIPLINE_RULES = "discipline_rules", "党规党纪专题"
    POINTS = "points", "通报积分情况"
    LIFE_REPORT = "life_report", "通报“三会一课”执行情况"
    DOUBLE_LIFE_REPORT = "double_life_report", "通报领导干部双重组织生活情况"
    DUES_REPORT = "dues_report", "通报党费收缴使用情况"
    WORK_REPORT = "work_report", "领导报告上月学习工作"
    MATTERS_REPORT = "matters_report", "领导报告个人有关事项"
    PARTY_WORK = "party_work", "研究党建工作"
    REPORT_HEARING = "report_hearing", "听取党建工作汇报"
    COMMITTEE_DAY = "committee_day", "党委议事日"
    BRANCH_DAY = "branch_day", "支部活动日"
    DISCUSSION = "discussion", "讨论议题并形成决议"
    GUIDED = "guided", "领导干部到会指导"
    HALTED = "halted", "会议被叫停，须重新召开"
    STANDING_COMMITTEE = "standing_committee", "常委会听取机关党建工作汇报"
    READING_CLUB = "reading_club", "读书班或兴趣小组活动"
    BOOK_PURCHASE = "book_purchase", "购置书籍"
    YOUTH_MODELS = "youth_models", "评选青年学习标兵"


class ActivityStatus(TextChoices):
    DRAFT = "draft", "草稿"
    FILED = "filed", "已提交"
    RETURNED = "returned", "已退回"
    APPROVED = "approved", "已通过"
    AMENDING = "amending", "更正待审"
    AMENDED = "amended", "更正已并入"
    VOID = "void", "已作废"


class AttachmentSlot(TextChoices):
    """What an attachment proves."""

    PLAN = "plan", "研讨计划"
    RECORD = "record", "研讨记录"
    PAPERS = "papers", "交流发言材料"
    EVIDENCE = "evidence", "其他材料"


class AbsenceReason(TextChoices):
    LEAVE = "leave", "请假"
    TRAVEL = "travel", "出差"
    SICK = "sick", "病假"
    DUTY = "duty", "值班"
    STUDY = "study", "脱产学习"
    AWAY = "away", "流动在外"
    UNEXCUSED = "unexcused", "无故缺席"


class AssignmentState(TextChoices):
    """Kept state of an assignment; 逾期 and 已延期 are read from the dates (``rules.assignments.shown_state``)."""

    OPEN = "open", "未开始"
    PROGRESS = "progress", "进行中"
    PENDING = "pending", "待审核"
    RETURNED = "returned", "已退回"
    DONE = "done", "已完成"
    EXEMPT = "exempt", "免报"


class Outcome(TextChoices):
    """How an assignment ended when its period was closed."""

    ON_TIME = "on_time", "按时完成"
    LATE = "late", "补报完成"
    MISSING = "missing", "未完成"
    EXEMPT = "exempt", "免报"


class Decision(TextChoices):
    APPROVE = "approve", "通过"
    RETURN = "return", "退回"


class Sums(TextChoices):
    """How a metric adds up the records that count."""

    COUNT = "count", "次数"
    GROUPS = "groups", "开展的党小组数"
    SHARE = "share", "占比"
    PERSON_COUNT = "person_count", "每人次数"
    PERSON_HOURS = "person_hours", "每人学时"
    VALUE = "value", "现有数值"
    OCCASIONS = "occasions", "按发生的事项"


class MeasuredBy(TextChoices):
    """What feeds a metric."""

    RECORDS = "records", "由活动记录自动计数"
    FACTS = "facts", "由台账数据自动取得"
    CHECKLIST = "checklist", "按清单逐项完成并附材料"
