"""意见与减负: said from any page, answered, listed."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from branches.forms.refusals import add_refusal
from branches.permissions import Permission
from branches.queries.audit import history_of
from branches.views.access import Request, need, require, visible_or_404
from branches.views.lists import chosen, page_of
from branches.views.workbooks import exported
from campaigns.actions import feedback as actions
from campaigns.forms.feedback import FeedbackAnswerForm, FeedbackFilterForm, FeedbackForm
from campaigns.models import Feedback
from campaigns.queries.feedback import author_shown, export_rows
from campaigns.queries.feedback import feedback_list as listed
from partybuild.lib.workbook import Sheet

COLUMNS = (
    "党组织", "提出人", "类别", "内容", "所在页面", "涉及活动", "大约多花的时间（分钟）", "提出日期", "状态", "答复",
)  # fmt: skip


@need(Permission.GIVE_FEEDBACK)
def feedback_new(request: Request) -> HttpResponse:
    """Say what is too much, from whatever page one was on."""
    form = FeedbackForm(
        request.POST if request.method == "POST" else None,
        scope=request.scope,
        initial={"page": request.GET.get("from", "")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            feedback = actions.give_feedback(by=request.actor, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已提交，上级答复后会通知您。")
            return redirect("campaigns:feedback_detail", feedback.pk)
    return render(request, "campaigns/feedback/new.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@need(Permission.GIVE_FEEDBACK)
def feedback_list(request: Request) -> HttpResponse:
    """One's own, and for those who answer the queue of what was said below."""
    form = FeedbackFilterForm(request.GET)
    filters = chosen(form)
    page = page_of(request, Feedback.objects.none() if filters is None else listed(request.scope, filters))
    context = {
        "form": form,
        "page": page,
        "lines": [(row, author_shown(row, request.scope)) for row in page],
        "may_answer": request.scope.holds(Permission.ANSWER_FEEDBACK),
    }
    return render(request, "campaigns/feedback/list.html", context, status=422 if filters is None else 200)


@require_safe
@need(Permission.ANSWER_FEEDBACK)
def feedback_export(request: Request) -> HttpResponseBase:
    """The list as it is filtered, as a workbook."""
    filters = chosen(FeedbackFilterForm(request.GET))
    if filters is None:
        return render(request, "400.html", status=400)
    rows = export_rows(listed(request.scope, filters).iterator(1000), request.scope)
    return exported(request, "意见与减负", Sheet("意见与减负", COLUMNS, rows, title="意见与减负台账"))


@need(Permission.GIVE_FEEDBACK)
def feedback_detail(request: Request, pk: int) -> HttpResponse:
    """What was said, with its answer, or the form to answer it."""
    rows = Feedback.objects.select_related("organization", "author", "campaign", "answered_by")
    feedback = visible_or_404(rows, request, pk=pk)
    form = FeedbackAnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require(request, Permission.ANSWER_FEEDBACK, feedback.organization)
        if form.is_valid():
            try:
                actions.answer_feedback(by=request.actor, feedback=feedback, **form.cleaned_data)
            except ValidationError as error:
                add_refusal(form, error)
            else:
                messages.success(request, "已答复，并通知提出人。")
                return redirect("campaigns:feedback_list")
    is_own = feedback.author_id == request.scope.user_id
    may = request.scope.allows(Permission.ANSWER_FEEDBACK, feedback.organization) and not is_own
    context = {
        "feedback": feedback,
        "author": author_shown(feedback, request.scope),
        "form": form,
        "may_answer": may and feedback.answered_at is None,
        "history": history_of(feedback) if not feedback.is_nameless else [],
    }
    return render(request, "campaigns/feedback/detail.html", context, status=422 if form.errors else 200)
