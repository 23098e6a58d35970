"""Restricted records (O10), for those who are named for them. Every look leaves a trace; the text takes a reason."""

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from branches.actions.exports import record_export
from branches.forms.refusals import add_refusal
from branches.queries.audit import history_of
from branches.views.access import Request, signed_in, visible_or_404
from branches.views.lists import chosen, page_of
from branches.views.workbooks import workbook_response
from members.actions import restricted as actions
from members.enums import RestrictedKind
from members.forms.members import ReasonForm
from members.forms.restricted import DisciplineFilterForm, PaperForm, RecordForm, RestrictedFilterForm
from members.models import RecordPaper, RestrictedRecord
from members.models.restricted import RECORD_KINDS, RestrictedRecordQuerySet
from members.queries.member_names import place_of
from members.queries.restricted import export_rows, in_effect, records_for, without_talk
from members.views.custody import held_or_403
from office.views.files import file_response
from partybuild.lib import clock
from partybuild.lib.workbook import Sheet, write_table

COLUMNS = ("序号", "类别", "姓名", "党组织", "日期", "形态或者处理决定", "生效日期", "影响期至", "保存至")


@require_safe
@signed_in
def restricted_list(request: Request) -> HttpResponse:
    """The records of the kinds for which one is named."""
    held = held_or_403(request)
    form = RestrictedFilterForm(request.scope, held, request.GET)
    filters = chosen(form)
    rows = RestrictedRecord.objects.none() if filters is None else records_for(request.scope, **filters)
    return _listed(request, rows, "限定记录", form, held, filters)


@require_safe
@signed_in
def discipline_list(request: Request) -> HttpResponse:
    """违纪处理 (O04): decisions with the time of their effect, and whether the talk that they ask for was held."""
    held = held_or_403(request, RestrictedKind.DISCIPLINE)
    form = DisciplineFilterForm(request.scope, held, request.GET)
    filters = chosen(form)
    rows = RestrictedRecord.objects.none()
    if filters is not None:
        talk, effect = filters.pop("talk"), filters.pop("effect")
        rows = records_for(request.scope, kind=RestrictedKind.DISCIPLINE, **filters)
        rows = without_talk(rows) if talk else rows
        rows = in_effect(rows) if effect else rows
    return _listed(request, rows, "违纪处理", form, held, filters)


def _listed(
    request: Request, rows: RestrictedRecordQuerySet, what: str, form: Any, held: Any, filters: Any
) -> HttpResponse:
    page = page_of(request, rows)
    kind = RestrictedKind.DISCIPLINE if what == "违纪处理" else (filters or {}).get("kind", "")
    actions.note_list_seen(by=request.actor, what=what, kind=kind, count=page.paginator.count)
    shown = RestrictedRecord.objects.visible_to(request.scope).filter(pk__in=[record.pk for record in page])
    context = {
        "form": form,
        "page": page,
        "what": what,
        "kinds": [one for one in RECORD_KINDS if one in held],
        "kind": kind,
        "is_discipline": kind == RestrictedKind.DISCIPLINE,
        "due": set(without_talk(shown).values_list("pk", flat=True)),
        "today": clock.today(),
        "seen_at": clock.now(),
        "new_kind": kind or next(one for one in RECORD_KINDS if one in held),
    }
    return render(request, "members/restricted/list.html", context, status=422 if filters is None else 200)


@signed_in
def restricted_export(request: Request) -> HttpResponseBase:
    """The list as a workbook, without any text, for a reason that the trail keeps."""
    held = held_or_403(request)
    filters = chosen(RestrictedFilterForm(request.scope, held, request.GET))
    if filters is None:
        return render(request, "400.html", status=400)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        file = BytesIO()
        rows = export_rows(records_for(request.scope, **filters).iterator(1000))
        count = write_table(file, [Sheet("限定记录目录", COLUMNS, rows, title="限定记录目录")])
        record_export(by=request.actor, what="限定记录目录", count=count, reason=form.cleaned_data["reason"])
        return workbook_response(file, f"限定记录目录{clock.today():%Y%m%d}.xlsx")
    context = {
        "title": "导出限定记录目录", "question": "导出的文件只有目录，不含记录内容。请妥善保管，用后删除。",
        "form": form, "verb": "导出", "cancel_url": reverse("members:restricted_list"),
    }  # fmt: skip
    return render(request, "confirm.html", context, status=422 if form.is_bound else 200)


@signed_in
def restricted_new(request: Request) -> HttpResponse:
    """A new record of a kind for which one is named."""
    held = held_or_403(request)
    kinds = [one for one in RECORD_KINDS if one in held]
    kind = next((one for one in kinds if one == request.GET.get("kind")), kinds[0])
    is_sent = request.method == "POST"
    form = RecordForm(
        kind, request.scope, request.POST if is_sent else None, request.FILES if is_sent else None,
        {"member": place_of(request.scope, request.GET.get("member", ""))},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            record = actions.file_record(by=request.actor, kind=kind, **form.values())
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, f"已登记{kind.label}。")
            return redirect("members:restricted_detail", pk=record.pk)
    context = {"form": form, "kinds": kinds, "kind": kind}
    return render(request, "members/restricted/form.html", context, status=422 if form.is_bound else 200)


@require_safe
@signed_in
def restricted_detail(request: Request, pk: int) -> HttpResponse:
    """What a record is about; its text is opened with a reason."""
    record = _record(request, pk)
    actions.note_record_seen(by=request.actor, record=record)
    context = {"record": record, "form": ReasonForm(), "paper_form": PaperForm(), "history": history_of(record)}
    return render(request, "members/restricted/detail.html", context)


@require_POST
@signed_in
def restricted_open(request: Request, pk: int) -> HttpResponse:
    """The text of a record, for a reason that the trail keeps."""
    record, form = _record(request, pk), ReasonForm(request.POST)
    context = {"record": record, "form": form, "seen_at": clock.now()}
    if form.is_valid():
        try:
            actions.open_record(by=request.actor, record=record, reason=form.cleaned_data["reason"])
        except ValidationError as error:
            add_refusal(form, error)
        else:
            return render(request, "members/restricted/text.html", context)
    context["history"] = history_of(record)
    return render(request, "members/restricted/detail.html", context, status=422)


@require_POST
@signed_in
def restricted_paper_add(request: Request, pk: int) -> HttpResponse:
    """A further paper."""
    record, form = _record(request, pk), PaperForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            actions.add_paper(by=request.actor, record=record, upload=form.cleaned_data["file"])
        except ValidationError as error:
            messages.error(request, "".join(error.messages))
        else:
            messages.success(request, "已添加材料。")
    else:
        messages.error(request, "".join(map(str, form.errors["file"])))
    return redirect("members:restricted_detail", pk=pk)


@require_safe
@signed_in
def restricted_paper(request: Request, pk: int) -> HttpResponseBase:
    """A paper, for those who may see its record."""
    held_or_403(request)
    rows = RecordPaper.objects.select_related("file", "record__organization")
    paper: RecordPaper = visible_or_404(rows, request, pk=pk)
    actions.note_paper_seen(by=request.actor, paper=paper)
    return file_response(request, paper.file, paper.name)


@signed_in
def restricted_destroy(request: Request, pk: int) -> HttpResponse:
    """Destroy a record before its time, for a reason."""
    record = _record(request, pk)
    if record.destroyed_at is not None:
        raise PermissionDenied
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.destroy_record(by=request.actor, record=record, reason=form.cleaned_data["reason"])
        messages.success(request, "已销毁，只保留类别和日期。")
        return redirect("members:restricted_detail", pk=pk)
    context = {
        "title": "提前销毁记录", "danger": True, "form": form, "verb": "销毁",
        "question": "内容和材料将被删除，不能恢复。只保留类别和日期。误录的记录，以及由它生成的应谈事项，一并删除。",
        "facts": [("类别", record.get_kind_display()), ("党员", record.member)],
        "cancel_url": reverse("members:restricted_detail", args=[pk]),
    }  # fmt: skip
    return render(request, "confirm.html", context, status=422 if form.is_bound else 200)


def _record(request: Request, pk: int) -> RestrictedRecord:
    held_or_403(request)
    rows = RestrictedRecord.objects.select_related("member", "organization", "recorded_by").prefetch_related("papers")
    record: RestrictedRecord = visible_or_404(rows, request, pk=pk)
    return record
