"""应谈应办: talks on the four occasions (N18), and talks and trainings that an event makes due (N29)."""

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from branches.actions.exports import record_export
from branches.forms.refusals import add_refusal
from branches.permissions import Permission
from branches.queries.audit import history_of
from branches.views.access import Request, need, visible_or_404
from branches.views.lists import chosen, page_of
from branches.views.workbooks import workbook_response
from members.actions import duties as actions
from members.actions.restricted import note_list_seen
from members.enums import RestrictedKind
from members.forms.duties import DutyDoneForm, DutyFilterForm, OccasionForm, TalkerForm, WaiveForm
from members.models import Duty, DutyProof
from members.queries.duties import Line, duties_for, export_rows, line_of, lines_of, other_talks
from members.queries.member_names import offered_names, place_of
from members.queries.restricted import kinds_held
from office.views.files import file_response
from partybuild.lib import clock
from partybuild.lib.workbook import Sheet, write_table

COLUMNS = ("序号", "事项", "情形", "姓名", "党组织", "谈话人", "发生日期", "期限", "办理日期", "状态")


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def duty_list(request: Request) -> HttpResponse:
    """What is due, the earliest first. Whoever is shown what a sensitive occasion was leaves a trace."""
    form, today = DutyFilterForm(request.scope, request.GET), clock.today()
    filters = chosen(form)
    rows = Duty.objects.none() if filters is None else duties_for(request.scope, today, **filters)
    page = page_of(request, rows)
    lines = lines_of(page.object_list, request.scope, today)
    if known := sum(line.knows and line.duty.occasion.is_sensitive for line in lines):
        note_list_seen(by=request.actor, what="应谈情形", count=known)
    context = {
        "form": form,
        "page": page,
        "lines": lines,
        "overdue": Duty.objects.visible_to(request.scope).overdue(today).count(),
        "can_manage": request.scope.holds(Permission.MANAGE_PARTY_WORK),
    }
    return render(request, "members/duties/list.html", context, status=422 if filters is None else 200)


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def duty_export(request: Request) -> HttpResponseBase:
    """The list as it is filtered; sensitive occasions stay unnamed."""
    today = clock.today()
    filters = chosen(DutyFilterForm(request.scope, request.GET))
    if filters is None:
        return render(request, "400.html", status=400)
    file = BytesIO()
    rows = export_rows(duties_for(request.scope, today, **filters).iterator(1000), today)
    count = write_table(file, [Sheet("应谈应办", COLUMNS, rows, title="应谈应办事项")])
    record_export(by=request.actor, what="应谈应办事项", count=count)
    return workbook_response(file, f"应谈应办事项{today:%Y%m%d}.xlsx")


@need(Permission.MANAGE_PARTY_WORK)
def occasion_new(request: Request) -> HttpResponse:
    """Something happened to a member that asks for a talk."""
    asked = place_of(request.scope, request.GET.get("member", ""))
    form = OccasionForm(request.scope, request.POST if request.method == "POST" else None, {"member": asked})
    if request.method == "POST" and form.is_valid():
        try:
            occasion = actions.record_occasion(by=request.actor, **form.values())
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已登记，应办事项已列入清单。")
            return redirect("members:duty_detail", pk=occasion.duties.order_by("pk")[0].pk)
    return render(request, "members/duties/form.html", {"form": form}, status=422 if form.is_bound else 200)


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def duty_detail(request: Request, pk: int) -> HttpResponse:
    """One duty; of a sensitive occasion what happened is for the talker and the custodians of talks, with a trace."""
    line = _line(request, pk)
    duty = line.duty
    if line.knows and duty.occasion.is_sensitive:
        actions.note_duty_seen(by=request.actor, duty=duty)
    context = {
        "line": line,
        "duty": duty,
        "proofs": DutyProof.objects.visible_to(request.scope).filter(duty=duty),
        "can_open_record": duty.record_id is not None and RestrictedKind.TALK in kinds_held(request.scope),
        "can_manage": request.scope.allows(Permission.MANAGE_PARTY_WORK, duty.organization),
        "history": history_of(duty),
    }
    return render(request, "members/duties/detail.html", context)


@need(Permission.VIEW_PARTY_WORK)
def duty_done(request: Request, pk: int) -> HttpResponse:
    """A talk was held, a training given."""
    line = _fulfillable(request, pk)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = DutyDoneForm(line.duty, other_talks(line.duty), *sent)
    if request.method == "POST" and form.is_valid():
        try:
            actions.fulfil_duty(by=request.actor, duty=line.duty, **form.values())
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已登记办理情况。")
            return redirect("members:duty_detail", pk=pk)
    context = {"form": form, "line": line, "duty": line.duty}
    return render(request, "members/duties/done.html", context, status=422 if form.is_bound else 200)


@need(Permission.MANAGE_PARTY_WORK)
def duty_talker(request: Request, pk: int) -> HttpResponse:
    """Say who holds the talk."""
    line = _managed(request, pk)
    form = TalkerForm(request.scope, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        talker = form.cleaned_data["talker"].member
        try:
            actions.name_talker(by=request.actor, duty=line.duty, talker=talker)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, f"谈话人：{talker}。")
            return redirect("members:duty_detail", pk=pk)
    return _confirmed(request, line, form, "确定谈话人", "谈话人能看到应谈情形，并登记谈话。", "确定")


@need(Permission.MANAGE_PARTY_WORK)
def duty_waive(request: Request, pk: int) -> HttpResponse:
    """A duty need not be done."""
    line = _managed(request, pk)
    form = WaiveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.waive_duty(by=request.actor, duty=line.duty, reason=form.cleaned_data["reason"])
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已免办。")
            return redirect("members:duty_detail", pk=pk)
    return _confirmed(request, line, form, "免办", "免办的事项不再提醒，也不计入按时率。", "免办")


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def duty_proof(request: Request, pk: int) -> HttpResponseBase:
    """What shows that a duty was done; of a sensitive occasion with a trace."""
    rows = DutyProof.objects.select_related("file", "duty__occasion", "duty__organization")
    proof: DutyProof = visible_or_404(rows, request, pk=pk)
    if proof.duty.occasion.is_sensitive:
        actions.note_proof_seen(by=request.actor, proof=proof)
    return file_response(request, proof.file, proof.name)


@require_safe
@need(Permission.VIEW_MEMBER)
def member_names(request: Request) -> HttpResponse:
    """Names to choose from while somebody types."""
    text = request.GET.get(request.htmx.trigger_name or "q", "").replace("\0", "")[:64]
    return render(request, "members/members/_names.html", {"found": offered_names(request.scope, text)})


def _confirmed(request: Request, line: Line, form: Any, title: str, question: str, verb: str) -> HttpResponse:
    facts = [
        ("事项", line.duty.get_kind_display()),
        ("党员", line.duty.member),
        ("党组织", line.duty.organization.name),
    ]
    context = {
        "title": title, "question": question, "facts": facts, "form": form, "verb": verb,
        "cancel_url": reverse("members:duty_detail", args=[line.duty.pk]),
    }  # fmt: skip
    return render(request, "confirm.html", context, status=422 if form.is_bound else 200)


def _line(request: Request, pk: int) -> Line:
    rows = Duty.objects.select_related("member", "organization", "occasion", "talker", "record")
    duty: Duty = visible_or_404(rows, request, pk=pk)
    names_talks = duty.occasion.is_sensitive and RestrictedKind.TALK in kinds_held(request.scope)
    return line_of(duty, request.scope, clock.today(), names_talks)


def _fulfillable(request: Request, pk: int) -> Line:
    line = _line(request, pk)
    if not line.can_fulfil:
        raise PermissionDenied
    return line


def _managed(request: Request, pk: int) -> Line:
    line = _line(request, pk)
    if not line.duty.is_open or not request.scope.allows(Permission.MANAGE_PARTY_WORK, line.duty.organization):
        raise PermissionDenied
    return line
