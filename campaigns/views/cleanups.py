"""Clean-ups (专项整治, R06): list, drawn up, one of them, self-check by class, ended, closing report."""

from io import BytesIO

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from branches.permissions import Permission
from branches.queries.audit import history_of
from branches.views.access import Request, need, own_or_404, require, visible_or_404
from branches.views.lists import page_of
from branches.views.pages import Book, ListPage, ask, data_of, do, export_list, show_list
from campaigns.actions import cleanups as actions
from campaigns.forms.cleanups import CleanupCheckForm, CleanupEndForm, CleanupFilterForm, CleanupForm
from campaigns.models import Cleanup
from campaigns.queries import cleanups as queries
from campaigns.rules.cleanups import OFFERS, CleanupState
from campaigns.views.work_pages import paper
from partybuild.lib.official import write_document

COLUMNS = (
    "序号", "名称", "牵头单位", "依据", "问题类型", "开始日期", "自查截止", "结束日期", "问题数", "已销号", "状态",
    "办结日期",
)  # fmt: skip
CLEANUPS = ListPage(
    heading="专项整治",
    template="campaigns/cleanups/list.html",
    url_name="campaigns:cleanup_list",
    book=Book(url_name="campaigns:cleanup_export", columns=COLUMNS),
    new_name="campaigns:cleanup_new",
    new_label="拟定专项整治",
    none="还没有专项整治",
    empty="上级党组织启动后会显示在这里。",
    invite="可以按“六治”、纠正“四风”等文件要求拟定，由下级党组织逐类自查。",
    nothing_found="没有符合条件的专项整治",
)
FORM, CONFIRM = "campaigns/cleanups/form.html", "confirm.html"


@require_safe
@need(Permission.VIEW_WORK)
def cleanup_list(request: Request) -> HttpResponse:
    """Clean-ups in reach."""
    form, may_add = CleanupFilterForm(request.GET), request.scope.holds(Permission.LEAD_WORK)
    return show_list(request, CLEANUPS, form, queries.cleanup_list, may_add=may_add, offers=OFFERS)


@require_safe
@need(Permission.VIEW_WORK)
def cleanup_export(request: Request) -> HttpResponseBase:
    """The list as it is filtered, as a workbook."""
    return export_list(request, CLEANUPS, CleanupFilterForm(request.GET), queries.cleanup_list, queries.export_rows)


@need(Permission.LEAD_WORK)
def cleanup_new(request: Request) -> HttpResponse:
    """Draw up a clean-up for the organisations below one's own; ``?offer=`` fills in what a source names."""
    own = own_or_404(request)
    return ask(
        request, CleanupForm(data_of(request), offer=request.GET.get("offer", "")),
        lambda values: actions.draw_up_cleanup(by=request.actor, issuer=own, **values), done="已拟定，核对后启动。",
        to=actions.page_of, template=FORM, offers=OFFERS,
    )  # fmt: skip


@require_safe
@need(Permission.VIEW_WORK)
def cleanup_detail(request: Request, pk: int) -> HttpResponse:
    """Progress by class and by organisation; for an addressed organisation its own self-check."""
    cleanup, own = _cleanup(request, pk), own_or_404(request)
    is_asked = queries.is_addressed(cleanup, own)
    can_lead = queries.can_lead(request.scope, cleanup)
    context = {
        "cleanup": cleanup,
        "classes": queries.class_lines(request.scope, cleanup),
        "page": page_of(request, queries.place_lines(request.scope, cleanup)),
        "own": own,
        "own_lines": queries.own_lines(cleanup, own) if is_asked else [],
        "can_check": is_asked and queries.is_running(cleanup) and request.scope.allows(Permission.DO_WORK, own),
        "can_edit": can_lead and cleanup.state == CleanupState.DRAFT,
        "can_end": can_lead and queries.is_running(cleanup),
        "can_report": can_lead and cleanup.state != CleanupState.DRAFT,
        "history": history_of(cleanup) if can_lead else [],
        "can_lead": can_lead,
    }
    return render(request, "campaigns/cleanups/detail.html", context)


@need(Permission.LEAD_WORK)
def cleanup_edit(request: Request, pk: int) -> HttpResponse:
    """Change one that has not begun."""
    cleanup = _led(request, pk)
    return ask(
        request, CleanupForm(data_of(request), cleanup),
        lambda values: actions.edit_cleanup(by=request.actor, cleanup=cleanup, **values), done="已保存。",
        to=actions.page_of(cleanup), template=FORM, cleanup=cleanup,
    )  # fmt: skip


@require_POST
@need(Permission.LEAD_WORK)
def cleanup_begin(request: Request, pk: int) -> HttpResponse:
    """It begins."""
    cleanup = _led(request, pk)
    return do(
        request, lambda: actions.begin_cleanup(by=request.actor, cleanup=cleanup),
        done="已启动，并通知到应自查的党组织。", to=actions.page_of(cleanup),
    )  # fmt: skip


@need(Permission.DO_WORK)
def cleanup_check(request: Request, pk: int, number: int) -> HttpResponse:
    """One's own organisation checks itself on one class, by its place in the list."""
    cleanup, own = _cleanup(request, pk), own_or_404(request)
    if not 1 <= number <= len(cleanup.classes) or not queries.is_addressed(cleanup, own):
        raise Http404
    require(request, Permission.DO_WORK, own)
    name = cleanup.classes[number - 1]
    return ask(
        request, CleanupCheckForm(data_of(request)),
        lambda values: actions.check_class(by=request.actor, cleanup=cleanup, organization=own, name=name, **values),
        done="已提交自查情况。", to=actions.page_of(cleanup), template="campaigns/cleanups/check.html",
        cleanup=cleanup, name=name, own=own,
    )  # fmt: skip


@need(Permission.LEAD_WORK)
def cleanup_end(request: Request, pk: int) -> HttpResponse:
    """It ends with a summary."""
    cleanup = _led(request, pk)
    page, facts = actions.page_of(cleanup), queries.unfinished(request.scope, cleanup)
    return ask(
        request, CleanupEndForm(data_of(request)),
        lambda values: actions.end_cleanup(by=request.actor, cleanup=cleanup, **values),
        done="已办结，可以下载整治报告。", to=page, template=CONFIRM, title=f"办结{cleanup.name}", verb="办结",
        question="办结后不再接受自查，尚未销号的问题继续在整改台账中整改。", facts=facts, cancel_url=page,
    )  # fmt: skip


@require_safe
@need(Permission.LEAD_WORK)
def cleanup_report(request: Request, pk: int) -> HttpResponseBase:
    """The report as a Word file; the trail notes the download."""
    cleanup = _led(request, pk)
    if cleanup.state == CleanupState.DRAFT:
        raise Http404
    stream = BytesIO()
    write_document(stream, queries.report_of(request.scope, cleanup))
    return paper(request, stream.getvalue(), f"{cleanup.name}整治报告")


def _cleanup(request: Request, pk: int) -> Cleanup:
    cleanup: Cleanup = visible_or_404(Cleanup.objects.select_related("issuer"), request, pk=pk)
    return cleanup


def _led(request: Request, pk: int) -> Cleanup:
    """One that is this person's to lead: what a superior leads is there to be read, no more."""
    cleanup = _cleanup(request, pk)
    if not queries.can_lead(request.scope, cleanup):
        raise PermissionDenied
    return cleanup
