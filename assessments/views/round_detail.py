"""One round with its standing, its export, and the scheme behind it."""

from io import BytesIO
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from assessments.actions.exports import write_standing
from assessments.enums import Grade, RoundStatus
from assessments.forms.rounds import SheetFilterForm
from assessments.models import Round, Scheme, Submission
from assessments.queries import round_page
from assessments.queries.round_page import KindCount, Sight
from assessments.queries.rounds import progress_of, units_in
from assessments.queries.rules import rules_of
from assessments.queries.scheme_page import scheme_groups
from assessments.rules.ranking import bands_text
from assessments.rules.rounds import RoundVerb, can
from assessments.rules.scoring import late_text
from branches.permissions import Permission, Scope
from branches.queries.audit import history_of
from branches.views.access import Request, need, visible_or_404
from branches.views.lists import page_of
from office.views.files import bytes_response
from partybuild.lib import clock

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@need(Permission.VIEW_SCORE)
def round_detail(request: Request, pk: int) -> HttpResponse:
    """How far the round is, and the standing: before publication for its staff alone."""
    round_ = _visible(request, pk)
    sight = round_page.sight_of(round_, request.scope)
    sheets = round_page.sheets_for(round_, request.scope)
    kinds = round_page.kinds_in(sheets)
    form, wanted = _filters(request, round_, sheets, kinds, sight)
    found = round_page.filtered(round_, sheets, wanted) if form.is_valid() else sheets.none()
    page = page_of(request, round_page.sorted_by(found, request.GET.get("sort", ""), sight.ranks))
    context = {
        "round": round_,
        "sight": sight,
        "form": form,
        "page": page,
        "rows": _rows(page, request.scope, round_, sight),
        "kinds": kinds,
        "kind": wanted["kind"],
        **_frame(request, round_, sight, sheets, wanted["kind"]),
    }
    return render(request, "assessments/rounds/detail.html", context, status=200 if form.is_valid() else 422)


def _visible(request: Request, pk: int) -> Round:
    return visible_or_404(Round.objects.select_related("scheme__campaign__issuer"), request, pk=pk)


def _filters(
    request: Request, round_: Round, sheets: Any, kinds: list[KindCount], sight: Sight
) -> tuple[SheetFilterForm, dict]:
    """The filter form and what it asks for; the most frequent kind when none is named, for ranks are among a kind."""
    has_stage = round_.status in (RoundStatus.SELF_CHECK, RoundStatus.CHECK)
    form = SheetFilterForm(request.GET, units=units_in(sheets), shows_grade=sight.ranks, has_stage=has_stage)
    wanted = dict(form.cleaned_data) if form.is_valid() else {}
    usual = kinds[0].kind if kinds else round_page.ALL_KINDS
    wanted["kind"] = wanted.get("kind") or usual
    return form, wanted


def _rows(page: Any, scope: Scope, round_: Round, sight: Sight) -> list[dict[str, Any]]:
    """The sheets of a page, each with its address where the person may open it."""
    return [
        {
            "sheet": sheet,
            "url": reverse("assessments:sheet_detail", args=[sheet.pk]) if scope.sees(sheet) else "",
            "shows_points": sight.ranks or (sight.points and not _is_own(sheet, scope)),
            "state": _state(sheet, round_),
            "grade": Grade(sheet.grade).label if sheet.grade else "",
            "is_own": _is_own(sheet, scope),
        }
        for sheet in page
    ]


def _is_own(sheet: Submission, scope: Scope) -> bool:
    return scope.grant is not None and scope.grant.organization_id == sheet.organization_id


def _state(sheet: Submission, round_: Round) -> tuple[str, str]:
    """Mark and words of how far the sheet is in the stage."""
    if round_.status == RoundStatus.SELF_CHECK:
        return ("done", "已自评") if sheet.self_checked_at else ("open", "未自评")
    if round_.status == RoundStatus.CHECK:
        return ("done", "已验收") if sheet.checked_at else ("pending", "待验收")
    if sheet.ungraded:
        return "returned", f"{sheet.ungraded} 项待评"
    return ("done", "已公布") if round_.status == RoundStatus.PUBLISHED else ("pending", "待公布")


def _frame(request: Request, round_: Round, sight: Sight, sheets: Any, kind: str) -> dict[str, Any]:
    rules = rules_of(round_)
    published = round_.status == RoundStatus.PUBLISHED
    return {
        "progress": progress_of(sheets),
        "grades": round_page.grade_counts(round_, kind) if published else [],
        "steps": round_page.steps_of(round_, clock.today()),
        "own": round_page.own_sheet(round_, request.scope),
        "bands": bands_text(rules.bands),
        "late": late_text(rules.late_factor),
        "verbs": {verb.value: can(round_.status, verb) for verb in RoundVerb} if sight.manages else {},
        "history": history_of(round_) if sight.manages else [],
    }


@require_safe
@need(Permission.VIEW_SCORE)
def round_export(request: Request, pk: int) -> HttpResponseBase:
    """The standing as it is filtered, as a workbook; for those who see the ranking."""
    round_ = _visible(request, pk)
    sight = round_page.sight_of(round_, request.scope)
    if not sight.ranks:
        raise PermissionDenied
    sheets = round_page.sheets_for(round_, request.scope)
    form, wanted = _filters(request, round_, sheets, round_page.kinds_in(sheets), sight)
    found = round_page.filtered(round_, sheets, wanted) if form.is_valid() else sheets.none()
    stream = BytesIO()
    rows = round_page.sorted_by(found, request.GET.get("sort", ""), sight.ranks)
    write_standing(by=request.actor, round_=round_, sheets=rows, stream=stream)
    return bytes_response(stream.getvalue(), XLSX, f"{round_.name}.xlsx")


@require_safe
@need(Permission.VIEW_SCORE)
def scheme_detail(request: Request, pk: int) -> HttpResponse:
    """The scheme of a campaign: dimensions, indicators, points, and the standard of each."""
    schemes = Scheme.objects.select_related("campaign__issuer")
    scheme = visible_or_404(schemes, request, pk=pk)
    return render(request, "assessments/schemes/detail.html", {"scheme": scheme, "groups": scheme_groups(scheme)})
