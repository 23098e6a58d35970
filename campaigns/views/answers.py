"""Answering an assignment that no record can measure: one address to write, to save by itself, to file and to read."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from branches.forms.refusals import add_refusal
from branches.permissions import Permission
from branches.queries.audit import history_of
from branches.views.access import Request, need, require, visible_or_404
from campaigns.actions import corrections
from campaigns.actions.answers import file_answer, save_answer, withdraw_answer
from campaigns.actions.attachments import add_attachment, remove_attachment
from campaigns.enums import AssignmentState, MeasuredBy
from campaigns.forms.answers import AnswerForm
from campaigns.models import Answer, Assignment
from campaigns.queries.activity_detail import changes_of
from campaigns.queries.answer_detail import view_of_answer
from campaigns.queries.answers import answer_of, correction_of, may_read_answer, snapshot
from campaigns.queries.remarks import all_told, last_return
from campaigns.rules.activities import EDITABLE, WAITING, OvertakenError, RecordError, Verb, can, shown_status
from campaigns.rules.differences import differences
from campaigns.rules.standing import period_text
from campaigns.rules.targets import asked_text, who_text
from partybuild.lib import clock

_HERE = "campaigns/answers"


@require_http_methods(["GET", "HEAD", "POST"])
@need(Permission.VIEW_ASSIGNMENT)
def assignment_answer(request: Request, pk: int) -> HttpResponse:
    """The answer to an assignment: a form as long as it may be written, else to be read."""
    assignment = _assignment(request, pk)
    if assignment.target.rule.measured_by != MeasuredBy.CHECKLIST or assignment.state == AssignmentState.EXEMPT:
        return redirect("campaigns:assignment_detail", pk)
    answer = answer_of(assignment)
    written = correction_of(answer) or answer
    if request.method == "POST":
        require(request, Permission.ANSWER_ASSIGNMENT, assignment.organization)
        return _save(request, assignment, written)
    is_own = request.scope.allows(Permission.ANSWER_ASSIGNMENT, assignment.organization)
    if is_own and (written is None or written.status in EDITABLE):
        return _page(request, AnswerForm(assignment, answer=written))
    return _read(request, assignment, answer, is_own)


def _assignment(request: Request, pk: int) -> Assignment:
    rows = Assignment.objects.select_related("target", "task", "campaign", "organization")
    found: Assignment = visible_or_404(rows, request, pk=pk)
    return found


def _page(request: Request, form: AnswerForm, status: int = 200, more: dict[str, Any] | None = None) -> HttpResponse:
    context = {
        **(more or {}),
        **_words(form.assignment),
        "form": form,
        "answer": form.answer,
        "returned": last_return(form.answer) if form.answer else None,
        "limit": settings.UPLOAD_MAX_BYTES,
        "limit_mb": settings.UPLOAD_MAX_BYTES // 1024 // 1024,
    }
    return render(request, f"{_HERE}/write.html", context, status=status)


def _words(assignment: Assignment) -> dict[str, Any]:
    demand = assignment.target.demand
    return {
        "assignment": assignment,
        "period": period_text(assignment.period, clock.today().year),
        "asked": asked_text(demand),
        "who": who_text(demand),
    }


def _read(request: Request, assignment: Assignment, answer: Answer | None, is_own: bool) -> HttpResponse:
    """Nothing of others' drafts is shown; what was approved stays shown while it is being corrected."""
    shown = answer if answer and may_read_answer(request.scope, answer) else None
    context = {**_words(assignment), "answer": shown}
    if shown:
        correction = correction_of(shown)
        filed = correction or shown
        is_decided = filed.reviews.filter(version=filed.version).exists()
        context |= {
            "view": view_of_answer(shown),
            "mark": shown_status(shown.status, shown.needs_review),
            "changes": changes_of(shown),
            "decisions": all_told(shown),
            "history": history_of(shown),
            "correction": correction if correction and correction.status in WAITING else None,
            "may_withdraw": is_own and _can(filed, Verb.WITHDRAW) and not is_decided,
            "may_amend": is_own and _can(shown, Verb.AMEND) and correction is None,
        }
    return render(request, f"{_HERE}/read.html", context)


def _can(answer: Answer, verb: Verb) -> bool:
    return can(answer.status, verb, is_correction=answer.is_correction)


def _save(request: Request, assignment: Assignment, answer: Answer | None) -> HttpResponse:
    form = AnswerForm(assignment, request.POST, request.FILES, answer=answer)
    if request.headers.get("X-Requested-With") == "autosave":
        return _save_silently(request, form)
    if not form.is_valid():
        return _page(request, form, 422)
    is_filing = request.POST.get("action") == "file"
    try:
        saved = save_answer(
            by=request.actor, assignment=assignment, draft=form.draft(), is_silent=is_filing, window=form.the_window()
        )
        _settle_files(request, form, saved)
        if is_filing:
            file_answer(by=request.actor, answer=saved)
    except OvertakenError as error:
        return _overtaken(request, form, error)
    except ValidationError as error:
        if _is_filed_already(assignment, error):
            return redirect("campaigns:assignment_answer", assignment.pk)
        add_refusal(form, error)
        form.answer = _written(assignment)
        return _page(request, form, 422)
    told = "更正已提交，等待审核。审核通过前，以原填报计入任务。" if saved.is_correction else "已提交。"
    messages.success(request, told if is_filing else "草稿已保存，可以随时继续填写。")
    return redirect("campaigns:assignment_answer", assignment.pk)


def _overtaken(request: Request, form: AnswerForm, error: OvertakenError) -> HttpResponse:
    """Nothing was saved: what another window has saved and what was typed here are shown side by side."""
    form.answer = _written(form.assignment)
    assert form.answer is not None  # another window has saved it
    add_refusal(form, error)
    changes = differences(snapshot(form.answer) | {"attachments": []}, form.words())
    form.has_seen(form.answer.saved_at)
    return _page(request, form, 409, {"overtaken": True, "changes": changes})


def _save_silently(request: Request, form: AnswerForm) -> HttpResponse:
    """The form saves itself while one types."""
    if not form.is_valid():
        return HttpResponse(status=422)
    try:
        saved = save_answer(
            by=request.actor, assignment=form.assignment, draft=form.draft(), is_silent=True, window=form.the_window()
        )
    except ValidationError as error:
        return HttpResponse("".join(error.messages), status=409, content_type="text/plain; charset=utf-8")
    fields = {"seen_at": saved.saved_at.isoformat()}
    return JsonResponse({"saved_at": f"{clock.in_zone(saved.saved_at):%H:%M}", "fields": fields})


def _is_filed_already(assignment: Assignment, error: ValidationError) -> bool:
    """A second click on 提交, or another window that was quicker: what was filed is then shown."""
    is_of_state = isinstance(error, RecordError) and not hasattr(error, "error_dict")
    written = _written(assignment)
    return is_of_state and written is not None and written.status not in EDITABLE


def _written(assignment: Assignment) -> Answer | None:
    """What is being written now: the answer, or the correction of it."""
    answer = answer_of(assignment)
    return correction_of(answer) or answer


def _settle_files(request: Request, form: AnswerForm, answer: Answer) -> None:
    """Files that came with the form, or are to be taken off, in a browser without scripts."""
    pressed = request.POST.get("remove", "")
    for attachment in form.attachments:
        if str(attachment.pk) == pressed:
            remove_attachment(by=request.actor, attachment=attachment)
    for upload in form.cleaned_data["uploads"]:
        try:
            add_attachment(by=request.actor, record=answer, upload=upload)
        except ValidationError as error:
            raise ValidationError({"uploads": [f"{upload.name}：{text}" for text in error.messages]}) from error


@require_POST
@need(Permission.ANSWER_ASSIGNMENT)
def answer_withdraw(request: Request, pk: int) -> HttpResponse:
    """Take a filed answer back to go on writing it."""
    assignment = _assignment(request, pk)
    require(request, Permission.ANSWER_ASSIGNMENT, assignment.organization)
    return _do(request, assignment, lambda answer: withdraw_answer(by=request.actor, answer=answer),
               "已撤回，修改后请再次提交。")  # fmt: skip


@require_POST
@need(Permission.ANSWER_ASSIGNMENT)
def answer_amend(request: Request, pk: int) -> HttpResponse:
    """Begin to correct an approved answer, or go on with it."""
    assignment = _assignment(request, pk)
    require(request, Permission.ANSWER_ASSIGNMENT, assignment.organization)
    told = "请修改后提交审核；审核通过前，以原填报计入任务。"
    by = request.actor
    return _do(request, assignment, lambda answer: corrections.amend(by=by, record=answer.corrects or answer), told)


@require_POST
@need(Permission.ANSWER_ASSIGNMENT)
def answer_drop(request: Request, pk: int) -> HttpResponse:
    """Give up a correction that is not with the reviewer."""
    assignment = _assignment(request, pk)
    require(request, Permission.ANSWER_ASSIGNMENT, assignment.organization)
    return _do(request, assignment, lambda answer: corrections.drop(by=request.actor, correction=answer),
               "已放弃更正，原填报不变。")  # fmt: skip


def _do(request: Request, assignment: Assignment, verb: Callable[[Answer], object], told: str) -> HttpResponse:
    """Something that a press of a button does to what is being written."""
    answer = _written(assignment)
    if answer is None:
        raise Http404
    try:
        verb(answer)
    except ValidationError as error:
        messages.error(request, "".join(error.messages))
    else:
        messages.success(request, told)
    return redirect("campaigns:assignment_answer", assignment.pk)
