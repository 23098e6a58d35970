"""How long restricted records are kept, and how talks and trainings that an event makes due are followed."""

from office.rules.defaults.shapes import PORTAL_BASIS, DefaultRule

_KEPT = "干部人事档案和纪检工作有关规定，各地不一"

RESTRICTED = (
    DefaultRule("restricted.keep_years.talk", "谈话记录保存", 3, "年", _KEPT, is_secondary=True),
    DefaultRule("restricted.keep_years.thought", "思想动态保存", 2, "年", _KEPT, is_secondary=True),
    DefaultRule("restricted.keep_years.integrity", "廉政档案材料保存", 10, "年", _KEPT, is_secondary=True),
    DefaultRule("restricted.keep_years.matter", "科级以下重大事项报告保存", 5, "年", _KEPT, is_secondary=True),
    DefaultRule("restricted.keep_years.form", "监督执纪四种形态记录保存", 5, "年", _KEPT, is_secondary=True),
    DefaultRule(
        "restricted.keep_years.discipline", "违纪处理记录保存（影响期满后）", 5, "年", _KEPT, is_secondary=True
    ),
    DefaultRule("restricted.keep_years.care", "关怀帮扶记录结束后保存", 2, "年", _KEPT, is_secondary=True),
    DefaultRule("event.look_back_days", "多少天以前的任职和编入不再生成应办事项", 90, "天", PORTAL_BASIS),
    DefaultRule("duty.remind_days", "应谈应办事项到期前几天提醒", 3, "天", PORTAL_BASIS),
    DefaultRule("duty.escalate_days", "应谈应办事项逾期几天后告知上级", 7, "天", PORTAL_BASIS),
)
