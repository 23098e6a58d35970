"""Members' opinions and suggestions (O17): one's own, the register, one of them, answered, passed up."""

from functools import partial

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from branches.permissions import Permission
from branches.views.access import Request, need, require, signed_in, visible_or_404
from branches.views.lists import page_of
from branches.views.pages import Book, ListPage, attempt, data_of, do, export_list, show_list
from members.actions import suggestions as actions
from members.forms.suggestions import SuggestionAnswerForm, SuggestionFilterForm, SuggestionForm
from members.models import Suggestion
from members.queries.suggestions import export_rows, name_shown, suggestions_for, suggestions_of
from members.views.corrections import own_member
from partybuild.lib import clock

COLUMNS = (
    "序号", "提出人", "党支部", "内容", "提出日期", "答复单位", "转上级日期", "答复期限", "状态", "答复", "答复日期",
)  # fmt: skip
SUGGESTIONS = ListPage(
    heading="党员意见建议",
    template="members/suggestions/list.html",
    url_name="members:suggestion_list",
    book=Book(url_name="members:suggestion_export", columns=COLUMNS, sheet="意见建议"),
    none="还没有意见建议",
    empty="党员登录后在“我的意见建议”中提出，会显示在这里。",
    nothing_found="没有符合条件的意见建议",
)


@signed_in
def suggestion_own(request: Request) -> HttpResponse:
    """What one has told the party organisation, the answers, and a form to say more."""
    member, today = own_member(request), clock.today()
    form = SuggestionForm(data_of(request))
    if member:
        raised = attempt(
            request, form, lambda values: actions.raise_suggestion(by=request.actor, member=member, **values),
            done="已提交，答复后会通知您。", to=reverse("members:suggestion_own"),
        )  # fmt: skip
        if raised:
            return raised
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
    return show_list(
        request, SUGGESTIONS, form, partial(suggestions_for, on=today),
        lines=lambda found: [(row, name_shown(row, request.scope), row.state_on(today)) for row in found],
    )  # fmt: skip


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def suggestion_export(request: Request) -> HttpResponseBase:
    """The list as it is filtered, as a workbook."""
    form, today = SuggestionFilterForm(request.scope, request.GET), clock.today()
    return export_list(request, SUGGESTIONS, form, partial(suggestions_for, on=today), partial(export_rows, on=today))


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
    answered = attempt(
        request, form, lambda values: actions.answer_suggestion(by=request.actor, suggestion=suggestion, **values),
        done="已答复，并通知提出人。", to=actions.page_of(suggestion),
    )  # fmt: skip
    return answered or _detail(request, suggestion, form)


@require_POST
@need(Permission.MANAGE_PARTY_WORK)
def suggestion_pass(request: Request, pk: int) -> HttpResponse:
    """Pass it up."""
    suggestion = _suggestion(request, pk, Permission.MANAGE_PARTY_WORK)
    return do(
        request, lambda: actions.pass_up(by=request.actor, suggestion=suggestion),
        done=lambda passed: f"已转{passed.handler}。", to=actions.page_of(suggestion),
    )  # fmt: skip


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
