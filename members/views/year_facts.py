"""Figures of a year: staff, dedicated party staff, activity funds (N13, N14)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from branches.forms.refusals import add_refusal
from branches.models import Organization
from branches.permissions import Permission
from branches.queries.audit import history_of
from branches.views.access import Request, need, require, visible_or_404
from branches.views.lists import chosen, page_of
from branches.views.workbooks import exported
from members.actions.year_facts import record_year_facts
from members.forms.year_facts import YearFactsFilterForm, YearFactsForm, year_choices
from members.models import YearFacts
from members.queries.year_facts import UNITS, YearLine, units_of, year_lines
from partybuild.lib import clock
from partybuild.lib.workbook import Sheet

COLUMNS = (
    "序号", "党组织名称", "党组织编码", "年度", "机关工作人员数", "专职党务干部数", "专职党务干部情况", "党员数",
    "党建经费预算（元）", "列入单位预算", "党建经费支出（元）", "人均（元）", "经费情况", "说明",
)  # fmt: skip


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def year_facts_list(request: Request) -> HttpResponse:
    """The units of the scope with their figures of a year, judged by the rule table."""
    form = YearFactsFilterForm(request.scope, request.GET)
    lines = _lines(request, form)
    context = {
        "form": form,
        "page": page_of(request, lines or []),
        "year": _year(form),
        "wanting": sum(_falls_short(line) for line in lines or []),
        "can_manage": request.scope.holds(Permission.MANAGE_PARTY_WORK),
    }
    return render(request, "members/year_facts/list.html", context, status=422 if lines is None else 200)


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def year_facts_export(request: Request) -> HttpResponseBase:
    """The list as it is filtered, as a workbook."""
    form = YearFactsFilterForm(request.scope, request.GET)
    lines = _lines(request, form)
    if lines is None:
        return render(request, "400.html", status=400)
    year = _year(form)
    title = f"{year}年度党务干部和党建经费情况表"
    rows = (_row(number, line, year) for number, line in enumerate(lines, 1))
    return exported(request, title, Sheet("年度数据", COLUMNS, rows, title=title))


@need(Permission.VIEW_PARTY_WORK)
def year_facts_edit(request: Request, pk: int, year: int) -> HttpResponse:
    """A unit's figures of one year: read by those who see it, written by those who keep its registers."""
    organization: Organization = visible_or_404(Organization.objects.filter(kind__in=UNITS), request, pk=pk)
    if year not in dict(year_choices()):
        raise Http404
    require(request, Permission.VIEW_PARTY_WORK, organization)
    if request.method == "POST":
        require(request, Permission.MANAGE_PARTY_WORK, organization)
    facts = YearFacts.objects.filter(organization=organization, year=year).first()
    form = YearFactsForm(request.POST if request.method == "POST" else None, instance=facts)
    if request.method == "POST" and form.is_valid():
        try:
            record_year_facts(by=request.actor, organization=organization, year=year, changes=form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, f"已保存{organization} {year}年的数据。")
            return redirect(f"{reverse('members:year_facts_list')}?year={year}")
    context = {
        "form": form,
        "organization": organization,
        "year": year,
        "line": year_lines([organization], year)[0],
        "can_manage": request.scope.allows(Permission.MANAGE_PARTY_WORK, organization),
        "history": history_of(facts) if facts else [],
    }
    return render(request, "members/year_facts/form.html", context, status=422 if form.is_bound else 200)


def _year(form: YearFactsFilterForm) -> int:
    return form.cleaned_data.get("year") or clock.today().year


def _lines(request: Request, form: YearFactsFilterForm) -> list[YearLine] | None:
    """The lines that the filters ask for; None when they cannot be read."""
    filters = chosen(form)
    if filters is None:
        return None
    units = units_of(request.scope, filters["year"])
    if filters["organization"]:
        units = units.below(filters["organization"])
    lines = year_lines(units.order_by("path"), filters["year"])
    return [line for line in lines if not filters["gap"] or _falls_short(line)]


def _falls_short(line: YearLine) -> bool:
    return not (line.dedicated.is_met and line.funds.is_met)


def _row(number: int, line: YearLine, year: int) -> list[object]:
    facts, unit = line.facts or YearFacts(), line.organization
    return [
        number, unit.name, unit.code, year, facts.staff, facts.dedicated_staff, line.dedicated.words, line.members,
        facts.funds_budget, "是" if facts.is_in_budget else "否", facts.funds_spent, line.funds.value, line.funds.words,
        facts.remark,
    ]  # fmt: skip
