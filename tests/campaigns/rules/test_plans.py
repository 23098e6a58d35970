"""The pure form of a plan: what it takes, what it refuses and where, and the way back."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.enums import AudienceGroup, Basis, TaskNature
from campaigns.rules.metrics import METRICS
from campaigns.rules.plan_fields import AUDIENCE_KINDS
from campaigns.rules.plans import (
    Plan,
    PlanCadence,
    PlanChecklistItem,
    PlanDimension,
    PlanError,
    PlanMilestone,
    PlanSeat,
    PlanStage,
    PlanTarget,
    PlanTask,
    plan_from_data,
    plan_to_data,
    public_form,
)
from partybuild.lib.periods import PeriodKind

DATA: dict[str, Any] = {
    "code": "AB",
    "name": "建设示范机关",
    "level": "区",
    "year": 2026,
    "title": "建设示范机关实施方案",
    "dimensions": [
        {
            "name": "学习型",
            "tasks": [
                {
                    "number": "1",
                    "title": "抓好学习",
                    "wording": "支部按季度开展研讨。",
                    "source": "二（一）1",
                    "nature": "measure",
                    "checklist": [{"text": "制定计划", "evidence": True}, {"text": "作好记录"}],
                    "open": True,
                    "children": [{"number": "1.1", "title": "读书", "targets": []}],
                    "targets": [
                        {
                            "metric": "study.seminar",
                            "subject": "organization",
                            "period": "quarter",
                            "at_least": "1",
                            "at_most": "2",
                            "unit": "次",
                            "basis": "stated",
                            "phrase": "每季度1至2次",
                            "due": "12-31",
                            "by_day": 10,
                            "audience": {"kinds": ["branch"], "group": "all"},
                        }
                    ],
                }
            ],
        }
    ],
    "milestones": [{"due": None, "title": "总结", "note": "由工委确定日期"}],
    "stages": [{"name": "启动", "from": "03-01", "to": None, "source": "三（一）"}],
    "cadences": [{"period": "month", "title": "月调度"}],
    "leading_group": [{"role": "组长", "holder": "党委书记"}],
}
TARGET = ("dimensions", 0, "tasks", 0, "targets", 0)
TASK = TARGET[:4]


def changed(path: tuple[str | int, ...], **values: Any) -> dict[str, Any]:
    data = copy.deepcopy(DATA)
    part: Any = data
    for key in path:
        part = part[key]
    part.update(values)
    return data


def test_plan_is_read_whole() -> None:
    plan = plan_from_data(DATA)

    target = PlanTarget(
        "study.seminar", "organization", "quarter", "1", "次", "stated", ("branch",), "all", "2",
        phrase="每季度1至2次", due="12-31", by_day=10,
    )  # fmt: skip
    checklist = (PlanChecklistItem("制定计划", evidence=True), PlanChecklistItem("作好记录"))
    child = PlanTask("1.1", "读书")
    task = PlanTask(
        "1", "抓好学习", "支部按季度开展研讨。", "二（一）1", "measure", checklist, True, (target,), (child,)
    )
    assert plan == Plan(
        "AB",
        "建设示范机关",
        "区",
        2026,
        "建设示范机关实施方案",
        (PlanDimension("学习型", (task,)),),
        (PlanMilestone("总结", note="由工委确定日期"),),
        (PlanStage("启动", "03-01", "", "三（一）"),),
        (PlanCadence("month", "月调度"),),
        (PlanSeat("组长", "党委书记"),),
    )
    assert [found.number for found in plan.tasks()] == ["1", "1.1"]
    assert list(plan.targets()) == [(task, target)]


def test_public_form_flattens_children_and_leaves_out_what_is_not_set() -> None:
    assert public_form(plan_from_data(DATA)) == {
        "code": "AB",
        "name": "建设示范机关",
        "dimensions": [
            {
                "name": "学习型",
                "tasks": [
                    {
                        "number": "1",
                        "title": "抓好学习",
                        "source": "二（一）1",
                        "targets": DATA["dimensions"][0]["tasks"][0]["targets"],
                    },
                    {"number": "1.1", "title": "读书", "source": "", "targets": []},
                ],
            }
        ],
        "milestones": [{"due": None, "title": "总结"}],
        "stages": [{"name": "启动", "from": "03-01", "to": None}],
        "cadences": [{"period": "month", "title": "月调度"}],
        "leading_group": [{"role": "组长", "holder": "党委书记"}],
    }


@pytest.mark.parametrize("values", [{"due": "02-29"}, {"due": "2026-06-30"}, {"at_least": "0.02", "at_most": ""}])
def test_target_takes_dates_and_decimals(values: dict[str, Any]) -> None:
    [(_, target)] = plan_from_data(changed(TARGET, **values)).targets()

    assert {key: getattr(target, key) for key in values} == values


@pytest.mark.parametrize(
    ("path", "values", "sentence"),
    [
        ((), {"code": "ab"}, "方案：“code”应为大写字母和数字，现为“ab”。"),
        ((), {"name": ""}, "方案：缺少“name”。"),
        ((), {"name": "  "}, "方案：“name”不能为空白。"),
        ((), {"year": "2026"}, "方案：“year”应为整数，现为“2026”。"),
        ((), {"year": True}, "方案：“year”应为整数，现为“True”。"),
        ((), {"colour": "红"}, "方案：不认识的字段“colour”。"),
        ((), {"dimensions": {}}, "方案：“dimensions”应为列表。"),
        ((), {"stages": ["启动"]}, "阶段“1”：应为一组字段。"),
        (("dimensions", 0), {"name": 3}, "维度“1”：“name”应为文字，现为“3”。"),
        (TASK, {"number": "二"}, "维度“学习型”任务“二”：“number”应为数字编号，层级用点分开，现为“二”。"),
        (TASK, {"number": "1.1"}, "方案：子任务编号“1.1”应以上级任务编号“1.1.”开头。"),
        (TASK, {"nature": "dream"}, "维度“学习型”任务“1”：“nature”没有“dream”这一项。"),
        (TASK, {"open": "yes"}, "维度“学习型”任务“1”：“open”应为是或否，现为“yes”。"),
        (TASK, {"checklist": [{"evidence": True}]}, "维度“学习型”任务“1”清单“1”：缺少“text”。"),
    ],
)
def test_mistake_is_refused_with_its_place(path: tuple[str | int, ...], values: dict[str, Any], sentence: str) -> None:
    with pytest.raises(PlanError) as caught:
        plan_from_data(changed(path, **values))

    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"subject": "member"}, "指标“study.seminar”的对象应为“党组织”（organization）。"),
        ({"subject": "people"}, "“subject”没有“people”这一项。"),
        ({"period": "decade"}, "“period”没有“decade”这一项。"),
        ({"basis": "heard"}, "“basis”没有“heard”这一项。"),
        ({"at_least": "0"}, "“at_least”应为大于零的数字，现为“0”。"),
        ({"at_least": "-1"}, "“at_least”应为大于零的数字，现为“-1”。"),
        ({"at_least": "Infinity"}, "“at_least”应为大于零的数字，现为“Infinity”。"),
        ({"at_least": "3", "at_most": "2"}, "上限“2”低于下限“3”。"),
        ({"at_most": "许多"}, "“at_most”应为大于零的数字，现为“许多”。"),
        ({"phrase": ""}, "数字出自文件原文的，应写明原文语句（phrase）。"),
        ({"due": "02-30"}, "“due”应为月日或年月日，现为“02-30”。"),
        ({"due": "6月底"}, "“due”应为月日或年月日，现为“6月底”。"),
        ({"by_day": 32}, "“by_day”超出范围，现为“32”。"),
        ({"within_days": 7}, "只有按事项（event）的目标才能规定天数（within_days）。"),
        ({"before_term_end_months": 6}, "只有按届期（term）的目标才能规定届满前月数（before_term_end_months）。"),
    ],
)
def test_mistaken_target_is_refused(values: dict[str, Any], sentence: str) -> None:
    with pytest.raises(PlanError) as caught:
        plan_from_data(changed(TARGET, **values))

    assert str(caught.value) == f"维度“学习型”任务“1”目标“study.seminar”：{sentence}"


@pytest.mark.parametrize(
    ("audience", "sentence"),
    [
        (None, "应为一组字段。"),
        ({"kinds": []}, "缺少“kinds”。"),
        ({"kinds": ["group"]}, "“kinds”没有“group”这一项。"),
        ({"kinds": ["branch", "branch"]}, "“kinds”有重复。"),
        ({"kinds": ["branch"], "group": "some"}, "“group”没有“some”这一项。"),
    ],
)
def test_mistaken_audience_is_refused(audience: object, sentence: str) -> None:
    with pytest.raises(PlanError) as caught:
        plan_from_data(changed(TARGET, audience=audience))

    assert str(caught.value) == f"维度“学习型”任务“1”目标“study.seminar”适用范围：{sentence}"


def test_unknown_metric_is_refused() -> None:
    with pytest.raises(PlanError, match=r"目标“no\.such”：“metric”没有“no\.such”这一项"):
        plan_from_data(changed(TARGET, metric="no.such"))


def test_manual_metric_takes_any_subject() -> None:
    [(_, target)] = plan_from_data(changed(TARGET, metric="manual", subject="leader")).targets()

    assert target.subject == "leader"


def test_number_used_twice_is_refused() -> None:
    data = copy.deepcopy(DATA)
    data["dimensions"].append({"name": "廉洁型", "tasks": [{"number": "1", "title": "守纪律"}]})

    with pytest.raises(PlanError, match="任务编号“1”重复"):
        plan_from_data(data)


def test_stage_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(PlanError, match="阶段“启动”：开始日期晚于结束日期"):
        plan_from_data(changed(("stages", 0), to="02-28"))


def test_data_that_is_no_plan_is_refused() -> None:
    with pytest.raises(PlanError, match="方案：应为一组字段"):
        plan_from_data(["AB"])


texts = st.text("学习研讨支部abc123", min_size=1, max_size=8)
days = st.sampled_from(["", "06-30", "02-29", "2026-12-31"])


@st.composite
def targets(draw: st.DrawFn) -> PlanTarget:
    metric = METRICS[draw(st.sampled_from(sorted(METRICS)))]
    period = draw(st.sampled_from(PeriodKind.values))
    whole = st.none() | st.integers(1, 31)
    return PlanTarget(
        metric.code,
        metric.subject.value,
        period,
        draw(st.sampled_from(["1", "0.02", "600"])),
        metric.unit,
        draw(st.sampled_from(Basis.values)),
        tuple(draw(st.lists(st.sampled_from(AUDIENCE_KINDS), min_size=1, unique=True))),
        draw(st.sampled_from(AudienceGroup.values)),
        draw(st.sampled_from(["", "600", "1000.5"])),
        draw(texts),
        draw(st.just("") | texts),
        draw(days),
        draw(whole),
        draw(whole) if period == "term" else None,
        draw(whole) if period == "event" else None,
    )


@st.composite
def tasks(draw: st.DrawFn, number: str, depth: int = 1) -> PlanTask:
    children = draw(st.integers(0, 2)) if depth else 0
    return PlanTask(
        number,
        draw(texts),
        draw(st.just("") | texts),
        draw(st.just("") | texts),
        draw(st.sampled_from(TaskNature.values)),
        tuple(draw(st.lists(st.builds(PlanChecklistItem, texts, st.booleans()), max_size=2))),
        draw(st.booleans()),
        tuple(draw(st.lists(targets(), max_size=2))),
        tuple(draw(tasks(f"{number}.{index}", depth - 1)) for index in range(1, children + 1)),
    )


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    count = draw(st.integers(0, 3))
    return Plan(
        "AB",
        draw(texts),
        draw(st.just("") | texts),
        draw(st.none() | st.integers(1949, 2100)),
        draw(st.just("") | texts),
        tuple(PlanDimension(draw(texts), (draw(tasks(str(index))),)) for index in range(1, count + 1)),
        tuple(draw(st.lists(st.builds(PlanMilestone, texts, days, note=st.just("") | texts), max_size=2))),
        tuple(draw(st.lists(st.builds(PlanStage, texts, starts=days), max_size=2))),
        tuple(draw(st.lists(st.builds(PlanCadence, st.sampled_from(PeriodKind.values), texts), max_size=2))),
        tuple(draw(st.lists(st.builds(PlanSeat, texts, texts), max_size=2))),
    )


@given(plans())
def test_data_of_a_plan_reads_back_to_the_same_plan(plan: Plan) -> None:
    assert plan_from_data(plan_to_data(plan)) == plan
