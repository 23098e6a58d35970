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
