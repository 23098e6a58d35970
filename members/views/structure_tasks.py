"""Requests to put the structure right: list, one request, explanation and answer. O03."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from branches.forms.refusals import add_refusal
from branches.permissions import Permission
from branches.queries.audit import history_of
from branches.views.access import Request, need, require, visible_or_404
from branches.views.lists import chosen, page_of
from members.actions.structure import accept_answer, answer_task, return_answer
from members.forms.structure import TaskAnswerForm, TaskFilterForm, TaskJudgeForm
from members.models import StructureTask
from members.queries.structure import findings_under, may_judge
from members.queries.structure import task_list as listed
from partybuild.lib import clock


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def structure_task_list(request: Request) -> HttpResponse:
    """The requests to organisations of the scope."""
    form = TaskFilterForm(request.scope, request.GET)
    filters = chosen(form)
    found = StructureTask.objects.none() if filters is None else listed(request.scope, **filters)
    page = page_of(request, found)
    context = {"form": form, "page": page, "today": clock.today()}
    return render(request, "members/structure/task_list.html", context, status=422 if filters is None else 200)


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def structure_task_detail(request: Request, pk: int) -> HttpResponse:
    """One request: what was found, what was asked, how it was explained."""
    task = _task(request, pk, Permission.VIEW_PARTY_WORK)
    return _page(request, task, TaskAnswerForm(initial={"answer": task.answer}), TaskJudgeForm())


@require_POST
@need(Permission.MANAGE_PARTY_WORK)
def structure_task_answer(request: Request, pk: int) -> HttpResponse:
    """The organisation explains how it stands."""
    task = _task(request, pk, Permission.MANAGE_PARTY_WORK)
    form = TaskAnswerForm(request.POST)
    if form.is_valid():
        try:
            answer_task(by=request.actor, task=task, answer=form.cleaned_data["answer"])
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已提交说明，等待上级党组织审核。")
            return redirect("members:structure_task_detail", pk=pk)
    return _page(request, task, form, TaskJudgeForm(), status=422)


@require_POST
@need(Permission.APPROVE_PARTY_WORK)
def structure_task_judge(request: Request, pk: int) -> HttpResponse:
    """The superior accepts the explanation or returns it."""
    task = _task(request, pk, Permission.APPROVE_PARTY_WORK)
    form = TaskJudgeForm(request.POST)
    if form.is_valid():
        decide = accept_answer if form.cleaned_data["accept"] else return_answer
        try:
            decide(by=request.actor, task=task, remark=form.cleaned_data["remark"])
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已审核。")
            return redirect("members:structure_task_detail", pk=pk)
    return _page(request, task, TaskAnswerForm(initial={"answer": task.answer}), form, status=422)


def _task(request: Request, pk: int, permission: Permission) -> StructureTask:
    found = StructureTask.objects.select_related("organization", "asked_by", "answered_by", "closed_by")
    task: StructureTask = visible_or_404(found, request, pk=pk)
    require(request, permission, task.organization)
    return task


def _page(
    request: Request, task: StructureTask, answer_form: TaskAnswerForm, judge_form: TaskJudgeForm, status: int = 200
) -> HttpResponse:
    today = clock.today()
    still = [
        line.finding
        for line in findings_under(task.organization.path, today)
        if line.place.pk == task.organization_id and line.finding.code == task.code
    ]
    can_answer = task.closed_on is None and request.scope.allows(Permission.MANAGE_PARTY_WORK, task.organization)
    context = {
        "task": task,
        "today": today,
        "finding": still[0] if still else None,
        "answer_form": answer_form if can_answer else None,
        "judge_form": judge_form if may_judge(request.scope, task) or judge_form.is_bound else None,
        "history": history_of(task),
    }
    return render(request, "members/structure/task.html", context, status=status)
