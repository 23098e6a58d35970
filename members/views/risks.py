"""Risk points (O13): list, one point with its reviews, new, changed, reviewed."""

from functools import partial

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from branches.models import Organization
from branches.permissions import Permission
from branches.queries.audit import history_of
from branches.views.access import Request, need, require, visible_or_404
from branches.views.pages import Book, ListPage, ask, attempt, data_of, export_list, show_list
from members.actions import risks as actions
from members.forms.fields import written
from members.forms.risks import NewRiskForm, RiskFilterForm, RiskForm, RiskReviewForm
from members.models import Membership, RiskPoint
from members.queries.risks import risk_lines, risk_rows
from members.queries.risks import risk_list as listed
from office.queries.rules import rule_table
from partybuild.lib import clock
from partybuild.lib.dates import day_text

COLUMNS = (
    "序号", "党组织", "党组织编码", "岗位", "领域", "环节", "风险表现", "风险等级", "防控措施", "责任人", "排查日期",
    "最近复查", "下次复查期限", "状态", "消除日期", "消除说明",
)  # fmt: skip
RISKS = ListPage(
    heading="廉政风险点",
    template="members/risks/list.html",
    url_name="members:risk_list",
    book=Book(
        url_name="members:risk_export",
        columns=COLUMNS,
        name="廉政风险点台账",
        title="廉政风险点台账",
        sheet="廉政风险点",
    ),
    new_name="members:risk_new",
    new_label="登记风险点",
    none="还没有登记廉政风险点",
    empty="由党务干部或者书记登记。",
    invite="围绕重点领域、重点环节、重点岗位排查，逐个登记。",
    nothing_found="没有符合条件的廉政风险点",
)


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def risk_list(request: Request) -> HttpResponse:
    """The risk points of the scope."""
    form, today = RiskFilterForm(request.scope, request.GET), clock.today()
    return show_list(
        request, RISKS, form, partial(listed, on=today), lines=partial(risk_lines, on=today),
        may_add=request.scope.holds(Permission.MANAGE_PARTY_WORK),
    )  # fmt: skip


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def risk_export(request: Request) -> HttpResponseBase:
    """The list as it is filtered, as a workbook."""
    form, today = RiskFilterForm(request.scope, request.GET), clock.today()
    return export_list(
        request, RISKS, form, partial(listed, on=today), partial(risk_rows, on=today), note=f"截至{day_text(today)}"
    )  # fmt: skip


@need(Permission.MANAGE_PARTY_WORK)
def risk_new(request: Request) -> HttpResponse:
    """A point was found."""
    own = request.scope.grant and Organization.objects.filter(pk=request.scope.grant.organization_id).first()
    return ask(
        request, NewRiskForm(request.scope, data_of(request), initial={"organization": own}),
        lambda values: actions.register_risk(by=request.actor, **values), done="已登记廉政风险点。", to=_page_of,
        title="登记廉政风险点", back_url=reverse(RISKS.url_name), back_label=RISKS.heading,
    )  # fmt: skip


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def risk_detail(request: Request, pk: int) -> HttpResponse:
    """One point: what it is, what is done, who looked at it when."""
    return _detail(request, _risk(request, pk))


@need(Permission.MANAGE_PARTY_WORK)
def risk_edit(request: Request, pk: int) -> HttpResponse:
    """Put right what the register says."""
    risk = _risk(request, pk, Permission.MANAGE_PARTY_WORK)
    form = RiskForm(request.scope, data_of(request), risk)
    if not form.is_bound:
        place = (
            Membership.objects.on(clock.today())
            .filter(member=risk.responsible_id)
            .select_related("member", "organization")
            .first()
        )
        form.initial["responsible"] = written(place) if place else risk.responsible.name
    return ask(
        request, form, lambda values: actions.edit_risk(by=request.actor, risk=risk, **values), done="已保存。",
        to=_page_of(risk), title="修改廉政风险点", back_url=_page_of(risk), back_label=risk.post,
    )  # fmt: skip


@require_POST
@need(Permission.MANAGE_PARTY_WORK)
def risk_review(request: Request, pk: int) -> HttpResponse:
    """The yearly look."""
    risk, form = _risk(request, pk, Permission.MANAGE_PARTY_WORK), RiskReviewForm(request.POST)
    reviewed = attempt(
        request, form, lambda values: actions.review_risk(by=request.actor, risk=risk, **values),
        done="已登记复查。", to=_page_of(risk),
    )  # fmt: skip
    return reviewed or _detail(request, risk, form)


def _page_of(risk: RiskPoint) -> str:
    return reverse("members:risk_detail", args=[risk.pk])


def _risk(request: Request, pk: int, permission: Permission = Permission.VIEW_PARTY_WORK) -> RiskPoint:
    risk: RiskPoint = visible_or_404(RiskPoint.objects.select_related("organization", "responsible"), request, pk=pk)
    require(request, permission, risk.organization)
    return risk


def _detail(request: Request, risk: RiskPoint, form: RiskReviewForm | None = None) -> HttpResponse:
    today = clock.today()
    context = {
        "risk": risk,
        "line": risk_lines([risk], today)[0],
        "rule": rule_table(today).rule("risk.review_months"),
        "reviews": risk.reviews.select_related("reviewed_by"),
        "can_manage": risk.closed_on is None and request.scope.allows(Permission.MANAGE_PARTY_WORK, risk.organization),
        "form": form or RiskReviewForm(),
        "history": history_of(risk),
    }
    return render(request, "members/risks/detail.html", context, status=422 if form else 200)
