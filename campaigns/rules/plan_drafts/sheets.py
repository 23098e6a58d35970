"""A plan from the rows of a workbook: one row a target, rows of the same number are one task. Source: X01."""

import re
from dataclasses import dataclass, field
from typing import Any

from branches.enums import OrganizationKind
from branches.rules.uploads import Problem
from campaigns.enums import AudienceGroup, Basis, Subject
from campaigns.rules.metrics import METRICS
from campaigns.rules.plan_drafts.states import PlanDraftError
from campaigns.rules.plan_drafts.words import amount_of, checklist_of, day_of
from campaigns.rules.plan_fields import AUDIENCE_KINDS, MANUAL, PlanError
from campaigns.rules.plans import Plan, plan_from_data
from campaigns.rules.targets import PERCENT
from partybuild.lib.periods import PeriodKind
from partybuild.lib.workbook import Column, Row

COLUMNS = (
    Column("dimension", "维度", ("类型", "类别", "方面", "一级指标")),
    Column("number", "序号", ("编号", "任务序号"), required=True),
    Column("title", "任务", ("任务名称", "重点任务", "工作任务", "二级指标"), required=True),
    Column("wording", "要求", ("工作要求", "具体要求", "内容", "任务内容")),
    Column("checklist", "清单", ("工作清单", "具体措施", "措施")),
    Column("metric", "计量", ("指标", "计量方式")),
    Column("subject", "对象", ("计量对象",)),
    Column("period", "周期", ("频次", "频率")),
    Column("at_least", "不少于", ("数量", "目标值", "标准")),
    Column("unit", "单位", ("计量单位",)),
    Column("due", "截止", ("截止时间", "完成时限", "时限", "截止日期")),
    Column("kinds", "责任对象", ("责任单位", "适用范围", "责任主体")),
)
"""The headings of a workbook of tasks."""

EXAMPLES = (
    (
        "政治机关", "1", "规范组织生活", "按期召开会议", "制定年度计划【附材料】；做好记录", "支部党员大会", "党组织",
        "每季度", "1", "次", "", "党支部",
    ),
    ("政治机关", "1", "规范组织生活", "", "", "主题党日", "党组织", "每月", "1", "次", "", "党支部"),
    ("政治机关", "2", "报送年度计划", "", "", "报送年度计划方案", "党组织", "一次性", "1", "份", "3月31日", "党支部"),
)  # fmt: skip
_NUMBER = re.compile(r"[1-9][0-9]*(\.[1-9][0-9]*)*")
_SPLIT = re.compile(r"[、,，;；\s/]+")
_LINES = re.compile(r"[；;\n]+")
_OTHER_PERIODS = {
    "月": "month", "按月": "month", "季度": "quarter", "季": "quarter", "每季": "quarter", "半年": "half_year",
    "年": "year", "全年": "year", "年度": "year", "周": "week", "一次": "once", "年内": "once", "双月": "two_months",
}  # fmt: skip
_EVERYBODY = "未分类"


@dataclass
class SheetRow:
    """A row as it was understood; ``target`` is empty for a row that only describes the task."""

    row: Row
    dimension: str = ""
    number: str = ""
    title: str = ""
    wording: str = ""
    checklist: list[dict[str, object]] = field(default_factory=list)
    target: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, name: str, reason: str) -> None:
        self.problems.append(Problem(name, reason))


def read_row(row: Row) -> SheetRow:
    """One row, with what is wrong in it."""
    entry = SheetRow(
        row, row.text("dimension"), row.text("number").rstrip(".、"), row.text("title"), row.text("wording")
    )
    if not _NUMBER.fullmatch(entry.number):
        entry.refuse("number", "序号应为数字，层级用点分开，如 1 或 2.1")
    if not entry.title:
        entry.refuse("title", "缺少任务名称")
    entry.checklist = checklist_of(_LINES.sub("\n", row.text("checklist")))
    if row.text("metric") or row.text("at_least"):
        _read_target(entry, row)
    return entry


def _read_target(entry: SheetRow, row: Row) -> None:
    metric = _metric(entry, row.text("metric"))
    unit = row.text("unit") or METRICS[metric].unit
    unit = PERCENT if unit == "％" else unit
    target: dict[str, Any] = {
        "metric": metric,
        "subject": _subject(entry, row.text("subject"), metric),
        "period": _period(entry, row.text("period")),
        "unit": unit,
        "basis": Basis.STATED.value,
        "phrase": entry.wording or entry.title,
        "audience": _audience(entry, row.text("kinds")),
    }
    for name, read in (("at_least", lambda: amount_of(row.text("at_least") or "1", unit)),
                       ("due", lambda: day_of(row.text("due")))):  # fmt: skip
        try:
            target[name] = read()
        except PlanDraftError as error:
            entry.refuse(name, str(error).rstrip("。"))
    entry.target = target


def _metric(entry: SheetRow, text: str) -> str:
    if not text:
        return MANUAL
    named = {metric.name: code for code, metric in METRICS.items()}
    code = text if text in METRICS else named.get(text, "")
    if not code:
        near = [name for name in named if text in name or name in text]
        entry.refuse("metric", f"没有“{text}”这一计量" + (f"，相近的有：{'、'.join(near[:3])}" if near else ""))
    return code or MANUAL


def _subject(entry: SheetRow, text: str, metric: str) -> str:
    expected = METRICS[metric].subject
    if not text:
        return expected.value
    found = next((each for each in Subject if text in (each.label, each.value)), None)
    if found is None:
        entry.refuse("subject", f"对象应为{'、'.join(Subject.labels)}之一")
    elif metric != MANUAL and found != expected:
        entry.refuse("subject", f"“{METRICS[metric].name}”的对象应为{expected.label}")
    return (found or expected).value


def _period(entry: SheetRow, text: str) -> str:
    if not text:
        return PeriodKind.YEAR.value
    if text in _OTHER_PERIODS:
        return _OTHER_PERIODS[text]
    found = next((each for each in PeriodKind if text in (each.label, each.value)), None)
    if found is None:
        entry.refuse("period", f"周期应为{'、'.join(PeriodKind.labels)}之一")
    return (found or PeriodKind.YEAR).value


def _audience(entry: SheetRow, text: str) -> dict[str, Any]:
    labels = {OrganizationKind(kind).label: kind for kind in AUDIENCE_KINDS}
    labels |= {"党委": "committee", "支部": "branch", "总支": "general_branch"}
    kinds: list[str] = []
    group = AudienceGroup.ALL.value
    for word in filter(None, _SPLIT.split(text)):
        if word in ("本级", "发布单位", AudienceGroup.ISSUER.label):
            group = AudienceGroup.ISSUER.value
        elif word in ("直属", AudienceGroup.DIRECT.label):
            group = AudienceGroup.DIRECT.value
        elif word in ("全部", "各级党组织"):
            kinds += AUDIENCE_KINDS
        elif word in labels:
            kinds.append(labels[word])
        else:
            entry.refuse("kinds", f"没有“{word}”这一类党组织，可以写：{'、'.join(labels)}、直属、本级")
    default = AUDIENCE_KINDS if group != AudienceGroup.ALL else ("branch",)
    return {"kinds": list(dict.fromkeys(kinds or default)), "group": group}


def plan_of_rows(rows: list[SheetRow], *, name: str, year: int) -> Plan:
    """The plan that the rows make together; a second title of the same number is refused at its row."""
    dimensions: dict[str, dict[str, Any]] = {}
    tasks: dict[str, dict[str, Any]] = {}
    last = _EVERYBODY
    for entry in rows:
        last = entry.dimension or last
        if entry.problems:
            continue
        task = tasks.get(entry.number)
        if task is None:
            task = {"number": entry.number, "title": entry.title, "wording": "", "checklist": [], "targets": []}
            tasks[entry.number] = task
            dimensions.setdefault(last, {"name": last, "tasks": []})["tasks"].append(task)
        elif task["title"] != entry.title:
            entry.refuse("number", f"序号“{entry.number}”已是任务“{task['title']}”")
            continue
        task["wording"] = task["wording"] or entry.wording
        task["checklist"] += entry.checklist
        task["targets"] += [entry.target] if entry.target else []
    try:
        return plan_from_data({"code": "DRAFT", "name": name, "year": year, "dimensions": list(dimensions.values())})
    except PlanError as error:
        raise PlanDraftError(str(error)) from error
