"""Files of records: sent one by one while a form is written, taken off again, shown to those who may see the record."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from branches.permissions import Permission
from branches.views.access import Request, need, require, visible_or_404
from campaigns.actions.answers import save_answer
from campaigns.actions.attachments import add_attachment, remove_attachment
from campaigns.enums import AttachmentSlot
from campaigns.forms.attachments import LOST, UploadForm
from campaigns.models import Activity, Answer, Assignment, Attachment
from campaigns.queries.activities import may_read
from campaigns.queries.answers import answer_of, correction_of, may_read_answer
from campaigns.rules.content import AnswerDraft
from campaigns.rules.slots import guess
from office.views.files import file_response, thumbnail_response

_VIEW = (Permission.VIEW_RECORD, Permission.VIEW_ASSIGNMENT)
_WRITE = (Permission.FILE_RECORD, Permission.ANSWER_ASSIGNMENT)


@require_POST
@need(Permission.FILE_RECORD)
def attachment_add(request: Request, pk: int) -> HttpResponse:
    """A file for an activity; answers with its line of the list, or with the reason why it is not taken."""
    activity = visible_or_404(Activity.objects.select_related("organization"), request, pk=pk)
    require(request, Permission.FILE_RECORD, activity.organization)
    return _add(request, activity)


@require_POST
@need(Permission.ANSWER_ASSIGNMENT)
def answer_attachment_add(request: Request, pk: int) -> HttpResponse:
    """A file for the answer to an assignment, for one of its items or for the whole."""
    assignment = visible_or_404(Assignment.objects.select_related("organization", "task"), request, pk=pk)
    require(request, Permission.ANSWER_ASSIGNMENT, assignment.organization)
    answer = answer_of(assignment)
    try:
        # A file may be the first thing that is given in answer.
        record = (
            correction_of(answer) or answer or save_answer(by=request.actor, assignment=assignment, draft=AnswerDraft())
        )
    except ValidationError as error:
        return _refused("".join(error.messages))
    return _add(request, record)


def _add(request: Request, record: Activity | Answer) -> HttpResponse:
    items = record.assignment.task.checklist.all() if isinstance(record, Answer) else None
    form = UploadForm(request.GET, request.FILES, items=items)
    if not form.is_valid():
        return _refused("".join(map(str, form.errors.get("file", [LOST]))))
    upload, item, place = (form.cleaned_data[name] for name in ("file", "item", "place"))
    slot = guess(upload.name) if isinstance(record, Activity) else AttachmentSlot.EVIDENCE
    try:
        attachment = add_attachment(by=request.actor, record=record, upload=upload, slot=slot, item=item, place=place)
    except ValidationError as error:
        return _refused("".join(error.messages))
    return render(request, "campaigns/activities/_file.html", {"attachment": attachment})


def _refused(text: str) -> HttpResponse:
    return HttpResponse(text, status=422, content_type="text/plain; charset=utf-8")


@require_POST
@need(*_WRITE)
def attachment_remove(request: Request, pk: int) -> HttpResponse:
    """Take a file off a record that is being written."""
    attachment = _attachment(request, pk)
    permission = Permission.FILE_RECORD if attachment.activity else Permission.ANSWER_ASSIGNMENT
    require(request, permission, attachment.record.organization)
    try:
        remove_attachment(by=request.actor, attachment=attachment)
    except ValidationError as error:
        return _refused("".join(error.messages))
    if request.htmx:
        return HttpResponse(headers={"HX-Trigger": "removed"})
    if attachment.answer:
        return redirect("campaigns:assignment_answer", attachment.answer.assignment_id)
    return redirect("campaigns:activity_edit", attachment.activity_id)


@require_safe
@need(*_VIEW)
def attachment(request: Request, pk: int) -> HttpResponseBase:
    """The file itself; pictures and PDF are shown where ``?show`` asks for it."""
    found = _attachment(request, pk)
    return file_response(request, found.file, found.name, inline="show" in request.GET)


@require_safe
@need(*_VIEW)
def attachment_thumbnail(request: Request, pk: int) -> HttpResponseBase:
    """The small picture of an attached image."""
    return thumbnail_response(_attachment(request, pk).file)


def _attachment(request: Request, pk: int) -> Attachment:
    """An attachment whose record the person may read: of others' drafts nothing is shown."""
    rows = Attachment.objects.select_related("file", "activity__organization", "answer__assignment__organization")
    found: Attachment = visible_or_404(rows, request, pk=pk)
    if found.activity and not may_read(request.scope, found.activity):
        raise PermissionDenied
    if found.answer and not may_read_answer(request.scope, found.answer):
        raise PermissionDenied
    return found
