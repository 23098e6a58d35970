"""Rows of a ledger of mass organisations (群团组织), read and judged. Pure. C15."""

from dataclasses import dataclass, field
from typing import Any

from branches.rules.uploads import Cells, Problem
from campaigns.rules.mass_work import MassKind
from partybuild.lib.workbook import Column, Row

COLUMNS = (
    Column("organization", "党组织", ("所在党组织", "党组织名称", "所属党组织", "隶属党组织")),
    Column("kind", "类别", ("群团类别", "组织类别", "群团组织类别", "类型")),
    Column("name", "名称", ("群团组织名称", "群团组织", "组织名称"), required=True),
    Column("head", "负责人", ("主席", "书记", "主任", "负责人姓名")),
    Column("members_count", "成员人数", ("成员数", "会员人数", "会员数", "团员人数", "团员数", "人数")),
    Column("founded_on", "成立时间", ("成立日期", "建立时间")),
    Column("term_ends_on", "任期届满", ("届满时间", "届满日期", "任期届满时间", "应换届时间")),
)
"""The headings of a ledger of mass organisations; the workbook of the list can be sent back."""

EXAMPLE = ("某某局机关党委", "工会", "某某局机关工会委员会", "王芳", "46", "2019年7月", "2029年7月1日")
_WORDS = (
    (("工会",), MassKind.UNION), (("共青团", "团委", "团支部", "团总支", "青年"), MassKind.YOUTH),
    (("妇女", "妇联", "妇委", "女工"), MassKind.WOMEN),
)  # fmt: skip
_MOST = 99_999


@dataclass
class MassRow:
    """A row of the file as it was understood; ``values`` are those that the file tells."""

    row: Row
    organization: str = ""
    name: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)


def read_row(row: Row) -> MassRow:
    """Read one row; the kind follows from the name where it is not written."""
    cells = Cells(row)
    founded, ends = cells.day("founded_on"), cells.day("term_ends_on")
    name = cells.name("name", 128)
    told: dict[str, Any] = {
        "kind": _kind(cells, name),
        "head": cells.name("head", 64) or None,
        "members_count": _count(cells),
        "founded_on": founded.value if founded else None,
        "term_ends_on": ends.value if ends else None,
    }
    if not name:
        cells.refuse("name", "请填写名称")
    values = {key: value for key, value in told.items() if value is not None}
    return MassRow(row, cells.name("organization", 128), name, values, cells.problems, cells.notes)


def _kind(cells: Cells, name: str) -> str:
    written = cells.name("kind", 32)
    found = next((kind for words, kind in _WORDS if any(word in (written or name) for word in words)), None)
    if found is None:
        cells.refuse("kind", f"应为{'、'.join(MassKind.labels)}之一")
        return ""
    return found


def _count(cells: Cells) -> int | None:
    written = cells.text("members_count", 32).removesuffix("人").removesuffix("名").removesuffix(".0").strip()
    if not written:
        return None
    if not (written.isascii() and written.isdigit() and int(written[:9]) <= _MOST):
        cells.refuse("members_count", f"应为 0 至 {_MOST} 之间的人数")
        return None
    return int(written)
