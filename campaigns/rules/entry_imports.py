"""Rows of a workbook of entries (个人报送台账), read and judged. Pure."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from branches.rules.uploads import Cells, Problem
from campaigns.rules.entries import EntryDraft, EntryKind, faults
from partybuild.lib.workbook import Column, Row

COLUMNS = (
    Column("name", "姓名", ("党员姓名", "党员"), required=True),
    Column("branch", "党支部", ("党组织", "党支部名称", "所在党支部")),
    Column("kind", "类别", ("报送类别", "事项类别"), required=True),
    Column("held_on", "日期", ("时间", "完成日期", "签订日期", "服务日期"), required=True),
    Column("title", "书名或事项", ("书名", "事项", "名称", "内容名称")),
    Column("form", "学习形式", ("培训形式",)),
    Column("hours", "学时", ("学时数",)),
    Column("text", "心得或情况", ("心得体会", "情况", "内容", "心得")),
)
"""The headings of a workbook of entries."""

EXAMPLE = (
    "张三", "某某局机关第一党支部", "精读书籍和心得", "2026年3月12日", "《乡土中国》", "", "",
    "这本书从日常生活讲起，读后对基层情况有了更多认识。",
)  # fmt: skip
_KINDS = {label: value for value, label in EntryKind.choices} | {
    "精读书籍": EntryKind.BOOK, "读书": EntryKind.BOOK, "读书心得": EntryKind.BOOK, "承诺书": EntryKind.INTEGRITY,
    "学习培训": EntryKind.HOURS, "外出学习": EntryKind.HOURS, "报到": EntryKind.ENROLMENT,
    "社区报到": EntryKind.ENROLMENT, "服务": EntryKind.SERVICE, "服务报告": EntryKind.SERVICE_REPORT,
    "荐书": EntryKind.RECOMMENDED,
}  # fmt: skip


@dataclass
class EntryRow:
    """A row of the file as it was understood."""

    row: Row
    name: str = ""
    branch: str = ""
    draft: EntryDraft | None = None
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

    def refuse(self, name: str, reason: str) -> None:
        self.problems.append(Problem(name, reason))


def read_row(row: Row, today: date, forms: Collection[str]) -> EntryRow:
    """Read one row; what an entry must have is judged as it is in the form."""
    cells = Cells(row)
    day, written = cells.day("held_on"), cells.name("kind", 32)
    entry = EntryRow(row, cells.name("name", 64), cells.name("branch", 128), None, cells.problems, cells.notes)
    kind = _KINDS.get(written)
    hours = _hours(cells)
    title, text, form = cells.text("title", 128), cells.text("text", 5000), cells.text("form", 32)
    if not entry.name:
        entry.refuse("name", "请填写姓名")
    if kind is None:
        entry.refuse("kind", f"应为{'、'.join(str(label) for label in EntryKind.labels)}之一")
    if day is None and not any(problem.field == "held_on" for problem in entry.problems):
        entry.refuse("held_on", "请填写日期")
    if entry.problems or kind is None or day is None:
        return entry
    entry.draft = EntryDraft(kind, day.value, title, text, hours, form)
    for name, reason in faults(entry.draft, today, forms).items():
        entry.refuse(name, reason.rstrip("。"))
    return entry


def _hours(cells: Cells) -> Decimal | None:
    written = cells.text("hours", 16).removesuffix("学时").strip()
    if not written:
        return None
    try:
        hours = Decimal(written)
    except InvalidOperation:
        cells.refuse("hours", "应为数字")
        return None
    if not hours.is_finite() or round(hours, 1) != hours:
        cells.refuse("hours", "最多保留一位小数")
        return None
    return hours
