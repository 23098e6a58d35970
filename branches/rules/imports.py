"""Rows of an Excel file of organisations, read and judged. Pure."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from branches.enums import OrganizationKind
from branches.rules.organizations import read_kind
from branches.rules.uploads import Cells, Problem
from partybuild.lib.identity import IdentityError, read_mobile
from partybuild.lib.workbook import Column, Row

COLUMNS = (
    Column("code", "党组织编码", ("组织编码", "党组织代码", "编码", "代码")),
    Column("name", "党组织名称", ("党组织全称", "组织名称", "组织全称", "名称", "全称", "党组织"), required=True),
    Column("short_name", "简称", ("党组织简称", "组织简称")),
    Column("kind", "组织类别", ("党组织类别", "组织类型", "党组织类型", "类别", "类型"), required=True),
    Column("parent", "上级党组织", ("上级党组织名称", "上级党组织全称", "上级组织", "隶属党组织", "隶属于")),
    Column("parent_code", "上级党组织编码", ("上级组织编码", "上级编码", "上级党组织代码")),
    Column("secretary", "书记", ("党组织书记", "支部书记", "书记姓名", "党组织书记姓名")),
    Column("contact", "联系人", ("联系人姓名", "党务联系人")),
    Column("phone", "联系电话", ("电话", "联系人电话", "联系方式", "手机号码", "办公电话")),
    Column("founded_on", "成立时间", ("成立日期", "建立时间", "建立日期", "批准成立时间")),
    Column("appointed_on", "任命时间", ("当选日期", "任命日期", "当选时间", "任职时间")),
    Column("due_on", "应换届时间", ("应换届日期", "届满时间", "届满日期")),
    Column("renewed_on", "实际换届时间", ("实际换届日期", "换届时间", "换届日期")),
    Column("department", "所在单位情况", ("所在单位", "所在单位名称", "单位名称", "单位")),
)  # fmt: skip
"""The headings of a file of organisations."""

NOT_TAKEN = frozenset({"secretary", "appointed_on", "due_on", "renewed_on"})
"""Known and left: offices and terms are kept with the members."""

EXAMPLE = (
    "011000000001", "某某局机关第一党支部", "第一党支部", "党支部", "某某局机关党委", "", "", "李明", "0510-82700001",
    "2019年7月1日", "", "", "", "某某局办公室",
)  # fmt: skip

FIELDS = ("code", "name", "short_name", "contact", "phone", "founded_on", "department")
"""What a row may change in an organisation that is there."""

_LANDLINE = re.compile(r"(0\d{2,3}-?)?[2-9]\d{6,7}(-\d{1,6})?", re.ASCII)


@dataclass
class OrganizationRow:
    """A row of the file as it was understood; an empty cell leaves its field as it is."""

    row: Row
    code: str = ""
    name: str = ""
    short_name: str = ""
    kind: OrganizationKind | None = None
    parent: str = ""
    contact: str = ""
    phone: str = ""
    founded_on: date | None = None
    has_day: bool = True
    department: str = ""
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

    def refuse(self, name: str, reason: str) -> None:
        self.problems.append(Problem(name, reason))


def read_row(row: Row, today: date) -> OrganizationRow:
    """Read one row of the file; all that is wrong with it by itself is in its problems."""
    cells = Cells(row)
    founded = cells.day("founded_on")
    read = OrganizationRow(
        row=row,
        code=cells.text("code", 32).replace(" ", ""),
        name=cells.name("name", 128),
        short_name=cells.name("short_name", 64),
        kind=_kind(cells),
        parent=cells.text("parent_code", 32).replace(" ", "") or cells.name("parent", 128),
        contact=cells.text("contact", 64),
        phone=_phone(cells),
        founded_on=founded.value if founded else None,
        has_day=founded.has_day if founded else True,
        department=cells.text("department", 128),
        problems=cells.problems,
        notes=cells.notes,
    )
    if not read.name:
        read.refuse("name", "请填写党组织名称")
    if read.founded_on and read.founded_on > today:
        read.refuse("founded_on", "成立时间晚于今天")
    return read


def _kind(cells: Cells) -> OrganizationKind | None:
    written = cells.name("kind", 32)
    if not written:
        cells.refuse("kind", "请填写组织类别")
        return None
    kind = read_kind(written)
    if kind is None:
        known = "、".join(OrganizationKind.labels)
        cells.refuse("kind", f"没有“{written[:20]}”这一组织类别，应为{known}之一")
    return kind


def _phone(cells: Cells) -> str:
    """A mobile number of 11 digits or the line of an office."""
    written = cells.text("phone", 64)
    if not written:
        return ""
    number = re.sub(r"[\s()]", "", re.sub(r"[‐-―]", "-", unicodedata.normalize("NFKC", written)))
    if _LANDLINE.fullmatch(number):
        return number
    try:
        return read_mobile(number)
    except IdentityError as error:
        cells.refuse("phone", str(error))
        return ""


def ambiguous(codes: Sequence[str]) -> str:
    """Why a name that several bear says nothing."""
    shown = "、".join(codes[:5]) + ("等" if len(codes) > 5 else "")
    return f"有 {len(codes)} 个同名党组织，请填写编码：{shown}"
