"""A table whose rows are tasks: 序号｜重点任务｜具体措施｜责任部门｜完成时限, in any order and by any usual name."""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from campaigns.rules.reading.days import Day, days, stretches
from campaigns.rules.reading.lines import Piece
from campaigns.rules.reading.numerals import CHINESE, whole_number_of

_NUMBER, _TASK, _MEASURE, _WHO = "number", "task", "measure", "who"
_DUE, _KIND, _STAGE, _OTHER = "due", "kind", "stage", "other"
_COLUMNS = (
    (_NUMBER, re.compile(r"序\s*号|编\s*号|序|号|项次")),
    (_STAGE, re.compile(r".{0,4}(?:阶段|步骤)(?:名称|划分)?")),
    (_WHO, re.compile(
        r".{0,6}(?:责任|牵头|配合|协办|协同|负责|主办|承办|参与|参加|实施|落实|分管|包保)(?:单位|部门|人|领导|科室|股室|处室|支部|主体"
        r"|干部|党组织|站所)?(?:人)?(?:及.{1,6})?|.{0,4}(?:单位|部门|科室|党组织|联系人)")),
    (_DUE, re.compile(
        r"(?:计划|预计|要求)?(?:完成|办结|整改|落实|推进|实施)?(?:时限|期限|时间|时间节点|时间安排|时间进度|节点|日期|月份"
        r"|进度安排|进度要求)(?:要求|节点)?")),
    (_KIND, re.compile(r"(?:工作|任务|项目|目标|指标)?(?:类别|类型|维度|方面|板块|领域|分类|方向|大类)|一级指标"
         r"|(?:工作|总体)目标")),
    (_TASK, re.compile(
        r"(?:重点|主要|工作|具体|年度|创建|目标|活动|行动|整改)*(?:任务|项目|事项|行动)(?:名称|内容|清单|分解)?|重点工作|主要工作"
        r"|(?:工作|活动|行动)名称|名称|二级指标|活动主题")),
    (_MEASURE, re.compile(r".{0,6}(?:措施|举措|要求|内容|标准|目标|成效|成果|做法|指标|工作|形式)(?:及.{1,6})?")),
)  # fmt: skip
_NOTE = re.compile(r"(?P<label>注|附注|备注|说明|填表说明|备注说明)\s*(?:[：.]|$)")
_RULE = re.compile(r"[|\s:：=-]+")
_LONGEST_NAME, _LONGEST_HEAD = 12, 24


@dataclass(frozen=True)
class Row:
    """A task of a table: its number, the name of its group, its title, what is to be done, and by when."""

    number: int
    kind: str
    title: Piece
    whole: Piece
    measures: tuple[Piece, ...] = ()
    dues: tuple[Piece, ...] = ()

    def days(self) -> Iterator[Day]:
        """The days of its cell of time; 全年, 每月底 and 长期坚持 are none."""
        for due in self.dues:
            for part in re.split("[、；，/]|和|及", due.plain):
                yield from _days(part.strip())


def _days(text: str) -> Iterator[Day]:
    if not text or re.search("每|各(?!完成|开展|进行|组织|召开)|逐|全年|长期|持续|常态|按|随时", text):
        return
    ranges = stretches(text)
    if ranges:
        yield from (Day(each.start, each.end, each.ends) for each in ranges if each.ends)
        return
    yield from days(text) or days(f"{text.removesuffix('完成').rstrip()}前")


@dataclass
class _Table:
    """The columns of the table that is being read, and what its rows take from those above them."""

    columns: list[str]
    is_framed: bool
    task: int
    group: int | None
    kind: str = ""
    last: Row | None = None
    above: dict[int, str] = field(default_factory=dict)


def is_row(line: Piece) -> bool:
    """Whether a line is a row of a table."""
    return line.plain.strip("| ").count("|") > 0 or line.plain.count("|") > 1


def note_label(line: Piece) -> Piece | None:
    """The 注 of 注：1.…: what stands below a table explains it."""
    match = _NOTE.match(line.plain)
    return line.part(*match.span("label")) if match else None


def rows_of(lines: Sequence[Piece]) -> dict[int, Row | None]:
    """The tasks that stand in tables, by the place of their rows; None for a row that is no task of its own."""
    found: dict[int, Row | None] = {}
    table: _Table | None = None
    for place, line in enumerate(lines):
        if not is_row(line):
            if table and len(line.text) <= _LONGEST_HEAD and "。" not in line.plain and place + 1 < len(lines):
                table.kind = line.text if is_row(lines[place + 1]) else table.kind
            continue
        head = _head(line, lines[place + 1 :])
        if head is not None:
            table = head if table is None or table.columns != head.columns else table
            found[line.start] = None
        elif table is not None and _RULE.fullmatch(line.plain):
            found[line.start] = None
        elif table is not None and (cells := _cells(line, table.is_framed, len(table.columns))):
            _take(found, table, line, cells)
    return found if any(found.values()) else {}


def _cells(line: Piece, is_framed: bool, count: int = 0) -> list[Piece]:
    """The cells of a row, empty ones included; nothing for a row of another table."""
    edges = [-1, *(match.start() for match in re.finditer(r"\|", line.plain)), len(line.plain)]
    cells = [line.part(one + 1, two) for one, two in itertools.pairwise(edges)]
    cells = cells[1:-1] if is_framed else cells
    return cells if not count or len(cells) == count else []


def _head(line: Piece, rest: Sequence[Piece]) -> _Table | None:
    """The columns that a row names, when they are those of a table of tasks."""
    is_framed = line.plain.startswith("|") and line.plain.endswith("|")
    cells = _cells(line, is_framed)
    if any(len(cell.text) > _LONGEST_NAME for cell in cells):
        return None
    columns = [_column(re.sub(r"\s|\(.*\)", "", cell.plain)) for cell in cells]
    tasks = [index for index, column in enumerate(columns) if column == _TASK]
    measures = [index for index, column in enumerate(columns) if column == _MEASURE]
    if _STAGE in columns or not (tasks or measures) or not {_NUMBER, _WHO, _DUE} & set(columns):
        return None
    columns = [
        _MEASURE if column == _TASK and index not in tasks[:1] else column for index, column in enumerate(columns)
    ]
    contents = [index for index, column in enumerate(columns) if column in {_TASK, _MEASURE}]
    task = tasks[0] if tasks else measures[0]
    group = columns.index(_KIND) if _KIND in columns else None
    if group is None and len(contents) > 1 and _is_merged(task, columns, _rows_below(rest, is_framed, len(columns))):
        group, task = task, next(index for index in contents if index > task)
    return _Table(columns, is_framed, task, group)


def _column(name: str) -> str:
    return next((column for column, pattern in _COLUMNS if pattern.fullmatch(name)), _OTHER)


def _rows_below(rest: Sequence[Piece], is_framed: bool, count: int) -> list[list[Piece]]:
    below = itertools.takewhile(is_row, rest)
    return [cells for line in below if (cells := _cells(line, is_framed, count))]


def _is_merged(task: int, columns: Sequence[str], rows: Sequence[list[Piece]]) -> bool:
    """Whether the column of tasks spans several rows that are numbered, or dated, one by one."""
    own = columns.index(_NUMBER) if _NUMBER in columns else columns.index(_DUE) if _DUE in columns else None
    again = [
        below for above, below in itertools.pairwise(rows)
        if not below[task].text or below[task].text == above[task].text
    ]  # fmt: skip
    return bool(again) and (own is None or all(row[own].text for row in again))


def _take(found: dict[int, Row | None], table: _Table, line: Piece, cells: list[Piece]) -> None:
    """One row: a task, more of the task above, or the name of the group that follows."""
    found[line.start] = None
    filled = [cell for cell in cells if cell.text]
    if len({cell.text for cell in filled}) <= 1:
        table.kind = filled[0].text if filled and not filled[0].plain.isdigit() else table.kind
        return
    title = cells[table.task]
    if table.group is not None and cells[table.group].text:
        table.kind = cells[table.group].text
    measures = tuple(cell for index, cell in enumerate(cells) if table.columns[index] == _MEASURE and cell.text
                     and index not in {table.task, table.group})  # fmt: skip
    dues = tuple(cell for index, cell in enumerate(cells) if table.columns[index] == _DUE and cell.text)
    if not title.text or (table.last and title.text == table.last.title.text):
        if table.last is not None:
            _extend(found, table, measures, dues)
        return
    number = _number(table, cells)
    kind = re.sub(rf"^\(?(?:{CHINESE}|\d{{1,2}})[、.)]\s*", "", table.kind)
    table.last = Row(number, kind, title, line, measures, dues)
    found[line.start] = table.last


def _extend(found: dict[int, Row | None], table: _Table, measures: tuple[Piece, ...], dues: tuple[Piece, ...]) -> None:
    last = table.last
    assert last is not None
    known = {piece.text for piece in last.measures + last.dues}
    table.last = replace(
        last,
        measures=last.measures + tuple(each for each in measures if each.text not in known),
        dues=last.dues + tuple(each for each in dues if each.text not in known),
    )
    found[last.whole.start] = table.last


def _number(table: _Table, cells: Sequence[Piece]) -> int:
    """The row's own number, else the next."""
    written = cells[table.columns.index(_NUMBER)].plain.strip(" .、()") if _NUMBER in table.columns else ""
    value = whole_number_of(written) if re.fullmatch(rf"\d{{1,3}}|{CHINESE}", written) else None
    return value or (table.last.number + 1 if table.last else 1)


def only_in_tables(rows: Mapping[int, Row | None], others: int) -> bool:
    """Whether a document's tasks stand in its tables: it tells hardly any elsewhere."""
    return others * 2 < sum(row is not None for row in rows.values())
