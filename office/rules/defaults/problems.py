"""Deadlines of problems that are put right, of common problems, and of what members report."""

from office.rules.defaults.shapes import PORTAL_BASIS, DefaultRule, Shape

_TJ = "区直机关党建推进会讲话（TJ）三（二）"

PROBLEMS = (
    DefaultRule("problem.immediate_day", "立行立改问题整改到位的月日", "09-30", "", _TJ, Shape.TEXT),
    DefaultRule(
        "problem.immediate_days", "立行立改问题的期限（过了固定月日，或者不属于创建活动的）", 30, "天", PORTAL_BASIS,
        is_secondary=True,
    ),
    DefaultRule("problem.longer_days", "中长期问题的期限（默认）", 180, "天", PORTAL_BASIS, is_secondary=True),
    DefaultRule(
        "problem.effect_months", "中长期问题自认领之日起见到成效的期限", 2, "个月", f"{_TJ}；起算日由平台约定",
        is_secondary=True,
    ),
    DefaultRule("problem.claim_days", "下发的问题几天内认领", 7, "天", PORTAL_BASIS, is_secondary=True),
    DefaultRule("problem.remind_days", "整改时限到期前几天提醒", 7, "天", PORTAL_BASIS, is_secondary=True),
    DefaultRule("problem.escalate_days", "逾期几天报上级党组织", 3, "天", PORTAL_BASIS, is_secondary=True),
    DefaultRule("problem.check_days", "上级党组织核验销号申请的期限", 7, "天", PORTAL_BASIS, is_secondary=True),
    DefaultRule("problem.look_back_months", "销号后几个月回头看", 3, "个月", PORTAL_BASIS, is_secondary=True),
    DefaultRule("snapshot.answer_days", "党支部答复随手拍的期限", 7, "天", PORTAL_BASIS, is_secondary=True),
)  # fmt: skip
