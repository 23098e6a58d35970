"""A score sheet: 分数说明 for everyone who may see it, and the form of its stage for those who fill it in."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from assessments.actions import sheets as actions
from assessments.enums import RoundStatus, StageName
from assessments.forms.sheets import SheetForm
from assessments.models import Result, Submission
from assessments.queries import sheets as queries
from assessments.queries.round_page import steps_of
from assessments.queries.rules import rules_of
from assessments.queries.sheet_page import Line, SheetPage, sheet_page
from assessments.rules.ranking import bands_text
from assessments.rules.rounds import SheetVerb, shown_stages, stage_of
from branches.forms.refusals import add_refusal
from branches.permissions import Permission
from branches.queries.audit import history_of
from branches.views.access import Request, need, visible_or_404
from partybuild.lib import clock

_RELATED = ("organization", "unit", "round__scheme__campaign__issuer", "self_checked_by", "checked_by")


def _visible(request: Request, pk: int) -> Submission:
    return visible_or_404(Submission.objects.select_related(*_RELATED), request, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@need(Permission.VIEW_SCORE)
def sheet_detail(request: Request, pk: int) -> HttpResponse:
    """The sheet down to the records; who may fill its stage in finds the fields on the same page."""
    sheet = _visible(request, pk)
    verbs = queries.verbs(sheet, request.scope, request.actor)
    if request.method == "POST":
        _require_right(request, sheet)
    form = _form(request, sheet) if SheetVerb.SAVE in verbs else None
    if request.method == "POST":
        if form is None:
            messages.error(request, queries.refusal(sheet, request.actor, SheetVerb.SAVE))
            return redirect("assessments:sheet_detail", sheet.pk)
        if form.is_valid() and _written(request, sheet, form):
            return redirect("assessments:sheet_detail", sheet.pk)
    context = _context(request, sheet, form) | {
        "verbs": {verb.value for verb in verbs},
        "waits_for": _waits_for(request, sheet) if not form else "",
    }
    return render(request, "assessments/sheets/detail.html", context, status=422 if form and form.is_bound else 200)


def _waits_for(request: Request, sheet: Submission) -> str:
    """Why somebody with the right of the stage finds no fields."""
    if not queries.has_right(sheet, request.scope):
        return ""
    return queries.refusal(sheet, request.actor, SheetVerb.SAVE)


def _require_right(request: Request, sheet: Submission) -> None:
    """Without the right of the stage 403; a published round has none to give."""
    if sheet.round.status != RoundStatus.PUBLISHED and not queries.has_right(sheet, request.scope):
        raise PermissionDenied


def _form(request: Request, sheet: Submission) -> SheetForm:
    status = RoundStatus(sheet.round.status)
    comments = {
        RoundStatus.SELF_CHECK: sheet.self_comment,
        RoundStatus.CHECK: sheet.check_comment,
        RoundStatus.FINAL: sheet.final_comment,
    }
    data = request.POST if request.method == "POST" else None
    rows = queries.rows_of(sheet, stage_of(status))
    return SheetForm(data, rows=rows, status=status, comment=comments[status])


def _written(request: Request, sheet: Submission, form: SheetForm) -> bool:
    """Whether the sheet was saved, or handed in when that was asked for; else the form says why not."""
    hands_in = "hand_in" in request.POST and sheet.round.status != RoundStatus.FINAL
    if hands_in and not form.require_points():
        return False
    action = actions.hand_in if hands_in else actions.save
    try:
        action(by=request.actor, sheet=sheet, entries=form.entries(), comment=form.cleaned_data["comment"])
    except ValidationError as error:
        add_refusal(form, error)
        return False
    messages.success(request, "已提交。" if hands_in else "已保存。")
    return True


def _context(request: Request, sheet: Submission, form: SheetForm | None) -> dict[str, Any]:
    round_ = sheet.round
    viewer = queries.viewer_of(sheet, request.scope)
    page = sheet_page(sheet, shown_stages(round_.status, sheet.checked_at is not None, viewer))
    published = round_.status == RoundStatus.PUBLISHED
    results = Result.objects.filter(round=round_, kind=sheet.kind)
    return {
        "sheet": sheet,
        "round": round_,
        "viewer": viewer,
        "page": page,
        "groups": [(group, [_shown(line, page, form) for line in group.lines]) for group in page.groups],
        "form": form,
        "result": results.filter(organization=sheet.organization_id).first() if published else None,
        "peers": results.count() if published else 0,
        "steps": steps_of(round_, clock.today()),
        "bands": bands_text(rules_of(round_).bands),
        "comments": _comments(sheet, page),
        "history": history_of(sheet),
    }


def _comments(sheet: Submission, page: SheetPage) -> list[tuple[str, str]]:
    """What was remarked on the whole sheet at the stages shown."""
    texts = {
        StageName.SELF_CHECK: ("自评说明", sheet.self_comment),
        StageName.CHECK: ("验收意见", sheet.check_comment),
        StageName.FINAL: ("综合意见", sheet.final_comment),
    }
    return [texts[stage] for stage in page.stages if texts[stage][1]]


def _shown(line: Line, page: SheetPage, form: SheetForm | None) -> dict[str, Any]:
    """An indicator with its points at the stages shown and the fields that fill it in."""
    fields = form.fields_of(line.indicator.pk) if form else {}
    return {
        "line": line,
        "cells": list(zip(page.stages, line.cells(page.stages), strict=True)),
        "fields": fields,
        "span": 3 + len(page.stages),
        "is_open": (bool(line.marks) and line.marks[-1].is_change) or any(field.errors for field in fields.values()),
    }


@require_POST
@need(Permission.VIEW_SCORE)
def sheet_take_back(request: Request, pk: int) -> HttpResponse:
    """Open a sheet that was handed in, as long as the stage lasts."""
    return _step(request, pk, actions.take_back, "已撤回，可以继续修改。")


@require_POST
@need(Permission.VIEW_SCORE)
def sheet_rescore(request: Request, pk: int) -> HttpResponse:
    """Compute the metered points of this sheet anew."""
    return _step(request, pk, actions.rescore, "已按最新记录重新计分。")


def _step(request: Request, pk: int, action: Any, done: str) -> HttpResponse:
    sheet = _visible(request, pk)
    _require_right(request, sheet)
    try:
        action(by=request.actor, sheet=sheet)
    except ValidationError as error:
        messages.error(request, "".join(error.messages))
    else:
        messages.success(request, done)
    return redirect("assessments:sheet_detail", sheet.pk)
