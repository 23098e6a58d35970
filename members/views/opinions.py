"""Opinions asked of branches (O15): list, asked, one request, answered, closed."""

from functools import partial

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from branches.permissions import Permission
from branches.queries.audit import history_of
from branches.views.access import Request, need, own_or_404, require, visible_or_404
from branches.views.pages import Book, ListPage, ask, attempt, data_of, do, export_list, show_list
from members.actions import opinions as actions
from members.forms.opinions import OpinionAnswerForm, OpinionFilterForm, OpinionForm
from members.models import OpinionRequest
from members.queries.opinions import export_rows, opinions_for
from partybuild.lib import clock

COLUMNS = (
    "序号", "姓名", "党支部", "征求意见单位", "用途", "事项", "征求日期", "回复期限", "意见", "意见内容",
    "支部研究日期", "回复日期", "办结日期", "状态",
)  # fmt: skip
OPINIONS = ListPage(
    heading="听取党支部意见",
    template="members/opinions/list.html",
    url_name="members:opinion_list",
    book=Book(url_name="members:opinion_export", columns=COLUMNS, sheet="听取意见"),
    new_name="members:opinion_new",
    new_label="听取意见",
    none="还没有听取过意见",
    empty="选拔任用、评优评先前听取的党支部意见会显示在这里。",
    invite="选拔任用、评优评先前，听取党员所在党支部的意见。",
    nothing_found="没有符合条件的事项",
)


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def opinion_list(request: Request) -> HttpResponse:
    """What branches were asked, and what they said."""
    form, today = OpinionFilterForm(request.scope, request.GET), clock.today()
    return show_list(
        request, OPINIONS, form, partial(opinions_for, on=today),
        lines=lambda found: [(opinion, opinion.state_on(today)) for opinion in found],
        may_add=request.scope.holds(Permission.MANAGE_PARTY_WORK),
    )  # fmt: skip


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def opinion_export(request: Request) -> HttpResponseBase:
    """The list as it is filtered, as a workbook."""
    form, today = OpinionFilterForm(request.scope, request.GET), clock.today()
    return export_list(request, OPINIONS, form, partial(opinions_for, on=today), partial(export_rows, on=today))


@need(Permission.MANAGE_PARTY_WORK)
def opinion_new(request: Request) -> HttpResponse:
    """Ask the branch of a member."""
    asker = own_or_404(request)
    return ask(
        request, OpinionForm(request.scope, data_of(request)),
        lambda values: actions.ask_opinion(by=request.actor, asker=asker, **values),
        done=lambda opinion: f"已通知{opinion.organization}，请等待回复。", to=actions.page_of, title="听取意见",
        figure="发给党员名册所在的党支部", submit="发给党支部",
        back_url=reverse(OPINIONS.url_name), back_label=OPINIONS.heading,
    )  # fmt: skip


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def opinion_detail(request: Request, pk: int) -> HttpResponse:
    """One request and its answer."""
    return _detail(request, _opinion(request, pk, Permission.VIEW_PARTY_WORK))


@require_POST
@need(Permission.MANAGE_PARTY_WORK)
def opinion_answer(request: Request, pk: int) -> HttpResponse:
    """The branch answers."""
    opinion, form = _opinion(request, pk, Permission.MANAGE_PARTY_WORK), OpinionAnswerForm(request.POST)
    answered = attempt(
        request, form, lambda values: actions.answer_opinion(by=request.actor, request=opinion, **values),
        done="已回复。", to=actions.page_of(opinion),
    )  # fmt: skip
    return answered or _detail(request, opinion, form)


@require_POST
@need(Permission.MANAGE_PARTY_WORK)
def opinion_close(request: Request, pk: int) -> HttpResponse:
    """Who asked has taken note."""
    opinion = _opinion(request, pk, Permission.MANAGE_PARTY_WORK)
    page = actions.page_of(opinion)
    return do(request, lambda: actions.close_opinion(by=request.actor, request=opinion), done="已办结。", to=page)


def _opinion(request: Request, pk: int, permission: Permission) -> OpinionRequest:
    rows = OpinionRequest.objects.select_related("member", "organization", "asker", "answered_by")
    opinion: OpinionRequest = visible_or_404(rows, request, pk=pk)
    require(request, permission, opinion.organization)
    return opinion


def _detail(request: Request, opinion: OpinionRequest, answer_form: OpinionAnswerForm | None = None) -> HttpResponse:
    scope = request.scope
    own = scope.grant.organization_id if scope.grant else None
    manages = scope.allows(Permission.MANAGE_PARTY_WORK, opinion.organization)
    is_answered = opinion.answered_on is not None
    context = {
        "opinion": opinion,
        "state_word": opinion.state_on(clock.today()),
        "can_answer": manages and not is_answered and own == opinion.organization_id,
        "can_close": manages and is_answered and opinion.closed_on is None and own == opinion.asker_id,
        "answer_form": answer_form or OpinionAnswerForm(),
        "history": history_of(opinion),
    }
    return render(request, "members/opinions/detail.html", context, status=422 if answer_form else 200)
