"""Dues of a branch: totals, the month in which one collects, arrears, the year's sheet, the report."""

from datetime import date
from io import BytesIO

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from branches.actions.exports import record_export
from branches.enums import OrganizationKind
from branches.forms.refusals import add_refusal
from branches.models import Organization
from branches.permissions import Permission
from branches.views.access import Request, need, require, visible_or_404
from branches.views.lists import chosen, page_of
from branches.views.workbooks import workbook_response
from members.actions import dues as actions
from members.forms.dues import CollectForm, DebtorFilterForm, TotalsFilterForm
from members.queries.dues import branch_totals, debtors, month_sheet, month_sums, scope_totals, year_sheet
from members.queries.dues_lists import debtor_rows, missing_count, total_rows, waiting_exemptions, year_rows
from members.queries.dues_report import report_file
from members.rules import dues as rules
from office.views.files import bytes_response
from partybuild.lib import clock
from partybuild.lib.dates import day_text
from partybuild.lib.official import CONTENT_TYPE
from partybuild.lib.workbook import OutColumn, Sheet, write_table

TOTAL_COLUMNS = ("序号", "党支部", "上级党组织", "缴纳人数", "应缴（元）", "实缴（元）", "欠缴（元）", "欠缴人数")
DEBTOR_COLUMNS = ("序号", "姓名", "党支部", "欠缴月份", "欠缴月数", "欠缴金额（元）")
YEAR_COLUMNS = (
    "序号",
    "姓名",
    "缴纳类别",
    "计算基数",
    "月应缴",
    *(f"{month}月" for month in range(1, 13)),
    "合计",
    "备注",
)
FIRST_YEAR, LAST_YEAR = 1921, 2199


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def dues_list(request: Request) -> HttpResponse:
    """Sums by branch for a month or a year; names nobody, so leaders may see it."""
    form = TotalsFilterForm(request.scope, request.GET)
    filters = chosen(form)
    first, last = (rules.first_of(clock.today()),) * 2 if filters is None else form.span()
    organization = (filters or {}).get("organization")
    branches = branch_totals(request.scope, first, last, organization=organization)
    sees_people = request.scope.holds(Permission.VIEW_DUES)
    context = {
        "form": form,
        "page": page_of(request, branches if filters is not None else branches.none()),
        "totals": scope_totals(request.scope, first, last, organization),
        "is_year": first != last,
        "first": first,
        "month_key": rules.month_key(first),
        "sees_people": sees_people,
        "missing": missing_count(request.scope, clock.today()) if sees_people else 0,
        "exemptions": waiting_exemptions(request.scope) if sees_people else 0,
    }
    return render(request, "members/dues/list.html", context, status=422 if filters is None else 200)


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def dues_export(request: Request) -> HttpResponseBase:
    """The sums, filtered as they are shown, as a workbook."""
    form = TotalsFilterForm(request.scope, request.GET)
    filters = chosen(form)
    if filters is None:
        return render(request, "400.html", status=400)
    first, last = form.span()
    rows = total_rows(branch_totals(request.scope, first, last, organization=filters["organization"]))
    label = f"{first.year}年" if first != last else rules.month_text(first)
    return _workbook(
        request, Sheet("党费收缴", TOTAL_COLUMNS, rows, f"{label}党费收缴汇总表"), f"{label}党费收缴汇总表"
    )


@need(Permission.VIEW_DUES)
def dues_month(request: Request, pk: int, month: str) -> HttpResponse:
    """A branch's month: everybody on one screen, all paid by default; POST saves what was ticked."""
    branch, first = _branch(request, pk, Permission.VIEW_DUES), _month(month)
    if request.method == "POST":
        require(request, Permission.MANAGE_DUES, branch)
    sheet = month_sheet(branch, first, clock.today())
    form = CollectForm([*sheet.entries, *sheet.arrears], first, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            count = actions.collect(
                by=request.actor, organization=branch, payments=form.payments(), on=form.cleaned_data["on"]
            )
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, f"已登记 {count} 笔。" if count else "没有新的缴纳。")
            return redirect("members:dues_month", pk=pk, month=month)
    context = {
        "branch": branch,
        "sheet": sheet,
        "form": form,
        "rows": [(entry, form.row(entry)) for entry in sheet.entries],
        "arrears": [(entry, form.row(entry)) for entry in sheet.arrears],
        "month": first,
        "month_key": month,
        "before": rules.month_key(rules.first_of(date.fromordinal(first.toordinal() - 1))),
        "after": rules.month_key(rules.following(first)) if rules.following(first) <= clock.today() else "",
        "can_manage": request.scope.allows(Permission.MANAGE_DUES, branch),
        "is_owed": any(form.row(entry) for entry in [*sheet.entries, *sheet.arrears]),
    }
    return render(request, "members/dues/month.html", context, status=422 if form.is_bound else 200)


@require_POST
@need(Permission.MANAGE_DUES)
def dues_open(request: Request, pk: int, month: str) -> HttpResponse:
    """Make the entries of the month; pressed again it adds whoever is new."""
    branch = _branch(request, pk, Permission.MANAGE_DUES)
    try:
        opened = actions.open_month(by=request.actor, organization=branch, month=_month(month))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        lacking = f"另有 {opened.lacking} 人还没有核定基数。" if opened.lacking else ""
        messages.success(request, f"已生成 {opened.made + opened.moved} 人的应缴党费。{lacking}")
    return redirect("members:dues_month", pk=pk, month=month)


@require_POST
@need(Permission.MANAGE_DUES)
def dues_close(request: Request, pk: int, month: str) -> HttpResponse:
    """Close the month."""
    branch = _branch(request, pk, Permission.MANAGE_DUES)
    try:
        actions.close_month(by=request.actor, organization=branch, month=_month(month))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "已结账。欠缴的仍可补缴，金额有误的在明细中更正。")
    return redirect("members:dues_month", pk=pk, month=month)


@require_safe
@need(Permission.VIEW_DUES)
def dues_arrears(request: Request) -> HttpResponse:
    """Who owes for months that are past, and how much."""
    form = DebtorFilterForm(request.scope, request.GET)
    filters = chosen(form)
    found = [] if filters is None else debtors(request.scope, rules.first_of(clock.today()), **filters)
    context = {
        "form": form,
        "page": page_of(request, found),
        "owed": sum((one.owed for one in found), start=0),
        "this_month": rules.month_key(rules.first_of(clock.today())),
    }
    return render(request, "members/dues/arrears.html", context, status=422 if filters is None else 200)


@require_safe
@need(Permission.VIEW_DUES)
def dues_arrears_export(request: Request) -> HttpResponseBase:
    """The arrears as a workbook."""
    filters = chosen(DebtorFilterForm(request.scope, request.GET))
    if filters is None:
        return render(request, "400.html", status=400)
    rows = debtor_rows(debtors(request.scope, rules.first_of(clock.today()), **filters))
    return _workbook(request, Sheet("党费欠缴", DEBTOR_COLUMNS, rows, "党费欠缴名单"), "党费欠缴名单")


@require_safe
@need(Permission.VIEW_DUES)
def dues_year(request: Request, pk: int, year: int) -> HttpResponse:
    """The year's sheet of a branch: twelve months of everybody."""
    branch = _branch(request, pk, Permission.VIEW_DUES)
    lines = year_sheet(branch, _year(year))
    context = {
        "branch": branch,
        "year": year,
        "lines": lines,
        "sums": month_sums(lines),
        "paid": sum(month_sums(lines)),
        "this_month": rules.month_key(rules.first_of(clock.today())),
        "is_last": year >= clock.today().year,
    }
    return render(request, "members/dues/year.html", context)


@require_safe
@need(Permission.VIEW_DUES)
def dues_year_export(request: Request, pk: int, year: int) -> HttpResponseBase:
    """The year's sheet in the layout of a 党费收缴登记表."""
    branch = _branch(request, pk, Permission.VIEW_DUES)
    title = f"{branch.name}{_year(year)}年党费收缴登记表"
    columns = [OutColumn(name, 9.0) if name.endswith("月") else name for name in YEAR_COLUMNS]
    return _workbook(request, Sheet("党费收缴登记表", columns, year_rows(year_sheet(branch, year)), title), title)


@require_safe
@need(Permission.VIEW_DUES)
def dues_report(request: Request, pk: int, year: int) -> HttpResponseBase:
    """The report to the members' meeting as .docx."""
    organization: Organization = visible_or_404(Organization.objects, request, pk=pk)
    require(request, Permission.VIEW_DUES, organization)
    content = report_file(organization, _year(year), clock.today())
    return bytes_response(content, CONTENT_TYPE, f"{organization.name}{year}年党费收缴使用情况报告.docx")


def _workbook(request: Request, sheet: Sheet, name: str) -> HttpResponseBase:
    file, today = BytesIO(), clock.today()
    noted = Sheet(sheet.name, sheet.columns, sheet.rows, sheet.title, f"单位：元　截至{day_text(today)}")
    count = write_table(file, [noted])
    record_export(by=request.actor, what=name, count=count)
    return workbook_response(file, f"{name}{today:%Y%m%d}.xlsx")


def _branch(request: Request, pk: int, permission: Permission) -> Organization:
    branch: Organization = visible_or_404(Organization.objects, request, pk=pk)
    require(request, permission, branch)
    if branch.kind != OrganizationKind.BRANCH:
        raise Http404
    return branch


def _month(key: str) -> date:
    month = rules.read_month(key)
    if month is None:
        raise Http404
    return month


def _year(year: int) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    return year
