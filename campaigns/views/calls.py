"""Calls for contributions and the pieces sent in (C15)."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from branches.permissions import Permission
from branches.queries.audit import history_of
from branches.views.access import Request, need, own_or_404, visible_or_404
from branches.views.pages import ListPage, data_of, do, files_of, show_list
from branches.views.workbooks import exported
from campaigns.actions import mass_work as actions
from campaigns.forms.mass_work import CallFilterForm, CallForm, OrganizationPieceForm, PieceForm, SelectForm
from campaigns.models import Call, Piece
from campaigns.queries import mass_work as queries
from campaigns.rules.mass_work import CALL_STATES, refusal
from campaigns.views.work_pages import ask
from members.models import Member
from partybuild.lib import clock
from partybuild.lib.workbook import Sheet

PIECES = ("序号", "标题", "报送单位", "作者", "报送时间", "状态", "评语")
CALLS = ListPage(
    heading="征集",
    template="campaigns/calls/list.html",
    url_name="campaigns:call_list",
    new_name="campaigns:call_new",
    new_label="起草征集",
    none="还没有征集",
    empty="上级党组织发布征集后会显示在这里。",
    invite="向下级党组织和党员征集读后感、小视频和稿件。",
)


@require_safe
@need(Permission.VIEW_WORK)
def call_list(request: Request) -> HttpResponse:
    """Calls that reach the scope."""
    may_add = request.scope.holds(Permission.LEAD_WORK)
    return show_list(request, CALLS, CallFilterForm(request.GET), queries.calls_for, may_add=may_add)


@need(Permission.LEAD_WORK)
def call_new(request: Request) -> HttpResponse:
    """Begin a call of one's own organisation."""
    own = own_or_404(request)
    return ask(
        request, CallForm(data_of(request)), lambda values: actions.write_call(by=request.actor, issuer=own, **values),
        done="已保存，核对后发布。", to=actions.page_of_call,
        title="起草征集", back_url=reverse(CALLS.url_name), back_label=CALLS.heading,
    )  # fmt: skip


@require_safe
@need(Permission.VIEW_WORK)
def call_detail(request: Request, pk: int) -> HttpResponse:
    """One call with the pieces that the scope sees."""
    call = _call(request, pk)
    is_ours, verbs = _is_ours(request, call), CALL_STATES.verbs(call.state)
    scope = request.scope
    sends = scope.holds(Permission.DO_WORK) or scope.holds(Permission.TAKE_PART)
    context = {
        "call": call,
        "pieces": queries.pieces_of(call, scope),
        "verbs": [verb for verb in verbs if is_ours],
        "is_ours": is_ours,
        "can_select": is_ours and ("close" in verbs or "show" in verbs),
        "can_send": sends and not refusal(call.state, call.opens_on, call.closes_on, clock.today()),
        "history": history_of(call) if is_ours else [],
    }
    return render(request, "campaigns/calls/detail.html", context)


@need(Permission.LEAD_WORK)
def call_edit(request: Request, pk: int) -> HttpResponse:
    """Change a draft."""
    call = _ours(request, pk)
    page = actions.page_of_call(call)
    return ask(
        request, CallForm(data_of(request), call),
        lambda values: actions.change_call(by=request.actor, call=call, **values), done="已保存。", to=page,
        title="修改征集", back_url=page, back_label=call.title,
    )  # fmt: skip


@require_POST
@need(Permission.LEAD_WORK)
def call_publish(request: Request, pk: int) -> HttpResponse:
    """Let everybody below know."""
    call = _ours(request, pk)
    page = actions.page_of_call(call)
    return do(request, lambda: actions.publish_call(by=request.actor, call=call), done="已发布。", to=page)


@require_POST
@need(Permission.LEAD_WORK)
def call_close(request: Request, pk: int) -> HttpResponse:
    """No more pieces."""
    call = _ours(request, pk)
    page = actions.page_of_call(call)
    return do(request, lambda: actions.close_call(by=request.actor, call=call), done="已结束征集。", to=page)


@need(Permission.LEAD_WORK)
def call_select(request: Request, pk: int) -> HttpResponse:
    """Choose among the pieces."""
    call = _ours(request, pk)
    page = actions.page_of_call(call)

    def select(values: dict[str, Any]) -> int:
        chosen = [piece.pk for piece in values["chosen"]]
        return actions.select_pieces(by=request.actor, call=call, chosen=chosen, remark=values["remark"])

    return ask(
        request, SelectForm(call, data_of(request)), select, done="已保存评选结果。", to=page, title="评选作品",
        back_url=page, back_label=call.title,
    )  # fmt: skip


@require_POST
@need(Permission.LEAD_WORK)
def call_show(request: Request, pk: int) -> HttpResponse:
    """Show the selected ones."""
    call = _ours(request, pk)
    page = actions.page_of_call(call)
    return do(request, lambda: actions.show_call(by=request.actor, call=call), done="入选作品已展示。", to=page)


@require_safe
@need(Permission.VIEW_WORK)
def piece_export(request: Request, pk: int) -> HttpResponseBase:
    """The pieces of a call that the scope sees."""
    rows = queries.export_pieces(queries.pieces_of(_call(request, pk), request.scope))
    return exported(request, "征集作品", Sheet("征集作品", PIECES, rows, title="征集作品"))


@need(Permission.DO_WORK, Permission.TAKE_PART)
def piece_new(request: Request, pk: int) -> HttpResponse:
    """Send a piece: for an organisation, or as a member for oneself."""
    call = _call(request, pk)
    scope, page = request.scope, actions.page_of_call(call)
    is_member = not scope.holds(Permission.DO_WORK)
    form_class = PieceForm if is_member else OrganizationPieceForm
    form = form_class(scope, data_of(request), files_of(request))

    def send(values: dict[str, Any]) -> Piece:
        whose = _own_values(request) if is_member else {"member": form.person("member")}
        return actions.send_piece(by=request.actor, call=call, **(values | whose))

    return ask(
        request, form, send, done="已报送。", to=page, title="报送作品", back_url=page, back_label=call.title,
        submit="报送", note=call.text,
    )  # fmt: skip


@require_safe
@need(Permission.VIEW_WORK)
def piece_detail(request: Request, pk: int) -> HttpResponse:
    """One piece."""
    rows = Piece.objects.select_related("call__issuer", "organization", "member")
    piece: Piece = visible_or_404(rows, request, pk=pk)
    context = {"piece": piece, "files": piece.files.select_related("file")}
    return render(request, "campaigns/calls/piece.html", context)


def _own_values(request: Request) -> dict[str, Any]:
    member = Member.objects.filter(pk=request.scope.member_id).first() if request.scope.member_id else None
    if member is None:
        raise ValidationError("当前账号没有关联党员，请由党支部代为报送。")
    return {"member": member, "organization": own_or_404(request)}


def _call(request: Request, pk: int) -> Call:
    call: Call = visible_or_404(Call.objects.select_related("issuer"), request, pk=pk)
    return call


def _ours(request: Request, pk: int) -> Call:
    call = _call(request, pk)
    if not _is_ours(request, call):
        raise PermissionDenied
    return call


def _is_ours(request: Request, call: Call) -> bool:
    scope = request.scope
    at = scope.grant.organization_id if scope.grant else None
    return at == call.issuer_id and scope.allows(Permission.LEAD_WORK, call.issuer)
