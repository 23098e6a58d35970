"""Sheets of the branches' standards (O16): list, one sheet, answered, submitted, checked, files."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from branches.actions.exports import record_export
from branches.enums import OrganizationKind
from branches.forms.refusals import add_refusal
from branches.models import Organization
from branches.permissions import Permission
from branches.queries.audit import history_of
from branches.views.access import Request, need, require, visible_or_404
from branches.views.lists import chosen, page_of
from branches.views.workbooks import workbook_response
from members.actions import standards as actions
from members.enums import SheetState
from members.forms.standards import ProofForm, SheetCheckForm, SheetForm, StandardFilterForm, years
from members.models import StandardItem, StandardProof, StandardSheet
from members.queries.standards import standard_lines, standard_rows, with_results
from members.rules.standards import after
from office.views.files import file_response
from partybuild.lib import clock
from partybuild.lib.workbook import Sheet, write_table

COLUMNS = ("序号", "党支部", "党支部编码", "状态", "达标条目", "条目总数", "核验意见")
P = Permission


@require_safe
@need(P.VIEW_PARTY_WORK)
def standard_list(request: Request) -> HttpResponse:
    """The branches of the scope with their sheet of the year; one without a sheet is listed too."""
    form = StandardFilterForm(request.scope, request.GET)
    filters = chosen(form)
    lines = standard_lines(request.scope, clock.today(), **filters) if filters else []
    context = {
        "form": form,
        "year": filters["year"] if filters else clock.today().year,
        "page": page_of(request, lines),
        "can_manage": request.scope.holds(P.MANAGE_PARTY_WORK),
    }
    return render(request, "members/standards/list.html", context, status=200 if filters else 422)


@require_safe
@need(P.VIEW_PARTY_WORK)
def standard_export(request: Request) -> HttpResponseBase:
    """The list as it is filtered, as a workbook."""
    filters = chosen(StandardFilterForm(request.scope, request.GET))
    if filters is None:
        return render(request, "400.html", status=400)
    file, title = BytesIO(), f"{filters['year']}年支部标准化建设情况表"
    rows = standard_rows(standard_lines(request.scope, clock.today(), **filters))
    count = write_table(file, [Sheet("支部标准化", COLUMNS, rows, title=title)])
    record_export(by=request.actor, what="支部标准化", count=count)
    return workbook_response(file, f"{title}.xlsx")


@require_POST
@need(P.MANAGE_PARTY_WORK)
def standard_open(request: Request, pk: int, year: int) -> HttpResponse:
    """Open the sheet of a branch and year."""
    branch: Organization = visible_or_404(
        Organization.objects.filter(kind=OrganizationKind.BRANCH, dissolved_on__isnull=True), request, pk=pk
    )
    require(request, P.MANAGE_PARTY_WORK, branch)
    if year not in years():
        raise Http404
    sheet = actions.open_sheet(by=request.actor, organization=branch, year=year)
    return redirect("members:standard_detail", pk=sheet.pk)


@require_safe
@need(P.VIEW_PARTY_WORK)
def standard_detail(request: Request, pk: int) -> HttpResponse:
    """One sheet: its items with evidence and files, the superior's word."""
    return _detail(request, _sheet(request, pk))


@need(P.MANAGE_PARTY_WORK)
def standard_edit(request: Request, pk: int) -> HttpResponse:
    """Answer the items."""
    sheet = _sheet(request, pk, P.MANAGE_PARTY_WORK)
    form = SheetForm(list(sheet.items.all()), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_sheet(by=request.actor, sheet=sheet, answers=form.answers)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已保存。填写完成后请提交上级核验。")
            return redirect("members:standard_detail", pk=pk)
    pairs = [(item, form[f"met-{item.pk}"], form[f"evidence-{item.pk}"]) for item in form.items]
    context = {"form": form, "pairs": pairs, "sheet": sheet, "is_fixed": after("answer", sheet.state) is None}
    return render(request, "members/standards/form.html", context, status=422 if form.is_bound else 200)


@require_POST
@need(P.MANAGE_PARTY_WORK)
def standard_submit(request: Request, pk: int) -> HttpResponse:
    """Put the sheet before the superior."""
    return _step(request, pk, actions.submit_sheet, "已提交，等待上级党组织核验。")


@require_POST
@need(P.MANAGE_PARTY_WORK)
def standard_reopen(request: Request, pk: int) -> HttpResponse:
    """Take the sheet back."""
    return _step(request, pk, actions.reopen_sheet, "已撤回，可以修改。")


@require_POST
@need(P.MANAGE_PARTY_WORK)
def standard_renew(request: Request, pk: int) -> HttpResponse:
    """Word the items as the rule table does now."""
    return _step(request, pk, actions.renew_items, "条目已按规则表更新。")


@require_POST
@need(P.APPROVE_PARTY_WORK)
def standard_check(request: Request, pk: int) -> HttpResponse:
    """The superior confirms a sheet or gives it back."""
    sheet, form = _sheet(request, pk, P.APPROVE_PARTY_WORK), SheetCheckForm(request.POST)
    if form.is_valid():
        try:
            actions.check_sheet(by=request.actor, sheet=sheet, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "核验结果已保存。")
            return redirect("members:standard_detail", pk=pk)
    return _detail(request, sheet, check_form=form)


@require_POST
@need(P.MANAGE_PARTY_WORK)
def standard_proof_add(request: Request, pk: int) -> HttpResponse:
    """Add a file to an item."""
    sheets = StandardSheet.objects.visible_to(request.scope)
    item = get_object_or_404(StandardItem.objects.filter(sheet__in=sheets).select_related("sheet__organization"), pk=pk)
    require(request, P.MANAGE_PARTY_WORK, item.sheet.organization)
    form = ProofForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            actions.add_proof(by=request.actor, item=item, upload=form.cleaned_data["file"])
        except ValidationError as error:
            add_refusal(form, error)
        else:
            return redirect("members:standard_detail", pk=item.sheet_id)
    return _detail(request, _sheet(request, item.sheet_id), proof_form=form)


@require_safe
@need(P.VIEW_PARTY_WORK)
def standard_proof(request: Request, pk: int) -> HttpResponseBase:
    """A file."""
    proof = _proof(request, pk, P.VIEW_PARTY_WORK)
    return file_response(request, proof.file, proof.name, inline=True)


@require_POST
@need(P.MANAGE_PARTY_WORK)
def standard_proof_remove(request: Request, pk: int) -> HttpResponse:
    """Take a file away."""
    proof = _proof(request, pk, P.MANAGE_PARTY_WORK)
    try:
        actions.remove_proof(by=request.actor, proof=proof)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("members:standard_detail", pk=proof.item.sheet_id)


def _step(request: Request, pk: int, action: Callable[..., Any], words: str) -> HttpResponse:
    sheet = _sheet(request, pk, P.MANAGE_PARTY_WORK)
    try:
        action(by=request.actor, sheet=sheet)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, words)
    return redirect("members:standard_detail", pk=pk)


def _sheet(request: Request, pk: int, permission: Permission = P.VIEW_PARTY_WORK) -> StandardSheet:
    sheets = with_results(StandardSheet.objects.select_related("organization", "checked_by"))
    sheet: StandardSheet = visible_or_404(sheets, request, pk=pk)
    require(request, permission, sheet.organization)
    return sheet


def _proof(request: Request, pk: int, permission: Permission) -> StandardProof:
    sheets = StandardSheet.objects.visible_to(request.scope)
    proofs = StandardProof.objects.filter(item__sheet__in=sheets).select_related("file", "item__sheet__organization")
    proof = get_object_or_404(proofs, pk=pk)
    require(request, permission, proof.item.sheet.organization)
    return proof


def _detail(
    request: Request,
    sheet: StandardSheet,
    check_form: SheetCheckForm | None = None,
    proof_form: ProofForm | None = None,
) -> HttpResponse:
    scope, organization = request.scope, sheet.organization
    is_own = scope.grant is not None and scope.grant.organization_id == organization.pk
    can_manage = scope.allows(P.MANAGE_PARTY_WORK, organization)
    context = {
        "sheet": sheet,
        "items": sheet.items.prefetch_related("proofs__file"),
        "can_answer": can_manage and after("answer", sheet.state) is not None,
        "can_submit": can_manage and after("submit", sheet.state) is not None,
        "can_reopen": can_manage and after("reopen", sheet.state) is not None,
        "can_check": sheet.state == SheetState.SUBMITTED
        and not is_own
        and scope.allows(P.APPROVE_PARTY_WORK, organization),
        "check_form": check_form or SheetCheckForm(),
        "proof_form": proof_form or ProofForm(),
        "history": history_of(sheet),
    }
    return render(request, "members/standards/detail.html", context, status=422 if check_form or proof_form else 200)
