"""The pictures of the manual: who looks, where, and what the file is called. Used by `pictures` and by its test."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Shot:
    """One picture. ``follow`` are links to go along, ``fill`` a step that types, ``at`` what stands at the top."""

    name: str
    login: str
    path: str
    follow: tuple[str, ...] = ()
    fill: str = ""
    at: str = ""
    is_phone: bool = False


PLAN_NAME = "云川区区直机关党建质量提升行动"
PLAN = f"""{PLAN_NAME}实施方案
为提升区直机关党建工作质量，推动各级党组织履职尽责，制定本方案。
一、总体要求
坚持围绕中心、建设队伍、服务群众，推动机关党建走在前、作表率。
二、主要任务
（一）建强政治机关
1.规范组织生活。党支部每月开展主题党日不少于1次，党员大会每季度至少召开一次。
2.加强理论学习。党员每年参加集中学习培训不少于32学时，党支部每季度讲党课不少于1次。
（二）建设效能机关
3.深入基层调研。领导干部每年到联系点调研不少于2次。
4.报送工作信息。各机关党委每月报送党建信息1—2条。
三、组织领导
（一）加强领导。成立领导小组，由工委书记任组长，工委副书记任副组长。
（二）严格督查。实行月调度、季督查、年通报，各单位11月底前报送总结。
"""
SHEET = (
    (
        "党组织名称",
        "年度",
        "机关工作人员数",
        "专职党务干部数",
        "党建经费预算（元）",
        "列入单位预算",
        "党建经费支出（元）",
    ),
    ("中共云川区财政局机关委员会", 2026, 96, 2, 60000, "是", 41200),
    ("中共云川区司法局机关委员会", 2026, 74, 1, 48000, "是", 30500),
    ("中共云川区教育局机关委员会", 2026, 88, 2, 55000, "是", 39800),
    ("中共云川区规划局机关委员会", 2026, 60, 1, 40000, "是", 21000),
)
"""The last row names an organisation that is not there: the picture shows how such a row is refused."""

GONGWEI, DANGWEI, ZHIBU, DANGYUAN = "gongwei", "dangwei01", "zhibu04", "dangyuan04"

SHOTS = (
    Shot("工委-工作台", GONGWEI, "/"),
    Shot("工委-看板", DANGWEI, "/board/?period=2026Q3"),
    Shot("工委-方案草稿", GONGWEI, "/campaigns/plans/", fill="plan"),
    Shot("工委-下发前的负担", GONGWEI, "/campaigns/new/", fill="campaign"),
    Shot("工委-审核", GONGWEI, "/campaigns/review/?record=", follow=("main a[href*='record=activity-']",)),
    Shot("工委-减负账", GONGWEI, "/burden/?period=2026Q3"),
    Shot("工委-问题台账", GONGWEI, "/campaigns/problems/"),
    Shot("工委-党组织树", GONGWEI, "/organizations/"),
    Shot("工委-党务台账", GONGWEI, "/members/registers/"),
    Shot(
        "工委-发展党员",
        DANGWEI,
        "/members/development/?waits_for=SUPERIOR",
        follow=("main table a[href^='/members/development/']",),
    ),
    Shot("工委-责任书覆盖", GONGWEI, "/campaigns/agreements/coverage/"),
    Shot("工委-评分", GONGWEI, "/assessments/", follow=("main table a[href^='/assessments/']",)),
    Shot("导入Excel", GONGWEI, "/members/year-facts/import/", fill="upload"),
    Shot("支部-工作台", ZHIBU, "/"),
    Shot("支部-任务", ZHIBU, "/campaigns/assignments/", follow=("main a[href^='?month=20']",)),
    Shot("支部-记一次活动", ZHIBU, "/campaigns/activities/new/?kind=theme_day"),
    Shot("支部-活动记录", ZHIBU, "/campaigns/activities/", follow=("main table a[href^='/campaigns/activities/']",)),
    Shot(
        "支部-申请延期",
        ZHIBU,
        "/campaigns/assignments/?month=&sort=-due_on",
        follow=("main table a[href^='/campaigns/assignments/']", "main a[href$='/extension/']"),
    ),
    Shot("支部-发展党员", "zhibu02", "/members/development/", follow=("main table a[href^='/members/development/']",)),
    Shot("支部-党费", ZHIBU, "/members/dues/", follow=("main table a[href^='/members/dues/']",)),
    Shot("支部-专项工作", ZHIBU, "/campaigns/works/"),
    Shot("支部-记一次活动-手机", ZHIBU, "/campaigns/activities/new/?kind=theme_day", is_phone=True),
    Shot("党员-工作台-手机", DANGYUAN, "/", is_phone=True),
    Shot("党员-年度档案", DANGYUAN, "/members/own/year/"),
    Shot("党员-个人报送-手机", DANGYUAN, "/campaigns/entries/", is_phone=True),
    Shot("三员-账号与岗位", "xitong", "/accounts/"),
    Shot("三员-批量建账号", "anquan", "/members/accounts/"),
    Shot("三员-权限一览", "anquan", "/rights/"),
    Shot("三员-审计记录", "shenji", "/audit/"),
)
