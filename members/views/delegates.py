"""The roll of delegates (O17): list, new, ended."""

from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from branches.permissions import Permission
from branches.views.access import Request, need, require, visible_or_404
from branches.views.pages import Book, ListPage, ask, data_of, export_list, show_list
from members.actions import delegates as actions
from members.forms.delegates import DelegateEndForm, DelegateFilterForm, DelegateForm
from members.models import Delegate
from members.queries.delegates import delegate_lines, delegates_for, export_rows
from partybuild.lib import clock
from partybuild.lib.dates import day_text

COLUMNS = (
    "序号", "姓名", "党支部", "党代表大会", "选举单位", "当选日期", "任期开始", "届满日期", "状态", "终止日期",
    "终止原因",
)  # fmt: skip
DELEGATES = ListPage(
    heading="党代表名册",
    template="members/delegates/list.html",
    url_name="members:delegate_list",
    book=Book(url_name="members:delegate_export", columns=COLUMNS, sheet="党代表", title="党代表名册"),
    new_name="members:delegate_new",
    new_label="登记党代表",
    none="还没有登记党代表",
    empty="党组织登记后会显示在这里。",
    invite="各级党代表大会的代表登记在这里。",
    nothing_found="没有符合条件的党代表",
    picture="people",
)


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def delegate_list(request: Request) -> HttpResponse:
    """Who is a delegate, whose term ends."""
    form, today = DelegateFilterForm(request.scope, request.GET), clock.today()
    return show_list(
        request, DELEGATES, form, partial(delegates_for, on=today), lines=partial(delegate_lines, on=today),
        may_add=request.scope.holds(Permission.MANAGE_PARTY_WORK),
    )  # fmt: skip


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def delegate_export(request: Request) -> HttpResponseBase:
    """The list as it is filtered, as a workbook."""
    form, today = DelegateFilterForm(request.scope, request.GET), clock.today()
    return export_list(request, DELEGATES, form, partial(delegates_for, on=today), partial(export_rows, on=today))


@need(Permission.MANAGE_PARTY_WORK)
def delegate_new(request: Request) -> HttpResponse:
    """A member was elected."""

    def enter(values: dict[str, Any]) -> Delegate:
        require(request, Permission.MANAGE_PARTY_WORK, values["organization"])
        return actions.enter_delegate(by=request.actor, **values)

    page = reverse(DELEGATES.url_name)
    return ask(
        request, DelegateForm(request.scope, data_of(request)), enter, done="已登记。", to=page, title="登记党代表",
        back_url=page, back_label=DELEGATES.heading, submit="登记",
    )  # fmt: skip


@need(Permission.MANAGE_PARTY_WORK)
def delegate_end(request: Request, pk: int) -> HttpResponse:
    """He is no delegate any more."""
    delegate: Delegate = visible_or_404(Delegate.objects.select_related("member", "organization"), request, pk=pk)
    require(request, Permission.MANAGE_PARTY_WORK, delegate.organization)
    facts = [
        ("党员", delegate.member), ("党代表大会", delegate.congress), ("届满日期", day_text(delegate.term_ends_on)),
    ]  # fmt: skip
    page = reverse(DELEGATES.url_name)
    return ask(
        request, DelegateEndForm(data_of(request)),
        lambda values: actions.end_delegate(by=request.actor, delegate=delegate, **values), done="代表资格已终止。",
        to=page, template="confirm.html", title="终止党代表资格", question="终止后不能恢复，原有记录保留。",
        facts=facts, verb="终止", danger=True, cancel_url=page,
    )  # fmt: skip
