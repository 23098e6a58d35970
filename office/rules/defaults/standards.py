"""Rules of the risk points, the standards of branches and the plans of weak ones (O13, O16)."""

from office.rules.defaults.shapes import PORTAL_BASIS, DefaultRule, Shape

_STANDARDISED = "机关党建工作推进会讲话：加强规范化党组织建设"
_SEVEN = "创建“五型模范机关”实施方案：“七个一”标准化体系"
_PLAN = "创建“五型模范机关”实施方案：“强基创优三年提升计划”"

STANDARDS = (
    DefaultRule("risk.review_months", "廉政风险点复查间隔", 12, "个月", PORTAL_BASIS, is_secondary=True),
    DefaultRule("risk.remind_days", "廉政风险点复查到期前几天提醒", 30, "天", PORTAL_BASIS),
    DefaultRule(
        "standard.items.standardised",
        "规范化党支部条目",
        [
            "领导班子规范化", "骨干队伍规范化", "组织生活规范化", "党建阵地规范化", "制度机制规范化",
            "工作业绩群众满意",
        ],
        "",
        _STANDARDISED,
        Shape.LIST,
    ),
    # The source names the set without spelling it out: the slots wait for what the 工委 writes into them.
    DefaultRule(
        "standard.items.seven",
        "党支部“七个一”条目",
        [f"第{number}项：待填写" for number in "一二三四五六七"],
        "",
        _SEVEN,
        Shape.LIST,
    ),
    DefaultRule("weak.plan_years", "软弱涣散党支部提升计划最长", 3, "年", _PLAN),
)  # fmt: skip
