"""Rows of a workbook of year facts (党务干部和党建经费), read and judged. Pure."""

import re
import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from branches.rules.uploads import Cells, Problem
from partybuild.lib.workbook import Column, Row

COLUMNS = (
    Column("organization", "党组织名称", ("党组织", "单位", "单位名称", "组织名称", "机关党委"), required=True),
    Column("code", "党组织编码", ("编码", "组织编码", "单位编码")),
    Column("year", "年度", ("年份", "填报年度")),
    Column("staff", "机关工作人员数", ("工作人员数", "机关人数", "在编人数", "机关工作人员")),
    Column("dedicated_staff", "专职党务干部数", ("专职党务干部", "专职人数", "专职党务人员数")),
    Column("funds_budget", "党建经费预算（元）", ("党建经费预算", "经费预算", "预算", "党建活动经费预算")),
    Column("is_in_budget", "列入单位预算", ("列入预算", "是否列入预算", "列入单位年度预算")),
    Column("funds_spent", "党建经费支出（元）", ("党建经费支出", "经费支出", "支出", "党建活动经费支出")),
    Column("remark", "说明", ("备注",)),
)  # fmt: skip
"""The headings of a workbook of year facts; those of the portal's own export among them."""

EXAMPLE = ("某某局机关党委", "", "2026年", "120", "3", "72000.00", "是", "68500.50", "")

NUMBERS = ("staff", "dedicated_staff")
MONEY = ("funds_budget", "funds_spent")
_MOST_PEOPLE = 1_000_000
_LARGEST = Decimal("999999999999.99")
_YES = {"是": True, "有": True, "已列入": True, "√": True, "否": False, "无": False, "未列入": False, "×": False}
_YEAR = re.compile(r"(\d{4})年?度?")


@dataclass
class FactsRow:
    """A row of the file as it was understood; ``told`` holds only what the row says, so that an empty cell keeps what
    is written down already."""

    row: Row
    organization: str = ""
    code: str = ""
    year: int | None = None
    told: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)


def read_row(row: Row, this_year: int) -> FactsRow:
    """Read one row; without a year it is the running one."""
    cells = Cells(row)
    read = FactsRow(
        row=row, organization=cells.name("organization", 128), code=cells.text("code", 32),
        year=_year(cells, this_year), problems=cells.problems, notes=cells.notes,
    )  # fmt: skip
    found: dict[str, Any] = {name: _number(cells, name) for name in NUMBERS} | {
        name: _money(cells, name) for name in MONEY
    }
    found["is_in_budget"] = _yes(cells)
    found["remark"] = cells.text("remark", 255) or None
    read.told = {name: value for name, value in found.items() if value is not None}
    if not read.organization and not read.code:
        cells.refuse("organization", "请填写党组织")
    if not read.told and not cells.problems:
        cells.refuse("organization", "该行没有数据")
    return read


def _plain(cells: Cells, name: str) -> str:
    written = unicodedata.normalize("NFKC", cells.text(name, 64)).replace(",", "").replace(" ", "")
    return "" if written in ("-", "—", "/") else written


def _year(cells: Cells, this_year: int) -> int | None:
    written = _plain(cells, "year").removesuffix(".0")
    if not written:
        return this_year
    match = _YEAR.fullmatch(written)
    if match is None:
        cells.refuse("year", "应为四位数的年度，如 2026")
        return None
    return int(match[1])


def _decimal(cells: Cells, name: str, unit: str, largest: Decimal | int) -> Decimal | None:
    written = _plain(cells, name).removeprefix("¥").removesuffix(unit)
    if not written:
        return None
    try:
        value = Decimal(written)
    except InvalidOperation:
        cells.refuse(name, "应为数字")
        return None
    if not value.is_finite() or not 0 <= value <= largest:
        cells.refuse(name, f"应不小于 0，不超过 {largest}")
        return None
    return value


def _number(cells: Cells, name: str) -> int | None:
    value = _decimal(cells, name, "人", _MOST_PEOPLE)
    if value is not None and value != int(value):
        cells.refuse(name, "应为整数")
        return None
    return None if value is None else int(value)


def _money(cells: Cells, name: str) -> Decimal | None:
    value = _decimal(cells, name, "元", _LARGEST)
    if value is not None and round(value, 2) != value:
        cells.refuse(name, "最多保留两位小数")
        return None
    return value


def _yes(cells: Cells) -> bool | None:
    written = cells.name("is_in_budget", 16)
    if not written:
        return None
    if written not in _YES:
        cells.refuse("is_in_budget", "应为是或者否")
    return _YES.get(written)
