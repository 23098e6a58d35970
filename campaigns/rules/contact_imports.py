"""Rows of a ledger of contact points and pairings, read and judged. Pure. C11."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from branches.rules.uploads import Cells, Problem
from campaigns.rules.contacts import ContactKind, PartnerKind
from partybuild.lib.workbook import Column, Row

COLUMNS = (
    Column("organization", "党组织", ("所在党组织", "党组织名称", "牵头党组织", "责任党组织")),
    Column("kind", "类别", ("联系类别", "联系方式", "结对类别"), required=True),
    Column("year", "年度", ("年份",)),
    Column("leader", "联系人", ("联系领导", "包抓领导", "包联领导", "责任领导")),
    Column(
        "partner", "联系对象", ("联系点", "联系点名称", "结对单位", "结对对象", "共建单位", "挂钩单位"), required=True
    ),
    Column("partner_kind", "对象类别", ("联系对象类别", "单位类别")),
    Column("aim", "目标和任务", ("目标任务", "工作任务", "共建内容", "工作目标")),
    Column("effect", "成效", ("工作成效", "取得成效")),
    Column("starts_on", "开始日期", ("开始时间", "建立时间", "结对时间", "结对日期", "联系时间")),
)
"""The headings of a ledger of contacts; the workbook of the list can be sent back."""

EXAMPLE = (
    "某某局机关第一党支部", "党建联系点", "2026", "李明", "某某社区党委", "社区", "每季度走访一次，帮助解决一个问题",
    "", "2026年1月15日",
)  # fmt: skip

_KINDS = {
    "联系点": ContactKind.POINT, "书记联系点": ContactKind.POINT, "片区": ContactKind.DISTRICT,
    "结对共建": ContactKind.PAIRING, "结对": ContactKind.PAIRING, "共建": ContactKind.PAIRING,
    "双联系": ContactKind.PAIRING, "挂钩": ContactKind.LINKED, "包街": ContactKind.STREET,
}  # fmt: skip
_ENDINGS = (
    (("社区", "居委会"), PartnerKind.COMMUNITY), (("村", "村委会"), PartnerKind.VILLAGE),
    (("街道", "街"), PartnerKind.STREET), (("公司", "企业", "厂", "集团"), PartnerKind.ENTERPRISE),
    (("党支部", "支部", "党总支", "党委", "党组"), PartnerKind.BRANCH),
)  # fmt: skip
_FIRST_YEAR, _LAST_YEAR = 2000, 2100


@dataclass
class ContactRow:
    """A row of the file as it was understood; ``values`` are those that the file tells."""

    row: Row
    organization: str = ""
    kind: str = ""
    leader: str = ""
    year: int = 0
    partner: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

    def refuse(self, name: str, reason: str) -> None:
        self.problems.append(Problem(name, reason))


def read_row(row: Row, today: date) -> ContactRow:
    """Read one row; without a year it is of this one."""
    cells = Cells(row)
    starts = cells.day("starts_on")
    read = ContactRow(
        row=row, organization=cells.name("organization", 128), kind=_kind(cells), leader=cells.name("leader", 64),
        year=_year(cells, today.year), partner=cells.name("partner", 128), problems=cells.problems, notes=cells.notes,
    )  # fmt: skip
    texts = {name: cells.text(name, 2000) for name in ("aim", "effect")}
    read.values = {name: text for name, text in texts.items() if text}
    read.values["partner_kind"] = _partner_kind(cells, read.partner)
    if starts:
        read.values["starts_on"] = starts.value
    if not read.partner:
        read.refuse("partner", "请填写联系对象")
    if read.kind == ContactKind.POINT and not read.leader:
        read.refuse("leader", "党建联系点由书记或者领导干部包抓，请填写联系人")
    return read


def usual_start(year: int, today: date) -> date:
    """The day from which a contact counts where the file does not say: today, or the last of an earlier year."""
    return min(today, date(year, 12, 31)) if year <= today.year else date(year, 1, 1)


def _kind(cells: Cells) -> str:
    written = cells.name("kind", 32)
    if not written:
        cells.refuse("kind", "请填写类别")
        return ""
    labels: dict[str, str] = {label: value for value, label in ContactKind.choices}
    if (found := labels.get(written) or _KINDS.get(written)) is None:
        cells.refuse("kind", f"应为{'、'.join(labels)}之一")
        return ""
    return found


def _partner_kind(cells: Cells, partner: str) -> str:
    """As written, else by the end of the name."""
    written = cells.name("partner_kind", 32)
    labels: dict[str, str] = {label: value for value, label in PartnerKind.choices}
    if written in labels:
        return labels[written]
    if written:
        cells.refuse("partner_kind", f"应为{'、'.join(labels)}之一")
    found = (kind for endings, kind in _ENDINGS if any(ending in partner[-len(ending) :] for ending in endings))
    return next(found, PartnerKind.OTHER)


def _year(cells: Cells, usual: int) -> int:
    written = cells.text("year", 32).removesuffix("度").removesuffix("年").removesuffix(".0").strip()
    if not written:
        return usual
    if not (written.isascii() and written.isdigit() and _FIRST_YEAR <= int(written[:9]) <= _LAST_YEAR):
        cells.refuse("year", f"应为 {_FIRST_YEAR} 至 {_LAST_YEAR} 之间的年份")
        return usual
    return int(written)
