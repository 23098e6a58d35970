"""Members' opinions and suggestions (O17): one's own, the register, one of them, answered, passed up."""

from io import BytesIO

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from branches.actions.exports import record_export
from branches.forms.refusals import add_refusal
from branches.permissions import Permission
from branches.views.access import Request, need, require, signed_in, visible_or_404
from branches.views.lists import chosen, page_of
from branches.views.workbooks import workbook_response
from members.actions import suggestions as actions
from members.forms.suggestions import SuggestionAnswerForm, SuggestionFilterForm, SuggestionForm
from members.models import Suggestion
from members.queries.suggestions import export_rows, name_shown, suggestions_for, suggestions_of
from members.views.corrections import own_member
from partybuild.lib import clock
from partybuild.lib.workbook import Sheet, write_table

COLUMNS = (
    "序号", "提出人", "党支部", "内容", "提出日期", "答复单位", "转上级日期", "答复期限", "状态", "答复", "答复日期",
)  # fmt: skip


@signed_in
def suggestion_own(request: Request) -> HttpResponse:
    """What one has told the party organisation, the answers, and a form to say more."""
    member, today = own_member(request), clock.today()
    form = SuggestionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and member and form.is_valid():
        try:
            actions.raise_suggestion(by=request.actor, member=member, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已提交，答复后会通知您。")
            return redirect("members:suggestion_own")
    rows = suggestions_of(member) if member else Suggestion.objects.none()
    page = page_of(request, rows)
    lines = [(suggestion, suggestion.state_on(today)) for suggestion in page]
    context = {"form": form, "member": member, "page": page, "lines": lines}
    return render(request, "members/suggestions/own.html", context, status=422 if form.is_bound else 200)


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def suggestion_list(request: Request) -> HttpResponse:
    """What members of the scope have said, and the answers."""
    form, today = SuggestionFilterForm(request.scope, request.GET), clock.today()
    filters = chosen(form)
    rows = Suggestion.objects.none() if filters is None else suggestions_for(request.scope, today, **filters)
    page = page_of(request, rows)
    lines = [(row, name_shown(row, request.scope), row.state_on(today)) for row in page]
    context = {"form": form, "page": page, "lines": lines}
    return render(request, "members/suggestions/list.html", context, status=422 if filters is None else 200)


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def suggestion_export(request: Request) -> HttpResponseBase:
    """The list as it is filtered, as a workbook."""
    filters, today = chosen(SuggestionFilterForm(request.scope, request.GET)), clock.today()
    if filters is None:
        return render(request, "400.html", status=400)
    file = BytesIO()
    rows = export_rows(suggestions_for(request.scope, today, **filters).iterator(1000), today)
    count = write_table(file, [Sheet("意见建议", COLUMNS, rows, title="党员意见建议台账")])
    record_export(by=request.actor, what="党员意见建议", count=count)
    return workbook_response(file, f"党员意见建议{today:%Y%m%d}.xlsx")


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def suggestion_detail(request: Request, pk: int) -> HttpResponse:
    """One suggestion and its answer."""
    return _detail(request, _suggestion(request, pk, Permission.VIEW_PARTY_WORK))


@require_POST
@need(Permission.MANAGE_PARTY_WORK)
def suggestion_answer(request: Request, pk: int) -> HttpResponse:
    """Answer it."""
    suggestion, form = _suggestion(request, pk, Permission.MANAGE_PARTY_WORK), SuggestionAnswerForm(request.POST)
    if form.is_valid():
        try:
            actions.answer_suggestion(by=request.actor, suggestion=suggestion, answer=form.cleaned_data["answer"])
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已答复，并通知提出人。")
            return redirect("members:suggestion_detail", pk=pk)
    return _detail(request, suggestion, form)


@require_POST
@need(Permission.MANAGE_PARTY_WORK)
def suggestion_pass(request: Request, pk: int) -> HttpResponse:
    """Pass it up."""
    suggestion = _suggestion(request, pk, Permission.MANAGE_PARTY_WORK)
    try:
        suggestion = actions.pass_up(by=request.actor, suggestion=suggestion)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"已转{suggestion.handler}。")
    return redirect("members:suggestion_detail", pk=pk)


def _suggestion(request: Request, pk: int, permission: Permission) -> Suggestion:
    rows = Suggestion.objects.select_related("member", "organization__parent", "handler", "answered_by")
    suggestion: Suggestion = visible_or_404(rows, request, pk=pk)
    require(request, permission, suggestion.organization)
    return suggestion


def _detail(request: Request, suggestion: Suggestion, form: SuggestionAnswerForm | None = None) -> HttpResponse:
    """Without the trail, which would name who raised it."""
    scope = request.scope
    own = scope.grant.organization_id if scope.grant else None
    is_open = suggestion.answered_on is None and own == suggestion.handler_id
    can_answer = is_open and scope.allows(Permission.MANAGE_PARTY_WORK, suggestion.organization)
    context = {
        "suggestion": suggestion,
        "raised_by": name_shown(suggestion, scope),
        "state_word": suggestion.state_on(clock.today()),
        "can_answer": can_answer,
        "can_pass": can_answer and suggestion.passed_on is None and suggestion.organization.parent_id is not None,
        "answer_form": form or SuggestionAnswerForm(),
    }
    return render(request, "members/suggestions/detail.html", context, status=422 if form else 200)
