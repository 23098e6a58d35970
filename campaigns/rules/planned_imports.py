"""Rows of a workbook of planned activities (活动计划表), read and judged. Pure. C07."""

import re
from dataclasses import dataclass, field

from branches.rules.uploads import Cells, Problem
from campaigns.enums import ActivityKind
from campaigns.rules.branch_plans import day_error
from partybuild.lib.workbook import Column, Row

COLUMNS = (
    Column("year", "年度", ("年份",)),
    Column("month", "月份", ("月", "计划月份", "时间", "计划时间"), required=True),
    Column("day", "日", ("日期", "具体日期")),
    Column("kind", "活动类型", ("类型", "活动类别", "类别"), required=True),
    Column("title", "主题", ("活动主题", "活动内容", "内容", "活动名称"), required=True),
    Column("responsible", "负责人", ("责任人", "组织者", "牵头人")),
)  # fmt: skip
"""The headings of a workbook of planned activities."""

EXAMPLE = ("2026", "3", "12", "主题党日", "学习贯彻全会精神", "李明")
_NUMBER = re.compile(r"(\d{1,4})(?:\.0)?\s*[年月日号]?", re.ASCII)
_FIRST_YEAR, _LAST_YEAR, _MONTHS, _DAYS = 2000, 2100, 12, 31


@dataclass
class PlannedEntry:
    """A row of the file as it was understood."""

    row: Row
    year: int = 0
    month: int = 0
    day: int | None = None
    kind: str = ""
    title: str = ""
    responsible: str = ""
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

    def refuse(self, name: str, reason: str) -> None:
        self.problems.append(Problem(name, reason))


def read_row(row: Row, year: int) -> PlannedEntry:
    """Read one row; without a year it is for ``year``."""
    cells = Cells(row)
    entry = PlannedEntry(
        row=row,
        year=_number(cells, "year", _FIRST_YEAR, _LAST_YEAR) or year,
        month=_number(cells, "month", 1, _MONTHS) or 0,
        day=_number(cells, "day", 1, _DAYS),
        kind=_kind(cells),
        title=cells.text("title", 128),
        responsible=cells.name("responsible", 64),
        problems=cells.problems,
        notes=cells.notes,
    )
    if not entry.month and not any(problem.field == "month" for problem in entry.problems):
        entry.refuse("month", "请填写月份")
    if not entry.title:
        entry.refuse("title", "请填写主题")
    if entry.month and (error := day_error(entry.year, entry.month, entry.day)):
        entry.refuse("day", error.rstrip("。"))
    return entry


def _number(cells: Cells, name: str, least: int, most: int) -> int | None:
    text = cells.text(name, 32)
    if not text:
        return None
    found = _NUMBER.fullmatch(text)
    if found is None or not least <= int(found[1]) <= most:
        cells.refuse(name, f"应为 {least} 至 {most} 之间的数字")
        return None
    return int(found[1])


def _kind(cells: Cells) -> str:
    written = cells.name("kind", 32)
    if not written:
        cells.refuse("kind", "请填写活动类型")
        return ""
    for kind in ActivityKind:
        if written in (kind.label, kind.value):
            return kind.value
    cells.refuse("kind", "没有这个活动类型，请按“记一次活动”中的类型填写")
    return ""
