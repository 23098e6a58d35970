"""Responsibility agreements between superior and subordinate (C08)."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from branches.models import Organization
from branches.permissions import Permission, Scope
from branches.queries.audit import history_of
from branches.views.access import Request, need, require, visible_or_404
from branches.views.lists import chosen
from branches.views.pages import Book, ListPage, data_of, do, export_list, files_of, show_list
from campaigns.actions import agreements as actions
from campaigns.forms.agreements import AgreementFilterForm, AgreementForm, DrawUpForm
from campaigns.forms.branch_plans import CoverageForm
from campaigns.forms.papers import ReasonForm, UploadForm
from campaigns.models import Agreement
from campaigns.queries import agreements as queries
from campaigns.queries.work_coverage import CoverageRow, totals
from campaigns.queries.work_rights import own_organization
from campaigns.rules.agreements import AGREEMENT_STATES, AgreementState
from campaigns.views.work_pages import ask, paper
from partybuild.lib import clock

COLUMNS = (
    "序号", "上级党组织", "责任单位", "年度", "标题", "状态", "送签日期", "上级签订", "责任单位签订", "签订日期",
)  # fmt: skip
AGREEMENTS = ListPage(
    heading="目标责任书",
    template="campaigns/agreements/list.html",
    url_name="campaigns:agreement_list",
    book=Book(url_name="campaigns:agreement_export", columns=COLUMNS, title="目标责任书"),
    new_name="campaigns:agreement_draw_up",
    new_label="生成责任书",
    none="还没有责任书",
    empty="上级党组织送签后会显示在这里。",
    invite="与直属党组织逐一生成，核对后送签，双方在平台签订。",
)
COVERAGE = ListPage(
    heading="责任书签订情况",
    template="campaigns/agreements/coverage.html",
    url_name="campaigns:agreement_coverage",
    book=Book(
        url_name="campaigns:agreement_coverage_export",
        columns=("序号", "上级党组织", "应签订", "已签订", "待签订", "未送签", "未送签的党组织"),
        title="目标责任书签订情况",
    ),
    none="没有需要签订责任书的党组织",
    empty="本组织没有直属的下级党组织。",
)


@require_safe
@need(Permission.VIEW_WORK)
def agreement_list(request: Request) -> HttpResponse:
    """The agreements of the scope, and with whom there is none yet."""
    own, today = own_organization(request.scope), clock.today()
    leads = own is not None and request.scope.allows(Permission.LEAD_WORK, own)
    return show_list(
        request, AGREEMENTS, AgreementFilterForm(request.scope, request.GET), queries.agreements_for, may_add=leads,
        missing=queries.unsigned_below(own, today.year, today) if own and leads else [], year=today.year,
    )  # fmt: skip


@require_safe
@need(Permission.VIEW_WORK)
def agreement_export(request: Request) -> HttpResponseBase:
    """The list as it is filtered."""
    form = AgreementFilterForm(request.scope, request.GET)
    return export_list(request, AGREEMENTS, form, queries.agreements_for, queries.export_rows)


@require_safe
@need(Permission.VIEW_WORK)
def agreement_coverage(request: Request) -> HttpResponse:
    """Superior by superior: due, signed, waiting, missing."""
    form, today = CoverageForm(request.GET), clock.today()
    year = (chosen(form) or {}).get("year") or today.year
    rows = queries.agreement_coverage(request.scope, year, today)
    return show_list(request, COVERAGE, form, lambda scope, **_: rows, year=year, total=totals(rows))


@require_safe
@need(Permission.VIEW_WORK)
def agreement_coverage_export(request: Request) -> HttpResponseBase:
    """The coverage of a year as a workbook."""
    today = clock.today()

    def rows(scope: Scope, year: int | None) -> list[CoverageRow]:
        return queries.agreement_coverage(scope, year or today.year, today)

    return export_list(request, COVERAGE, CoverageForm(request.GET), rows, queries.coverage_cells)


@need(Permission.LEAD_WORK)
def agreement_draw_up(request: Request) -> HttpResponse:
    """Draw up the agreements of a year with the organisations directly below."""
    own = own_organization(request.scope)
    below = Organization.objects.filter(parent=own).in_force(clock.today()).order_by("path")
    page = reverse(AGREEMENTS.url_name)
    return ask(
        request, DrawUpForm(below, data_of(request)),
        lambda values: actions.draw_up(by=request.actor, superior=own, **values) if own else [],
        done="已生成，请核对内容后送签。", to=page, title="生成责任书", back_url=page, back_label="目标责任书",
        submit="生成", note="已有责任书的单位不会重复生成。年度任务从已下发的任务中提取，可以修改。",
    )  # fmt: skip


@require_safe
@need(Permission.VIEW_WORK)
def agreement_detail(request: Request, pk: int) -> HttpResponse:
    """One agreement: its words and both signatures."""
    agreement = _agreement(request, pk)
    verbs, leads = AGREEMENT_STATES.verbs(agreement.state), _is_ours(request, agreement)
    is_open = agreement.state in (AgreementState.SENT, AgreementState.SIGNED)
    context = {
        "agreement": agreement,
        "files": agreement.files.select_related("file"),
        "can_edit": leads and "change" in verbs,
        "can_void": leads and "void" in verbs,
        "side": queries.may_sign(request.scope, agreement),
        "can_scan": is_open and (leads or request.scope.allows(Permission.DO_WORK, agreement.organization)),
        "scan_form": UploadForm(),
        "history": history_of(agreement),
    }
    return render(request, "campaigns/agreements/detail.html", context)


@need(Permission.LEAD_WORK)
def agreement_edit(request: Request, pk: int) -> HttpResponse:
    """Change the words."""
    agreement = _ours(request, pk)
    page = actions.page_of(agreement)
    return ask(
        request, AgreementForm(data_of(request), agreement),
        lambda values: actions.change_agreement(by=request.actor, agreement=agreement, **values), done="已保存。",
        to=page, title="修改责任书", back_url=page, back_label=agreement.title,
    )  # fmt: skip


@require_POST
@need(Permission.LEAD_WORK)
def agreement_send(request: Request, pk: int) -> HttpResponse:
    """Send it to be signed."""
    agreement = _ours(request, pk)
    page = actions.page_of(agreement)
    return do(
        request, lambda: actions.send_agreement(by=request.actor, agreement=agreement), done="已送签。", to=page
    )  # fmt: skip


@require_POST
@need(Permission.SIGN_AGREEMENT)
def agreement_sign(request: Request, pk: int) -> HttpResponse:
    """Sign for one's side."""
    agreement = _agreement(request, pk)
    require(request, Permission.SIGN_AGREEMENT, agreement.organization)
    page, role = actions.page_of(agreement), request.scope.role
    return do(
        request, lambda: actions.sign_agreement(by=request.actor, agreement=agreement, role=role), done="已签订。",
        to=page,
    )  # fmt: skip


@need(Permission.LEAD_WORK)
def agreement_void(request: Request, pk: int) -> HttpResponse:
    """Take it out of force."""
    agreement = _ours(request, pk)
    page = actions.page_of(agreement)
    return ask(
        request, ReasonForm(data_of(request)),
        lambda values: actions.void_agreement(by=request.actor, agreement=agreement, **values), done="已作废。",
        to=page, title="作废责任书", back_url=page, back_label=agreement.title, submit="作废",
    )  # fmt: skip


@need(Permission.DO_WORK)
def agreement_scan(request: Request, pk: int) -> HttpResponse:
    """Keep the paper that was signed by hand."""
    agreement = _agreement(request, pk)
    if not _is_ours(request, agreement):
        require(request, Permission.DO_WORK, agreement.organization)
    page = actions.page_of(agreement)
    return ask(
        request, UploadForm(data_of(request), files_of(request)),
        lambda values: actions.add_scan(by=request.actor, agreement=agreement, **values), done="已添加。", to=page,
        title="添加扫描件", back_url=page, back_label=agreement.title, submit="添加",
    )  # fmt: skip


@require_safe
@need(Permission.VIEW_WORK)
def agreement_paper(request: Request, pk: int) -> HttpResponseBase:
    """The agreement as .docx."""
    agreement = _agreement(request, pk)
    return paper(request, queries.agreement_file(agreement), f"{agreement.organization}{agreement.title}")


def _agreement(request: Request, pk: int) -> Agreement:
    rows = Agreement.objects.select_related("organization", "superior", "superior_signed_by", "own_signed_by")
    agreement: Agreement = visible_or_404(rows, request, pk=pk)
    return agreement


def _ours(request: Request, pk: int) -> Agreement:
    agreement = _agreement(request, pk)
    require(request, Permission.LEAD_WORK, agreement.organization)
    if not _is_ours(request, agreement):
        raise PermissionDenied
    return agreement


def _is_ours(request: Request, agreement: Agreement) -> bool:
    scope = request.scope
    at = scope.grant.organization_id if scope.grant else None
    return at == agreement.superior_id and scope.allows(Permission.LEAD_WORK, agreement.organization)
