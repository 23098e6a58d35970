"""The outline of plans that print no numbers, and of plans whose tasks stand in a table: X01."""

import pytest

from campaigns.rules.plans import Plan
from campaigns.rules.reading.reader import read_plan
from tests.campaigns.rules.reading.tables import TABLE


def read(*lines: str) -> Plan:
    return read_plan("\n".join(lines), rules=TABLE).plan


def tasks(plan: Plan) -> list[tuple[str, str]]:
    return [(task.number, task.title) for task in plan.tasks()]


def stated(plan: Plan) -> list[tuple[str, str, str, str]]:
    return [
        (task.number, target.at_least, target.unit, target.period)
        for task, target in plan.targets()
        if target.basis == "stated"
    ]


def dues(plan: Plan) -> list[tuple[str, str]]:
    return [(point.title, point.due) for point in plan.milestones]


SPEECH = ("在全县组织工作会议上的讲话", "（2026年2月8日）", "同志们：", "下面，我讲三点意见。")


def test_x01_first_next_and_last_number_the_parts_of_a_speech():
    plan = read(
        *SPEECH,
        "首先，要抓好学习。一要原原本本学。各支部每月集中学习1次，坚持读原著学原文。二要领导带头学。班子成员每季度领学一次，"
        "全年讲党课2次。",
        "其次，要建强组织。6月底前完成换届。",
        "最后，强调一下责任落实。各支部3月20日前报送方案。",
        "同志们，让我们携手前进！",
    )
    assert tasks(plan) == [
        ("1.1", "原原本本学"), ("1.2", "领导带头学"), ("2", "建强组织"), ("3", "强调一下责任落实"),
    ]  # fmt: skip
    assert plan.title == "在全县组织工作会议上的讲话"


def test_x01_last_goes_on_after_first_and_second_with_figures():
    plan = read(
        *SPEECH,
        "第一，提高站位抓学习。各支部每月学习1次。",
        "第二，突出重点抓落实。第一，抓组织。各支部每季度召开党员大会1次。第二，抓队伍。全年培训党务干部不少于2期。",
        "最后，我再强调一下纪律。各单位要严格执行。",
    )
    assert tasks(plan) == [
        ("1", "提高站位抓学习"), ("2.1", "抓组织"), ("2.2", "抓队伍"), ("3", "我再强调一下纪律"),
    ]  # fmt: skip


def test_x01_items_of_a_single_paragraph_are_the_tasks_of_a_short_document():
    plan = read(
        "在支部例会上的发言",
        "同志们，我作个安排。一要抓紧学习教育。各支部每周学习一次。二要抓紧组织建设。3月底前完成换届。",
    )
    assert tasks(plan) == [("1", "抓紧学习教育"), ("2", "抓紧组织建设")]


def test_x01_heads_in_brackets_and_items_with_signs():
    plan = read(
        "关于开展“净化家园”活动的通知", "各支部：", "现将有关事项通知如下。",
        "【活动主题】清洁家园 你我同行",
        "【活动内容】",
        "■ 集中清扫。各支部组织集中清扫不少于2次。",
        "■ 入户宣传。每名党员入户宣传不少于5户，3月20日前完成。",
        "【有关要求】",
        "◆高度重视。各支部要压实责任。",
        "◆注重宣传。每周报送信息不少于1条。",
    )  # fmt: skip
    assert tasks(plan) == [("2.1", "集中清扫"), ("2.2", "入户宣传"), ("3.1", "高度重视"), ("3.2", "注重宣传")]


def test_x01_signs_stand_above_the_numbers_below_them():
    plan = read(
        "县直机关创建活动安排", "各单位：", "现就有关事项安排如下：",
        "★ 宣传发动", "1. 召开动员会1次。", "2. 张贴标语不少于20条。",
        "★ 总结评比", "1. 评选廉洁家庭10户。", "2. 报送总结。",
    )  # fmt: skip
    assert [number for number, _ in tasks(plan)] == ["1.1", "1.2", "2.1", "2.2"]


def test_x01_short_lines_alone_are_heads():
    plan = read(
        "街道党工委关于做好2026年几项重点工作的通知", "各社区党委：", "现就有关事项通知如下。",
        "加强理论武装", "各支部每月开展主题党日1次，每季度专题研讨不少于1次。",
        "建强基层组织：", "10月31日前整顿软弱涣散组织2个。",
        "街道党工委", "2026年1月10日",
    )  # fmt: skip
    assert tasks(plan) == [("1", "加强理论武装"), ("2", "建强基层组织")]


def test_x01_usual_heads_stand_above_numbered_actions_and_titled_paragraphs():
    plan = read(
        "“先锋引领”行动计划（2026年）", "结合实际，制定本计划。",
        "重点行动",
        "行动一：铸魂行动。每月开展1次集中学习。",
        "行动二：强基行动。达标率不低于95%。",
        "保障措施",
        "加强领导。成立工作专班，统筹推进各项工作。",
        "强化督导。每半年评估一次，结果予以通报。",
    )  # fmt: skip
    assert tasks(plan) == [("1.1", "铸魂行动"), ("1.2", "强基行动"), ("2.1", "加强领导"), ("2.2", "强化督导")]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Ⅰ、", "Ⅱ、"), ("A. ", "B. "), ("第1条 ", "第2条 "), ("第一项 ", "第二项 "), ("任务一：", "任务二："),
        ("措施1.", "措施2."), ("1）", "2）"), ("①", "②"),
    ],
)  # fmt: skip
def test_x01_other_numbers(one, two):
    plan = read(
        "党建工作方案", "结合实际，制定本方案。", f"{one}抓好学习。每月学习1次。", f"{two}抓好组织。每季度开会1次。"
    )
    assert tasks(plan) == [("1", "抓好学习"), ("2", "抓好组织")]


TABLE_HEAD = "序号｜重点任务｜具体措施｜责任部门｜完成时限"


def test_x01_rows_are_tasks_where_they_stand_in_a_table_alone():
    plan = read(
        "区法院创建工作任务分解表", "现将2026年度重点任务分解如下。",
        TABLE_HEAD,
        "1｜深化教育｜每季度开展1次廉政教育｜政治部｜全年",
        "2｜规范行为｜每月抽查录像不少于30件｜审管办｜12月31日前",
        "3｜严格谈话｜每半年谈话不少于1次｜督察室｜6月底前、12月底前",
        "4｜推进公开｜按要求公开｜审管办｜第四季度",
        "注：", "1.各部门每季度末将进展情况报机关党委。", "2.机关党委每季度督查一次。",
    )  # fmt: skip
    assert tasks(plan) == [("1", "深化教育"), ("2", "规范行为"), ("3", "严格谈话"), ("4", "推进公开")]
    assert ("2", "30", "件", "month") in stated(plan)
    assert dues(plan) == [
        ("规范行为", "12-31"), ("严格谈话", "06-30"), ("严格谈话", "12-31"), ("推进公开", "12-31"),
    ]  # fmt: skip


def test_x01_columns_in_another_order_with_tabs_and_a_merged_first_column():
    plan = read(
        "青山区2026年党建重点任务清单",
        "工作类别\t完成时间\t工作内容\t目标要求\t牵头单位",
        "政治建设\t长期坚持\t落实第一议题\t每月学习不少于1次\t办公室",
        "\t9月底\t开展政治轮训\t轮训党员2000名以上\t组织部",
        "组织建设\t2026年10月\t整顿软弱涣散组织\t整顿率100%\t组织部",
    )
    assert [(each.name, [task.title for task in each.tasks]) for each in plan.dimensions] == [
        ("政治建设", ["落实第一议题", "开展政治轮训"]), ("组织建设", ["整顿软弱涣散组织"]),
    ]  # fmt: skip
    assert dues(plan) == [("开展政治轮训", "09-30"), ("整顿软弱涣散组织", "2026-10-31")]


def test_x01_a_table_below_a_heading_in_bars():
    plan = read(
        "某局党建工作安排", "一、总体要求", "坚持以人民为中心。", "二、重点任务",
        "| 工作任务 | 工作措施 | 完成时限 | 责任人 |", "|---|---|---|---|",
        "| 理论学习 | 中心组学习全年不少于12次 | 12月底前 | 张三 |",
        "| 支部建设 | 标准化支部达标率100% | 6月30日 | 李四 |",
        "三、工作要求", "（一）加强领导。成立领导小组。", "（二）强化督查。每季度督查一次。",
    )  # fmt: skip
    assert tasks(plan) == [("1", "理论学习"), ("2", "支部建设"), ("3.1", "加强领导"), ("3.2", "强化督查")]


def test_x01_rows_that_go_on_with_a_task_belong_to_it():
    plan = read(
        "2026年任务分工表", "现将任务分工如下。", TABLE_HEAD,
        "1｜深化教育｜每季度开展1次廉政教育｜政治部｜6月底前",
        "｜｜评选清廉家庭10户｜工会｜9月底前",
        "2｜规范行为｜每月抽查录像不少于30件｜审管办｜全年",
    )  # fmt: skip
    assert tasks(plan) == [("1", "深化教育"), ("2", "规范行为")]
    assert dues(plan) == [("深化教育", "06-30"), ("深化教育", "09-30")]


def test_x01_a_table_that_repeats_the_tasks_of_the_text_gives_only_days():
    plan = read(
        "党建工作方案",
        "一、重点任务",
        "（一）抓好学习。每月学习1次。", "（二）抓好组织。每季度开会1次。", "（三）抓好作风。每半年检查1次。",
        "附件：任务分工表", TABLE_HEAD, "1｜抓好学习｜制定计划｜办公室｜3月底前",
    )  # fmt: skip
    assert tasks(plan) == [("1.1", "抓好学习"), ("1.2", "抓好组织"), ("1.3", "抓好作风")]
    assert [due for _, due in dues(plan)] == ["03-31"]


def test_x01_a_table_of_stages_holds_no_tasks():
    plan = read(
        "党建工作方案", "一、工作任务", "（一）抓好学习。每月学习1次。",
        "二、时间安排", "阶段｜时间｜主要工作", "动员部署｜3月1日至3月31日｜动员", "总结｜11月至12月｜总结",
    )  # fmt: skip
    assert tasks(plan) == [("1.1", "抓好学习")]
    assert [stage.name for stage in plan.stages] == ["动员部署", "总结"]


def test_x01_parts_of_a_speech_that_begin_with_is():
    plan = read(
        *SPEECH,
        "首先是思想上要再重视。各单位党组每季度研究党建工作不少于1次。",
        "其次是作风上要再严实。每季度明察暗访不少于2次。",
        "最后是责任上要再压实。各单位4月10日前上报方案。",
    )
    assert [title for _, title in tasks(plan)] == ["思想上要再重视", "作风上要再严实", "责任上要再压实"]


def test_x01_the_title_above_a_table_is_not_its_first_row():
    plan = read(
        "机关党建责任清单（2026年）", "责任主体 | 工作任务 | 工作标准 | 时间要求",
        "党组 | 研究党建工作 | 每半年不少于1次 | 6月底、12月底", "党支部 | 主题党日 | 每月1次 | 每月",
    )  # fmt: skip
    assert (plan.title, plan.year) == ("机关党建责任清单（2026年）", 2026)
    assert dues(plan) == [("研究党建工作", "06-30"), ("研究党建工作", "12-31")]


@pytest.mark.parametrize("sign", ["问题{}：", "任务{}：", "整改事项{}、"])
def test_x01_heads_that_run_on_below_the_brackets_of_several_parts_are_numbered_alone(sign):
    plan = read(
        "某局党组关于巡察反馈问题的整改方案", "一、整改目标", "确保4月底前完成整改。", "二、整改任务",
        "（一）关于学习不深入方面", f"{sign.format(1)}中心组学习以念代学，2025年仅研讨3次。",
        "整改措施：①全年中心组学习不少于10次；②每季度通报出勤情况。",
        f"{sign.format(2)}青年学习组织不力。", "整改措施：",
        "1．组建青年理论学习小组2个，每月至少开展1次学习，由机关党委负责组织。",
        "2．举办青年论坛，每半年1期，由团支部具体负责组织实施并形成材料。",
        "（二）关于组织生活不严肃方面", f"{sign.format(3)}会议记录不规范。", "整改措施：①举办业务培训1期。",
        "三、保障措施", "（一）加强领导。成立领导小组。", "（二）严格时序。每月调度一次。",
    )  # fmt: skip
    assert [number for number, _ in tasks(plan)] == ["1", "2", "3", "3.1", "3.2"]
    assert [title for _, title in tasks(plan)][1:3] == ["青年学习组织不力", "会议记录不规范"]
    assert [amount for number, amount, *_ in stated(plan) if number == "1"] == ["10", "1"]


def read_body(*lines: str) -> Plan:
    return read("某局2026年党建工作方案", "一、重点任务", *lines)


@pytest.mark.parametrize(
    ("line", "seats"),
    [
        ("局党组书记任组长，分管副局长任副组长，各单位党组织书记为组员，下设办公室（设在局机关党委），成立领导小组。",
         [("组长", "局党组书记"), ("副组长", "分管副局长"), ("成员", "各单位党组织书记"), ("办公室", "局机关党委")]),
        ("工委书记任总召集人，各单位书记为第一责任人。", [("总召集人", "工委书记")]),
    ],
)  # fmt: skip
def test_x01_leading_groups_by_other_words(line, seats):
    plan = read_body("（一）抓好学习。每月学习1次。", "二、组织领导", f"（一）{line}", "（二）强化保障。加强经费保障。")
    assert sorted((seat.role, seat.holder) for seat in plan.leading_group) == sorted(seats)


@pytest.mark.parametrize(
    ("line", "rhythm"),
    [
        ("领导小组下设办公室，负责日常事务，每月收集进展、每季度召开一次推进会。", ["month", "quarter"]),
        ("落实“周梳理、月小结、季讲评”制度。", ["week", "month", "quarter"]),
        ("各单位要结合实际逐年推进。", []),
    ],
)
def test_x01_cadences_by_other_words(line, rhythm):
    plan = read_body(
        "（一）抓好学习。每季度通报出勤情况。", "二、组织领导", f"（一）加强调度。{line}", "（二）强化保障。加强宣传。"
    )
    assert [cadence.period for cadence in plan.cadences] == rhythm


def test_x01_what_the_introduction_says_is_done_over_and_over_is_a_cadence():
    plan = read(
        "某县县直机关2026年重点任务清单", "现将清单印发给你们。工委每半年集中督导一次。",
        TABLE_HEAD, "1｜抓好学习｜每月学习1次｜各支部｜全年",
        "2｜抓好换届｜完成换届｜各支部｜6月底、12月底前各完成一次",
        "说明：", "（一）牵头单位要细化措施。", "（二）各单位要抓好落实。",
    )  # fmt: skip
    assert [(cadence.period, cadence.title) for cadence in plan.cadences] == [("half_year", "工委每半年集中督导一次")]
    assert [number for number, _ in tasks(plan)] == ["1", "2"]
    assert [due for _, due in dues(plan)] == ["06-30", "12-31"]


@pytest.mark.parametrize(
    ("heads", "names"),
    [
        (("3.1 2026年：打基础", "3.2 2027年：强提升"), ["打基础", "强提升"]),
        (("3.1 夯实基础（2026年）", "3.2 全面提升（2027年度）"), ["夯实基础", "全面提升"]),
        (("3.1 第一年“打基础”（2026年）", "3.2 2027年为“提升”"), ["打基础", "提升"]),
    ],
)
def test_x01_the_years_of_a_plan_over_several_are_its_stages(heads, names):
    plan = read(
        "某集团党员教育培训规划（2026—2027年）", "1 主要任务", "1.1 抓好培训", "每年培训1次。", "2 组织保障",
        "2.1 加强领导",
        "党委统一领导。", "3 分年度安排", heads[0], "6月30日前完成师资库建设。", heads[1], "9月30日前完成轮训。",
    )  # fmt: skip
    assert [stage.name for stage in plan.stages] == names
    assert [(stage.starts, stage.ends) for stage in plan.stages] == [
        ("2026-01-01", "2026-12-31"), ("2027-01-01", "2027-12-31"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("每位处级干部要领学一次、主讲一次。", [("1", "次"), ("1", "次")]),
        ("成立12支党员突击队。", [("12", "支")]),
        ("班子成员每两周至少一次下沉一线，每人包保2个重点项目、1个困难企业。", [("1", "次"), ("2", "个"), ("1", "个")]),
        ("对31个支部全部“过筛子”。", []),
        ("全年开发课程6门。", [("6", "门")]),
        ("各部门一门心思抓发展。", []),
        ("每年举办一届党课比赛。", [("1", "届")]),
        ("三年内对党员普遍轮训一遍。", [("1", "%")]),
        ("党建在考核中的权重由10%提高到20%。", [("0.2", "%")]),
        ("按照一星到五星设置五个等级。", []),
        ("推动工作上台阶，涌现一批叫得响的典型。", []),
        ("全年督察不少于2次，重点督察“三个规定”填报。", [("2", "次")]),
        ("讲党课覆盖全体党员。", [("1", "%")]),
        ("有的班子成员全年仅参加活动1次。", []),
    ],
)
def test_x01_amounts_in_other_words(line, found):
    plan = read_body(f"（一）抓好工作。{line}", "（二）抓好作风。加强宣传。")
    assert [(amount, unit) for number, amount, unit, _ in stated(plan) if number == "1.1"] == found


def test_x01_each_meeting_of_a_list_has_the_period_behind_it():
    plan = read_body(
        "（一）抓好工作。支部党员大会每季度、支委会每月、党小组会每月至少召开一次。", "（二）抓好作风。加强宣传。"
    )
    found = [(each.metric, each.period) for _, each in plan.targets() if each.basis == "stated"]
    assert found == [
        ("activity.member_assembly", "quarter"), ("activity.branch_committee", "month"),
        ("activity.group_meeting", "month"),
    ]  # fmt: skip


@pytest.mark.parametrize("line", ["2021年3月印发的《规定》同时废止。", "对年度内发生违纪案件的支部予以降星。"])
def test_x01_days_of_what_was_issued_or_comes_about_are_no_deadlines(line):
    plan = read_body(f"（一）抓好工作。{line}", "（二）抓好作风。加强宣传。")
    assert plan.milestones == ()
