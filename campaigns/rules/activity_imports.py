"""Rows of a ledger of meetings (“三会一课”台账), read and judged. Pure.

Source: domain-rules.md, "Activity headings".
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from branches.rules.uploads import Cells, Problem
from campaigns.enums import AbsenceReason
from campaigns.enums import ActivityKind as Kind
from campaigns.rules.written_times import WrittenMoment, parse_moment
from partybuild.lib.dates import DateError
from partybuild.lib.workbook import Column, Row

COLUMNS = (
    Column("organization", "所在党支部", (
        "党支部", "支部", "所在党组织", "党组织", "党组织名称", "支部名称", "党支部名称",
    )),
    Column("kind", "会议类型", ("活动类型", "类型", "会议类别", "活动类别", "类别", "组织生活类型"), required=True),
    Column("title", "会议名称", ("活动名称", "会议主题", "活动主题", "主题", "名称", "标题")),
    Column("planned", "计划时间", ("计划日期", "计划召开时间", "计划开展时间")),
    Column("held", "实际时间", (
        "实际召开时间", "实际开展时间", "实际日期", "召开时间", "会议时间", "活动时间", "开展时间", "召开日期",
        "会议日期", "活动日期", "开展日期", "日期", "时间",
    ), required=True),
    Column("place", "地点", ("会议地点", "活动地点", "召开地点")),
    Column("topic", "议题", ("会议议题", "主要议题")),
    Column("content", "内容", ("会议内容", "活动内容", "主要内容", "会议记录", "活动记录", "记录")),
    Column("decision", "决议", ("会议决议", "形成决议", "决议事项", "决定事项")),
    Column("expected", "应到人数", ("应到", "应到党员数", "应参加人数", "应参会人数")),
    Column("present", "实到人数", ("实到", "实到党员数", "到会人数", "参加人数", "出席人数", "参会人数")),
    Column("leave", "请假人数", ("请假", "缺席人数")),
    Column("attendees", "列席人员", ("列席",)),
    Column("host", "主持人", ("主持", "会议主持人", "主讲人", "授课人")),
    Column("recorder", "记录人", ("记录员", "会议记录人")),
    Column("absent", "缺席人员", ("请假人员", "请假人员名单", "缺席人员名单", "未到会人员", "缺席人员及原因")),
    Column("hours", "时长", ("时长（小时）", "活动时长", "学时")),
)  # fmt: skip
"""The headings of a ledger of meetings; 缺席人员 and 时长 are ours: with them a record is whole."""

EXAMPLE = (
    "某某局机关第一党支部", "支部党员大会", "一季度党员大会", "2026年3月10日", "2026年3月12日 14:30-16:30",
    "三楼会议室", "讨论年度工作计划", "书记通报了年度计划，党员逐项讨论。", "通过年度工作计划。", "16", "15", "1",
    "王某（机关党委）", "李明", "周敏", "张三（出差）", "2",
)  # fmt: skip

_USUAL: dict[str, tuple[Kind, ...]] = {
    "党员大会": (Kind.MEMBER_ASSEMBLY, Kind.CONGRESS), "支部大会": (Kind.MEMBER_ASSEMBLY,),
    "支委会": (Kind.BRANCH_COMMITTEE,), "支委会议": (Kind.BRANCH_COMMITTEE,),
    "支部委员会会议": (Kind.BRANCH_COMMITTEE,), "支部委员会议": (Kind.BRANCH_COMMITTEE,),
    "党小组会议": (Kind.GROUP_MEETING,), "小组会": (Kind.GROUP_MEETING,),
    "主题党日活动": (Kind.THEME_DAY,), "支部主题党日": (Kind.THEME_DAY,), "党员活动日": (Kind.THEME_DAY,),
    "党员固定活动日": (Kind.THEME_DAY,), "上党课": (Kind.PARTY_LECTURE,), "支部党课": (Kind.PARTY_LECTURE,),
    "书记讲党课": (Kind.PARTY_LECTURE,), "集中学习": (Kind.STUDY,), "理论学习": (Kind.STUDY,),
    "政治学习": (Kind.STUDY,), "学习研讨": (Kind.STUDY,), "专题研讨": (Kind.SEMINAR,),
    "教育培训": (Kind.TRAINING,), "培训": (Kind.TRAINING,),
    "志愿服务活动": (Kind.VOLUNTEER,), "专题组织生活会": (Kind.ORGANIZATION_LIFE,), "民主评议": (Kind.MEMBER_REVIEW,),
    "党员民主评议": (Kind.MEMBER_REVIEW,), "中心组学习": (Kind.CENTRAL_GROUP,), "理论学习中心组": (Kind.CENTRAL_GROUP,),
    "党委会": (Kind.COMMITTEE_MEETING,), "党委会议": (Kind.COMMITTEE_MEETING,), "党组会": (Kind.COMMITTEE_MEETING,),
    "党组会议": (Kind.COMMITTEE_MEETING,), "党代会": (Kind.CONGRESS,), "党员代表大会": (Kind.CONGRESS,),
    "警示教育活动": (Kind.WARNING_EDUCATION,), "红色教育活动": (Kind.RED_EDUCATION,), "读书活动": (Kind.READING,),
    "读书会": (Kind.READING,), "述职评议会": (Kind.DEBRIEFING,), "谈心谈话活动": (Kind.HEART_TALK,),
}  # fmt: skip
"""What people write where the list of kinds has another word."""

LONGEST_MINUTES = 20_000
_LONGEST_PART, _MOST_PEOPLE, _MOST_HOURS = 10_000, 99_999, 240
_COUNT = re.compile(r"(\d{1,9})(?:\.0+)?\s*[人名位]?", re.ASCII)
_NAMES = re.compile(r"[、,;/\s]+")
_NAMED = re.compile(r"(?P<name>[^()（）]+)(?:[(（](?P<why>[^()（）]*)[)）])?")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]+")
_QUOTES = re.compile(r"[\s“”\"「」《》]+")


@dataclass
class ActivityRow:
    """A row of the file as it was understood; ``absent`` are names, each with a value of ``AbsenceReason`` or ""."""

    row: Row
    organization: str = ""
    kinds: tuple[str, ...] = ()
    title: str = ""
    planned: str = ""
    held: WrittenMoment | None = None
    place: str = ""
    topic: str = ""
    content: str = ""
    decision: str = ""
    expected: int | None = None
    present: int | None = None
    leave: int | None = None
    attendees: str = ""
    host: str = ""
    recorder: str = ""
    absent: tuple[tuple[str, str], ...] = ()
    hours: Decimal = Decimal(0)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

    def refuse(self, name: str, reason: str) -> None:
        self.problems.append(Problem(name, reason))

    def note(self, name: str, reason: str) -> None:
        self.notes.append(Problem(name, reason))


def read_row(row: Row, today: date, labels: Mapping[str, str]) -> ActivityRow:
    """Read one row; ``labels`` are the kinds as the rule table words them, code → label."""
    cells = Cells(row)
    read = ActivityRow(
        row=row, organization=cells.name("organization", 128), kinds=_kinds(cells, labels),
        title=cells.text("title", 128), planned=cells.text("planned", 64), held=_held(cells, today),
        place=cells.text("place", 128), topic=_long(cells, "topic"), content=_long(cells, "content"),
        decision=_long(cells, "decision"), expected=_count(cells, "expected"), present=_count(cells, "present"),
        leave=_count(cells, "leave"), attendees=cells.text("attendees", 500), host=cells.name("host", 64),
        recorder=cells.name("recorder", 64), absent=_absent(cells.text("absent", 2000)), hours=_hours(cells),
        problems=cells.problems, notes=cells.notes,
    )  # fmt: skip
    if not read.hours and read.held and read.held.hours:
        read.hours = read.held.hours
    _check_counts(read)
    if len(minutes_of(read)) > LONGEST_MINUTES:
        read.refuse("content", f"议题、内容和决议合计超过 {LONGEST_MINUTES} 个字")
    return read


def _kinds(cells: Cells, labels: Mapping[str, str]) -> tuple[str, ...]:
    written = _QUOTES.sub("", cells.text("kind", 64))
    if not written:
        cells.refuse("kind", "请填写会议类型")
        return ()
    words = {_QUOTES.sub("", label): code for code, label in (*Kind.choices, *labels.items())}
    found: Sequence[str] = (words[written],) if written in words else _USUAL.get(written, ())
    if not found:
        cells.refuse("kind", f"没有“{written[:20]}”这一会议类型，请按“记一次活动”中的类型填写")
    return tuple(str(kind) for kind in found)


def _held(cells: Cells, today: date) -> WrittenMoment | None:
    value = cells.row.get("held")
    if value is None or cells.row.text("held") in {"", "无", "-", "—", "/"}:
        cells.refuse("held", "请填写实际时间")
        return None
    try:
        moment = parse_moment(value)
    except DateError as error:
        cells.refuse("held", str(error))
        return None
    if not moment.day.has_day:
        cells.refuse("held", "请写明是哪一天")
        return None
    if moment.day.value > today:
        cells.refuse("held", "实际时间晚于今天，活动开展后再导入")
        return None
    return moment


def _long(cells: Cells, name: str) -> str:
    """A text of several lines."""
    text = _CONTROL.sub(" ", cells.row.text(name).replace("\r\n", "\n").replace("\r", "\n")).strip()
    if len(text) > _LONGEST_PART:
        cells.refuse(name, f"超过 {_LONGEST_PART} 个字")
        return ""
    return text


def _count(cells: Cells, name: str) -> int | None:
    text = unicodedata.normalize("NFKC", cells.text(name, 64))
    if text in {"", "无", "-", "—", "/"}:
        return None
    found = _COUNT.fullmatch(text)
    if found is None or int(found[1]) > _MOST_PEOPLE:
        cells.refuse(name, "应为人数")
        return None
    return int(found[1])


def _hours(cells: Cells) -> Decimal:
    text = unicodedata.normalize("NFKC", cells.text("hours", 32)).removesuffix("小时").removesuffix("学时").strip()
    if not text:
        return Decimal(0)
    try:
        hours = Decimal(text)
    except InvalidOperation:
        hours = Decimal(-1)
    if not hours.is_finite() or not 0 <= hours <= _MOST_HOURS or round(hours, 1) != hours:
        cells.refuse("hours", f"应为 0 至 {_MOST_HOURS} 之间的小时数，最多一位小数")
        return Decimal(0)
    return hours


def _absent(text: str) -> tuple[tuple[str, str], ...]:
    """张三（出差）、李四 → names with the reasons that the list knows."""
    if text in {"无", "-", "—", "/"}:
        return ()
    found = []
    for part in _NAMES.split(unicodedata.normalize("NFKC", text)):
        if named := _NAMED.fullmatch(part):
            why = named["why"] or ""
            reason = next((each.value for each in AbsenceReason if why and each.label in why), "")
            found.append((named["name"].strip(), reason))
    return tuple(found)


def _check_counts(read: ActivityRow) -> None:
    """Nobody is there who was not expected, and nobody on leave was there."""
    expected, present, leave = read.expected, read.present, read.leave or 0
    if present == 0:
        read.refuse("present", "实到人数为 0，没有开展的活动不导入")
    elif expected is None:
        return
    elif present is not None and present > expected:
        read.refuse("present", "实到人数多于应到人数")
    elif (present or 0) + leave > expected:
        read.refuse("leave", "实到人数与请假人数之和多于应到人数")


def minutes_of(read: ActivityRow, *, host: str = "") -> str:
    """The minutes: numbers, agenda, content, decision; people for whom the record has no field. ``host`` is a name
    that no roster of the day has."""
    numbers = (("应到", read.expected), ("实到", read.present), ("请假", read.leave))
    counted = "，".join(f"{word} {number} 人" for word, number in numbers if number is not None)
    parts = (
        ("", f"{counted}。" if counted else ""), ("列席：", read.attendees), ("主持人：", host),
        ("记录人：", read.recorder), ("计划时间：", read.planned), ("议题：", read.topic), ("内容：", read.content),
        ("决议：", read.decision),
    )  # fmt: skip
    return "\n".join(f"{word}{text}" for word, text in parts if text)


def absent_of(read: ActivityRow, people: Sequence[tuple[int, str]]) -> tuple[dict[int, str] | None, str]:
    """Who of the people listed was absent and why: known only where numbers and names leave no choice.

    None with the reason where the row does not tell.
    """
    if read.expected is None or read.present is None:
        return None, "没有写明应到人数和实到人数"
    if read.expected != len(people):
        return None, f"应到 {read.expected} 人，当天名册为 {len(people)} 人"
    missing = read.expected - read.present
    if missing != len(read.absent):
        named = f"，写明缺席的有 {len(read.absent)} 人" if read.absent else "，没有写明缺席人员"
        return None, f"应到 {read.expected} 人，实到 {read.present} 人{named}"
    found: dict[int, str] = {}
    for name, reason in read.absent:
        same = [pk for pk, each in people if each == name]
        if len(same) != 1:
            return None, f"名册中{'有多名' if same else '没有'}“{name[:20]}”"
        found[same[0]] = reason
    if len(found) != missing:
        return None, "缺席人员中有人重复"
    return found, ""
