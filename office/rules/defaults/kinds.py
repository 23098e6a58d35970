"""Kinds of activity as rules: their order, compulsory fields, the guide for the minutes.

The value of ``activity.kind.<kind>``:

- ``label``, ``order``; ``prominent``: shown as a big choice, the others under 其他
- ``required``: compulsory besides kind and day; of attendance, minutes, hours, host, place, title
- ``minutes_guide``: prompts for who writes the minutes, one line each
- ``default_hours``: proposed length in hours; ``photos``: ``optional`` (no kind asks for them)

The codes are those of ``campaigns.enums.ActivityKind``; a test on that floor compares the two.
"""

from collections.abc import Iterator

from office.rules.defaults.shapes import PORTAL_BASIS, DefaultRule, Shape

_BRANCH = "《中国共产党支部工作条例（试行）》"
_EDUCATION = "《中国共产党党员教育管理工作条例》"
_ORGAN = "《中国共产党党和国家机关基层组织工作条例》"
_CENTRAL_GROUP = "《中国共产党党委（党组）理论学习中心组学习规则》"
_DEMOCRATIC_LIFE = "《县以上党和国家机关党员领导干部民主生活会若干规定》"
_PLAN = "各创建活动方案"

_MEETING = ("attendance", "minutes")
_STUDY = ("attendance", "hours", "minutes")
_LECTURE = ("host", "attendance", "hours", "minutes")
_REPORT = ("minutes",)

# Code, label, proposed hours, compulsory fields, basis, prompts for the minutes. The first seven are big choices.
_KINDS: tuple[tuple[str, str, int, tuple[str, ...], str, tuple[str, ...]], ...] = (
    ("member_assembly", "支部党员大会", 2, _MEETING, _BRANCH,
     ("会议议题有哪些", "通报、讨论了什么，提出了哪些意见", "表决的写明应到、实到和赞成、反对、弃权票数",
      "形成了什么决议，由谁落实")),
    ("branch_committee", "支部委员会", 1, _MEETING, _BRANCH,
     ("学习传达了什么", "研究了哪些事项，各位委员的意见", "作出了什么决定，由谁负责、何时完成")),
    ("group_meeting", "党小组会", 1, _MEETING, _BRANCH,
     ("学习了什么内容", "党员汇报了哪些思想和工作情况", "对支部布置的任务怎样落实")),
    ("party_lecture", "党课", 2, _LECTURE, _BRANCH,
     ("党课题目和主讲人", "讲了哪几个方面", "联系本单位实际讲了什么", "党员讨论和体会")),
    ("theme_day", "主题党日", 2, _MEETING, _BRANCH,
     ("主题是什么，做了哪几件事", "学习、议事、服务各有什么内容", "形成了哪些意见或者措施，由谁跟进")),
    ("study", "集中学习研讨", 2, _STUDY, _EDUCATION,
     ("学习了哪些文件或者篇目，由谁领学", "谁作了发言，主要观点是什么", "怎样结合工作落实")),
    ("volunteer", "志愿服务", 2, _MEETING, _PLAN,
     ("在哪里、为谁服务", "做了什么，有多少人参加", "解决了哪些问题，群众有什么反映")),
    ("seminar", "专题学习研讨", 2, _STUDY, _PLAN,
     ("研讨专题和计划安排", "交流发言的人员和要点", "形成的共识和改进措施")),
    ("training", "集中教育培训", 4, _STUDY, _EDUCATION,
     ("培训内容和授课人", "参加人员和学时", "考核或者交流情况")),
    ("organization_life", "组织生活会", 3, _MEETING, _BRANCH,
     ("会前学习、谈心、征求意见情况", "支部班子对照检查的主要问题", "党员批评和自我批评的主要意见",
      "整改措施、责任人和时限")),
    ("member_review", "民主评议党员", 2, _MEETING, _BRANCH,
     ("个人自评和党员互评情况", "民主测评的参加人数和结果", "支部的评定意见")),
    ("democratic_life", "民主生活会", 4, _MEETING, _DEMOCRATIC_LIFE,
     ("会前准备和上次整改落实情况", "班子对照检查的主要问题", "相互批评意见", "整改措施、责任人和时限")),
    ("central_group", "理论学习中心组学习", 3, _STUDY, _CENTRAL_GROUP,
     ("学习专题和篇目", "重点发言人和主要观点", "研究提出的贯彻意见")),
    ("committee_meeting", "党委（党组）会议", 2, _MEETING, _ORGAN,
     ("第一议题学习了什么", "研究了哪些事项，讨论的主要意见", "作出了什么决定，由谁落实")),
    ("party_work", "专题研究党建工作", 2, _MEETING, _ORGAN,
     ("听取了哪些情况", "研究了哪些党建事项", "作出了什么决定，由谁落实、何时完成")),
    ("report_hearing", "听取党建工作汇报", 2, _MEETING, _ORGAN,
     ("哪些党组织作了汇报", "反映了哪些困难和问题", "提出了什么要求，由谁办理")),
    ("congress", "党员大会或党员代表会议", 3, _MEETING, _PLAN,
     ("“三会一课”执行情况通报要点", "领导干部双重组织生活情况通报要点", "党费收缴使用情况通报要点", "党员提出的意见")),
    ("integrity_lecture", "廉政党课", 2, _LECTURE, _PLAN,
     ("题目和主讲人", "讲了哪些纪律要求和案例", "对本单位提出了什么要求")),
    ("warning_education", "警示教育", 2, _MEETING, _PLAN,
     ("通报或者观看了哪些案例", "党员讨论的认识和体会", "查找出的风险和改进措施")),
    ("red_education", "红色教育", 3, _MEETING, _PLAN,
     ("去了哪里，学习了什么", "开展了哪些内容", "党员的体会")),
    ("policy_lecture", "政策形势宣讲", 2, _LECTURE, _PLAN,
     ("宣讲题目和宣讲人", "主要内容", "听众提问和答复")),
    ("reading", "读书交流活动", 2, _MEETING, _PLAN,
     ("读了哪些书目", "谁作了分享，主要体会", "推荐的书目")),
    ("heart_talk", "谈心谈话", 1, _REPORT, _BRANCH,
     ("谈话人和谈话对象", "谈了哪些方面", "反映的困难和意见怎样办理")),
    ("contact_visit", "联系点走访调研", 2, _REPORT, _PLAN,
     ("到了哪个联系点，见了哪些人", "了解到的情况和问题", "帮助解决了什么，还有什么要跟进")),
    ("special_inspection", "专项督查", 4, _REPORT, _PLAN,
     ("督查对象和内容", "发现的主要问题", "整改要求和时限")),
    ("tour", "巡回观摩", 4, _REPORT, _PLAN,
     ("观摩了哪些单位", "看到的好做法", "点评意见")),
    ("debriefing", "述职评议", 3, _REPORT, _ORGAN,
     ("哪些书记作了述职", "点评的主要问题", "评议方式和结果")),
    ("discipline_drive", "作风纪律教育整顿", 2, _REPORT, _PLAN,
     ("学习教育的内容", "查摆出的问题", "整改措施和进展")),
    ("discipline_check", "专项纪律检查", 2, _REPORT, _PLAN,
     ("检查的范围和方式", "发现的问题", "处理和整改情况")),
    ("field_check", "实地检查考核", 4, _REPORT, _PLAN,
     ("检查考核的对象和内容", "看到的成效和问题", "反馈意见")),
    ("culture", "主题宣传和道德讲堂", 2, _MEETING, _PLAN,
     ("主题和主要环节", "讲述的人物和事迹", "参加人员的体会")),
    ("mass_activity", "群团活动", 2, _REPORT, _PLAN,
     ("由哪个群团组织开展", "活动内容和参加人员", "取得的成效")),
    ("other", "其他活动", 2, _REPORT, PORTAL_BASIS,
     ("做了什么", "议了什么、定了什么", "由谁跟进")),
)  # fmt: skip
PROMINENT = 7


def _rules() -> Iterator[DefaultRule]:
    for place, (code, label, hours, required, basis, guide) in enumerate(_KINDS, start=1):
        value = {
            "label": label,
            "order": place * 10,
            "prominent": place <= PROMINENT,
            "required": list(required),
            "minutes_guide": list(guide),
            "default_hours": hours,
            "photos": "optional",
        }
        yield DefaultRule(f"activity.kind.{code}", label, value, "", basis, Shape.KIND)


KINDS = tuple(_rules())
