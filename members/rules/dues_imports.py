"""Rows of a workbook of bases of dues (党费缴纳基数), read and judged. Pure."""

import unicodedata
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from branches.rules.uploads import Cells, Problem
from members.enums import DuesKind
from partybuild.lib.identity import IdentityError, read_id_number
from partybuild.lib.workbook import Column, Row

COLUMNS = (
    Column("organization", "所在党支部", ("党支部", "支部", "所在党组织", "党组织", "支部名称")),
    Column("name", "姓名", ("党员姓名",), required=True),
    Column("id_number", "身份证号", ("身份证号码", "公民身份号码", "证件号码")),
    Column("kind", "缴纳类别", ("缴费类别", "党费类别")),
    Column("amount", "计算基数", (
        "缴纳基数", "缴费基数", "党费基数", "党费缴纳基数", "党费计算基数", "交纳基数", "基数",
        "基数（元/月）", "月缴费基数",
    ), required=True),
    Column("effective_from", "起算月份", ("起缴月份", "起始月份", "开始月份", "执行月份", "生效月份"), required=True),
    Column("until", "截止月份", ("终止月份", "结束月份")),
    Column("basis", "核定依据", ("依据", "备注")),
)  # fmt: skip
"""The headings of a workbook of bases."""

EXAMPLE = ("某某局机关第一党支部", "李明", "", "在职", "6500.00", "2026年1月", "", "2026年1月工资表")
PRIVATE = frozenset({"id_number"})

_KINDS = {
    "在职": DuesKind.WORKING, "在岗": DuesKind.WORKING, "离退休": DuesKind.RETIRED, "离休": DuesKind.RETIRED,
    "退休": DuesKind.RETIRED, "定额": DuesKind.FIXED, "免交": DuesKind.EXEMPT,
}  # fmt: skip
_LARGEST = Decimal("99999999.99")


@dataclass
class BaseRow:
    """A row of the file as it was understood; months are their first days."""

    row: Row
    organization: str = ""
    name: str = ""
    id_number: str = ""
    kind: str = ""
    amount: Decimal | None = None
    effective_from: date | None = None
    until: date | None = None
    basis: str = ""
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)


def read_row(row: Row, today: date) -> BaseRow:
    """Read one row; without a kind it is that of somebody at work."""
    cells = Cells(row)
    read = BaseRow(
        row=row, organization=cells.name("organization", 128), name=cells.name("name", 64),
        id_number=_id_number(cells, today), kind=_kind(cells), amount=_amount(cells),
        effective_from=_month(cells, "effective_from"), until=_month(cells, "until"), basis=cells.text("basis", 255),
        problems=cells.problems, notes=cells.notes,
    )  # fmt: skip
    if not read.name:
        cells.refuse("name", "请填写姓名")
    if read.effective_from is None and not any(each.field == "effective_from" for each in cells.problems):
        cells.refuse("effective_from", "请填写起算月份")
    if read.effective_from and read.until and read.until < read.effective_from:
        cells.refuse("until", "截止月份早于起算月份")
    return read


def _id_number(cells: Cells, today: date) -> str:
    written = cells.text("id_number", 64)
    if not written:
        return ""
    try:
        return read_id_number(written, today=today).number
    except IdentityError as error:
        cells.refuse("id_number", str(error))
        return ""


def _kind(cells: Cells) -> str:
    written = cells.name("kind", 32)
    found = _KINDS.get(written, "") if written else DuesKind.WORKING
    if not found:
        cells.refuse("kind", "应为在职、离退休或者定额")
    elif found == DuesKind.EXEMPT:
        cells.refuse("kind", "免交党费须逐人申请，由上级党组织批准，请在页面上办理")
    return found


def _amount(cells: Cells) -> Decimal | None:
    """Yuan a month; more than zero, to the fen."""
    written = unicodedata.normalize("NFKC", cells.text("amount", 64)).replace(",", "").replace(" ", "")
    written = written.removeprefix("¥").removesuffix("元")
    if not written:
        cells.refuse("amount", "请填写计算基数")
        return None
    try:
        amount = Decimal(written)
    except InvalidOperation:
        cells.refuse("amount", "应为金额")
        return None
    if not amount.is_finite() or not 0 < amount <= _LARGEST:
        cells.refuse("amount", f"应大于 0，不超过 {_LARGEST}")
        return None
    if round(amount, 2) != amount:
        cells.refuse("amount", "最多保留两位小数")
        return None
    return amount


def _month(cells: Cells, name: str) -> date | None:
    day = cells.day(name)
    return day.value.replace(day=1) if day else None
