"""Figures about members: marks, basic data, and how long personal data of former members is kept."""

from office.rules.defaults.shapes import PORTAL_BASIS, DefaultRule, Shape

_EDUCATION = "《中国共产党党员教育管理工作条例》"

MEMBERS = (
    DefaultRule("standing.suspend_after_months", "失联多久应停止党籍", 6, "个月", _EDUCATION, Shape.INTEGER, True),
    DefaultRule("standing.remove_after_months", "停止党籍多久应除名", 24, "个月", _EDUCATION, Shape.INTEGER, True),
    DefaultRule("standing.search_every_months", "失联党员查找间隔", 1, "个月", PORTAL_BASIS, Shape.INTEGER, True),
    DefaultRule(
        "member.required_fields",
        "党员基础台账必填的信息",
        [
            "身份证号", "出生日期", "民族", "籍贯", "学历", "参加工作时间", "工作岗位", "入党时间", "转正时间",
            "手机号码",
        ],
        "",
        PORTAL_BASIS,
        Shape.LIST,
        True,
    ),
    DefaultRule(
        "member.anonymise_after_years", "历史党员满多少年可以隐去个人信息", 5, "年", PORTAL_BASIS, is_secondary=True
    ),
)  # fmt: skip
