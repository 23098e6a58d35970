"""Contests for titles (争创, C12): drafted from a preset or freely, published, closed."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.permissions import Permission
from branches.queries.audit import history_of
from branches.views.access import Request, need, own_or_404, require, visible_or_404
from branches.views.pages import Book, ListPage, ask, data_of, do, export_list, show_list
from campaigns.actions import contests as actions
from campaigns.forms.contests import CONTEST_STATES, ContestForm
from campaigns.forms.works import WorkFilterForm
from campaigns.models import Contest
from campaigns.queries import contests as queries
from campaigns.queries.work_rights import own_organization
from campaigns.rules.contests import PRESET_BY_CODE, PRESETS, ContestState
from campaigns.rules.documents import in_words

COLUMNS = (
    "序号", "年度", "名称", "对象", "面向", "发布单位", "申报开始", "申报截止", "等次", "名额", "申报数",
    "授予数", "状态",
)  # fmt: skip
CONTESTS = ListPage(
    heading="争创活动",
    template="campaigns/contests/list.html",
    url_name="campaigns:contest_list",
    book=Book(url_name="campaigns:contest_export", columns=COLUMNS),
    new_name="campaigns:contest_new",
    new_label="发起争创",
    empty="上级党组织发布争创活动后会显示在这里。",
)
FORM = "campaigns/contests/form.html"


@require_safe
@need(Permission.VIEW_WORK)
def contest_list(request: Request) -> HttpResponse:
    """The contests of one's own organisation and below, and those addressed to it."""
    form = WorkFilterForm(request.scope, request.GET, states=CONTEST_STATES)
    return show_list(request, CONTESTS, form, queries.contests_for, may_add=request.scope.holds(Permission.LEAD_WORK))


@require_safe
@need(Permission.VIEW_WORK)
def contest_export(request: Request) -> HttpResponseBase:
    """The list as it is filtered, as a workbook."""
    form = WorkFilterForm(request.scope, request.GET, states=CONTEST_STATES)
    return export_list(request, CONTESTS, form, queries.contests_for, queries.contest_rows)


@require_http_methods(["GET", "HEAD", "POST"])
@need(Permission.LEAD_WORK)
def contest_new(request: Request) -> HttpResponse:
    """Draft a contest, from what a source names (``?preset=``) or freely."""
    preset, own = PRESET_BY_CODE.get(request.GET.get("preset", "")), own_or_404(request)
    note = f"出处：{in_words(preset.source)}。" if preset else ""
    if preset and not preset.criteria:
        note += "文件没有列明争创条件，请按本单位的标准填写。"
    return ask(
        request, ContestForm(data_of(request), preset=preset),
        lambda values: actions.draft_contest(by=request.actor, issuer=own, **values),
        done="已保存为草稿，请核对后发布。", to=actions.page_of, template=FORM, title="发起争创",
        back_url=reverse(CONTESTS.url_name), back_label=CONTESTS.heading, note=note, presets=PRESETS, preset=preset,
    )  # fmt: skip


@require_safe
@need(Permission.VIEW_WORK)
def contest_detail(request: Request, pk: int) -> HttpResponse:
    """One contest: what it asks, who has applied, who was honoured."""
    contest = _contest(request, pk)
    manages = request.scope.allows(Permission.LEAD_WORK, contest.issuer)
    seen = queries.applications_for(request.scope).filter(contest=contest)
    context = {
        "contest": contest,
        "criteria": contest.criteria.all(),
        "manages": manages,
        "applications": seen,
        "source": in_words(PRESET_BY_CODE[contest.preset].source) if contest.preset in PRESET_BY_CODE else "",
        "can_apply": queries.can_apply(request.scope, contest, own_organization(request.scope)),
        "can_edit": manages and contest.state == ContestState.DRAFT,
        "can_close": manages and contest.state == ContestState.PUBLISHED,
        "history": history_of(contest),
    }
    return render(request, "campaigns/contests/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@need(Permission.LEAD_WORK)
def contest_edit(request: Request, pk: int) -> HttpResponse:
    """Change a draft."""
    contest = _contest(request, pk)
    require(request, Permission.LEAD_WORK, contest.issuer)
    page = actions.page_of(contest)
    return ask(
        request, ContestForm(data_of(request), contest=contest),
        lambda values: actions.change_contest(by=request.actor, contest=contest, **values), done="已保存。", to=page,
        template=FORM, title="修改争创活动", back_url=page, back_label=contest,
    )  # fmt: skip


@require_POST
@need(Permission.LEAD_WORK)
def contest_publish(request: Request, pk: int) -> HttpResponse:
    """Invite those below."""
    contest = _contest(request, pk)
    require(request, Permission.LEAD_WORK, contest.issuer)
    return do(
        request, lambda: actions.publish_contest(by=request.actor, contest=contest),
        done="已发布，下级党组织会收到通知。", to=actions.page_of(contest),
    )  # fmt: skip


@require_POST
@need(Permission.LEAD_WORK)
def contest_close(request: Request, pk: int) -> HttpResponse:
    """No more applications."""
    contest = _contest(request, pk)
    require(request, Permission.LEAD_WORK, contest.issuer)
    return do(
        request, lambda: actions.close_contest(by=request.actor, contest=contest), done="争创活动已结束申报。",
        to=actions.page_of(contest),
    )  # fmt: skip


def _contest(request: Request, pk: int) -> Contest:
    contest: Contest = visible_or_404(Contest.objects.select_related("issuer"), request, pk=pk)
    return contest
