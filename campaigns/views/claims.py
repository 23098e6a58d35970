"""Tasks that members claim (认领, C09): offered, claimed, reported, confirmed."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.permissions import Permission
from branches.queries.audit import history_of
from branches.views.access import Request, need, own_or_404, require, visible_or_404
from branches.views.pages import Book, ListPage, attempt, data_of, do, export_list, show_list
from campaigns.actions import claims as actions
from campaigns.forms.claims import TASK_STATES, ClaimForForm, ClaimTaskForm
from campaigns.forms.works import WorkFilterForm
from campaigns.models import Claim, ClaimTask
from campaigns.queries import claims as queries
from campaigns.queries.work_notes import notes_of
from campaigns.queries.work_rights import does, is_self
from campaigns.rules.projects import CLAIM_MOVES
from campaigns.rules.work_moves import verbs_in
from campaigns.views.work_pages import act, allowed_move, ask, verb_forms
from members.models import Member
from partybuild.lib import clock

COLUMNS = (
    "序号", "党组织", "类别", "任务", "内容和要求", "可认领人数", "已认领人数", "已完成人数", "发布日期",
    "认领截止日期", "完成期限",
)  # fmt: skip
TASKS = ListPage(
    heading="党员认领任务",
    template="campaigns/claims/list.html",
    url_name="campaigns:claim_task_list",
    book=Book(url_name="campaigns:claim_task_export", columns=COLUMNS),
    new_name="campaigns:claim_task_new",
    new_label="发布任务",
    empty="党支部发布认领任务后会显示在这里。",
)


@require_safe
@need(Permission.VIEW_WORK)
def claim_task_list(request: Request) -> HttpResponse:
    """The tasks of the scope, and what one has claimed oneself."""
    form = WorkFilterForm(request.scope, request.GET, states=TASK_STATES)
    return show_list(
        request, TASKS, form, queries.claim_tasks_for, may_add=request.scope.holds(Permission.DO_WORK),
        own=queries.own_claims(request.scope),
    )  # fmt: skip


@require_safe
@need(Permission.VIEW_WORK)
def claim_task_export(request: Request) -> HttpResponseBase:
    """The list as it is filtered, as a workbook."""
    form = WorkFilterForm(request.scope, request.GET, states=TASK_STATES)
    return export_list(request, TASKS, form, queries.claim_tasks_for, queries.export_rows)


@require_http_methods(["GET", "HEAD", "POST"])
@need(Permission.DO_WORK)
def claim_task_new(request: Request) -> HttpResponse:
    """Offer a task to the members of one's own organisation."""
    own = own_or_404(request)
    return ask(
        request, ClaimTaskForm(data_of(request)),
        lambda values: actions.publish_task(by=request.actor, organization=own, **values),
        done="已发布，党员会收到通知。", to=actions.page_of, title="发布认领任务", submit="发布",
        back_url=reverse(TASKS.url_name), back_label=TASKS.heading,
    )  # fmt: skip


@require_safe
@need(Permission.VIEW_WORK)
def claim_task_detail(request: Request, pk: int) -> HttpResponse:
    """One task and who has claimed it."""
    return _task_page(request, _task(request, pk))


@require_POST
@need(Permission.DO_WORK)
def claim_task_close(request: Request, pk: int) -> HttpResponse:
    """No more claims."""
    task = _task(request, pk)
    require(request, Permission.DO_WORK, task.organization)
    page = actions.page_of(task)
    return do(request, lambda: actions.close_task(by=request.actor, task=task), done="任务已结束认领。", to=page)


@require_POST
@need(Permission.TAKE_PART)
def claim_task_take(request: Request, pk: int) -> HttpResponse:
    """A member claims for himself."""
    task = _task(request, pk)
    require(request, Permission.TAKE_PART, task.organization)

    def take() -> Claim:
        member = Member.objects.filter(pk=request.scope.member_id or 0).first()
        if member is None:
            raise ValidationError("当前账号没有对应的党员，请联系党支部。")
        return actions.claim_task(by=request.actor, task=task, member=member)

    return do(request, take, done="已认领。完成后打开本人的认领，报告完成情况。", to=actions.page_of(task))


@require_POST
@need(Permission.DO_WORK)
def claim_task_give(request: Request, pk: int) -> HttpResponse:
    """The branch claims for one of its members."""
    task = _task(request, pk)
    require(request, Permission.DO_WORK, task.organization)
    form = ClaimForForm(task.organization, request.POST)
    given = attempt(
        request, form, lambda values: actions.claim_task(by=request.actor, task=task, **values), done="已登记认领。",
        to=actions.page_of(task),
    )  # fmt: skip
    return given or _task_page(request, task, form)


@require_safe
@need(Permission.VIEW_WORK)
def claim_detail(request: Request, pk: int) -> HttpResponse:
    """What one member has claimed and done."""
    claim = _claim(request, pk)
    branch = does(request.scope, claim.task.organization)
    verbs = verbs_in(CLAIM_MOVES, claim.state, does=branch or is_self(request.scope, claim.member_id), leads=branch)
    context = {
        "claim": claim,
        "notes": notes_of(claim),
        "verbs": verb_forms(CLAIM_MOVES, verbs, "campaigns:claim_act", pk),
        "history": history_of(claim),
    }
    return render(request, "campaigns/claims/claim.html", context)


@require_POST
@need(Permission.DO_WORK, Permission.TAKE_PART)
def claim_act(request: Request, pk: int, verb: str) -> HttpResponse:
    """Do one of the verbs of the table."""
    claim = _claim(request, pk)
    branch = does(request.scope, claim.task.organization)
    wanted = allowed_move(CLAIM_MOVES, verb, does=branch or is_self(request.scope, claim.member_id), leads=branch)
    return act(
        request, wanted, lambda **given: actions.move_claim(by=request.actor, claim=claim, verb=verb, **given),
        of=claim, to=reverse("campaigns:claim_detail", args=[pk]),
    )  # fmt: skip


def _task(request: Request, pk: int) -> ClaimTask:
    task: ClaimTask = visible_or_404(ClaimTask.objects.select_related("organization"), request, pk=pk)
    return task


def _claim(request: Request, pk: int) -> Claim:
    claim: Claim = visible_or_404(Claim.objects.select_related("task__organization", "member"), request, pk=pk)
    return claim


def _task_page(request: Request, task: ClaimTask, form: ClaimForForm | None = None) -> HttpResponse:
    scope = request.scope
    claims = list(queries.claims_of(task))
    is_open = task.closed_on is None and task.claim_by >= clock.today()
    mine = [claim for claim in claims if claim.member_id == scope.member_id and claim.state != "given_up"]
    manages = does(scope, task.organization)
    taken = sum(claim.state != "given_up" for claim in claims)
    context = {
        "task": task,
        "claims": claims,
        "taken": taken,
        "is_open": is_open,
        "can_take": is_open
        and not mine
        and taken < task.places
        and scope.allows(Permission.TAKE_PART, task.organization),
        "can_manage": manages,
        "form": form or (ClaimForForm(task.organization) if manages and is_open else None),
        "history": history_of(task),
    }
    return render(request, "campaigns/claims/detail.html", context, status=422 if form else 200)
