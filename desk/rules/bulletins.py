"""The monthly bulletin in words and tables. Source: SX 四（二）“月调度”; X09."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from desk.rules.figures import Figures, points_between
from partybuild.lib.official.content import (
    Alignment,
    BarChart,
    Block,
    Heading,
    OfficialDocument,
    Paragraph,
    Table,
)

NAMED = 3
"""So many units are named as the best and as the last."""


@dataclass(frozen=True)
class Row:
    """A unit, campaign or dimension with its figures, those of the month before, and its place."""

    name: str
    figures: Figures
    previous: Figures
    rank: int | None = None


@dataclass(frozen=True)
class SideRow:
    """A dimension of a campaign."""

    campaign: str
    name: str
    figures: Figures


@dataclass(frozen=True)
class MissingRow:
    """An organisation with what it has not done."""

    organization: str
    unit: str
    count: int
    titles: Sequence[str]


@dataclass(frozen=True)
class NextItem:
    """What falls due in the next month; ``is_monthly`` when it does so in every month."""

    title: str
    campaign: str
    due_on: date
    is_monthly: bool


@dataclass(frozen=True)
class Report:
    """All that a bulletin says. ``month`` reads 2026年3月, ``last`` 2月, ``next`` 4月."""

    issuer: str
    issuer_short: str
    month: str
    short_month: str
    last_month: str
    next_month: str
    now: Figures
    before: Figures
    units: Sequence[Row]
    campaigns: Sequence[Row]
    sides: Sequence[SideRow]
    missing: Sequence[MissingRow]
    next_items: Sequence[NextItem]


def title_of(month: str) -> str:
    """2026年3月机关党建工作月调度纪要."""
    return f"{month}机关党建工作月调度纪要"


def bulletin(report: Report, on: date) -> OfficialDocument:
    """The whole document in the form of 纪要."""
    return OfficialDocument(
        kind="minutes",
        mark=f"{report.issuer_short}月调度纪要",
        title=title_of(report.month),
        date=on,
        signer=report.issuer,
        blocks=numbered(
            [
                Paragraph(_opening(report)),
                *_overall(report),
                *_by_unit(report),
                *_by_side(report),
                *_missing(report),
                *_next(report),
            ]
        ),
    )


def numbered(blocks: Sequence[Block]) -> list[Block]:
    """Tables and charts with their numbers: 表1, 图1."""
    found: list[Block] = []
    numbers = {Table: 0, BarChart: 0}
    for block in blocks:
        if isinstance(block, Table | BarChart):
            numbers[type(block)] += 1
            mark = "表" if isinstance(block, Table) else "图"
            block = replace(block, title=f"{mark}{numbers[type(block)]}　{block.title}")
        found.append(block)
    return found


def _opening(report: Report) -> str:
    names = [row.name for row in report.campaigns]
    subject = f"{'、'.join(names)}等{len(names)}项活动" if len(names) > 1 else "".join(names) or "机关党建重点任务"
    return (
        f"按照“月调度、季督查、年通报”要求，现将{report.month}{subject}推进情况调度如下。"
        f"数据为{report.short_month}结账结果，结账后的补报和调整不再计入。"
    )


def _overall(report: Report) -> list[Block]:
    now = report.now
    if not now.due:
        return [Heading(1, "总体情况"), Paragraph(f"{report.short_month}没有到期的任务。")]
    exempt = f"（另有{now.exempt}项免报，不计入）" if now.exempt else ""
    text = (
        f"{report.short_month}应完成{now.due}项{exempt}，完成{now.done}项，完成率{percent(now.rate)}。"
        f"其中按时完成{now.on_time}项，按时率{percent(now.on_time_rate)}；补报完成{now.late}项；未完成{now.unfinished}项。"
    )
    return [
        Heading(1, "总体情况"),
        Paragraph(text + compared(now, report.before, report.last_month)),
        *_campaign_table(report),
    ]


def compared(now: Figures, before: Figures, last_month: str) -> str:
    """与2月相比，完成率上升2.1个百分点，按时率下降0.8个百分点。; empty when there is nothing to compare."""
    rate = points_between(now.rate, before.rate)
    on_time = points_between(now.on_time_rate, before.on_time_rate)
    if rate is None or on_time is None:
        return ""
    return f"与{last_month}相比，完成率{moved(rate)}，按时率{moved(on_time)}。"


def moved(points: float) -> str:
    """上升2.1个百分点, 下降0.8个百分点, 持平."""
    if not points:
        return "持平"
    return f"{'上升' if points > 0 else '下降'}{abs(points):g}个百分点"


def _campaign_table(report: Report) -> list[Block]:
    if not report.campaigns:
        return []
    rows = [[row.name, *counts(row.figures), percent(row.previous.rate), change(row)] for row in report.campaigns]
    columns = ["创建活动", *COUNT_HEADS, f"{report.last_month}", "变化"]
    note = f"单位：项；末两列为{report.last_month}完成率和变化的百分点"
    return [Table("各创建活动完成情况", columns, rows, _alignments(columns), _widths(columns), note)]


COUNT_HEADS = ("应完成", "按时", "补报", "未完成", "免报", "完成率", "按时率")


def counts(figures: Figures) -> list[str]:
    """The cells under ``COUNT_HEADS``."""
    numbers = (figures.due, figures.on_time, figures.late, figures.unfinished, figures.exempt)
    return [*map(str, numbers), percent(figures.rate), percent(figures.on_time_rate)]


def change(row: Row) -> str:
    """+2.1, -0.8; a dash where there is nothing to compare."""
    points = points_between(row.figures.rate, row.previous.rate)
    return "—" if points is None else f"{points:+g}" if points else "0"


def percent(share: float | None) -> str:
    """83.6%, 74.0%, 100%; a dash where nothing was due."""
    if share is None:
        return "—"
    return "100%" if share == 1 else f"{share * 100:.1f}%"


def _by_unit(report: Report) -> list[Block]:
    if not report.units:
        return []
    rows = [["—" if row.rank is None else str(row.rank), row.name, *counts(row.figures)] for row in report.units]
    columns = ["名次", "单位", *COUNT_HEADS]
    return [
        Heading(1, "各单位完成情况"),
        Paragraph(ranking(report.units)),
        BarChart(
            "各单位完成率",
            [(row.name, row.figures.rate, percent(row.figures.rate)) for row in report.units
             if row.figures.rate is not None],
            full=1.0,
        ),
        Table("各单位完成情况", columns, rows, ["center", *_alignments(columns[1:])], _widths(columns), "单位：项"),
    ]  # fmt: skip


def ranking(units: Sequence[Row]) -> str:
    """Who is first and who is last; with few units the table says it."""
    ranked = [row for row in units if row.rank is not None]
    if not ranked:
        return "本月各单位均没有到期的任务。"
    whole = [row.name for row in ranked if row.figures.unfinished == 0]
    text = f"参加排名的单位{len(ranked)}个" + (f"，其中{len(whole)}个全部完成。" if whole else "。")
    if len(ranked) >= 2 * NAMED and ranked[-1].rank != ranked[0].rank:
        text += f"完成率居前的是{'、'.join(row.name for row in ranked[:NAMED])}；"
        text += f"居后的是{'、'.join(row.name for row in ranked[-NAMED:])}。"
    return text


def _by_side(report: Report) -> list[Block]:
    if not report.sides:
        return []
    seen: set[str] = set()
    rows = []
    for row in report.sides:
        rows.append(["" if row.campaign in seen else row.campaign, row.name, *counts(row.figures)])
        seen.add(row.campaign)
    columns = ["创建活动", "类型", *COUNT_HEADS]
    return [
        Heading(1, "各类型完成情况"),
        Table("各类型完成情况", columns, rows, _alignments(columns, 2), [4.4, 3.4, *[1.6] * 7], "单位：项"),
    ]


def _missing(report: Report) -> list[Block]:
    if not report.missing:
        return []
    rows = [[row.organization, row.unit, str(row.count), "；".join(row.titles)] for row in report.missing]
    shown = sum(row.count for row in report.missing)
    rest = f"其余{report.now.unfinished - shown}项见平台任务清单。" if report.now.unfinished > shown else ""
    return [
        Heading(1, "未完成任务"),
        Paragraph(f"未完成任务较多的党组织如下，请逐项查明原因，明确完成时限。{rest}"),
        Table(
            "未完成任务较多的党组织",
            ["党组织", "所属单位", "未完成", "任务"],
            rows,
            ["left", "left", "right", "left"],
            [4, 4, 1.8, 7],
            "单位：项",
        ),
    ]


def _next(report: Report) -> list[Block]:
    once = [item for item in report.next_items if not item.is_monthly]
    monthly = list(dict.fromkeys(item.title for item in report.next_items if item.is_monthly))
    if not report.next_items:
        return [Heading(1, "下月安排"), Paragraph(f"{report.next_month}没有到期的任务。")]
    blocks: list[Block] = [Heading(1, "下月安排")]
    if monthly:
        blocks.append(Paragraph(f"{report.next_month}每月任务{len(monthly)}项：{'、'.join(monthly)}。"))
    if once:
        rows = [
            [f"{day.month}月{day.day}日", title, _together(names)] for (day, title), names in _by_title(once).items()
        ]
        heads = ["截止日期", "任务", "创建活动"]
        blocks.append(Paragraph(f"另有{len(rows)}项任务在{report.next_month}到期，请提前安排。"))
        blocks.append(Table(f"{report.next_month}到期的任务", heads, rows, widths=[2.4, 6.6, 5]))
    return blocks


def _by_title(items: Sequence[NextItem]) -> dict[tuple[date, str], list[str]]:
    """Day and title → campaigns: what several ask for is done once."""
    found: dict[tuple[date, str], list[str]] = {}
    for item in items:
        names = found.setdefault((item.due_on, item.title), [])
        if item.campaign not in names:
            names.append(item.campaign)
    return found


def _together(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]}等{len(names)}项活动"


def _alignments(columns: Sequence[str], left: int = 1) -> list[Alignment]:
    return ["left" if place < left else "right" for place in range(len(columns))]


def _widths(columns: Sequence[str]) -> list[float]:
    wide = {"单位": 4.6, "创建活动": 4.6, "名次": 1.3, "变化": 1.4}
    return [wide.get(column, 2.0 if len(column) > 3 else 1.6) for column in columns]
