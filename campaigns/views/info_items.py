"""Information and good practice: written, sent, taken up, published (C10)."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from branches.permissions import Permission
from branches.queries.audit import history_of
from branches.views.access import Request, need, require, visible_or_404
from branches.views.lists import chosen
from branches.views.pages import Book, ListPage, data_of, do, export_list, export_sheets, files_of, show_list
from campaigns.actions import info_items as actions
from campaigns.forms.branch_plans import CoverageForm
from campaigns.forms.info_items import (
    AdoptForm,
    DeclineForm,
    ExperienceFilterForm,
    InfoFilterForm,
    InfoForm,
    InfoNewForm,
)
from campaigns.models import InfoItem
from campaigns.queries import info_items as queries
from campaigns.rules.info_items import INFO_STATES
from campaigns.views.work_pages import ask
from partybuild.lib import clock
from partybuild.lib.workbook import Sheet

COLUMNS = ("序号", "报送单位", "类别", "标题", "报送日期", "状态", "采用级别", "处理意见", "发布日期")
FIGURES = ("序号", "党组织", *(f"{month}月" for month in range(1, 13)), "报送合计", "采用合计")
INFO = ListPage(
    heading="信息报送",
    template="campaigns/info_items/list.html",
    url_name="campaigns:info_list",
    book=Book(url_name="campaigns:info_export", columns=COLUMNS, title="信息报送"),
    new_name="campaigns:info_new",
    new_label="撰写信息",
    none="还没有信息",
    empty="党组织报送后会显示在这里。",
    invite="工作信息、经验做法、先进典型和稿件从这里报上级。",
)
EXPERIENCE = ListPage(
    heading="经验交流",
    template="campaigns/info_items/experience_list.html",
    url_name="campaigns:experience_list",
    none="还没有发布的经验",
    empty="上级党组织采用并发布的信息和经验做法会显示在这里。",
)


@require_safe
@need(Permission.VIEW_WORK)
def info_list(request: Request) -> HttpResponse:
    """The items of the scope."""
    form = InfoFilterForm(request.scope, request.GET)
    return show_list(request, INFO, form, queries.items_for, may_add=request.scope.holds(Permission.DO_WORK))


@require_safe
@need(Permission.VIEW_WORK)
def info_export(request: Request) -> HttpResponseBase:
    """The list as it is filtered."""
    form = InfoFilterForm(request.scope, request.GET)
    return export_list(request, INFO, form, queries.items_for, queries.export_rows)


@require_safe
@need(Permission.VIEW_WORK)
def info_matrix(request: Request) -> HttpResponse:
    """How many each organisation sent in each month, and how many were taken up."""
    form = CoverageForm(request.GET)
    year = (chosen(form) or {}).get("year") or clock.today().year
    rows = queries.info_matrix(request.scope, year, clock.today())
    context = {"form": form, "rows": rows, "year": year, "months": range(1, 13)}
    return render(request, "campaigns/info_items/matrix.html", context, status=200 if form.is_valid() else 422)


@require_safe
@need(Permission.VIEW_WORK)
def info_matrix_export(request: Request) -> HttpResponseBase:
    """The figures of a year as a workbook."""
    name, today = "信息报送统计", clock.today()

    def sheets(year: int | None) -> list[Sheet]:
        rows = queries.export_matrix(queries.info_matrix(request.scope, year or today.year, today))
        return [Sheet(name, FIGURES, rows, title=name)]

    return export_sheets(request, CoverageForm(request.GET), name, sheets)


@need(Permission.DO_WORK)
def info_new(request: Request) -> HttpResponse:
    """Write an item."""
    form = InfoNewForm(request.scope, data_of(request), files_of(request))
    return ask(
        request, form, lambda values: actions.write_item(by=request.actor, **values), done="已保存，确认无误后报送。",
        to=actions.page_of, title="撰写信息", back_url=reverse(INFO.url_name), back_label=INFO.heading,
    )  # fmt: skip


@require_safe
@need(Permission.VIEW_WORK)
def info_detail(request: Request, pk: int) -> HttpResponse:
    """One item."""
    item = _item(request, pk)
    scope, verbs = request.scope, INFO_STATES.verbs(item.state)
    can_do = scope.allows(Permission.DO_WORK, item.organization)
    leads = _leads(request, item)
    context = {
        "item": item,
        "files": item.files.select_related("file"),
        "can_edit": can_do and item.is_open,
        "can_withdraw": can_do and "withdraw" in verbs,
        "can_decide": leads and "adopt" in verbs,
        "can_publish": leads and "publish" in verbs,
        "can_take_back": leads and "take_back" in verbs,
        "adopt_form": AdoptForm(),
        "decline_form": DeclineForm(auto_id="decline_%s"),
        "history": history_of(item),
    }
    return render(request, "campaigns/info_items/detail.html", context)


@need(Permission.DO_WORK)
def info_edit(request: Request, pk: int) -> HttpResponse:
    """Change a draft."""
    item = _item(request, pk, Permission.DO_WORK)
    page = actions.page_of(item)
    return ask(
        request, InfoForm(request.scope, data_of(request), files_of(request), item),
        lambda values: actions.change_item(by=request.actor, item=item, **values), done="已保存。", to=page,
        title="修改信息", back_url=page, back_label=item.title,
    )  # fmt: skip


@require_POST
@need(Permission.DO_WORK)
def info_submit(request: Request, pk: int) -> HttpResponse:
    """Send it to the superior."""
    item = _item(request, pk, Permission.DO_WORK)
    page = actions.page_of(item)
    return do(request, lambda: actions.submit_item(by=request.actor, item=item), done="已报送。", to=page)


@require_POST
@need(Permission.DO_WORK)
def info_withdraw(request: Request, pk: int) -> HttpResponse:
    """Take it back."""
    item = _item(request, pk, Permission.DO_WORK)
    page = actions.page_of(item)
    return do(request, lambda: actions.withdraw_item(by=request.actor, item=item), done="已撤回。", to=page)


@need(Permission.LEAD_WORK)
def info_adopt(request: Request, pk: int) -> HttpResponse:
    """Take it up, at a level."""
    item = _item(request, pk, Permission.LEAD_WORK)
    page = actions.page_of(item)
    return ask(
        request, AdoptForm(data_of(request)),
        lambda values: actions.adopt_item(by=request.actor, item=item, **values), done="已采用。", to=page,
        title="采用信息", back_url=page, back_label=item.title, submit="采用",
    )  # fmt: skip


@need(Permission.LEAD_WORK)
def info_decline(request: Request, pk: int) -> HttpResponse:
    """Do not take it up, and say why."""
    item = _item(request, pk, Permission.LEAD_WORK)
    page = actions.page_of(item)
    return ask(
        request, DeclineForm(data_of(request)),
        lambda values: actions.decline_item(by=request.actor, item=item, **values), done="已答复。", to=page,
        title="不采用", back_url=page, back_label=item.title, submit="不采用",
    )  # fmt: skip


@require_POST
@need(Permission.LEAD_WORK)
def info_publish(request: Request, pk: int) -> HttpResponse:
    """Show it to everybody below."""
    item = _item(request, pk, Permission.LEAD_WORK)
    page = actions.page_of(item)
    done = "已在经验交流中发布。"
    return do(request, lambda: actions.publish_item(by=request.actor, item=item), done=done, to=page)


@require_POST
@need(Permission.LEAD_WORK)
def info_take_back(request: Request, pk: int) -> HttpResponse:
    """No longer show it."""
    item = _item(request, pk, Permission.LEAD_WORK)
    page = actions.page_of(item)
    return do(request, lambda: actions.take_back_item(by=request.actor, item=item), done="已撤下。", to=page)


@require_safe
@need(Permission.VIEW_WORK)
def experience_list(request: Request) -> HttpResponse:
    """What has been published for all to learn from."""
    return show_list(request, EXPERIENCE, ExperienceFilterForm(request.GET), queries.published_for)


@require_safe
@need(Permission.VIEW_WORK)
def experience_detail(request: Request, pk: int) -> HttpResponse:
    """One published item."""
    item = get_object_or_404(queries.published_for(request.scope), pk=pk)
    context = {"item": item, "files": item.files.select_related("file")}
    return render(request, "campaigns/info_items/experience.html", context)


def _item(request: Request, pk: int, permission: Permission = Permission.VIEW_WORK) -> InfoItem:
    rows = InfoItem.objects.select_related("organization", "receiver", "decided_by")
    item: InfoItem = visible_or_404(rows, request, pk=pk)
    require(request, permission, item.organization)
    return item


def _leads(request: Request, item: InfoItem) -> bool:
    own = request.scope.grant.organization_id if request.scope.grant else None
    is_own = own == item.organization_id and item.organization.parent_id is not None
    return not is_own and request.scope.allows(Permission.LEAD_WORK, item.organization)
