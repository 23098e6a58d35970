"""The parts of a draft and what staff do to them: X01."""

from dataclasses import replace

import pytest

from campaigns.rules.metrics import METRICS
from campaigns.rules.plan_drafts import edits
from campaigns.rules.plan_drafts.copying import moved_day, named_for, plan_in_year
from campaigns.rules.plan_drafts.items import Content, ItemKind, content_from_data, content_to_data
from campaigns.rules.plan_drafts.making import content_of, plan_of
from campaigns.rules.plan_drafts.states import DraftState, DraftVerb, PlanDraftError, StaleItemError, can, next_state
from campaigns.rules.plan_drafts.words import (
    amount_of,
    amount_words,
    checklist_lines,
    checklist_of,
    day_of,
    day_words,
    metric_choices,
)
from campaigns.rules.plans import plan_from_data
from tests.factories.plan_drafts import DATA, make_reading

HEAD, DIMENSION, TASK, DAY, LIFE, SECOND, FILED, MILESTONE, SEAT = range(1, 10)


@pytest.fixture
def content() -> Content:
    reading = make_reading()
    return content_of(reading.plan, reading.findings)


def numbers(content: Content) -> list[str]:
    return [task.number for task in plan_of(content).tasks()]


def test_x01_a_draft_holds_the_plan_whole(content: Content) -> None:
    assert plan_of(content) == plan_from_data(DATA)


def test_x01_a_draft_is_kept_and_read_again(content: Content) -> None:
    assert content_from_data(content_to_data(content)) == content


def test_x01_what_the_reader_doubts_is_open_until_somebody_has_seen_it(content: Content) -> None:
    assert [item.id for item in content.unseen] == [LIFE, SEAT]
    after = edits.confirm(content, [LIFE, SEAT], seen=0)
    assert (after.unseen, [item.id for item in after.doubtful]) == ([], [LIFE, SEAT])


def test_x01_a_part_without_a_sentence_is_doubtful_but_not_what_a_person_wrote() -> None:
    plan = plan_from_data(DATA)
    assert content_of(plan).doubtful == []
    assert TASK in [item.id for item in content_of(plan, ()).unseen]


def test_x01_confirming_again_changes_nothing(content: Content) -> None:
    once = edits.confirm(content, [LIFE], seen=0)
    assert edits.confirm(once, [LIFE], seen=1) == once


def test_x01_a_correction_confirms(content: Content) -> None:
    after = edits.change(content, SEAT, {"role": "组长", "holder": "工委副书记"}, seen=0)
    assert (after.item(SEAT).is_open, after.item(SEAT).data["holder"]) == (False, "工委副书记")


def test_x01_the_later_save_on_an_old_part_is_told(content: Content) -> None:
    after = edits.change(content, DIMENSION, {"name": "政治建设"}, seen=0)
    with pytest.raises(StaleItemError):
        edits.change(after, DIMENSION, {"name": "思想建设"}, seen=0)
    assert edits.change(after, SEAT, {"role": "组长", "holder": "书记"}, seen=0).revision == 2


@pytest.mark.parametrize(
    "data", [{"role": "", "holder": "书记"}, {"role": "组长"}, {"role": "组长", "holder": "书记", "other": "1"}]
)
def test_x01_a_part_that_is_not_in_order_is_refused(content: Content, data: dict) -> None:
    with pytest.raises(PlanDraftError):
        edits.change(content, SEAT, data, seen=0)


def test_x01_two_tasks_never_share_a_number(content: Content) -> None:
    with pytest.raises(PlanDraftError) as refused:
        edits.change(content, SECOND, {"number": "1", "title": "报送计划"}, seen=0)
    assert refused.value.field == "number"


def test_x01_what_was_dropped_is_not_in_the_plan_and_comes_back(content: Content) -> None:
    dropped = edits.drop(content, TASK, seen=0)
    assert (numbers(dropped), [item.id for item in dropped.unseen]) == (["2"], [SEAT])
    assert plan_of(edits.restore(dropped, TASK)) == plan_of(content)


def test_x01_a_task_that_comes_back_gets_a_free_number(content: Content) -> None:
    dropped = edits.drop(content, TASK, seen=0)
    renumbered = edits.change(dropped, SECOND, {"number": "1", "title": "报送计划"}, seen=0)
    assert numbers(edits.restore(renumbered, TASK)) == ["2", "1"]


def test_x01_the_head_stays(content: Content) -> None:
    with pytest.raises(PlanDraftError):
        edits.drop(content, HEAD, seen=0)


def test_x01_splitting_a_task_parts_its_targets_and_checklist(content: Content) -> None:
    after = edits.split(content, TASK, "落实三会一课", [LIFE], [1], seen=0)
    first, second, _ = plan_of(after).tasks()
    assert (first.number, second.number, second.title) == ("1", "3", "落实三会一课")
    assert [[target.metric for target in task.targets] for task in (first, second)] == [
        ["activity.theme_day"], ["activity.member_assembly"],
    ]  # fmt: skip
    assert [[item.text for item in task.checklist] for task in (first, second)] == [["制定计划"], ["做好记录"]]
    assert after.item(second_id(after)).sentence == content.item(TASK).sentence


def second_id(content: Content) -> int:
    return next(item.id for item in content.of(ItemKind.TASK) if item.data["number"] == "3")


def test_x01_merging_takes_the_next_task_in(content: Content) -> None:
    after = edits.merge(content, TASK, seen=0)
    (task,) = plan_of(after).tasks()
    assert [target.metric for target in task.targets] == [
        "activity.theme_day",
        "activity.member_assembly",
        "plan.filed",
    ]
    assert "报送计划" in task.wording


def test_x01_the_last_task_has_nothing_to_be_merged_with(content: Content) -> None:
    with pytest.raises(PlanDraftError):
        edits.merge(content, SECOND, seen=0)


def test_x01_a_task_is_moved_with_its_targets(content: Content) -> None:
    added = edits.add(content, ItemKind.DIMENSION, {"name": "效能机关"})
    data = added.item(TASK).data
    after = edits.change(added, TASK, data, seen=1, parent=added.next_id - 1)
    first, second = plan_of(after).dimensions
    assert ([task.number for task in first.tasks], [task.number for task in second.tasks]) == (["2"], ["1"])
    assert len(second.tasks[0].targets) == 2


def test_x01_a_task_cannot_be_moved_into_itself(content: Content) -> None:
    with pytest.raises(PlanDraftError):
        edits.change(content, TASK, content.item(TASK).data, seen=0, parent=TASK)


def test_x01_children_follow_the_number_of_their_task(content: Content) -> None:
    child = edits.add(content, ItemKind.TASK, {"number": "2.1", "title": "报送总结"}, parent=SECOND)
    after = edits.change(child, SECOND, {"number": "7", "title": "报送计划"}, seen=1)
    assert numbers(after) == ["1", "7", "7.1"]


def test_x01_a_part_is_added_where_it_belongs(content: Content) -> None:
    after = edits.add(content, ItemKind.CADENCE, {"period": "month", "title": "月调度"})
    assert [cadence.title for cadence in plan_of(after).cadences] == ["月调度"]
    with pytest.raises(PlanDraftError):
        edits.add(content, ItemKind.TARGET, {}, parent=DIMENSION)


def test_x01_a_side_without_tasks_is_not_published(content: Content) -> None:
    after = edits.add(content, ItemKind.DIMENSION, {"name": "效能机关"})
    assert [dimension.name for dimension in plan_of(after).dimensions] == ["政治机关"]


def test_x01_long_texts_are_cut_and_marked() -> None:
    data = {**DATA, "dimensions": [{"name": "长" * 70, "tasks": DATA["dimensions"][0]["tasks"]}]}
    made = content_of(plan_from_data(data), make_reading().findings).item(DIMENSION)
    assert (len(made.data["name"]), made.is_open, made.why) == (64, True, "文字较长，已截短")


@pytest.mark.parametrize(
    ("state", "verb", "after"),
    [("editing", "edit", "editing"), ("editing", "publish", "published"), ("editing", "drop", "dropped"),
     ("dropped", "take_up", "editing")],
)  # fmt: skip
def test_x01_states_of_a_draft(state: str, verb: str, after: str) -> None:
    assert next_state(state, DraftVerb(verb)) == DraftState(after)


@pytest.mark.parametrize("verb", list(DraftVerb))
def test_x01_a_published_draft_is_at_its_end(verb: DraftVerb) -> None:
    assert not can("published", verb)
    with pytest.raises(PlanDraftError):
        next_state("published", verb)


@pytest.mark.parametrize(
    ("text", "day", "shown"),
    [("6月30日", "06-30", "6月30日"), ("6-30", "06-30", "6月30日"), ("6月底", "06-30", "6月30日"),
     ("2月底前", "02-29", "2月29日"), ("2026年2月底", "2026-02-28", "2026年2月28日"), ("", "", ""),
     ("2027年12月底前", "2027-12-31", "2027年12月31日"), ("2026/3/5", "2026-03-05", "2026年3月5日")],
)  # fmt: skip
def test_x01_days_as_people_write_them(text: str, day: str, shown: str) -> None:
    assert (day_of(text), day_words(day)) == (day, shown)


@pytest.mark.parametrize("text", ["6月31日", "13月1日", "年底", "2026-02-29"])
def test_x01_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(PlanDraftError):
        day_of(text)


@pytest.mark.parametrize(
    ("text", "unit", "kept", "shown"),
    [("2", "%", "0.02", "2"), ("1,200", "元", "1200", "1200"), ("0.5", "天", "0.5", "0.5"), ("100%", "%", "1", "100")],
)
def test_x01_amounts_as_people_write_them(text: str, unit: str, kept: str, shown: str) -> None:
    assert (amount_of(text, unit), amount_words(kept, unit)) == (kept, shown)


@pytest.mark.parametrize(
    ("text", "unit"), [("", "次"), ("两", "次"), ("0", "次"), ("-1", "次"), ("0.5", "%"), ("NaN", "次")]
)
def test_x01_what_is_no_amount_is_refused(text: str, unit: str) -> None:
    with pytest.raises(PlanDraftError):
        amount_of(text, unit)


def test_x01_a_checklist_as_lines() -> None:
    items = [{"text": "制定计划", "evidence": True}, {"text": "做好记录"}]
    assert checklist_of(checklist_lines(items)) == items


def test_x07_named_materials_are_written_at_the_end_of_the_line() -> None:
    line = "制定方案，边查找边整改【附：工作方案、 推进计划、工作方案】"
    items = [{"text": "制定方案，边查找边整改", "evidence": True, "slots": ["工作方案", "推进计划"]}]
    assert checklist_of(line) == items
    assert checklist_of(checklist_lines(items)) == items


def test_x01_every_metric_can_be_chosen_once() -> None:
    codes = [code for _, choices in metric_choices() for code, _ in choices]
    assert sorted(codes) == sorted(METRICS)


def test_x01_another_year_moves_days_and_names() -> None:
    plan = plan_from_data({
        **DATA, "code": "FA1-2028", "name": "2028年度行动", "year": 2028,
        "milestones": [{"title": "2028年小结", "due": "2028-02-29"}, {"title": "总结", "due": "12-31"}],
        "stages": [{"name": "启动", "from": "2028-03-01", "to": None}],
    })  # fmt: skip
    moved = plan_in_year(plan, 2029)
    assert (moved.code, moved.name, moved.year) == ("FA1", "2029年度行动", 2029)
    assert [(each.title, each.due) for each in moved.milestones] == [("2029年小结", "2029-02-28"), ("总结", "12-31")]
    assert (moved.stages[0].starts, moved.stages[0].ends) == ("2029-03-01", "")


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("2026年工作", "2027年工作"),
        ("2026年度", "2027年度"),
        ("2021年专题", "2021年专题"),
        ("编号12026年", "编号12026年"),
        ("第2026号", "第2026号"),
    ],
)
def test_x01_only_the_plans_own_year_is_replaced(text: str, after: str) -> None:
    assert named_for(text, 2026, 2027) == after


def test_x01_a_leap_day_stays_in_a_leap_year() -> None:
    assert (moved_day("2024-02-29", 4), moved_day("2024-02-29", 1)) == ("2028-02-29", "2025-02-28")


def test_items_keep_their_number(content: Content) -> None:
    assert [item.id for item in content.items] == list(range(1, 10))
    assert replace(content.item(MILESTONE), id=9).id == SEAT
    assert content.item(FILED).parent == SECOND
    assert content.item(DAY).kind == ItemKind.TARGET
