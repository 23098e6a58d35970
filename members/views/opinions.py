"""Opinions asked of branches (O15): list, asked, one request, answered, closed."""

from io import BytesIO

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from branches.actions.exports import record_export
from branches.forms.refusals import add_refusal
from branches.models import Organization
from branches.permissions import Permission
from branches.queries.audit import history_of
from branches.views.access import Request, need, require, visible_or_404
from branches.views.lists import chosen, page_of
from branches.views.workbooks import workbook_response
from members.actions import opinions as actions
from members.forms.opinions import OpinionAnswerForm, OpinionFilterForm, OpinionForm
from members.models import OpinionRequest
from members.queries.opinions import export_rows, opinions_for
from partybuild.lib import clock
from partybuild.lib.workbook import Sheet, write_table

COLUMNS = (
    "序号", "姓名", "党支部", "征求意见单位", "用途", "事项", "征求日期", "回复期限", "意见", "意见内容",
    "支部研究日期", "回复日期", "办结日期", "状态",
)  # fmt: skip


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def opinion_list(request: Request) -> HttpResponse:
    """What branches were asked, and what they said."""
    form, today = OpinionFilterForm(request.scope, request.GET), clock.today()
    filters = chosen(form)
    rows = OpinionRequest.objects.none() if filters is None else opinions_for(request.scope, today, **filters)
    page = page_of(request, rows)
    context = {
        "form": form,
        "page": page,
        "lines": [(opinion, opinion.state_on(today)) for opinion in page],
        "can_manage": request.scope.holds(Permission.MANAGE_PARTY_WORK),
    }
    return render(request, "members/opinions/list.html", context, status=422 if filters is None else 200)


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def opinion_export(request: Request) -> HttpResponseBase:
    """The list as it is filtered, as a workbook."""
    filters, today = chosen(OpinionFilterForm(request.scope, request.GET)), clock.today()
    if filters is None:
        return render(request, "400.html", status=400)
    file = BytesIO()
    rows = export_rows(opinions_for(request.scope, today, **filters).iterator(1000), today)
    count = write_table(file, [Sheet("听取意见", COLUMNS, rows, title="听取党支部意见台账")])
    record_export(by=request.actor, what="听取党支部意见", count=count)
    return workbook_response(file, f"听取党支部意见{today:%Y%m%d}.xlsx")


@need(Permission.MANAGE_PARTY_WORK)
def opinion_new(request: Request) -> HttpResponse:
    """Ask the branch of a member."""
    form = OpinionForm(request.scope, request.POST if request.method == "POST" else None)
    grant = request.scope.grant
    if request.method == "POST" and form.is_valid() and grant:
        asker = Organization.objects.get(pk=grant.organization_id)
        try:
            opinion = actions.ask_opinion(by=request.actor, asker=asker, **form.values())
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, f"已通知{opinion.organization}，请等待回复。")
            return redirect("members:opinion_detail", pk=opinion.pk)
    return render(request, "members/opinions/form.html", {"form": form}, status=422 if form.is_bound else 200)


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
    if form.is_valid():
        try:
            actions.answer_opinion(by=request.actor, request=opinion, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已回复。")
            return redirect("members:opinion_detail", pk=pk)
    return _detail(request, opinion, form)


@require_POST
@need(Permission.MANAGE_PARTY_WORK)
def opinion_close(request: Request, pk: int) -> HttpResponse:
    """Who asked has taken note."""
    opinion = _opinion(request, pk, Permission.MANAGE_PARTY_WORK)
    try:
        actions.close_opinion(by=request.actor, request=opinion)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "已办结。")
    return redirect("members:opinion_detail", pk=pk)


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
