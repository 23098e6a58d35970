"""Rows of an Excel file of members, read and judged. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache, partial
from typing import Any, NamedTuple, TypeVar

from branches.rules.uploads import Cells, Problem
from members.enums import MemberKind, OfficeKind, Sex
from members.rules.members import date_problems, kind_of
from partybuild.lib.identity import IdentityError, IdNumber, check_agreement, read_id_number, read_mobile
from partybuild.lib.workbook import Column, Row

COLUMNS = (
    Column("name", "姓名", ("党员姓名", "名字"), required=True),
    Column("sex", "性别"),
    Column("ethnicity", "民族"),
    Column("native_place", "籍贯"),
    Column("born_on", "出生日期", ("出生年月", "出生年月日", "出生时间", "生日")),
    Column("id_number", "身份证号", ("身份证号码", "公民身份号码", "公民身份证号码", "身份证", "居民身份证号码")),
    Column("education", "学历", ("最高学历", "文化程度")),
    Column("degree", "学位", ("最高学位",)),
    Column("kind", "人员类别", ("正式/预备", "党员类别", "党员类型", "正式预备", "是否正式党员")),
    Column(
        "organization", "所在党支部",
        ("所在党组织", "党支部", "支部", "所在支部", "党组织", "党支部名称", "所属党支部", "所属党组织"),
    ),
    Column("organization_code", "所在党支部编码", ("所在党组织编码", "党支部编码", "党组织编码")),
    Column("group", "党小组", ("所在党小组", "所属党小组")),
    Column("joined_on", "入党时间", ("入党日期", "加入党组织日期", "加入党组织时间", "入党年月")),
    Column("converted_on", "转正时间", ("转正日期", "转为正式党员日期", "转为正式党员时间", "转正年月")),
    Column("work_started_on", "参加工作时间", ("参加工作日期", "参加工作年月", "工作时间")),
    Column("job", "工作岗位", ("职务", "工作职务", "岗位", "单位职务", "行政职务", "现任职务")),
    Column("office", "党内职务", ("党内任职", "支部职务", "党组织职务")),
    Column("office_on", "任职时间", ("任命时间", "当选日期", "党内任职时间", "当选时间")),
    Column("starts_on", "编入时间", ("编入日期", "转入时间", "转入日期", "进入党支部时间", "进入支部日期")),
    Column("phone", "联系电话", ("手机号码", "手机号", "手机", "移动电话", "电话", "电话号码")),
    Column("landline", "固定电话", ("办公电话", "座机")),
    Column("address", "家庭住址", ("家庭地址", "住址", "现居住地")),
    Column("remark", "备注", ("说明",)),
)  # fmt: skip
"""The headings of a roster."""

FIELDS = (
    "name", "sex", "ethnicity", "native_place", "born_on", "id_number", "phone", "landline", "address", "education",
    "degree", "work_started_on", "job", "joined_on", "converted_on", "kind", "remark",
)  # fmt: skip
"""What a row may change in a member who is there."""

PRIVATE = frozenset({"id_number", "phone", "landline", "address"})

EXAMPLE = (
    "张明", "男", "汉族", "江苏无锡", "1980年5月6日", "", "大学本科", "学士", "正式党员", "第一党支部", "", "",
    "2010年7月1日", "2011年7月1日", "2002年8月", "科员", "组织委员", "2024年3月", "", "", "", "", "",
)  # fmt: skip

_SEXES = {"男": Sex.MALE, "女": Sex.FEMALE, "男性": Sex.MALE, "女性": Sex.FEMALE}
_KINDS = {
    "正式党员": MemberKind.FULL, "正式": MemberKind.FULL, "中共党员": MemberKind.FULL, "党员": MemberKind.FULL,
    "中共正式党员": MemberKind.FULL, "是": MemberKind.FULL, "预备党员": MemberKind.PROBATIONARY,
    "预备": MemberKind.PROBATIONARY, "中共预备党员": MemberKind.PROBATIONARY, "否": MemberKind.PROBATIONARY,
}  # fmt: skip
_OFFICES = {
    "书记": OfficeKind.SECRETARY, "党支部书记": OfficeKind.SECRETARY, "支部书记": OfficeKind.SECRETARY,
    "副书记": OfficeKind.DEPUTY_SECRETARY, "党支部副书记": OfficeKind.DEPUTY_SECRETARY,
    "支部副书记": OfficeKind.DEPUTY_SECRETARY, "委员": OfficeKind.COMMITTEE_MEMBER,
    "支委": OfficeKind.COMMITTEE_MEMBER, "支部委员": OfficeKind.COMMITTEE_MEMBER,
    "支委委员": OfficeKind.COMMITTEE_MEMBER, "支委会委员": OfficeKind.COMMITTEE_MEMBER,
    "组织委员": OfficeKind.COMMITTEE_MEMBER, "宣传委员": OfficeKind.COMMITTEE_MEMBER,
    "纪检委员": OfficeKind.COMMITTEE_MEMBER, "青年委员": OfficeKind.COMMITTEE_MEMBER,
    "统战委员": OfficeKind.COMMITTEE_MEMBER, "保密委员": OfficeKind.COMMITTEE_MEMBER,
    "学习委员": OfficeKind.COMMITTEE_MEMBER, "生活委员": OfficeKind.COMMITTEE_MEMBER,
    "党小组长": OfficeKind.GROUP_LEADER, "党小组组长": OfficeKind.GROUP_LEADER, "组长": OfficeKind.GROUP_LEADER,
}  # fmt: skip
_PLAIN_TITLES = frozenset({"委员", "支委", "支部委员", "支委委员", "支委会委员"})
_NO_OFFICE = frozenset({"", "无", "党员", "普通党员", "正式党员", "预备党员", "-", "—", "/"})
_DAYS = ("born_on", "work_started_on", "joined_on", "converted_on")
_TEXTS = {
    "native_place": 64, "education": 32, "degree": 32, "job": 64, "landline": 64, "address": 255, "remark": 255,
}  # fmt: skip
_ALL_DAYS = (*_DAYS, "office_on", "starts_on")
_OWN = frozenset({"name", "id_number", "phone", "landline", "address", "remark"})
_NOTHING = frozenset({"无", "-", "—", "/"})
_BRACKETED = re.compile(r"[（(].*[)）]$")
_YEAR = timedelta(days=366)
# Texts of a column that are kept; of columns in which every cell differs none are.
_KEPT = 2048


@dataclass(slots=True)
class MemberRow:
    """A row of the file as it was understood: ``values`` holds the filled cells; an empty one leaves things be."""

    row: Row
    values: dict[str, Any] = field(default_factory=dict)
    months: frozenset[str] = frozenset()
    name: str = ""
    id_number: str = ""
    # What the number of the row says, where it passed.
    identity: IdNumber | None = None
    organization: str = ""
    group: str = ""
    offices: list[tuple[OfficeKind, str]] = field(default_factory=list)
    office_on: date | None = None
    starts_on: date | None = None
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

    def refuse(self, name: str, reason: str) -> None:
        self.problems.append(Problem(name, reason))


_T = TypeVar("_T")


class _Reading(NamedTuple):
    """What one cell says. Of a date without its day ``is_month`` is told."""

    value: Any
    is_month: bool = False
    problems: Sequence[Problem] = ()
    notes: Sequence[Problem] = ()


class MemberReader:
    """Reads the rows of one file.

    What a cell says depends on its text alone, so a text that comes again in its column is not read again.
    """

    def __init__(self, today: date) -> None:
        self._readings: dict[str, Callable[[Any], _Reading]] = {}
        for column in COLUMNS:
            reading = partial(_read_cell, column.field, today)
            is_own = column.field in _OWN
            self._readings[column.field] = reading if is_own else lru_cache(maxsize=_KEPT, typed=True)(reading)

    def read(self, row: Row) -> MemberRow:
        """Read one row; what cannot be read is in its problems, what must agree is ``settle``'s."""
        read = MemberRow(row)
        values, months = read.values, []
        for name, cell in row.values.items():
            if cell is None:
                continue
            value, is_month, problems, notes = self._readings[name](cell)
            if value:
                values[name] = value
            if is_month:
                months.append(name)
            if problems:
                read.problems += problems
            if notes:
                read.notes += notes
        if months:
            read.months = frozenset(months)
        _take_apart(read)
        return read


def read_row(row: Row, today: date) -> MemberRow:
    """Read a single row."""
    return MemberReader(today).read(row)


def _take_apart(read: MemberRow) -> None:
    """Give the place, the offices and the days of these their own names; the rest are facts about the member."""
    values, take = read.values, read.values.pop
    organization = take("organization", "")
    read.organization = take("organization_code", "") or organization
    read.group = take("group", "")
    read.offices = take("office", [])
    read.office_on, read.starts_on = take("office_on", None), take("starts_on", None)
    read.name = values.get("name", "")
    if not read.name and not any(problem.field == "name" for problem in read.problems):
        read.refuse("name", "请填写姓名")
    if identity := values.get("id_number"):
        read.identity = identity
        values["id_number"] = read.id_number = identity.number


def _read_cell(name: str, today: date, cell: Any) -> _Reading:
    cells = Cells(Row("", 0, {name: cell}, ()))
    if name in _TEXTS:
        value: Any = cells.text(name, _TEXTS[name])
    elif name in _ALL_DAYS:
        day = cells.day(name)
        if day and name not in _DAYS and day.value > today:
            cells.refuse(name, "时间晚于今天")
        is_month = bool(day and not day.has_day and name in _DAYS)
        return _Reading(day.value if day else None, is_month, cells.problems, cells.notes)
    else:
        value = _SPECIAL[name](cells, today)
    return _Reading(value, False, cells.problems, cells.notes)


def settle(read: MemberRow, existing: Mapping[str, Any], today: date) -> dict[str, Any]:
    """What the row makes of a member (``existing`` is empty for a new one); adds to its problems what cannot be.

    Returns only the fields that become different from ``existing``.
    """
    wanted = _without_vaguer_days(read, existing)
    number = read.identity or _number(existing.get("id_number", ""), today)
    if number:
        _complete_from_number(read, wanted, existing, number)
    merged = {**existing, **wanted}
    if not merged.get("sex") and not {"sex", "id_number"} & {problem.field for problem in read.problems}:
        read.refuse("sex", "请填写性别，或填写身份证号")
    if not wanted.get("kind"):
        wanted["kind"] = merged["kind"] = _kind(merged, today)
    days = {name: merged.get(name) for name in _DAYS}
    for name, reason in date_problems(days, merged["kind"], today):
        read.refuse(name, reason)
    return {name: value for name, value in wanted.items() if value != existing.get(name)}


def _without_vaguer_days(read: MemberRow, existing: Mapping[str, Any]) -> dict[str, Any]:
    """A month says nothing new about a day of the same month that is known."""
    wanted = dict(read.values)
    for name in read.months:
        known, written = existing.get(name), wanted.get(name)
        if known and written and (known.year, known.month) == (written.year, written.month):
            del wanted[name]
    return wanted


def _complete_from_number(
    read: MemberRow, wanted: dict[str, Any], existing: Mapping[str, Any], number: IdNumber
) -> None:
    """Sex and birth date follow from the number; what the row says must agree with it."""
    born_on = wanted.get("born_on") or existing.get("born_on")
    is_month = "born_on" in read.months and "born_on" in wanted
    if born_on and is_month and (born_on.year, born_on.month) == (number.born_on.year, number.born_on.month):
        born_on = None
    sex = wanted.get("sex") or existing.get("sex")
    for name, facts in (("sex", {"sex": sex}), ("born_on", {"born_on": born_on})):
        try:
            check_agreement(number, **facts)
        except IdentityError as error:
            read.refuse(name, str(error))
    wanted["sex"], wanted["born_on"] = str(number.sex.value), number.born_on


def _number(written: str, today: date) -> IdNumber | None:
    try:
        return read_id_number(written, today=today) if written else None
    except IdentityError:  # one that is kept from elsewhere
        return None


def _kind(merged: Mapping[str, Any], today: date) -> str:
    """Without a word on it: by the day of conversion, else as it was; somebody new counts by his year of probation."""
    if merged.get("converted_on"):
        return kind_of(merged["converted_on"], today).value
    if merged.get("kind"):
        return str(merged["kind"])
    joined_on = merged.get("joined_on")
    is_fresh = joined_on is not None and joined_on + _YEAR > today
    return (MemberKind.PROBATIONARY if is_fresh else MemberKind.FULL).value


def _chosen(cells: Cells, name: str, known: Mapping[str, Any], reason: str) -> str:
    written = cells.name(name, 32)
    if not written:
        return ""
    found = known.get(written) or known.get(_BRACKETED.sub("", written))
    if found is None:
        cells.refuse(name, reason)
        return ""
    return str(found.value)


def _id_number(cells: Cells, today: date) -> IdNumber | None:
    if isinstance(cells.row.get("id_number"), int | float) and len(cells.row.text("id_number")) > 15:
        cells.refuse("id_number", "身份证号在 Excel 中是数字格式，末几位已丢失，请改为文本格式后重新填写")
        return None
    return _checked(cells, "id_number", partial(read_id_number, today=today))


def _checked(cells: Cells, name: str, check: Callable[[str], _T]) -> _T | None:
    written = cells.text(name, 64)
    if not written or written in _NOTHING:
        return None
    try:
        return check(written)
    except IdentityError as error:
        cells.refuse(name, str(error))
        return None


def _ethnicity(written: str) -> str:
    """汉 is written for 汉族."""
    return "汉族" if written == "汉" else written


def _offices(cells: Cells) -> list[tuple[OfficeKind, str]]:
    """The offices that are known; others are told and left. The title is kept where the kind does not say it."""
    found: list[tuple[OfficeKind, str]] = []
    for written in re.split(r"[、，,;；/\s]+", cells.text("office", 128)):
        if written in _NO_OFFICE:
            continue
        kind = _OFFICES.get(written) or _OFFICES.get(re.sub(r"^(党支部|支部)", "", written))
        if kind is None:
            cells.note("office", f"“{written[:20]}”没有导入，请在党员页面登记")
            continue
        title = written if kind == OfficeKind.COMMITTEE_MEMBER and written not in _PLAIN_TITLES else ""
        if (kind, title) not in found:
            found.append((kind, title))
    return found


_SPECIAL: dict[str, Callable[[Cells, date], Any]] = {
    "name": lambda cells, today: cells.name("name", 64),
    "ethnicity": lambda cells, today: _ethnicity(cells.name("ethnicity", 32)),
    "sex": lambda cells, today: _chosen(cells, "sex", _SEXES, "性别应为男或女"),
    "kind": lambda cells, today: _chosen(cells, "kind", _KINDS, "人员类别应为正式党员或预备党员"),
    "id_number": _id_number,
    "phone": lambda cells, today: _checked(cells, "phone", read_mobile),
    "organization": lambda cells, today: cells.name("organization", 128),
    "organization_code": lambda cells, today: cells.text("organization_code", 32).replace(" ", ""),
    "group": lambda cells, today: cells.name("group", 128),
    "office": lambda cells, today: _offices(cells),
}
