"""Applications in contests and the roll of honour (C12): handed in, recommended, verified, awarded, revoked."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.permissions import Permission
from branches.queries.audit import history_of
from branches.views.access import Request, need, visible_or_404
from campaigns.actions import applications as actions
from campaigns.forms.contests import APPLICATION_STATES, AWARD_STATES, ApplicationForm, AwardForm, VerifyForm
from campaigns.forms.works import WorkFilterForm
from campaigns.models import Application, Award, Contest
from campaigns.queries import contests as queries
from campaigns.queries.award_bars import bars_to_award
from campaigns.queries.work_notes import notes_of
from campaigns.queries.work_rights import does, is_self, leads, own_organization
from campaigns.rules.contests import APPLICATION_MOVES, ApplicationState
from campaigns.rules.work_moves import verbs_in
from campaigns.views.work_pages import (
    ListPage,
    act,
    allowed_move,
    export_list,
    run,
    saved,
    show_form,
    show_list,
    verb_forms,
)
from members.models import Member
from members.queries.opinions import has_favourable_opinion

APPLICATIONS = ListPage(
    "争创申报", "campaigns/applications/list.html", "campaigns:application_list", "申报争创活动后会显示在这里。",
    ("序号", "年度", "争创活动", "党组织", "岗位", "党员", "申报理由", "申报日期", "状态", "核验日期"),
    "campaigns:application_export",
)  # fmt: skip
AWARDS = ListPage(
    "荣誉名册", "campaigns/applications/awards.html", "campaigns:award_list", "授予称号后会显示在这里。",
    (
        "序号", "称号", "等次", "党组织", "岗位", "党员", "授予单位", "文号", "授予日期", "状态", "撤销日期",
        "撤销原因",
    ),
    "campaigns:award_export",
)  # fmt: skip
ON_THIS_PAGE = ("recommend", "decline", "withdraw", "revoke")


@require_safe
@need(Permission.VIEW_WORK)
def application_list(request: Request) -> HttpResponse:
    """The applications of the scope, filtered."""
    form = WorkFilterForm(request.scope, request.GET, states=APPLICATION_STATES)
    return show_list(request, APPLICATIONS, form, queries.applications_for)


@require_safe
@need(Permission.VIEW_WORK)
def application_export(request: Request) -> HttpResponseBase:
    """The list as it is filtered, as a workbook."""
    form = WorkFilterForm(request.scope, request.GET, states=APPLICATION_STATES)
    return export_list(request, APPLICATIONS, form, queries.applications_for, queries.application_rows)


@require_safe
@need(Permission.VIEW_WORK)
def award_list(request: Request) -> HttpResponse:
    """The roll of honour of the scope."""
    form = WorkFilterForm(request.scope, request.GET, states=AWARD_STATES)
    return show_list(request, AWARDS, form, queries.awards_for)


@require_safe
@need(Permission.VIEW_WORK)
def award_export(request: Request) -> HttpResponseBase:
    """The roll as it is filtered, as a workbook."""
    form = WorkFilterForm(request.scope, request.GET, states=AWARD_STATES)
    return export_list(request, AWARDS, form, queries.awards_for, queries.award_rows)


@require_http_methods(["GET", "HEAD", "POST"])
@need(Permission.DO_WORK, Permission.TAKE_PART)
def application_new(request: Request, pk: int) -> HttpResponse:
    """Hand something in for this contest: the branch, an organisation, or a member for himself."""
    contest: Contest = visible_or_404(Contest.objects.select_related("issuer"), request, pk=pk)
    own = own_organization(request.scope)
    if own is None or not queries.can_apply(request.scope, contest, own):
        raise PermissionDenied
    by_branch = does(request.scope, own)
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ApplicationForm(contest, own, data, files, by_branch=by_branch)

    def call() -> Application:
        values: dict[str, Any] = form.values()
        if contest.is_personal and not by_branch:
            values["member"] = Member.objects.filter(pk=request.scope.member_id or 0).first()
        return actions.apply(by=request.actor, contest=contest, organization=own, by_branch=by_branch, **values)

    if form.is_bound and (made := saved(request, form, call, "已申报。")):
        return redirect("campaigns:application_detail", pk=made.pk)
    back = reverse("campaigns:contest_detail", args=[pk])
    heading, crumbs = f"申报{contest}", [(str(contest), back)]
    return show_form(request, form, heading=heading, back=back, crumbs=crumbs, submit="提交申报")


@require_safe
@need(Permission.VIEW_WORK)
def application_detail(request: Request, pk: int) -> HttpResponse:
    """One application: what it shows, what was found, and what may be done now."""
    one = _application(request, pk)
    may_do, may_lead = _rights(request, one)
    verbs = verbs_in(APPLICATION_MOVES, one.state, does=may_do, leads=may_lead)
    if not does(request.scope, one.organization):
        verbs = [verb for verb in verbs if verb not in ("recommend", "decline")]
    is_issuer = _is_issuer(request, one)
    offered = [verb for verb in verbs if verb in ON_THIS_PAGE and (verb != "revoke" or is_issuer)]
    has_word = one.member is None or has_favourable_opinion(one.member, actions.subject_of(one))
    is_before = one.state in (ApplicationState.RECOMMENDED, ApplicationState.MET)
    context = {
        "application": one,
        "award": Award.objects.filter(application=one).first(),
        "answers": one.answers.select_related("criterion"),
        "verbs": verb_forms(APPLICATION_MOVES, offered, "campaigns:application_act", pk),
        "can_verify": "verify" in verbs,
        "can_award": "award" in verbs and is_issuer,
        "has_word": has_word,
        "can_ask": not has_word and may_lead and is_before,
        "bars": bars_to_award(one.organization, one.member) if is_before and may_lead else [],
        "notes": notes_of(one),
        "history": history_of(one),
    }
    return render(request, "campaigns/applications/detail.html", context)


@require_POST
@need(Permission.DO_WORK, Permission.LEAD_WORK, Permission.TAKE_PART)
def application_act(request: Request, pk: int, verb: str) -> HttpResponse:
    """Recommend, not recommend, withdraw, or take a title back."""
    one = _application(request, pk)
    may_do, may_lead = _rights(request, one)
    if verb in ("recommend", "decline"):
        may_do = does(request.scope, one.organization)
    moves = {name: APPLICATION_MOVES[name] for name in ON_THIS_PAGE}
    wanted = allowed_move(moves, verb, does=may_do, leads=may_lead)

    def call(text: str, files: list[Any]) -> Any:
        if verb == "revoke":
            return actions.revoke(by=request.actor, application=one, reason=text)
        return actions.move_application(by=request.actor, application=one, verb=verb, text=text, files=files)

    return act(request, wanted, call, actions.page_of(one))


@require_http_methods(["GET", "HEAD", "POST"])
@need(Permission.LEAD_WORK)
def application_verify(request: Request, pk: int) -> HttpResponse:
    """The superior says of each criterion whether it is met."""
    one = _led(request, pk)
    answers = list(one.answers.select_related("criterion"))
    form = VerifyForm(answers, request.POST if request.method == "POST" else None)
    if form.is_bound and saved(
        request, form,
        lambda: actions.verify_application(by=request.actor, application=one, **form.values()), "已核验。",
    ):  # fmt: skip
        return redirect("campaigns:application_detail", pk=pk)
    back = actions.page_of(one)
    return show_form(request, form, heading=f"核验{one}", back=back, crumbs=[(str(one), back)], submit="保存核验结果")


@require_http_methods(["GET", "HEAD", "POST"])
@need(Permission.LEAD_WORK)
def application_award(request: Request, pk: int) -> HttpResponse:
    """Give the title."""
    one = _led(request, pk)
    form = AwardForm(one, request.POST if request.method == "POST" else None)
    if form.is_bound and saved(
        request, form, lambda: actions.award(by=request.actor, application=one, **form.cleaned_data), "已授予称号。"
    ):
        return redirect("campaigns:application_detail", pk=pk)
    back = actions.page_of(one)
    return show_form(request, form, heading=f"授予称号：{one}", back=back, crumbs=[(str(one), back)], submit="授予")


@require_POST
@need(Permission.LEAD_WORK)
def application_ask(request: Request, pk: int) -> HttpResponse:
    """Ask the branch for its opinion before the award (O15)."""
    one = _led(request, pk)
    done = "已向党支部征求意见，回复后即可授予。"
    run(request, lambda: actions.ask_branch(by=request.actor, application=one), done)
    return redirect("campaigns:application_detail", pk=pk)


def _application(request: Request, pk: int) -> Application:
    rows = Application.objects.select_related("organization", "member", "contest__issuer")
    found: Application = visible_or_404(rows, request, pk=pk)
    return found


def _led(request: Request, pk: int) -> Application:
    found = _application(request, pk)
    if not leads(request.scope, found.organization):
        raise PermissionDenied
    return found


def _rights(request: Request, one: Application) -> tuple[bool, bool]:
    """Who acts for the applicant, and who decides on it."""
    branch = does(request.scope, one.organization)
    return branch or is_self(request.scope, one.member_id), leads(request.scope, one.organization)


def _is_issuer(request: Request, one: Application) -> bool:
    own = request.scope.grant.organization_id if request.scope.grant else None
    return own == one.contest.issuer_id and request.scope.holds(Permission.LEAD_WORK)
