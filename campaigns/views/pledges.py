"""Pledges (承诺践诺, C14): made, made public, kept; the board of an organisation."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.models import Organization
from branches.permissions import Permission
from branches.queries.audit import history_of
from branches.views.access import Request, need, own_or_404, visible_or_404
from branches.views.lists import chosen
from branches.views.pages import Book, ListPage, data_of, export_list, show_list
from campaigns.actions import pledges as actions
from campaigns.forms.pledges import PLEDGE_STATES, BoardForm, BranchPledgeForm, PledgeFilterForm, PledgeForm
from campaigns.models import Pledge
from campaigns.queries import pledges as queries
from campaigns.queries.work_notes import notes_of
from campaigns.queries.work_rights import does, is_self, leads
from campaigns.rules.pledges import PLEDGE_MOVES, shown_state
from campaigns.rules.work_moves import verbs_in
from campaigns.views.work_pages import act, allowed_move, ask, verb_forms
from members.models import Member
from partybuild.lib import clock

COLUMNS = (
    "序号", "党组织", "承诺人", "类别", "年度", "承诺内容", "重大项目、重点工程", "承诺日期", "公示日期", "兑现期限",
    "践诺情况", "登记日期", "状态", "评定日期",
)  # fmt: skip
PLEDGES = ListPage(
    heading="承诺践诺",
    template="campaigns/pledges/list.html",
    url_name="campaigns:pledge_list",
    book=Book(url_name="campaigns:pledge_export", columns=COLUMNS),
    new_name="campaigns:pledge_new",
    new_label="登记承诺",
    empty="党员和党组织的公开承诺登记在这里。",
)


@require_safe
@need(Permission.VIEW_WORK)
def pledge_list(request: Request) -> HttpResponse:
    """The pledges of the scope, filtered."""
    form, scope = PledgeFilterForm(request.scope, request.GET, states=PLEDGE_STATES), request.scope
    may_add = scope.holds(Permission.DO_WORK) or scope.holds(Permission.TAKE_PART)
    own = scope.grant.organization_id if scope.grant else 0
    return show_list(request, PLEDGES, form, queries.pledges_for, may_add=may_add, own_id=own)


@require_safe
@need(Permission.VIEW_WORK)
def pledge_export(request: Request) -> HttpResponseBase:
    """The list as it is filtered, as a workbook."""
    form = PledgeFilterForm(request.scope, request.GET, states=PLEDGE_STATES)

    def lines(pledges: Iterable[Pledge]) -> Iterable[Any]:
        return queries.export_rows(pledges, clock.today())

    return export_list(request, PLEDGES, form, queries.pledges_for, lines)


@require_http_methods(["GET", "HEAD", "POST"])
@need(Permission.DO_WORK, Permission.TAKE_PART)
def pledge_new(request: Request) -> HttpResponse:
    """The branch writes down pledges of many; a member pledges for himself, and his branch makes it public."""
    own = own_or_404(request)
    is_branch, data, page = does(request.scope, own), data_of(request), reverse(PLEDGES.url_name)
    return ask(
        request, BranchPledgeForm(own, data) if is_branch else PledgeForm(data),
        lambda values: _make(request, own, values, is_branch),
        done=lambda made: f"已登记 {len(made)} 项承诺。" if made else "这些承诺已经登记过。", to=page,
        title="登记承诺", back_url=page, back_label=PLEDGES.heading,
        submit="保存" if is_branch else "提交", note="" if is_branch else "提交后由党支部公示。",
    )  # fmt: skip


@require_safe
@need(Permission.VIEW_WORK)
def pledge_detail(request: Request, pk: int) -> HttpResponse:
    """One pledge with what was done on it."""
    pledge = _pledge(request, pk)
    may_do, may_lead = _rights(request, pledge)
    verbs = verbs_in(PLEDGE_MOVES, pledge.state, does=may_do, leads=may_lead)
    if pledge.member_id is None and does(request.scope, pledge.organization) and pledge.state == "draft":
        verbs = ["publish", *(verb for verb in verbs if verb != "publish")]
    context = {
        "pledge": pledge,
        "state_word": shown_state(pledge.state, pledge.due_on, clock.today()),
        "notes": notes_of(pledge),
        "verbs": verb_forms(PLEDGE_MOVES, verbs, "campaigns:pledge_act", pk),
        "history": history_of(pledge),
    }
    return render(request, "campaigns/pledges/detail.html", context)


@require_POST
@need(Permission.DO_WORK, Permission.LEAD_WORK, Permission.TAKE_PART)
def pledge_act(request: Request, pk: int, verb: str) -> HttpResponse:
    """Do one of the verbs of the table."""
    pledge = _pledge(request, pk)
    may_do, may_lead = _rights(request, pledge)
    if verb == "publish":
        may_lead = does(request.scope, pledge.organization)
    wanted = allowed_move(PLEDGE_MOVES, verb, does=may_do, leads=may_lead)
    return act(
        request, wanted, lambda **given: actions.move_pledge(by=request.actor, pledge=pledge, verb=verb, **given),
        of="承诺", to=actions.page_of(pledge),
    )  # fmt: skip


@require_safe
@need(Permission.VIEW_WORK)
def pledge_board(request: Request, pk: int) -> HttpResponse:
    """The board of an organisation: its public pledges of a year, to be printed and put up."""
    organization: Organization = visible_or_404(Organization.objects, request, Permission.VIEW_WORK, pk=pk)
    form = BoardForm(request.GET)
    filters = chosen(form) or {}
    year = filters.get("year") or clock.today().year
    context = {
        "organization": organization,
        "form": form,
        "year": year,
        "pledges": queries.board_of(organization, year, filters.get("kind", "")),
        "list_url": reverse("campaigns:pledge_board", args=[pk]),
    }
    return render(request, "campaigns/pledges/board.html", context, status=200 if form.is_valid() else 422)


def _make(request: Request, own: Organization, values: dict[str, Any], is_branch: bool) -> list[Pledge]:
    members = list(values["members"] if is_branch else Member.objects.filter(pk=request.scope.member_id or 0))
    if not is_branch and not members:
        raise ValidationError("当前账号没有对应的党员，请联系党支部。")
    return actions.make_pledges(by=request.actor, organization=own, **(values | {"members": members}))


def _rights(request: Request, pledge: Pledge) -> tuple[bool, bool]:
    """Who tells of it (the member or his branch), and who judges (the branch; over its own pledges the superior)."""
    branch = does(request.scope, pledge.organization)
    above = leads(request.scope, pledge.organization)
    return branch or is_self(request.scope, pledge.member_id), branch if pledge.member_id else above


def _pledge(request: Request, pk: int) -> Pledge:
    pledge: Pledge = visible_or_404(Pledge.objects.select_related("organization", "member"), request, pk=pk)
    return pledge
