"""The reader as a whole: structure, evidence, refusals, round trips, and that it never fails."""

import json
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.rules.reading.reader import NAME_FROM_TEXT, NO_TASKS, NO_TITLE, TOO_LONG, read_plan
from campaigns.rules.reading.shapes import ReadingError, draft_form, reading_from_data, reading_to_data
from tests.campaigns.rules.reading.tables import TABLE

PLAN = """青山区区直机关“先锋行动”实施方案

各机关党委：
为深化机关党建，制定本方案。
一、总体要求
坚持围绕中心、建设队伍、服务群众。
二、重点任务
（一）强化政治功能，着力打造政治机关
1、加强理论学习。党委理论学习中心组每年集中学习不少于12次。
2.开好主题党日。党支部每月开展主题党日1次，坚持“三会一课”。
(二）强化服务功能，着力打造服务机关
3．办好实事。每名党员每年联系群众不少于2户。
三、实施步骤
（一）动员部署（2026年3月）。3月20日前报送工作方案。
（二）组织实施（2026年4月至11月）。实行月调度、季通报。
四、保障措施
（一）加强领导。成立领导小组，组长由工委书记担任，办公室设在工委组织部。
（二）严格考核。12月底前完成考核。
附件：1.任务清单
      2.联系表
中共青山区直属机关工委
2026年3月1日
"""


def read(text):
    return read_plan(text, rules=TABLE)


def numbers(text):
    return [task.number for task in read(text).plan.tasks()]


def test_x01_a_plan_becomes_a_draft():
    reading = read(PLAN)
    plan = reading.plan

    assert (plan.title, plan.level, plan.year) == ("青山区区直机关“先锋行动”实施方案", "区", 2026)
    assert [(task.number, task.title, task.nature) for task in plan.tasks()] == [
        ("1", "加强理论学习", "measure"),
        ("2", "开好主题党日", "measure"),
        ("3", "办好实事", "measure"),
        ("3.1", "动员部署", "step"),
        ("3.2", "组织实施", "step"),
        ("4.1", "加强领导", "safeguard"),
        ("4.2", "严格考核", "safeguard"),
    ]
    assert [dimension.name for dimension in plan.dimensions] == ["政治机关", "服务机关", "组织领导与保障"]
    assert [(each.name, each.starts, each.ends) for each in plan.stages] == [
        ("动员部署", "2026-03-01", "2026-03-31"),
        ("组织实施", "2026-04-01", "2026-11-30"),
    ]
    assert [each.due for each in plan.milestones] == ["03-20", "12-31"]
    assert [each.period for each in plan.cadences] == ["month", "quarter"]
    assert {each.role for each in plan.leading_group} == {"组长", "办公室"}
    assert reading.remarks == ()


def test_x01_every_part_is_tied_to_its_sentence():
    reading = read(PLAN)

    assert all(reading.text[each.start : each.end] == each.sentence for each in reading.findings)
    form = draft_form(reading)
    for dimension in form["dimensions"]:
        assert dimension["sentence"]
        assert all(task["sentence"] for task in dimension["tasks"])
        assert all(target["sentence"] for task in dimension["tasks"] for target in task["targets"])
    for part in ("milestones", "stages", "cadences", "leading_group"):
        assert all(item["sentence"] for item in form[part])


def test_x01_what_is_implied_is_never_sure_and_every_doubt_has_a_reason():
    reading = read(PLAN)

    for index, dimension in enumerate(reading.plan.dimensions):
        for place, task in enumerate(dimension.tasks):
            for number, target in enumerate(task.targets):
                finding = reading.by_path[f"dimensions/{index}/tasks/{place}/targets/{number}"]
                assert finding.sure is not (target.basis == "rule") or finding.why
                assert target.basis != "rule" or not finding.sure
    assert all(each.why for each in reading.unsure)
    assert reading.unsure


def test_x01_a_reading_is_kept_as_json_and_read_back():
    reading = read(PLAN)

    assert reading_from_data(json.loads(json.dumps(reading_to_data(reading)))) == reading


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一、加强学习\n每月一次。\n二、加强管理\n每季一次。", ["1", "2"]),
        (
            "一、任务\n（一）甲事项\n1.做一件事情。\n2.做两件事情。\n（二）乙事项\n1.做三件事情。",
            ["1.1.1", "1.1.2", "1.2.1"],
        ),
        ("一、政治\n1.甲事项。\n2.乙事项。\n二、作风\n3.丙事项。", ["1", "2", "3"]),
        ("第一章 总则\n第一条 为了管理。\n第二章 内容\n第二条 每月一次。\n第三条 每季一次。", ["1", "2", "3"]),
        ("1 目标\n2 任务\n2.1 甲事项\n2.2 乙事项", ["2.1", "2.2"]),
        ("第一部分 任务\n一、甲事项\n（1）做第一件事情。\n（2）做第二件事情。", ["1.1.1", "1.1.2"]),
        ("（一）甲事项\n1、做一件事情。\n（二）乙事项\n2、做两件事情。", ["1", "2"]),
        (
            "一、任务。（一）甲事项。1.做一件事情。2.做两件事情。（二）乙事项。1.做三件事。2.做四件事。二、保障。",
            ["1.1.1", "1.1.2", "1.2.1", "1.2.2"],
        ),
        ("一、问题\n存在以下问题：一是重视不够的问题；二是落实不力的问题。", ["1.1", "1.2"]),
    ],
)
def test_x01_any_usual_numbering(text, expected):
    assert numbers(text) == expected


def test_x01_items_told_at_length_are_tasks_and_short_ones_a_checklist():
    long = "（一）抓学习。一要读原著。每个支部都要认真组织，切实把学习抓在经常、融入日常，每月至少一次。" \
        "二要讲党课。书记要带头到所在支部讲党课，深入基层调研，把党课讲到心坎上，每季度一次。"  # fmt: skip
    short = "（一）抓学习。一是读原著；二是讲党课；三是写心得。"

    assert numbers(f"一、任务\n{long}") == ["1.1.1", "1.1.2"]
    (task,) = read(f"一、任务\n{short}").plan.tasks()
    assert [item.text for item in task.checklist] == ["读原著", "讲党课", "写心得"]


def test_x01_figures_among_the_aims_go_with_a_task_to_be_checked():
    reading = read("一、工作目标\n年底前党员满意率达到95%以上。\n二、重点任务\n（一）抓学习。认真组织。")

    (target,) = [target for _, target in reading.plan.targets() if target.basis == "stated"]
    assert (target.metric, target.at_least) == ("rate.satisfaction", "0.95")
    assert "工作目标" in next(each.why for each in reading.findings if each.path.endswith("targets/0"))


def test_x01_double_numbers_are_made_different_and_said():
    reading = read("一、甲任务\n做好。\n一、乙任务\n做好。\n二、丙任务\n做好。")

    found = [task.number for task in reading.plan.tasks()]
    assert len(set(found)) == len(found) == 3
    assert any("重复" in each.why for each in reading.unsure)


def test_x01_a_table_of_stages():
    rows = "阶段 ｜ 时间 ｜ 工作\n定级 ｜ 3月1日至3月31日 ｜ 自评\n复核 ｜ 11月至12月 ｜ 晋级"
    text = f"一、工作任务\n（一）定级。认真做好。\n二、时间安排\n{rows}"

    assert [(each.name, each.starts, each.ends) for each in read(text).plan.stages] == [
        ("定级", "03-01", "03-31"),
        ("复核", "11-01", "12-31"),
    ]


def test_x01_too_long_a_document_is_refused():
    assert read("一、任务。\n" + "做" * 40_000).plan.dimensions
    with pytest.raises(ReadingError, match=TOO_LONG):
        read("做" * 50_001)


@pytest.mark.parametrize("text", ["", "  \n\n", "hello world", "今天天气很好。", "，，，", "1234567890"])
def test_x01_nonsense_gives_no_tasks_and_says_so(text):
    reading = read(text)

    assert reading.plan.dimensions == ()
    assert NO_TASKS in reading.remarks


MARKS = (
    "一、|（一）|1.|1．|第一章 |①|(1)|一是|二要|每|月|底前|不少于|8次|2%|全覆盖|“|”|（|）|《|"
    "》|。|；|，|、|：|\t| |组长：|附件：|-|"
    "至"
    "|3月|2026年|届满前|个月|内|99月|0次|〇|十百千|｜|\x00|\ud800|年内|\n"
)
PIECES = st.sampled_from([*PLAN.split("\n"), *MARKS.split("|")])


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=60).map("".join))
def test_x01_no_text_makes_the_reader_fail(text):
    reading = read(text)

    assert reading_from_data(json.loads(json.dumps(reading_to_data(reading)))) == reading
    assert all(reading.text[each.start : each.end] == each.sentence for each in reading.findings)
    draft_form(reading)


def test_p22_ten_thousand_characters_are_read_in_a_second():
    text = (PLAN * 40)[:10_000]
    began = process_time()

    read(text)

    assert process_time() - began < 1


@pytest.mark.parametrize("unit", ["1", "一", "2026年", "，每月1次", "100%", "6月", "每季度", "、", "（"])
def test_a_text_without_a_stop_takes_no_longer_for_each_character(unit):
    """A pasted or hostile paragraph of twenty thousand characters is one sentence; it once took minutes."""
    text = PLAN + (unit * 20_000)[:20_000]
    began = process_time()

    read(text)

    assert process_time() - began < 10


@pytest.mark.parametrize(
    ("opening", "remark"),
    [
        ("为推动创建“四型机关”，制定本方案。\n", NAME_FROM_TEXT),
        ("为推动工作，制定本方案。\n", NO_TITLE),
    ],
)
def test_x01_a_plan_without_a_title_says_where_its_name_comes_from(opening, remark):
    assert remark in read(opening + PLAN.split("\n", 4)[4]).remarks
