"""月度调度: the months and their runs, one run with its progress, dispatch by hand, running again."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from branches.permissions import Permission
from branches.queries.audit import history_of
from branches.views.access import Request, need, require, visible_or_404
from desk.actions.bulletins import redraft_monthly_bulletin
from desk.actions.burden import estimate
from desk.actions.cycles import CycleRefusedError, start_closing, start_dispatch
from desk.actions.restarts import restart
from desk.forms.runs import MonthForm
from desk.queries.runs import may_act, month_lines, pieces_of, run_for
from office.enums import Job, RunStatus
from office.models import Document, Run
from partybuild.lib import clock, periods
from partybuild.lib.htmx import render_page_or_fragment

PROGRESS = "run-progress"


@require_safe
@need(Permission.DISPATCH)
def run_list(request: Request) -> HttpResponse:
    """The months with dispatch, closing and bulletin."""
    today = clock.today()
    context = {"lines": month_lines(request.scope, today), "may_act": may_act(request.scope), "this": f"{today:%Y-%m}"}
    return render(request, "desk/runs/list.html", context)


@require_safe
@need(Permission.DISPATCH)
def run_detail(request: Request, pk: int) -> HttpResponse:
    """One run; while it is under way its progress asks for itself again."""
    run = _run(request, pk)
    context = {
        "run": run,
        "label": _label(run),
        "is_running": run.status in (RunStatus.WAITING, RunStatus.RUNNING),
        "pieces": pieces_of(run, request.scope),
        "may_act": may_act(request.scope),
        "history": history_of(run),
    }
    return render_page_or_fragment(request, "desk/runs/detail.html", "desk/runs/_progress.html", PROGRESS, context)


@require_POST
@need(Permission.DISPATCH)
def run_restart(request: Request, pk: int) -> HttpResponse:
    """Have a run done again."""
    run = _run(request, pk)
    _check_may_act(request)
    try:
        restart(by=request.actor, run=run)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "已重新执行，进度见下。")
    return redirect("desk:run_detail", pk=pk)


@need(Permission.DISPATCH)
def dispatch_new(request: Request) -> HttpResponse:
    """The burden of a month's dispatch, and the button that starts it."""
    _check_may_act(request)
    form = MonthForm(request.POST or request.GET)
    if request.method == "POST" and form.is_valid():
        run = start_dispatch(by=request.actor, month=form.month_chosen)
        messages.success(request, f"{periods.label(form.month_chosen)}任务已开始下发，进度见下。")
        return redirect("desk:run_detail", pk=run.pk)
    month = form.month_chosen if form.is_valid() else None
    context = {"form": form, "month": month, "burden": estimate(month) if month else None}
    return render(request, "desk/runs/dispatch.html", context, status=200 if form.is_valid() else 422)


@require_POST
@need(Permission.DISPATCH)
def closing_new(request: Request) -> HttpResponse:
    """Close a month by hand, once its cut-off is over."""
    _check_may_act(request)
    form = MonthForm(request.POST, is_past=True)
    if not form.is_valid():
        raise Http404
    try:
        run = start_closing(by=request.actor, month=form.month_chosen)
    except CycleRefusedError as error:
        messages.error(request, str(error))
        return redirect("desk:run_list")
    messages.success(request, f"{periods.label(form.month_chosen)}已开始结账，进度见下。")
    return redirect("desk:run_detail", pk=run.pk)


@require_POST
@need(Permission.MANAGE_DOCUMENT)
def bulletin_redraft(request: Request, pk: int) -> HttpResponse:
    """Write the draft of a monthly bulletin anew."""
    document: Document = visible_or_404(Document.objects.select_related("issuer", "run"), request, pk=pk)
    require(request, Permission.MANAGE_DOCUMENT, document.issuer)
    try:
        redraft_monthly_bulletin(by=request.actor, document=document)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "已按现在的结账数据重新起草。")
    return redirect("office:document_detail", pk=document.pk)


def _run(request: Request, pk: int) -> Run:
    run = run_for(request.scope, pk)
    if run is None:
        raise Http404
    return run


def _label(run: Run) -> str:
    return f"{periods.label(run.period)}{Job(run.job).label}"


def _check_may_act(request: Request) -> None:
    if not may_act(request.scope):
        raise PermissionDenied
