"""Sheets of the branches' standards (O16): list, one sheet, answered, submitted, checked, files."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from branches.enums import OrganizationKind
from branches.models import Organization
from branches.permissions import Permission
from branches.queries.audit import history_of
from branches.views.access import Request, need, require, visible_or_404
from branches.views.pages import Book, ListPage, ask, attempt, data_of, do, export_sheets, show_list
from members.actions import standards as actions
from members.enums import SheetState
from members.forms.standards import ProofForm, SheetCheckForm, SheetForm, StandardFilterForm, years
from members.models import StandardItem, StandardProof, StandardSheet
from members.queries.standards import standard_lines, standard_rows, with_results
from members.rules.standards import after
from office.views.files import file_response
from partybuild.lib import clock
from partybuild.lib.workbook import Sheet

COLUMNS = ("序号", "党支部", "党支部编码", "状态", "达标条目", "条目总数", "核验意见")
P = Permission
STANDARDS = ListPage(
    heading="支部标准化",
    template="members/standards/list.html",
    url_name="members:standard_list",
    book=Book(url_name="members:standard_export", columns=COLUMNS),
    none="没有党支部",
    empty="本组织及下级设立党支部后会显示在这里。",
    nothing_found="没有符合条件的党支部",
)


@require_safe
@need(P.VIEW_PARTY_WORK)
def standard_list(request: Request) -> HttpResponse:
    """The branches of the scope with their sheet of the year; one without a sheet is listed too."""
    form = StandardFilterForm(request.scope, request.GET)
    today = clock.today()
    return show_list(
        request, STANDARDS, form, partial(standard_lines, on=today),
        year=form.cleaned_data["year"] if form.is_valid() else today.year,
        can_manage=request.scope.holds(P.MANAGE_PARTY_WORK),
    )  # fmt: skip


@require_safe
@need(P.VIEW_PARTY_WORK)
def standard_export(request: Request) -> HttpResponseBase:
    """The list as it is filtered, as a workbook."""
    form = StandardFilterForm(request.scope, request.GET)
    title = f"{form.cleaned_data['year']}年支部标准化建设情况表" if form.is_valid() else ""

    def sheets(**filters: Any) -> list[Sheet]:
        rows = standard_rows(standard_lines(request.scope, clock.today(), **filters))
        return [Sheet(STANDARDS.heading, COLUMNS, rows, title=title)]

    return export_sheets(request, form, STANDARDS.heading, sheets, file_name=title)


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
    form = SheetForm(list(sheet.items.all()), data_of(request))
    return ask(
        request, form, lambda values: actions.answer_sheet(by=request.actor, sheet=sheet, answers=form.answers),
        done="已保存。填写完成后请提交上级核验。", to=_page_of(sheet.pk), template="members/standards/form.html",
        pairs=[(item, form[f"met-{item.pk}"], form[f"evidence-{item.pk}"]) for item in form.items],
        sheet=sheet, is_fixed=after("answer", sheet.state) is None,
    )  # fmt: skip


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
    checked = attempt(
        request, form, lambda values: actions.check_sheet(by=request.actor, sheet=sheet, **values),
        done="核验结果已保存。", to=_page_of(pk),
    )  # fmt: skip
    return checked or _detail(request, sheet, check_form=form)


@require_POST
@need(P.MANAGE_PARTY_WORK)
def standard_proof_add(request: Request, pk: int) -> HttpResponse:
    """Add a file to an item."""
    sheets = StandardSheet.objects.visible_to(request.scope)
    item = get_object_or_404(StandardItem.objects.filter(sheet__in=sheets).select_related("sheet__organization"), pk=pk)
    require(request, P.MANAGE_PARTY_WORK, item.sheet.organization)
    form = ProofForm(request.POST, request.FILES)
    added = attempt(
        request, form, lambda values: actions.add_proof(by=request.actor, item=item, upload=values["file"]),
        to=_page_of(item.sheet_id),
    )  # fmt: skip
    return added or _detail(request, _sheet(request, item.sheet_id), proof_form=form)


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
    return do(request, lambda: actions.remove_proof(by=request.actor, proof=proof), to=_page_of(proof.item.sheet_id))


def _step(request: Request, pk: int, action: Callable[..., Any], words: str) -> HttpResponse:
    sheet = _sheet(request, pk, P.MANAGE_PARTY_WORK)
    return do(request, lambda: action(by=request.actor, sheet=sheet), done=words, to=_page_of(pk))


def _page_of(pk: int) -> str:
    return reverse("members:standard_detail", args=[pk])


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
