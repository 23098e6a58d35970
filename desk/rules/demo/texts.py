"""Minutes as branches write them, put together from invented sentences."""

from random import Random

TOPICS = (
    "支部工作条例",
    "党员教育管理工作条例",
    "机关基层组织工作条例",
    "纪律处分条例",
    "廉洁自律准则",
    "重要文章选编",
    "党史专题读本",
)
MATTERS = (
    "服务窗口提速",
    "基层减负",
    "重点项目跟进",
    "安全生产检查",
    "营商环境提升",
    "社区共建",
    "信访积案化解",
    "年度重点任务",
    "办事流程简化",
)
RESULTS = (
    "会议确定由{name}牵头，月底前拿出具体措施。",
    "会议形成 {count} 条改进措施，由{name}负责跟进，下月通报进展。",
    "大家一致同意上述安排，由{name}做好记录和督促。",
    "会议要求各组把任务分到人，{name}每周汇总一次。",
)
OPENINGS = (
    "一、{name}领学{topic}有关章节，并结合岗位谈了体会。",
    "一、集体学习{topic}，{name}领学，{count} 名党员交流发言。",
    "一、{name}传达上级有关会议精神，对照{topic}梳理了本支部的差距。",
)
MIDDLES = (
    "二、围绕“{matter}”展开讨论，查找出 {count} 个具体问题，逐项明确了责任人和时限。",
    "二、听取“{matter}”进展情况，讨论了当前的难点和下一步打算。",
    "二、研究“{matter}”有关事项，与会人员充分发表了意见。",
)
THIN = ("集体学习，讨论发言。", "按计划开展了活动，效果良好。", "学习文件，交流体会。")
REMARKS = (
    "表决结果一栏未写应到会有表决权人数，请补充。",
    "会议记录过于简略，请补充讨论情况和形成的决议。",
    "缺少领学、发言等具体情况，请补充。",
)
ANSWER_NOTES = (
    "已按要求落实，材料见附件台账，由专人负责。",
    "已列入年度计划并分解到人，按月检查进度。",
    "对照清单逐项自查，已完成的留存了会议记录和照片台账。",
)


def minutes(random: Random, names: list[str]) -> str:
    """An ordinary record of three parts."""

    def said(sentence: str) -> str:
        return sentence.format(
            name=random.choice(names),
            topic=random.choice(TOPICS),
            matter=random.choice(MATTERS),
            count=random.randint(2, 5),
        )

    return "\n".join(
        (said(random.choice(OPENINGS)), said(random.choice(MIDDLES)), "三、" + said(random.choice(RESULTS)))
    )


def thin_minutes(random: Random) -> str:
    """A record that says next to nothing."""
    return random.choice(THIN)
