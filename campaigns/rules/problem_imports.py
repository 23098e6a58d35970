"""Rows of a workbook of rectification (整改台账), read and judged. Pure. R01."""

import re
from dataclasses import dataclass, field

from branches.rules.uploads import Cells, Problem
from campaigns.rules.problems import Deadline, Origin
from partybuild.lib.dates import WrittenDate
from partybuild.lib.workbook import Column, Row

COLUMNS = (
    Column("name", "党组织名称", ("党组织", "单位", "责任党组织", "支部", "党支部", "组织名称", "单位名称")),
    Column("code", "党组织编码", ("组织编码", "编码", "代码")),
    Column("origin", "问题来源", ("来源", "来源渠道", "问题出处")),
    Column("text", "存在问题", ("问题", "问题内容", "主要问题", "突出问题", "问题表现", "反馈问题"), required=True),
    Column("deadline", "整改类别", ("类别", "整改类型", "整改性质")),
    Column("steps", "整改措施", ("措施", "具体措施", "整改举措", "工作措施")),
    Column("leader", "责任领导", ("牵头领导", "分管领导", "责任领导姓名")),
    Column("responsible", "责任人", ("具体责任人", "责任人员", "承办人")),
    Column("unit", "责任单位", ("责任部门", "责任科室", "牵头单位")),
    Column("due_on", "整改时限", ("完成时限", "时限", "整改期限", "完成时间", "整改完成时限")),
    Column("progress", "整改进展", ("进展", "进展情况", "整改进展情况", "整改情况")),
    Column("result", "完成情况", ("整改状态", "状态", "是否完成", "是否销号", "完成状态")),
    Column("closed_on", "销号时间", ("销号日期", "整改完成时间", "完成日期")),
    Column("regulation", "形成制度", ("制度成果", "长效机制", "建章立制", "形成的制度")),
    Column("remark", "备注", ("说明",)),
    Column("raised_on", "登记日期", ("登记时间", "发现时间", "反馈时间", "提出时间")),
    Column("claimed_on", "认领日期", ("认领时间",)),
)
"""The usual headings of a 整改台账; 序号 is not asked for."""

EXAMPLE = (
    "某某局机关第一党支部", "011000000001", "述职评议", "主题党日记录不完整", "立行立改", "1.补齐记录\n2.每月检查一次",
    "李明", "王芳", "机关党委办公室", "2026年9月30日", "已补齐上半年记录", "整改中", "", "《主题党日记录制度》", "",
    "2026年3月2日", "2026年3月5日",
)  # fmt: skip

_NUMBERED = re.compile(r"(?:^|\n|[；;])\s*(?:\d{1,2}\s*[.．、)）]|[（(]\d{1,2}[)）]|[①-⑳])\s*")
_CLOSED = ("已销号", "已完成", "整改到位", "已整改", "完成整改", "已办结", "销号")
_OPEN = ("未完成", "未整改", "未销号", "整改中", "正在", "推进", "持续", "长期坚持", "进行", "待", "部分")
_ORIGINS = (
    ("述职", Origin.DEBRIEFING), ("民主生活会", Origin.DEMOCRATIC_LIFE), ("点评", Origin.COMMENT),
    ("走访", Origin.VISIT), ("调研", Origin.VISIT), ("党员大会", Origin.ASSEMBLY), ("巡察", Origin.TOUR),
    ("巡视", Origin.TOUR), ("万企", Origin.ENTERPRISES), ("随手拍", Origin.SNAPSHOT), ("督查", Origin.INSPECTION),
    ("检查", Origin.INSPECTION), ("共性问题", Origin.COMMON), ("专项整治", Origin.CLEANUP), ("自查", Origin.SELF_CHECK),
    ("反馈", Origin.FEEDBACK), ("评议", Origin.APPRAISAL), ("其他", Origin.OTHER),
)  # fmt: skip
_IMMEDIATE, _LONGER = ("立行立改", "立查立改", "立即", "即知即改", "近期", "短期"), ("中长期", "长期", "中期", "持续")


@dataclass
class ProblemEntry:
    """A row of the file as it was understood; ``is_closed`` None where it does not say."""

    row: Row
    code: str = ""
    name: str = ""
    text: str = ""
    origin: str = Origin.OTHER
    origin_note: str = ""
    deadline: str = Deadline.IMMEDIATE
    steps: list[str] = field(default_factory=list)
    leader: str = ""
    responsible: str = ""
    unit: str = ""
    due_on: WrittenDate | None = None
    progress: str = ""
    is_closed: bool = False
    closed_on: WrittenDate | None = None
    regulation: str = ""
    remark: str = ""
    raised_on: WrittenDate | None = None
    claimed_on: WrittenDate | None = None
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

    def refuse(self, name: str, reason: str) -> None:
        self.problems.append(Problem(name, reason))

    def note(self, name: str, reason: str) -> None:
        self.notes.append(Problem(name, reason))


def read_row(row: Row) -> ProblemEntry:
    """Read one row; all that is wrong with it by itself is in its problems."""
    cells = Cells(row)
    origin, origin_note = read_origin(cells.text("origin", 128))
    entry = ProblemEntry(
        row=row, code=cells.text("code", 32).replace(" ", ""), name=cells.name("name", 128),
        text=cells.text("text", 500), origin=origin, origin_note=origin_note, leader=cells.name("leader", 64),
        responsible=cells.name("responsible", 64), unit=cells.text("unit", 128), due_on=cells.day("due_on"),
        progress=cells.text("progress", 500), closed_on=cells.day("closed_on"),
        regulation=cells.text("regulation", 255), remark=cells.text("remark", 255), raised_on=cells.day("raised_on"),
        claimed_on=cells.day("claimed_on"), problems=cells.problems, notes=cells.notes,
    )  # fmt: skip
    entry.steps = read_steps(row.text("steps"))
    if any(len(step) > 500 for step in entry.steps):
        entry.refuse("steps", "一项措施超过 500 个字，请分项填写")
    if not entry.text and not cells.problems:
        entry.refuse("text", "请填写存在的问题")
    _read_deadline(entry, cells.text("deadline", 32))
    _read_result(entry, cells.text("result", 255))
    return entry


def read_origin(text: str) -> tuple[str, str]:
    """述职评议 → its code; what is more than the word itself stays as a note."""
    if not text:
        return Origin.OTHER, ""
    found = next((origin for word, origin in _ORIGINS if word in text), Origin.OTHER)
    return found, "" if text == found.label else text


def read_steps(text: str) -> list[str]:
    """Measures of one cell: numbered ones apart, else each line; the same twice is one."""
    text = text.strip()
    parts = _NUMBERED.split(text) if _NUMBERED.search(text) else text.split("\n")
    return list(dict.fromkeys(part.strip().strip("；;").strip() for part in parts if part.strip(" ；;\n")))


def read_result(text: str) -> bool | None:
    """Whether it is put right by the words of the cell; None where they do not say."""
    if not text:
        return None
    if any(word in text for word in _OPEN):
        return False
    if text in ("是", "√", "完成") or any(word in text for word in _CLOSED):
        return True
    return False if text in ("否", "×", "未") else None


def _read_deadline(entry: ProblemEntry, text: str) -> None:
    if any(word in text for word in _LONGER):
        entry.deadline = Deadline.LONGER
    elif text and not any(word in text for word in _IMMEDIATE):
        entry.refuse("deadline", "应为立行立改或者中长期")


def _read_result(entry: ProblemEntry, text: str) -> None:
    told = read_result(text)
    if told is None and text:
        entry.note("result", "没有读懂，按整改中登记")
    entry.is_closed = bool(told) or (told is None and not text and entry.closed_on is not None)
    if entry.is_closed is False and entry.closed_on is not None:
        entry.refuse("closed_on", "没有完成的问题不能填写销号时间")
