"""Figures of the registers of matters, of opinions asked of branches, of members' opinions and of delegates."""

from office.rules.defaults.shapes import PORTAL_BASIS, DefaultRule, Shape

_GROUP = "《中国共产党党组工作条例》"

MATTERS = (
    DefaultRule("matter.present_share", "议事会议到会成员不少于", "1/2", "应到会成员", _GROUP, Shape.DECIMAL, True),
    DefaultRule(
        "matter.present_share_personnel", "讨论人事任免时到会成员不少于", "2/3", "应到会成员", _GROUP, Shape.DECIMAL,
        True,
    ),
    DefaultRule("matter.votes_share", "通过时赞成票应超过", "1/2", "应到会成员", _GROUP, Shape.DECIMAL, True),
    DefaultRule("matter.answer_days", "上级答复请示的期限", 15, "天", PORTAL_BASIS, is_secondary=True),
    DefaultRule("opinion.answer_days", "党支部回复听取意见的期限", 7, "天", PORTAL_BASIS, is_secondary=True),
    DefaultRule("suggestion.answer_days", "答复党员意见建议的期限", 15, "天", PORTAL_BASIS, is_secondary=True),
    DefaultRule("milestone.remind_days", "创建活动时间节点前几天提醒 †", 7, "天", PORTAL_BASIS, is_secondary=True),
    DefaultRule("feedback.answer_days", "答复意见与减负建议的期限", 10, "天", PORTAL_BASIS, is_secondary=True),
    DefaultRule("suggestion.remind_days", "意见建议到期前几天提醒", 3, "天", PORTAL_BASIS, is_secondary=True),
    DefaultRule("delegate.near_months", "党代表届满前几个月提示", 6, "个月", PORTAL_BASIS, is_secondary=True),
)  # fmt: skip
