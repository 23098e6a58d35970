"""Needs (实事清单, C13): taken in, seen to, rated, closed; figures of each organisation."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.permissions import Permission
from branches.queries.audit import history_of
from branches.views.access import Request, need, own_or_404, visible_or_404
from branches.views.pages import Book, ListPage, data_of, export_list, show_list
from campaigns.actions import needs as actions
from campaigns.forms.needs import NeedFilterForm, NeedForm, RateForm
from campaigns.forms.works import MoveForm
from campaigns.models import Need
from campaigns.queries import needs as queries
from campaigns.queries.work_notes import notes_of
from campaigns.queries.work_rights import does, leads
from campaigns.rules.needs import NEED_MOVES, NeedState, shown_state
from campaigns.rules.work_moves import verbs_in
from campaigns.views.work_pages import act, allowed_move, ask, verb_forms
from partybuild.lib import clock

COLUMNS = (
    "序号", "事项", "类别", "反映人类别", "反映人", "联系电话", "具体内容", "提出日期", "承办党组织", "责任人",
    "办结期限", "办理结果", "办结日期", "满意度", "状态", "销号日期", "登记单位",
)  # fmt: skip
NEEDS = ListPage(
    heading="实事清单",
    template="campaigns/needs/list.html",
    url_name="campaigns:need_list",
    book=Book(url_name="campaigns:need_export", columns=COLUMNS),
    new_name="campaigns:need_new",
    new_label="登记实事",
    empty="群众、干部职工和企业反映的事项登记在这里。",
)
SUMMARY = ListPage(
    heading="实事清单各单位情况",
    template="campaigns/needs/summary.html",
    url_name="campaigns:need_summary",
    book=Book(
        url_name="campaigns:need_summary_export",
        columns=("序号", "承办党组织", "件数", "办理中", "逾期", "已销号", "已评价", "满意率（%）"),
        title="实事清单各单位情况",
    ),
    none="没有实事",
    empty="登记实事后会按承办党组织汇总。",
)
KINDS: dict[str, type[MoveForm]] = {"rate": RateForm}
BY_ASKED = ("rate", "redo", "close")
"""What also who took the need in may do: he has spoken with the asker."""


@require_safe
@need(Permission.VIEW_WORK)
def need_list(request: Request) -> HttpResponse:
    """The needs of the scope, filtered."""
    form = NeedFilterForm(request.scope, request.GET, states=queries.NEED_STATES)
    return show_list(request, NEEDS, form, queries.needs_for, may_add=request.scope.holds(Permission.DO_WORK))


@require_safe
@need(Permission.VIEW_WORK)
def need_export(request: Request) -> HttpResponseBase:
    """The list as it is filtered, as a workbook."""
    form = NeedFilterForm(request.scope, request.GET, states=queries.NEED_STATES)

    def lines(needs: Iterable[Need]) -> Iterable[Any]:
        return queries.export_rows(needs, request.scope, clock.today())

    return export_list(request, NEEDS, form, queries.needs_for, lines)


@require_safe
@need(Permission.VIEW_WORK)
def need_summary(request: Request) -> HttpResponse:
    """Figures of each owner."""
    form = NeedFilterForm(request.scope, request.GET, states=queries.NEED_STATES)
    return show_list(request, SUMMARY, form, queries.need_lines)


@require_safe
@need(Permission.VIEW_WORK)
def need_summary_export(request: Request) -> HttpResponseBase:
    """The figures as they are filtered, as a workbook."""
    form = NeedFilterForm(request.scope, request.GET, states=queries.NEED_STATES)
    return export_list(request, SUMMARY, form, queries.need_lines, queries.summary_rows)


@require_http_methods(["GET", "HEAD", "POST"])
@need(Permission.DO_WORK)
def need_new(request: Request) -> HttpResponse:
    """Take a need in."""
    own = own_or_404(request)
    return ask(
        request, NeedForm(request.scope, own, data_of(request)),
        lambda values: actions.register_need(by=request.actor, organization=own, **values), done="已登记。",
        to=actions.page_of, title="登记实事", back_url=reverse(NEEDS.url_name), back_label=NEEDS.heading,
    )  # fmt: skip


@require_safe
@need(Permission.VIEW_WORK)
def need_detail(request: Request, pk: int) -> HttpResponse:
    """One need: who asks, who sees to it, what came of it."""
    one = _need(request, pk)
    asker, phone = queries.shown_asker(request.scope, one)
    verbs = [
        verb
        for verb in verbs_in(NEED_MOVES, one.state, does=True, leads=leads(request.scope, one.owner))
        if NEED_MOVES[verb].leads or _does(request, one, verb)
    ]
    context = {
        "need": one,
        "asker": asker,
        "phone": phone,
        "state_word": shown_state(one.state, one.due_on, clock.today()),
        "notes": notes_of(one),
        "verbs": verb_forms(NEED_MOVES, verbs, "campaigns:need_act", pk, KINDS),
        "can_link": "rate" in verbs,
        "can_edit": one.state == NeedState.DOING and queries.works_on(request.scope, one),
        "history": history_of(one),
    }
    return render(request, "campaigns/needs/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@need(Permission.DO_WORK, Permission.LEAD_WORK)
def need_edit(request: Request, pk: int) -> HttpResponse:
    """Change what was written down, or name who sees to it."""
    one = _need(request, pk)
    if not queries.works_on(request.scope, one):
        raise PermissionDenied
    page = actions.page_of(one)
    return ask(
        request, NeedForm(request.scope, one.owner, data_of(request), one),
        lambda values: actions.change_need(by=request.actor, need=one, **values), done="已保存。", to=page,
        title="修改实事", back_url=page, back_label=one,
    )  # fmt: skip


@require_POST
@need(Permission.DO_WORK, Permission.LEAD_WORK)
def need_act(request: Request, pk: int, verb: str) -> HttpResponse:
    """Do one of the verbs of the table."""
    one = _need(request, pk)
    wanted = allowed_move(NEED_MOVES, verb, does=_does(request, one, verb), leads=leads(request.scope, one.owner))
    return act(
        request, wanted, lambda **given: actions.move_need(by=request.actor, need=one, verb=verb, **given),
        of=one, to=actions.page_of(one), kind=KINDS.get(verb, MoveForm),
    )  # fmt: skip


def _does(request: Request, one: Need, verb: str) -> bool:
    """The owner does all; who took it in, and who leads the owner, also say what the asker says."""
    if does(request.scope, one.owner):
        return True
    return verb in BY_ASKED and queries.works_on(request.scope, one)


def _need(request: Request, pk: int) -> Need:
    rows = Need.objects.select_related("organization", "owner", "responsible", "rated_by")
    found: Need = visible_or_404(rows, request, pk=pk)
    return found
