"""The figures of the field: organisation life, sizes, terms, dues, development, assessment, and the portal's own."""

from office.rules.defaults.shapes import PORTAL_BASIS, DefaultRule, Shape, frequency

_BRANCH = "《中国共产党支部工作条例（试行）》"
_ORGAN = "《中国共产党党和国家机关基层组织工作条例》"
_EDUCATION = "《中国共产党党员教育管理工作条例》"
_TERM = "《中国共产党基层组织选举工作条例》"
_DUES = "《关于中国共产党党费收缴、使用和管理的规定》"
_DEVELOPMENT = "《中国共产党发展党员工作细则》"
_MODEL_ORGAN = "创建“五型模范机关”实施方案"
_LOCAL = "本地做法"

LIFE = (
    frequency("activity.member_assembly", "支部党员大会", "quarter", _BRANCH),
    frequency("activity.branch_committee", "支部委员会", "month", _BRANCH),
    frequency("activity.group_meeting", "党小组会", "month", f"{_BRANCH}；未设党小组的支部免报"),
    frequency(
        "activity.party_lecture", "党课", "quarter", "国家规定未定次数，各地从每季度一次到每半年一次", is_secondary=True
    ),
    frequency("activity.theme_day", "主题党日", "month", _BRANCH),
    frequency("activity.fixed_day", "党员固定活动日", "month", _BRANCH),
    frequency("life.organization", "组织生活会", "year", f"{_BRANCH}；一般在第四季度召开"),
    frequency("life.member_review", "民主评议党员", "year", _BRANCH),
    frequency("life.democratic", "民主生活会", "year", "《县以上党和国家机关党员领导干部民主生活会若干规定》"),
    frequency("talk.heart", "谈心谈话", "year", f"{_BRANCH}；支部委员之间、委员和党员之间"),
    frequency("lecture.leader", "党委（党组）书记讲党课", "year", _BRANCH),
    frequency("study.hours", "党员集中教育培训", "year", _EDUCATION, "32", "学时", is_secondary=True),
    DefaultRule("study.hours_secretary", "书记和班子成员集中教育培训", 56, "学时/年", _EDUCATION, is_secondary=True),
    DefaultRule("training.week_hours", "书记和党务工作者一周集中培训：学时达到", 20, "学时", _LOCAL, is_secondary=True),
    DefaultRule("study.reflection_min", "读书心得计入的最少字数", 100, "字", _LOCAL, is_secondary=True),
    DefaultRule(
        "study.forms",
        "计入学时的外出学习形式",
        ["调训", "网络培训", "党校学习", "专题讲座"],
        "",
        PORTAL_BASIS,
        Shape.LIST,
        is_secondary=True,
    ),
    DefaultRule(
        "study.kinds",
        "计入学时的活动类型",
        ["training", "party_lecture", "integrity_lecture", "study", "seminar", "central_group"],
        "",
        PORTAL_BASIS,
        Shape.LIST,
    ),
    DefaultRule(
        "quorum.assembly_present",
        "支部党员大会有效：到会有表决权党员超过",
        "1/2",
        "应到有表决权党员",
        _BRANCH,
        Shape.DECIMAL,
    ),
    DefaultRule("quorum.assembly_vote", "表决通过：赞成票超过", "1/2", "全体有表决权党员", _BRANCH, Shape.DECIMAL),
    DefaultRule(
        "quorum.committee_present", "支部委员会有效：到会委员不少于", "1/2", "全体委员", _BRANCH, Shape.DECIMAL
    ),
    frequency("life.birthday", "政治生日", "year", _LOCAL, is_secondary=True),
    frequency("life.oath", "重温入党誓词", "year", _LOCAL, is_secondary=True),
    frequency("life.spirit_analysis", "党性分析", "year", _LOCAL, is_secondary=True),
    frequency("life.committee_day", "党委议事日", "year", _LOCAL, is_secondary=True),
    frequency("life.branch_day", "支部活动日", "year", _LOCAL, is_secondary=True),
    frequency("life.dues_day", "党费日", "year", _LOCAL, is_secondary=True),
    frequency("life.double", "领导干部参加双重组织生活", "year", _LOCAL, is_secondary=True),
    frequency("study.central_group", "理论学习中心组学习", "year", _LOCAL, is_secondary=True),
    frequency("education.red", "红色教育", "year", _LOCAL, is_secondary=True),
    frequency("education.warning", "警示教育", "year", _LOCAL, is_secondary=True),
    frequency("activity.volunteer", "志愿服务", "year", _LOCAL, is_secondary=True),
    frequency("lecture.policy", "政策形势宣讲", "year", _LOCAL, is_secondary=True),
    frequency("lecture.linked_unit", "领导干部在联系点讲党课", "year", _LOCAL, is_secondary=True),
    frequency("reading.recommend", "领导干部读书·荐书·评书", "year", _LOCAL, is_secondary=True),
    frequency("community.service", "在职党员双报到、双服务、双报告", "year", _LOCAL, is_secondary=True),
    DefaultRule("talk.within_days", "四必谈：事项发生后几天内谈", 7, "天", _MODEL_ORGAN, is_secondary=True),
    DefaultRule("event.within_days", "新任职、新入职谈话和教育：几天内完成", 30, "天", _MODEL_ORGAN, is_secondary=True),
)

SIZES = (
    DefaultRule("size.branch_min_full", "党支部正式党员最少", 3, "人", f"{_BRANCH}；不足的设联合党支部"),
    DefaultRule("size.branch_max", "党支部党员一般不超过", 50, "人", _BRANCH),
    DefaultRule(
        "size.committee_from", "设支部委员会：正式党员达到", 7, "人", f"{_BRANCH}；不足的设书记1名，必要时设副书记1名"
    ),
    DefaultRule("size.committee_min", "支部委员会委员最少", 3, "人", _BRANCH),
    DefaultRule("size.committee_usual", "支部委员会委员一般不超过", 5, "人", _BRANCH),
    DefaultRule("size.committee_max", "支部委员会委员最多", 7, "人", _BRANCH),
    DefaultRule("size.general_branch_from", "设党总支：党员达到", 50, "人", f"{_ORGAN}；不足的经批准可以设立"),
    DefaultRule("size.party_committee_from", "设机关党委：党员达到", 100, "人", f"{_ORGAN}；不足的经批准可以设立"),
    DefaultRule(
        "staff.dedicated_share",
        "专职党务干部占机关工作人员比例不低于",
        "0.02",
        "比例",
        f"{_MODEL_ORGAN}；“基层党建提升年”方案",
        Shape.DECIMAL,
    ),
    DefaultRule(
        "room.eight",
        "党员活动室“八有”",
        ["场所", "设施", "党旗", "入党誓词", "党员权利义务", "计划及记录资料", "领导责任分工", "制度"],
        "",
        "机关党建工作推进会讲话",
        Shape.LIST,
    ),
    DefaultRule(
        "room.five",
        "党员活动室另应具备",
        ["党徽", "党旗", "入党誓词", "图书角", "先锋展示窗口"],
        "",
        "创建“四型机关”实施方案",
        Shape.LIST,
    ),
    DefaultRule("funds.per_head", "人均党建活动经费每年不低于", 600, "元", _MODEL_ORGAN),
    DefaultRule("funds.head", "党建活动经费按谁计算人均", "党员", "", _MODEL_ORGAN, Shape.TEXT, True),
)

TERMS = (
    DefaultRule("term.committee_years", "基层党委任期", 5, "年", _TERM),
    DefaultRule("term.general_branch_years", "党总支任期", 3, "年", _TERM),
    DefaultRule("term.branch_years", "党支部任期", 3, "年", _TERM),
    DefaultRule("term.extension_years", "延期换届一般不超过", 1, "年", f"{_TERM}；延期或者提前换届须经上级党组织批准"),
    DefaultRule("term.first_reminder_months", "换届提醒：任期届满前（第一次）", 6, "个月", PORTAL_BASIS),
    DefaultRule("term.second_reminder_months", "换届提醒：任期届满前（第二次）", 3, "个月", PORTAL_BASIS),
    DefaultRule("term.overdue_reminder_months", "换届提醒：逾期后每隔", 1, "个月", PORTAL_BASIS),
    DefaultRule("term.states", "任期状态", ["正常", "预警", "临近", "逾期", "已批延期"], "", PORTAL_BASIS, Shape.LIST),
)

DUES = (
    DefaultRule(
        "dues.rates",
        "在职党员党费比例（按税后月基数整体计算）",
        [
            {"up_to": "3000", "rate": "0.005"},
            {"up_to": "5000", "rate": "0.01"},
            {"up_to": "10000", "rate": "0.015"},
            {"up_to": None, "rate": "0.02"},
        ],
        "元/月",
        _DUES,
        Shape.RATES,
    ),
    DefaultRule(
        "dues.retired_rates",
        "离退休党员党费比例",
        [{"up_to": "5000", "rate": "0.005"}, {"up_to": None, "rate": "0.01"}],
        "元/月",
        _DUES,
        Shape.RATES,
    ),
    DefaultRule("dues.starts", "预备党员从何时起交纳党费", "支部党员大会通过之日", "", _DUES, Shape.TEXT),
    DefaultRule("dues.fixed_fen", "没有经济收入等情形的党员每月交纳", 20, "分", _DUES, is_secondary=True),
    DefaultRule(
        "dues.place", "月内转移组织关系的，在何处交纳当月党费", "当月最后一天所在的党支部", "", _LOCAL, Shape.TEXT, True
    ),
    DefaultRule("dues.silent_months", "连续不交纳党费须重点核实：达到", 6, "个月", "《中国共产党章程》"),
)

TRANSFERS = (
    DefaultRule(
        "transfer.approval",
        "须由上级党组织审批的组织关系转接",
        ["跨单位转接", "转往外单位"],
        "",
        _LOCAL,
        Shape.LIST,
        True,
    ),
    DefaultRule("transfer.valid_days", "组织关系介绍信有效期和接收期限", 90, "天", _EDUCATION, is_secondary=True),
    DefaultRule("transfer.remind_days", "组织关系转接到期前几天提醒接收方", 7, "天", PORTAL_BASIS),
)

DEVELOPMENT = (
    DefaultRule("development.talk_months", "递交申请后派人谈话：不超过", 1, "个月", _DEVELOPMENT),
    DefaultRule("development.training_months", "入党积极分子培养教育考察：不少于", 12, "个月", _DEVELOPMENT),
    DefaultRule("development.review_months", "入党积极分子考察：每隔", 6, "个月", _DEVELOPMENT),
    DefaultRule("development.introducers", "入党介绍人（正式党员）", 2, "人", _DEVELOPMENT),
    DefaultRule("development.approval_months", "上级党委审批预备党员：一般不超过", 3, "个月", _DEVELOPMENT),
    DefaultRule("development.approval_max_months", "上级党委审批预备党员：最长不超过", 6, "个月", _DEVELOPMENT),
    DefaultRule("development.probation_months", "预备期（从支部党员大会通过之日起）", 12, "个月", _DEVELOPMENT),
    DefaultRule("development.extension_min_months", "延长预备期：不少于", 6, "个月", f"{_DEVELOPMENT}；只能延长一次"),
    DefaultRule("development.extension_max_months", "延长预备期：不超过", 12, "个月", _DEVELOPMENT),
    DefaultRule("development.min_age", "申请入党年龄：年满", 18, "岁", "《中国共产党章程》"),
    DefaultRule("development.contacts", "培养联系人（正式党员）：不少于", 1, "人", _DEVELOPMENT),
    DefaultRule(
        "development.notice_candidate_workdays", "发展对象公示：不少于", 5, "个工作日", _LOCAL, is_secondary=True
    ),
    DefaultRule(
        "development.notice_admission_workdays", "接收预备党员公示：不少于", 5, "个工作日", _LOCAL, is_secondary=True
    ),
    DefaultRule(
        "development.notice_conversion_workdays", "预备党员转正公示：不少于", 5, "个工作日", _LOCAL, is_secondary=True
    ),
    DefaultRule("development.young_age", "青年党员：不超过", 35, "岁", PORTAL_BASIS),
    DefaultRule("development.remind_days", "发展党员事项提前提醒", 30, "天", PORTAL_BASIS),
)

ASSESSMENT = (
    DefaultRule(
        "assessment.secretary_grades",
        "书记述职评议等次",
        ["好", "较好", "一般", "差"],
        "",
        "组织部门述职评议考核通知",
        Shape.LIST,
    ),
    DefaultRule(
        "grade.bands", "考核等次的最低分", {"good": 90, "fair": 80, "average": 60}, "分", PORTAL_BASIS, Shape.BANDS
    ),
    DefaultRule("score.late_factor", "补报得分占按时完成的", "0.5", "比例", PORTAL_BASIS, Shape.DECIMAL),
    DefaultRule(
        "assessment.member_grades", "民主评议党员等次", ["优秀", "合格", "基本合格", "不合格"], "", _BRANCH, Shape.LIST
    ),
    DefaultRule(
        "assessment.excellent_share",
        "民主评议优秀党员不超过参评党员的",
        "1/3",
        "比例",
        f"{_BRANCH}；预备党员参加评议，不评定等次",
        Shape.DECIMAL,
        True,
    ),
    DefaultRule(
        "points.collective_study", "积分：参加一次集中学习", {"points": 2, "cap": 12}, "分", _LOCAL, Shape.CAPPED, True
    ),
    DefaultRule(
        "escalation.ladder", "督促措施由轻到重", ["提醒", "督办", "约谈", "黄牌", "通报"], "", PORTAL_BASIS, Shape.LIST
    ),
)

PORTAL = (
    DefaultRule("deadline.grace_workdays", "截止后几个工作日内录入算按时", 5, "个工作日", PORTAL_BASIS),
    DefaultRule("deadline.longest_extension_days", "一次延期最多几天 †", 90, "天", PORTAL_BASIS),
    DefaultRule("deadline.cut_off_workdays", "截止后几个工作日内可以补报", 8, "个工作日", PORTAL_BASIS),
    DefaultRule("deadline.resubmit_workdays", "退回后几个工作日内补正不计迟报", 5, "个工作日", PORTAL_BASIS),
    DefaultRule("deadline.soon_days", "截止前几天列入“今天要办”", 3, "天", PORTAL_BASIS),
    DefaultRule("review.sample_percent", "抽查审核的比例", 20, "%", PORTAL_BASIS),
    DefaultRule("review.thin_characters", "记录少于多少字提示内容偏少", 60, "字", PORTAL_BASIS),
    DefaultRule("review.late_entry_days", "活动后超过几天录入提示补录", 15, "天", PORTAL_BASIS),
    DefaultRule("review.like_text_percent", "文字相同达百分之几提示相近", 70, "%", PORTAL_BASIS),
    DefaultRule("review.like_picture_bits", "照片特征相差不超过几位（共 64 位）提示相近", 4, "位", PORTAL_BASIS),
    DefaultRule("burden.minutes_per_record", "估算用时：每条记录", 10, "分钟", PORTAL_BASIS),
    DefaultRule("burden.minutes_per_field", "估算用时：每个填写项", 1, "分钟", PORTAL_BASIS),
    DefaultRule("burden.minutes_per_file", "估算用时：每份材料", 5, "分钟", PORTAL_BASIS),
)
