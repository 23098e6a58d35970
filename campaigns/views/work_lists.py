"""Lists of projects, duties and assessment (C06)."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from branches.permissions import Permission
from branches.queries.audit import history_of
from branches.views.access import Request, need, require, visible_or_404
from branches.views.pages import Book, ListPage, data_of, do, export_list, show_list
from branches.views.workbooks import exported
from campaigns.actions import work_lists as actions
from campaigns.forms.work_lists import FinishForm, GenerateForm, WorkListFilterForm, WorkListItemForm
from campaigns.models import WorkList, WorkListItem
from campaigns.queries import work_lists as queries
from campaigns.views.work_pages import ask, paper
from partybuild.lib import clock
from partybuild.lib.workbook import Sheet

COLUMNS = (
    "序号", "党组织", "年度", "类别", "责任人", "状态", "确认日期", "事项", "已完成", "逾期",
)  # fmt: skip
WORK_LISTS = ListPage(
    heading="项目和责任清单",
    template="campaigns/work_lists/list.html",
    url_name="campaigns:worklist_list",
    book=Book(url_name="campaigns:worklist_export", columns=COLUMNS, title="项目和责任清单"),
    new_name="campaigns:worklist_new",
    new_label="生成清单",
    none="还没有清单",
    empty="党组织生成后会显示在这里。",
    invite="从已下发的任务和党内职务生成，分解到人后确认。",
)


@require_safe
@need(Permission.VIEW_WORK)
def worklist_list(request: Request) -> HttpResponse:
    """The lists of the scope."""
    form = WorkListFilterForm(request.scope, request.GET)
    return show_list(request, WORK_LISTS, form, queries.lists_for, may_add=request.scope.holds(Permission.DO_WORK))


@require_safe
@need(Permission.VIEW_WORK)
def worklist_export(request: Request) -> HttpResponseBase:
    """The register as it is filtered."""
    form = WorkListFilterForm(request.scope, request.GET)
    return export_list(request, WORK_LISTS, form, queries.lists_for, queries.export_rows)


@need(Permission.DO_WORK)
def worklist_new(request: Request) -> HttpResponse:
    """Generate a list, or fill one up with what has come since."""
    return ask(
        request, GenerateForm(request.scope, data_of(request)),
        lambda values: actions.generate_list(by=request.actor, **values), done="已生成，请分解到人后确认。",
        to=actions.page_of, title="生成清单", back_url=reverse(WORK_LISTS.url_name), back_label=WORK_LISTS.heading,
        submit="生成", note="从已下发的任务、党内职务和指标生成。清单已有的，只补充新增的任务。",
    )  # fmt: skip


@require_safe
@need(Permission.VIEW_WORK)
def worklist_detail(request: Request, pk: int) -> HttpResponse:
    """One list with its lines."""
    work_list = _list(request, pk, Permission.VIEW_WORK)
    can_do = request.scope.allows(Permission.DO_WORK, work_list.organization)
    context = {
        "work_list": work_list,
        "items": work_list.items.select_related("member"),
        "can_edit": can_do and work_list.is_open,
        "can_finish": can_do and not work_list.is_open,
        "form": WorkListItemForm(request.scope),
        "today": clock.today(),
        "history": history_of(work_list),
    }
    return render(request, "campaigns/work_lists/detail.html", context)


@require_safe
@need(Permission.VIEW_WORK)
def worklist_paper(request: Request, pk: int) -> HttpResponseBase:
    """The list as .docx."""
    work_list = _list(request, pk, Permission.VIEW_WORK)
    return paper(request, queries.list_file(work_list), str(work_list))


@require_safe
@need(Permission.VIEW_WORK)
def worklist_workbook(request: Request, pk: int) -> HttpResponseBase:
    """The list as a workbook."""
    work_list = _list(request, pk, Permission.VIEW_WORK)
    name, rows = str(work_list), queries.item_rows(work_list)
    return exported(
        request, name, Sheet(work_list.get_kind_display(), queries.HEADINGS, rows, title=name), file_name=name
    )  # fmt: skip


@need(Permission.DO_WORK)
def worklist_item_new(request: Request, pk: int) -> HttpResponse:
    """Add a line."""
    work_list = _list(request, pk)
    page = actions.page_of(work_list)
    return ask(
        request, WorkListItemForm(request.scope, data_of(request)),
        lambda values: actions.add_item(by=request.actor, work_list=work_list, **values), done="已添加。", to=page,
        title="添加事项", back_url=page, back_label=str(work_list),
    )  # fmt: skip


@need(Permission.DO_WORK)
def worklist_item_edit(request: Request, pk: int) -> HttpResponse:
    """Say who does it, in which post, by when."""
    item = _item(request, pk)
    page = actions.page_of(item.work_list)
    return ask(
        request, WorkListItemForm(request.scope, data_of(request), item),
        lambda values: actions.change_item(by=request.actor, item=item, **values), done="已保存。", to=page,
        title="分解事项", back_url=page, back_label=str(item.work_list),
    )  # fmt: skip


@require_POST
@need(Permission.DO_WORK)
def worklist_item_remove(request: Request, pk: int) -> HttpResponse:
    """Take a line out."""
    item = _item(request, pk)
    page = actions.page_of(item.work_list)
    return do(request, lambda: actions.remove_item(by=request.actor, item=item), done="已移除。", to=page)


@need(Permission.DO_WORK)
def worklist_item_finish(request: Request, pk: int) -> HttpResponse:
    """Write down that it is done."""
    item = _item(request, pk)
    page = actions.page_of(item.work_list)
    return ask(
        request, FinishForm(data_of(request)),
        lambda values: actions.finish_item(by=request.actor, item=item, **values), done="已登记完成。", to=page,
        title="登记完成情况", back_url=page, back_label=str(item.work_list), note=item.what,
    )  # fmt: skip


@require_POST
@need(Permission.DO_WORK)
def worklist_confirm(request: Request, pk: int) -> HttpResponse:
    """Confirm it for the year."""
    work_list = _list(request, pk)
    page = actions.page_of(work_list)
    return do(request, lambda: actions.confirm_list(by=request.actor, work_list=work_list), done="已确认。", to=page)


@require_POST
@need(Permission.DO_WORK)
def worklist_reopen(request: Request, pk: int) -> HttpResponse:
    """Open it again."""
    work_list = _list(request, pk)
    page = actions.page_of(work_list)
    done = "可以重新编辑，改好后请再次确认。"
    return do(request, lambda: actions.reopen_list(by=request.actor, work_list=work_list), done=done, to=page)


def _list(request: Request, pk: int, permission: Permission = Permission.DO_WORK) -> WorkList:
    rows = WorkList.objects.select_related("organization", "leader", "confirmed_by")
    work_list: WorkList = visible_or_404(rows, request, pk=pk)
    require(request, permission, work_list.organization)
    return work_list


def _item(request: Request, pk: int) -> WorkListItem:
    rows = WorkListItem.objects.select_related("work_list__organization", "work_list__leader", "member")
    item: WorkListItem = visible_or_404(rows, request, pk=pk)
    require(request, Permission.DO_WORK, item.work_list.organization)
    return item
