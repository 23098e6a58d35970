"""Rows of a workbook of needs (实事清单台账), read and judged. Pure."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from branches.rules.uploads import Cells, Problem
from campaigns.rules.needs import AskerKind, NeedKind
from partybuild.lib.workbook import Column, Row

COLUMNS = (
    Column("title", "事项", ("实事", "实事名称", "项目名称", "需求事项", "办实事项目"), required=True),
    Column("kind", "类别", ("实事类别", "项目类别")),
    Column("asker_kind", "反映人类别", ("需求来源", "服务对象", "来源")),
    Column("asker", "反映人", ("反映人姓名", "姓名", "企业名称")),
    Column("phone", "联系电话", ("电话", "联系方式")),
    Column("content", "具体内容", ("内容", "需求内容", "主要内容")),
    Column("raised_on", "提出日期", ("提出时间", "登记日期", "受理日期", "受理时间"), required=True),
    Column("owner", "承办党组织", ("承办单位", "责任单位", "党组织", "党组织名称")),
    Column("due_on", "办结期限", ("完成期限", "完成时限", "办理时限")),
)
"""The headings of a workbook of needs."""

EXAMPLE = (
    "小区加装扶手", "我为群众办实事", "群众", "王某", "0510-82700001", "三号楼楼道加装扶手", "2026年3月2日", "",
    "2026年4月1日",
)  # fmt: skip
PRIVATE = frozenset({"asker", "phone"})


@dataclass
class NeedEntry:
    """A row of the file as it was understood."""

    row: Row
    title: str = ""
    kind: str = ""
    asker_kind: str = ""
    asker: str = ""
    phone: str = ""
    content: str = ""
    owner: str = ""
    raised_on: date | None = None
    due_on: date | None = None
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

    def refuse(self, name: str, reason: str) -> None:
        self.problems.append(Problem(name, reason))


def read_row(row: Row, today: date, days: int) -> NeedEntry:
    """Read one row; without a day to be done by, the rule table's ``days`` after it was raised."""
    cells = Cells(row)
    raised, due = cells.day("raised_on"), cells.day("due_on")
    entry = NeedEntry(
        row=row,
        title=cells.text("title", 128),
        kind=_choice(cells, "kind", dict(NeedKind.choices), NeedKind.MASSES),
        asker_kind=_choice(cells, "asker_kind", dict(AskerKind.choices), AskerKind.MASSES),
        asker=cells.name("asker", 64),
        phone=cells.text("phone", 32),
        content=cells.text("content", 2000),
        owner=cells.name("owner", 128),
        raised_on=raised.value if raised else None,
        due_on=due.value if due else None,
        problems=cells.problems,
        notes=cells.notes,
    )
    if not entry.title:
        entry.refuse("title", "请填写事项")
    if entry.raised_on is None:
        if not any(problem.field == "raised_on" for problem in entry.problems):
            entry.refuse("raised_on", "请填写提出日期")
        return entry
    if entry.raised_on > today:
        entry.refuse("raised_on", "提出日期晚于今天")
    if due is None:
        entry.due_on = entry.raised_on + timedelta(days=days)
    elif due.value < entry.raised_on:
        entry.refuse("due_on", "办结期限早于提出日期")
    return entry


def _choice(cells: Cells, name: str, labels: dict[str, str], usual: str) -> str:
    """The value whose label was written, with or without quotation marks; the usual one where nothing was."""
    written = _plain(cells.name(name, 32))
    if not written:
        return usual
    for value, label in labels.items():
        if written in (_plain(label), value):
            return value
    cells.refuse(name, f"应为{'、'.join(labels.values())}之一")
    return usual


def _plain(text: str) -> str:
    return "".join(char for char in text if char not in '“”"「」')
