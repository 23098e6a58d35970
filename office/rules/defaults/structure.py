"""Rules behind the structure check and the register of party staff that are no plain sizes."""

from office.rules.defaults.shapes import PORTAL_BASIS, DefaultRule, Shape

_BRANCH = "《中国共产党支部工作条例（试行）》"
_ORGAN = "《中国共产党党和国家机关基层组织工作条例》"
_ELECTION = "《中国共产党基层组织选举工作条例》"
_MODEL_ORGAN = "创建“五型模范机关”实施方案"
_MEETING = "机关党建工作推进会讲话"

STRUCTURE = (
    DefaultRule("structure.members_min", "党组织应有党员最少", 1, "人", _BRANCH),
    DefaultRule("structure.secretaries", "党组织应设书记", 1, "人", f"{_BRANCH}；{_ORGAN}"),
    DefaultRule(
        "structure.departments", "党总支所属支部涉及部门不超过", 1, "个", f"{_MEETING}：纠正跨部门设置综合党总支"
    ),
    DefaultRule("structure.joint_units", "联合党支部覆盖单位一般不超过", 5, "个", _BRANCH, is_secondary=True),
    DefaultRule("structure.task_days", "设置问题整改期限（默认）", 30, "天", PORTAL_BASIS),
    DefaultRule("structure.remind_days", "设置问题整改到期前几天提醒", 7, "天", PORTAL_BASIS),
)

ELECTIONS = (
    DefaultRule(
        "term.election_present",
        "选举时到会有选举权党员一般不少于",
        "4/5",
        "应到有选举权党员",
        _ELECTION,
        Shape.DECIMAL,
        True,
    ),
)

PARTY_WORKERS = (
    DefaultRule("workers.deputies", "机关党委应配备专职副书记", 1, "人", f"{_ORGAN}；{_MODEL_ORGAN}"),
    DefaultRule(
        "workers.discipline_from",
        "设机关纪委：机关党委党员达到",
        100,
        "人",
        f"{_ORGAN}；{_MODEL_ORGAN}",
        is_secondary=True,
    ),
    DefaultRule("workers.rotation_years", "党务干部任同一岗位几年应轮岗交流", 5, "年", _MODEL_ORGAN, is_secondary=True),
)
