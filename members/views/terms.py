"""The register of elections (换届台账): list, one organisation, extension asked and answered. N19."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from branches.forms.refusals import add_refusal
from branches.models import Organization
from branches.permissions import Permission
from branches.queries.audit import history_of
from branches.views.access import Request, need, require, visible_or_404
from branches.views.lists import chosen, page_of
from branches.views.workbooks import exported
from members.actions.terms import answer_extension, ask_extension, record_term, years_of
from members.forms.terms import ExtensionAnswerForm, ExtensionForm, TermFilterForm, TermForm
from members.models import Term, TermExtension
from members.queries.roster import figures_on
from members.queries.terms import (
    DEFAULT_SORT,
    FILTERS,
    export_rows,
    live_term_of,
    marks_on,
    may_answer,
    rows_of,
    seats_on,
    state_counts,
    terms_of,
)
from members.queries.terms import (
    term_list as listed,
)
from members.rules.terms import YEARS_RULE, due_day, state_of
from office.queries.rules import rule_table
from partybuild.lib import clock
from partybuild.lib.dates import day_text
from partybuild.lib.htmx import is_htmx
from partybuild.lib.workbook import Sheet

COLUMNS = (
    "党组织编码", "党组织名称", "组织类别", "上级党组织", "书记", "当选日期", "任期（年）", "应换届时间",
    "实际换届时间", "委员名额", "批准延期至", "任期状态",
)  # fmt: skip


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def term_list(request: Request) -> HttpResponse:
    """The organisations that elect a committee, with their term and its state."""
    form = TermFilterForm(request.scope, request.GET)
    filters = chosen(form)
    today = clock.today()
    sort = request.GET.get("sort", DEFAULT_SORT)
    found = Organization.objects.none() if filters is None else listed(request.scope, today, sort=sort, **filters)
    page = page_of(request, found)
    counts = state_counts(request.scope, today)
    context = {
        "form": form,
        "page": page,
        "rows": rows_of(page, today),
        "chips": [(code, label, counts[code]) for code, label in FILTERS if counts[code]],
        "counts": counts,
        "default_sort": DEFAULT_SORT,
        "can_manage": request.scope.holds(Permission.MANAGE_PARTY_WORK),
    }
    return render(request, "members/terms/list.html", context, status=422 if filters is None else 200)


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def term_export(request: Request) -> HttpResponseBase:
    """The list, filtered as it is shown, as a workbook that can be imported again."""
    filters = chosen(TermFilterForm(request.scope, request.GET))
    if filters is None:
        return render(request, "400.html", status=400)
    today = clock.today()
    rows = export_rows(listed(request.scope, today, **filters), today)
    return exported(
        request, "换届台账", Sheet("换届台账", COLUMNS, rows, title="换届台账", note=f"截至{day_text(today)}")
    )


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def term_detail(request: Request, pk: int) -> HttpResponse:
    """The terms of one organisation, the latest first; as a fragment the panel on the organisation's page."""
    organization = _organization(request, pk, Permission.VIEW_PARTY_WORK)
    today = clock.today()
    terms = list(terms_of(organization))
    term = next((one for one in terms if one.ended_on is None), None)
    context = {
        "organization": organization,
        "term": term,
        "state": state_of(term.due_on, term.extended_to, today, marks_on(today)) if term else None,
        "last_day": (term.extended_to or term.due_on) if term else None,
        "elects": organization.kind in YEARS_RULE,
        "seats": list(seats_on(organization, today)),
        "can_manage": request.scope.allows(Permission.MANAGE_PARTY_WORK, organization),
    }
    if is_htmx(request):
        return render(request, "members/terms/_panel.html", context)
    return render(request, "members/terms/detail.html", context | _record_of(request, terms))


def _record_of(request: Request, terms: list[Term]) -> dict[str, Any]:
    """Former terms, the request that waits, and whether it is this person's to answer."""
    extensions = [extension for term in terms for extension in term.extensions.all()]
    waiting = next((one for one in extensions if one.answered_at is None), None)
    share = rule_table(clock.today()).fraction("term.election_present")
    return {
        "terms": [(term, _was_thin(term, share)) for term in terms],
        "extensions": extensions,
        "waiting": waiting,
        "may_answer": waiting is not None and may_answer(request.scope, waiting),
        "history": history_of(terms[0]) if terms else [],
    }


def _was_thin(term: Term, share: Any) -> bool:
    """Whether fewer came than elections usually ask for; told, not judged."""
    return term.voters is not None and term.voters_present is not None and term.voters_present < term.voters * share


@need(Permission.MANAGE_PARTY_WORK)
def term_record(request: Request, pk: int) -> HttpResponse:
    """Write down the term in force, or correct it."""
    organization = _organization(request, pk, Permission.MANAGE_PARTY_WORK)
    term = live_term_of(organization)
    form = TermForm(request.POST if request.method == "POST" else None, initial=_initial(organization, term))
    if request.method == "POST" and form.is_valid():
        try:
            record_term(by=request.actor, organization=organization, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已保存任期。")
            return redirect("members:term_detail", pk=pk)
    title = "更正任期" if term else "登记任期"
    return _form(request, form, organization, title, "应换届时间由当选日期加任期年数得出，不用填写。")


@need(Permission.MANAGE_PARTY_WORK)
def term_extension_new(request: Request, pk: int) -> HttpResponse:
    """Ask the superior to put the election off."""
    organization = _organization(request, pk, Permission.MANAGE_PARTY_WORK)
    term = get_object_or_404(Term.objects.live(), organization=organization)
    form = ExtensionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            ask_extension(by=request.actor, term=term, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已提交延期申请，等待上级党组织批复。")
            return redirect("members:term_detail", pk=pk)
    rule = rule_table(clock.today()).rule("term.extension_years")
    latest = due_day(term.due_on, rule.value)
    note = (
        f"本届{day_text(term.due_on)}届满。延期最多 {rule.value} 年，至{day_text(latest)}。依据：{rule.shown_basis}。"
    )
    return _form(request, form, organization, "申请延期换届", note, "提交申请")


@need(Permission.APPROVE_PARTY_WORK)
def term_extension_answer(request: Request, pk: int) -> HttpResponse:
    """The superior agrees or refuses."""
    found = TermExtension.objects.select_related("term__organization", "asked_by")
    extension: TermExtension = visible_or_404(found, request, pk=pk)
    organization = extension.term.organization
    require(request, Permission.APPROVE_PARTY_WORK, organization)
    form = ExtensionAnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            answer_extension(by=request.actor, extension=extension, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已批复。")
            return redirect("members:term_detail", pk=organization.pk)
    context = {"extension": extension, "organization": organization, "form": form}
    return render(request, "members/terms/answer.html", context, status=422 if form.is_bound else 200)


def _organization(request: Request, pk: int, permission: Permission) -> Organization:
    organization: Organization = visible_or_404(Organization.objects.select_related("parent"), request, pk=pk)
    require(request, permission, organization)
    return organization


def _initial(organization: Organization, term: Term | None) -> dict[str, Any]:
    if term is not None:
        return {name: getattr(term, name) for name in ("elected_on", "years", "committee_size", "remark")}
    try:
        return {"years": years_of(organization, rule_table(clock.today()))}
    except ValidationError:
        return {}


def _form(
    request: Request, form: Any, organization: Organization, title: str, note: str, submit: str = "保存"
) -> HttpResponse:
    context = {
        "form": form,
        "organization": organization,
        "title": title,
        "note": note,
        "submit": submit,
        "figures": figures_on(organization, clock.today()),
        "cancel_url": reverse("members:term_detail", args=[organization.pk]),
    }
    return render(request, "members/terms/form.html", context, status=422 if form.is_bound else 200)
