"""Contests for titles (争创, C12): drafted from a preset or freely, published, closed."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.permissions import Permission
from branches.queries.audit import history_of
from branches.views.access import Request, need, require, visible_or_404
from campaigns.actions import contests as actions
from campaigns.forms.contests import CONTEST_STATES, ContestForm
from campaigns.forms.works import WorkFilterForm
from campaigns.models import Contest
from campaigns.queries import contests as queries
from campaigns.queries.work_rights import own_organization
from campaigns.rules.contests import PRESET_BY_CODE, PRESETS, ContestState
from campaigns.rules.documents import in_words
from campaigns.views.work_pages import ListPage, run, saved, show_form, show_list

CONTESTS = ListPage(
    "争创活动", "campaigns/contests/list.html", "campaigns:contest_list", "上级党组织发布争创活动后会显示在这里。",
    new_name="campaigns:contest_new", new_label="发起争创",
)  # fmt: skip


@require_safe
@need(Permission.VIEW_WORK)
def contest_list(request: Request) -> HttpResponse:
    """The contests of one's own organisation and below, and those addressed to it."""
    form = WorkFilterForm(request.scope, request.GET, states=CONTEST_STATES)
    return show_list(request, CONTESTS, form, queries.contests_for, may_add=request.scope.holds(Permission.LEAD_WORK))


@require_http_methods(["GET", "HEAD", "POST"])
@need(Permission.LEAD_WORK)
def contest_new(request: Request) -> HttpResponse:
    """Draft a contest, from what a source names (``?preset=``) or freely."""
    preset = PRESET_BY_CODE.get(request.GET.get("preset", ""))
    form = ContestForm(request.POST if request.method == "POST" else None, preset=preset)
    own = own_organization(request.scope)
    if own and form.is_bound:
        contest = saved(
            request, form, lambda: actions.draft_contest(by=request.actor, issuer=own, **form.cleaned_data),
            "已保存为草稿，请核对后发布。",
        )  # fmt: skip
        if contest:
            return redirect("campaigns:contest_detail", pk=contest.pk)
    crumbs, back = [(CONTESTS.heading, reverse(CONTESTS.url_name))], reverse(CONTESTS.url_name)
    note = f"出处：{in_words(preset.source)}。" if preset else ""
    if preset and not preset.criteria:
        note += "文件没有列明争创条件，请按本单位的标准填写。"
    return show_form(
        request, form, heading="发起争创", back=back, crumbs=crumbs, note=note, presets=PRESETS, preset=preset
    )


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
    form = ContestForm(request.POST if request.method == "POST" else None, contest=contest)
    if form.is_bound and saved(
        request,
        form,
        lambda: actions.change_contest(by=request.actor, contest=contest, **form.cleaned_data),
        "已保存。",
    ):
        return redirect("campaigns:contest_detail", pk=pk)
    back = actions.page_of(contest)
    return show_form(request, form, heading="修改争创活动", back=back, crumbs=[(str(contest), back)])


@require_POST
@need(Permission.LEAD_WORK)
def contest_publish(request: Request, pk: int) -> HttpResponse:
    """Invite those below."""
    contest = _contest(request, pk)
    require(request, Permission.LEAD_WORK, contest.issuer)
    run(request, lambda: actions.publish_contest(by=request.actor, contest=contest), "已发布，下级党组织会收到通知。")
    return redirect("campaigns:contest_detail", pk=pk)


@require_POST
@need(Permission.LEAD_WORK)
def contest_close(request: Request, pk: int) -> HttpResponse:
    """No more applications."""
    contest = _contest(request, pk)
    require(request, Permission.LEAD_WORK, contest.issuer)
    run(request, lambda: actions.close_contest(by=request.actor, contest=contest), "争创活动已结束申报。")
    return redirect("campaigns:contest_detail", pk=pk)


def _contest(request: Request, pk: int) -> Contest:
    contest: Contest = visible_or_404(Contest.objects.select_related("issuer"), request, pk=pk)
    return contest
