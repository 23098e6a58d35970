"""Applications in contests and the roll of honour (C12): handed in, recommended, verified, awarded, revoked."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.permissions import Permission
from branches.queries.audit import history_of
from branches.views.access import Request, need, visible_or_404
from branches.views.pages import Book, ListPage, data_of, do, export_list, files_of, show_list
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
from campaigns.views.work_pages import act, allowed_move, ask, verb_forms
from members.models import Member
from members.queries.opinions import last_opinion

COLUMNS = ("序号", "年度", "争创活动", "党组织", "岗位", "党员", "申报理由", "申报日期", "状态", "核验日期")
AWARD_COLUMNS = (
    "序号", "称号", "等次", "党组织", "岗位", "党员", "授予单位", "文号", "授予日期", "状态", "撤销日期", "撤销原因",
)  # fmt: skip
APPLICATIONS = ListPage(
    heading="争创申报",
    template="campaigns/applications/list.html",
    url_name="campaigns:application_list",
    book=Book(url_name="campaigns:application_export", columns=COLUMNS),
    empty="申报争创活动后会显示在这里。",
)
AWARDS = ListPage(
    heading="荣誉名册",
    template="campaigns/applications/awards.html",
    url_name="campaigns:award_list",
    book=Book(url_name="campaigns:award_export", columns=AWARD_COLUMNS),
    empty="授予称号后会显示在这里。",
)
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

    def apply(values: dict[str, Any]) -> Application:
        if contest.is_personal and not by_branch:
            values["member"] = Member.objects.filter(pk=request.scope.member_id or 0).first()
        return actions.apply(by=request.actor, contest=contest, organization=own, by_branch=by_branch, **values)

    return ask(
        request, ApplicationForm(contest, own, data_of(request), files_of(request), by_branch=by_branch), apply,
        done=_applied, to=actions.page_of, title=f"申报{contest}", submit="提交申报",
        back_url=reverse("campaigns:contest_detail", args=[pk]), back_label=contest,
    )  # fmt: skip


def _applied(application: Application) -> str:
    """What comes next: a member's own application goes to his branch first."""
    return "已申报，等待党支部推荐。" if application.state == ApplicationState.APPLIED else "已申报，等待上级核验。"


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
    opinion = last_opinion(one.member, actions.subject_of(one)) if one.member else None
    has_word = one.member is None or (opinion is not None and opinion.is_favourable)
    is_before = one.state in (ApplicationState.RECOMMENDED, ApplicationState.MET)
    context = {
        "application": one,
        "award": Award.objects.filter(application=one).first(),
        "answers": one.answers.select_related("criterion"),
        "verbs": verb_forms(APPLICATION_MOVES, offered, "campaigns:application_act", pk),
        "can_verify": "verify" in verbs,
        "can_award": "award" in verbs and is_issuer,
        "has_word": has_word,
        "awaits_word": not has_word and may_lead and is_before,
        "opinion": opinion,
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

    return act(request, wanted, call, of=one, to=actions.page_of(one))


@require_http_methods(["GET", "HEAD", "POST"])
@need(Permission.LEAD_WORK)
def application_verify(request: Request, pk: int) -> HttpResponse:
    """The superior says of each criterion whether it is met."""
    one = _led(request, pk)
    answers, page = list(one.answers.select_related("criterion")), actions.page_of(one)
    return ask(
        request, VerifyForm(answers, data_of(request)),
        lambda values: actions.verify_application(by=request.actor, application=one, **values), done="已核验。",
        to=page, title=f"核验{one}", back_url=page, back_label=one, submit="保存核验结果",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@need(Permission.LEAD_WORK)
def application_award(request: Request, pk: int) -> HttpResponse:
    """Give the title."""
    one = _led(request, pk)
    page = actions.page_of(one)
    return ask(
        request, AwardForm(one, data_of(request)),
        lambda values: actions.award(by=request.actor, application=one, **values), done="已授予称号。", to=page,
        title=f"授予称号：{one}", back_url=page, back_label=one, submit="授予",
    )  # fmt: skip


@require_POST
@need(Permission.LEAD_WORK)
def application_ask(request: Request, pk: int) -> HttpResponse:
    """Ask the branch for its opinion before the award (O15)."""
    one, done = _led(request, pk), "已向党支部征求意见，回复后即可授予。"
    page = actions.page_of(one)
    return do(request, lambda: actions.ask_branch(by=request.actor, application=one), done=done, to=page)


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
