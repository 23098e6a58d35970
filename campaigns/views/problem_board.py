"""Figures of rectification by organisation (R05): on a page and as a workbook."""

from dataclasses import dataclass

from django import forms
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from branches.models import Organization
from branches.permissions import Permission
from branches.views.access import Request, need
from branches.views.lists import chosen
from branches.views.workbooks import exported
from campaigns.forms.problems import BoardForm
from campaigns.queries.problem_figures import UnitLine, export_lines, total_of, unit_lines
from partybuild.lib import clock
from partybuild.lib.dates import day_text
from partybuild.lib.workbook import Sheet

COLUMNS = ("序号", "党组织", "登记", "已销号", "按时销号", "按时率（%）", "逾期", "反弹", "解决率（%）")


@dataclass(frozen=True)
class Board:
    """The figures of a year of an organisation and those directly below it."""

    form: forms.Form
    under: Organization
    year: int
    lines: list[UnitLine]


@require_safe
@need(Permission.VIEW_WORK)
def problem_board(request: Request) -> HttpResponse:
    """What was raised, closed in time and is overdue, of an organisation and those directly below; click down."""
    board, today = _board(request), clock.today()
    reached = Organization.objects.visible_to(request.scope, Permission.VIEW_WORK)
    context = {
        "form": board.form,
        "under": board.under,
        "parent": reached.filter(pk=board.under.parent_id).first() if board.under.parent_id else None,
        "year": board.year,
        "years": range(today.year - 2, today.year + 1),
        "lines": board.lines,
        "total": total_of(board.lines),
        "export_url": reverse("campaigns:problem_board_export"),
    }
    return render(request, "campaigns/problems/board.html", context, status=200 if board.form.is_valid() else 422)


@require_safe
@need(Permission.VIEW_WORK)
def problem_board_export(request: Request) -> HttpResponseBase:
    """The same figures as a workbook."""
    board = _board(request)
    if not board.form.is_valid():
        return render(request, "400.html", status=400)
    title = f"{board.under.label}{board.year}年问题整改情况"
    sheet = Sheet(
        "整改情况", COLUMNS, export_lines(board.lines, board.under), title=title, note=f"截至{day_text(clock.today())}"
    )
    return exported(request, "问题整改情况", sheet)


def _board(request: Request) -> Board:
    form, today = BoardForm(request.GET), clock.today()
    filters = chosen(form) or {"year": None, "under": None}
    reached = Organization.objects.visible_to(request.scope, Permission.VIEW_WORK)
    assert request.scope.grant is not None
    under = get_object_or_404(reached, pk=filters["under"] or request.scope.grant.organization_id)
    year = filters["year"] or today.year
    return Board(form, under, year, unit_lines(request.scope, under, year, today))
