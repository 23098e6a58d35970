"""The board of leaders and staff, and its export."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from branches.forms.fields import written
from branches.models import Organization
from branches.permissions import Permission
from branches.views.access import Request, need, visible_or_404
from campaigns.models import Campaign
from desk.forms.board import BoardForm
from desk.queries.board import Board, board_of, places
from desk.queries.figures import Line, Selection
from desk.queries.records import records_in
from desk.rules.boards import DEFAULT_SORT, Level
from desk.rules.figures import points_between
from desk.rules.windows import Window, recent_months, window_of
from desk.views.links import Links
from desk.views.workbooks import board_sheets, workbook_response
from partybuild.lib import clock, dates
from partybuild.lib.workbook import write_table

LINES_PER_PAGE = 20
LOW = 0.7
"""Below this share the bar of a period that is over is red."""
FEWEST_MONTHS = 6


@dataclass(frozen=True)
class Chosen:
    """What the address asks for, checked against the scope."""

    organization: Organization
    campaign: Campaign | None
    window: Window
    level: Level
    sort: str
    is_top: bool

    @property
    def selection(self) -> Selection:
        return Selection(self.organization.path, self.window, self.campaign.pk if self.campaign else None)

    @property
    def links(self) -> Links:
        return Links(self.selection, "" if self.is_top else written(self.organization))


def chosen_or_404(request: Request) -> Chosen:
    """The choice of the address; a place or campaign that the scope does not reach is not there."""
    form = BoardForm(request.GET)
    form.is_valid()
    if {"campaign", "organization"} & set(form.errors):
        raise Http404
    wanted = form.cleaned_data
    grant = request.scope.grant
    place = wanted["organization"] or (grant.organization_id if grant else None)
    organization = visible_or_404(Organization.objects, request, Permission.VIEW_BOARD, pk=place)
    campaign = visible_or_404(Campaign.objects, request, pk=wanted["campaign"]) if wanted["campaign"] else None
    window = window_of(wanted.get("period", ""), clock.today())
    level = Level.CAMPAIGNS if organization.is_branch else form.level_chosen
    is_top = grant is not None and organization.pk == grant.organization_id
    return Chosen(organization, campaign, window, level, form.sort_chosen, is_top)


@require_safe
@need(Permission.VIEW_BOARD)
def board(request: Request) -> HttpResponse:
    """The page: four figures, the units, the dimensions, the trend, what is overdue."""
    chosen = chosen_or_404(request)
    found = board_of(chosen.selection, chosen.level, chosen.sort)
    links = chosen.links
    page = Paginator(found.lines, LINES_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "chosen": chosen,
        "board": found,
        "page": page,
        "rows": [(line, _links(line, chosen)) for line in page],
        "links": links.all(),
        "rate_change": points_between(found.now.rate, found.before.rate),
        "on_time_change": points_between(found.now.on_time_rate, found.before.on_time_rate),
        "dimensions": [(line, links.to(campaign=found.dimensions_of.id, dimension=line.id))
                       for line in found.dimensions if found.dimensions_of],
        "places": places(request.scope, chosen.organization),
        "months": recent_months(chosen.window.today),
        "trend": trend_data(found, links),
        "records": records_in(request.scope, chosen.organization, chosen.window.period.starts_on,
                              chosen.window.period.ends_on)
        if chosen.organization.is_branch else [],
        "now": clock.now(),
        "low": None if chosen.window.is_running else LOW,
        "change_word": f"比{chosen.window.last_word}",
        "name_word": "创建活动" if chosen.level == Level.CAMPAIGNS else "单位",
        "default_sort": DEFAULT_SORT,
    }  # fmt: skip
    return render(request, "desk/boards/board.html", context)


@require_safe
@need(Permission.VIEW_BOARD)
def board_export(request: Request) -> HttpResponse:
    """The same figures as a workbook."""
    chosen = chosen_or_404(request)
    found = board_of(chosen.selection, chosen.level, chosen.sort)
    stream = BytesIO()
    write_table(stream, board_sheets(found, chosen.organization, chosen.window, chosen.campaign))
    return workbook_response(stream, f"{chosen.organization}任务完成情况（{chosen.window.label}）.xlsx")


def _links(line: Line, chosen: Chosen) -> dict[str, str]:
    """Where a line leads: a unit further down, a branch to its own board, a campaign to itself."""
    if chosen.level == Level.CAMPAIGNS:
        return {**chosen.links.all(campaign=line.id), "campaign": str(line.id)}
    if line.id is None:
        # What is due from the place itself and not from those below it.
        return chosen.links.all(own="1", organization=written(chosen.organization))
    own = "1" if chosen.level == Level.BRANCHES else ""
    return {**chosen.links.all(organization=line.written, own=own), "organization": str(line.id)}


def trend_data(found: Board, links: Links) -> dict[str, Any]:
    """Rates of up to twelve months for the chart, each with its link; months before the first task are left out."""
    first = next((place for place, (_, figures) in enumerate(found.trend) if figures.due), 0)
    months = found.trend[min(first, len(found.trend) - FEWEST_MONTHS) :]
    return {
        "labels": [dates.month_text(month.starts_on)[0 if month.starts_on.month == 1 else 5 :] for month, _ in months],
        "series": [
            {"name": "完成率", "values": [_percent(figures.rate) for _, figures in months]},
            {"name": "按时率", "values": [_percent(figures.on_time_rate) for _, figures in months]},
        ],
        "unit": "%",
        "links": [links.to(month=month.key) for month, _ in months],
    }


def _percent(share: float | None) -> float | None:
    return None if share is None else round(share * 100, 1)
