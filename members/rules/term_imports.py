"""Rows of a workbook of terms, read and judged. Pure. Source: the layouts that offices use (domain-rules.md)."""

from dataclasses import dataclass, field
from datetime import date

from branches.rules.uploads import Cells, Problem
from members.rules.terms import due_day
from partybuild.lib.dates import WrittenDate, add_months, day_text
from partybuild.lib.workbook import Column, Row

COLUMNS = (
    Column("code", "党组织编码", ("组织编码", "党组织代码", "编码", "代码")),
    Column("name", "党组织名称", ("党组织全称", "组织名称", "组织全称", "名称", "全称", "党组织"), required=True),
    Column("secretary", "书记", ("党组织书记", "支部书记", "书记姓名", "党组织书记姓名")),
    Column("elected_on", "当选日期", ("任命时间", "任命日期", "当选时间", "任职时间", "本届当选日期", "选举时间")),
    Column("years", "任期（年）", ("任期", "任期年数", "任期年限")),
    Column("due_on", "应换届时间", ("应换届日期", "届满时间", "届满日期")),
    Column("ended_on", "实际换届时间", ("实际换届日期", "换届时间", "换届日期")),
    Column("committee_size", "委员名额", ("委员人数", "委员职数", "班子职数")),
)
"""The headings of a workbook of terms."""

EXAMPLE = ("011000000001", "某某局机关第一党支部", "李明", "2024年3月1日", "3", "2027年3月1日", "", "5")
LONGEST_TERM = 10


@dataclass
class TermEntry:
    """A row of the file as it was understood."""

    row: Row
    code: str = ""
    name: str = ""
    secretary: str = ""
    elected_on: WrittenDate | None = None
    due_on: WrittenDate | None = None
    ended_on: WrittenDate | None = None
    years: int | None = None
    committee_size: int | None = None
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

    def refuse(self, name: str, reason: str) -> None:
        self.problems.append(Problem(name, reason))

    def note(self, name: str, reason: str) -> None:
        self.notes.append(Problem(name, reason))


@dataclass(frozen=True)
class Planned:
    """A term that a row speaks of; one without an end is in force."""

    elected_on: date
    years: int
    ended_on: date | None = None
    committee_size: int | None = None

    @property
    def due_on(self) -> date:
        return due_day(self.elected_on, self.years)


def read_row(row: Row) -> TermEntry:
    """Read one row; all that is wrong with it by itself is in its problems."""
    cells = Cells(row)
    entry = TermEntry(
        row=row,
        code=cells.text("code", 32).replace(" ", ""),
        name=cells.name("name", 128),
        secretary=cells.name("secretary", 64),
        elected_on=cells.day("elected_on"),
        due_on=cells.day("due_on"),
        ended_on=cells.day("ended_on"),
        years=_number(cells, "years", LONGEST_TERM),
        committee_size=_number(cells, "committee_size", 99),
        problems=cells.problems,
        notes=cells.notes,
    )
    if not entry.name and not entry.code:
        entry.refuse("name", "请填写党组织名称")
    return entry


def plan(entry: TermEntry, usual_years: int, today: date) -> list[Planned]:
    """The terms that a row speaks of, the older one first; what cannot be is added to its problems."""
    written = entry.years or usual_years
    elected_on = _elected_on(entry, written)
    if elected_on is None:
        return []
    years = _years(entry, elected_on, written)
    ended_on = entry.ended_on.value if entry.ended_on else None
    if elected_on > today:
        entry.refuse("elected_on", "当选日期晚于今天")
    if ended_on and ended_on > today:
        entry.refuse("ended_on", "实际换届时间晚于今天")
    if ended_on and ended_on < elected_on:
        entry.refuse("ended_on", "实际换届时间早于当选日期")
    if entry.problems:
        return []
    if ended_on is None or ended_on == elected_on:
        return [Planned(elected_on, years, None, entry.committee_size)]
    entry.note("ended_on", f"新一届的当选日期按{day_text(ended_on)}登记")
    return [Planned(elected_on, years, ended_on), Planned(ended_on, written, None, entry.committee_size)]


def _elected_on(entry: TermEntry, years: int) -> date | None:
    if entry.elected_on:
        return entry.elected_on.value
    if entry.due_on is None:
        if not entry.problems:
            entry.refuse("elected_on", "请填写当选日期")
        return None
    elected_on = add_months(entry.due_on.value, -12 * years)
    entry.note("elected_on", f"没有填写，按应换届时间和任期 {years} 年推算为{day_text(elected_on)}")
    return elected_on


def _years(entry: TermEntry, elected_on: date, years: int) -> int:
    """Another whole number of years may follow from the two days; else the rule holds and the difference is told."""
    due = entry.due_on
    if due is None or entry.elected_on is None or _agree(entry, due_day(elected_on, years)):
        return years
    for other in range(1, LONGEST_TERM + 1):
        if entry.years is None and _agree(entry, due_day(elected_on, other)):
            entry.note("due_on", f"按任期 {other} 年登记")
            return other
    entry.note("due_on", f"与当选日期加 {years} 年不一致，按{day_text(due_day(elected_on, years))}登记")
    return years


def _agree(entry: TermEntry, computed: date) -> bool:
    """Days agree; where only a month was written, months do."""
    due, elected = entry.due_on, entry.elected_on
    assert due is not None
    assert elected is not None
    if due.has_day and elected.has_day:
        return due.value == computed
    return (due.value.year, due.value.month) == (computed.year, computed.month)


def _number(cells: Cells, name: str, most: int) -> int | None:
    written = cells.text(name, 16).removesuffix("年").removesuffix("人").removesuffix(".0")
    if not written:
        return None
    if not (written.isascii() and written.isdigit()) or not 1 <= int(written) <= most:
        cells.refuse(name, f"应为 1 至 {most} 的整数")
        return None
    return int(written)
