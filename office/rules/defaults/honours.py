"""Days of projects, claims, contests, needs and pledges."""

from office.rules.defaults.shapes import PORTAL_BASIS, DefaultRule

HONOURS = (
    DefaultRule("topic.near_days", "项目题目截止领办前几天提醒", 3, "天", PORTAL_BASIS, is_secondary=True),
    DefaultRule("project.near_days", "项目和认领任务到期前几天提醒", 7, "天", PORTAL_BASIS, is_secondary=True),
    DefaultRule("need.days", "实事办结的期限", 30, "天", PORTAL_BASIS, is_secondary=True),
    DefaultRule("need.near_days", "实事到期前几天提醒", 3, "天", PORTAL_BASIS, is_secondary=True),
    DefaultRule("need.link_days", "实事评价链接的有效期", 15, "天", PORTAL_BASIS, is_secondary=True),
    DefaultRule("contest.near_days", "争创申报截止前几天提醒", 3, "天", PORTAL_BASIS, is_secondary=True),
    DefaultRule("pledge.near_days", "承诺到期前几天提醒", 15, "天", PORTAL_BASIS, is_secondary=True),
)
