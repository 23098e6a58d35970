"""Boards as workbooks."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse

from branches.models import Organization
from campaigns.models import Campaign
from desk.queries.board import Board
from desk.queries.figures import Line
from desk.rules.figures import Figures
from desk.rules.windows import Window
from partybuild.lib import clock, periods
from partybuild.lib.dates import moment_text
from partybuild.lib.workbook import OutColumn, Sheet

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_COUNTS = ("应报", "免报", "应完成", "按时完成", "补报完成", "逾期", "完成率（%）", "按时率（%）")


def board_sheets(
    found: Board, organization: Organization, window: Window, campaign: Campaign | None
) -> Sequence[Sheet]:
    """Units (or campaigns), campaigns, dimensions and months, each on a sheet of its own."""
    note = f"{campaign.name if campaign else '全部创建活动'} · 截至{moment_text(clock.now())}"
    title = f"{organization.name}任务完成情况（{window.label}）"
    change = f"比{window.last_word}（百分点）"
    units = Sheet("各单位", _columns("单位", "名次", change), _lines(found.lines), title, note)
    campaigns = Sheet("创建活动", _columns("创建活动"), _plain(found.campaigns), title, note)
    months = Sheet(
        "各月", _columns("月份"), ([periods.label(month), *_figures(each)] for month, each in found.trend), title, note
    )
    sheets = [units, campaigns, months]
    if found.dimensions_of:
        name = found.dimensions_of.name
        sheets.insert(2, Sheet("各类型", _columns("类型"), _plain(found.dimensions), f"{title} {name}", note))
    return sheets


def workbook_response(stream: BytesIO, name: str) -> HttpResponse:
    """A finished workbook as a download."""
    response = HttpResponse(stream.getvalue(), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


def _columns(first: str, *more: str) -> list[OutColumn | str]:
    return [OutColumn(first, 30.0), *_COUNTS, *more]


def _figures(figures: Figures) -> list[Any]:
    return [
        figures.expected, figures.exempt, figures.due, figures.on_time, figures.late, figures.overdue,
        _percent(figures.rate), _percent(figures.on_time_rate),
    ]  # fmt: skip


def _lines(lines: Iterable[Line]) -> Iterable[list[Any]]:
    return ([line.name, *_figures(line.figures), line.rank or "—", _dash(line.change)] for line in lines)


def _plain(lines: Iterable[Line]) -> Iterable[list[Any]]:
    return ([line.name, *_figures(line.figures)] for line in lines)


def _percent(share: float | None) -> Any:
    return "—" if share is None else round(share * 100, 1)


def _dash(value: float | None) -> Any:
    return "—" if value is None else value
