"""Figures of yearly plans, agreements and calls for contributions."""

from office.rules.defaults.shapes import PORTAL_BASIS, DefaultRule

PLANS = (
    DefaultRule("plan.match_days", "计划活动与记录相差几天以内视为已开展", 7, "天", PORTAL_BASIS, is_secondary=True),
    DefaultRule("plan.remind_days", "年度计划到期前几天提醒", 7, "天", PORTAL_BASIS, is_secondary=True),
    DefaultRule("agreement.remind_days", "责任书送签后几天未签订提醒", 7, "天", PORTAL_BASIS, is_secondary=True),
    DefaultRule("call.remind_days", "征集截止前几天提醒", 3, "天", PORTAL_BASIS, is_secondary=True),
)
