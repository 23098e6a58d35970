"""The ledger of rectification (R01): list, export, new, one problem, changed, claimed, void."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from branches.forms.refusals import add_refusal
from branches.models import Organization
from branches.permissions import Permission
from branches.queries.audit import history_of
from branches.views.access import Request, need, require, visible_or_404
from branches.views.lists import chosen, page_of
from branches.views.pages import ask, data_of
from branches.views.workbooks import exported
from campaigns.actions import problems as actions
from campaigns.actions.problem_rows import page_of as page_of_problem
from campaigns.forms.problems import (
    AskForm,
    ClaimForm,
    DecisionForm,
    LookBackForm,
    PaperForm,
    ProblemFilterForm,
    ProblemForm,
    ProblemNewForm,
    ProgressForm,
    StepDoneForm,
    StepForm,
    StepFormSet,
    VoidForm,
    planned_steps,
)
from campaigns.models import Problem
from campaigns.queries import problems as queries
from campaigns.queries.work_rights import proposed_organization
from partybuild.lib import clock
from partybuild.lib.dates import day_text
from partybuild.lib.workbook import Sheet

COLUMNS = {
    queries.LEDGER: (
        "序号", "党组织名称", "党组织编码", "问题来源", "存在问题", "整改类别", "整改措施", "责任领导", "责任人",
        "责任单位", "整改时限", "整改进展", "完成情况", "销号时间", "形成制度", "备注", "登记日期", "认领日期",
    ),
    queries.PROBLEMS: ("序号", "党组织名称", "问题来源", "存在问题", "整改类别", "登记日期", "整改时限", "完成情况"),
    queries.STEPS: ("序号", "党组织名称", "存在问题", "整改措施", "责任人", "完成时限", "完成日期", "完成情况"),
    queries.PEOPLE: (
        "序号", "党组织名称", "责任领导", "责任人", "问题数", "整改中", "逾期", "已销号", "最近时限",
    ),
}  # fmt: skip
TITLES = dict(queries.LISTS)
FORM = "campaigns/problems/form.html"
_PROPOSED = ("origin", "origin_note")  # what a record of a meeting proposes to the form


@require_safe
@need(Permission.VIEW_WORK)
def problem_list(request: Request) -> HttpResponse:
    """The ledger of the scope, or one of its three lists."""
    form, today = ProblemFilterForm(request.scope, request.GET), clock.today()
    filters = chosen(form)
    found = Problem.objects.none() if filters is None else queries.problem_list(request.scope, today, **filters)
    view = filters["view"] if filters else queries.LEDGER
    shown: Any = {
        queries.STEPS: lambda: queries.step_list(found),
        queries.PEOPLE: lambda: queries.people_lines(found, today),
    }.get(view, lambda: queries.with_progress(found))()
    context = {
        "form": form,
        "view": view,
        "lists": queries.LISTS,
        "page": page_of(request, shown),
        "today": today,
        "can_raise": _can_raise(request),
        "can_import": request.scope.holds(Permission.DO_WORK),
    }
    return render(request, "campaigns/problems/list.html", context, status=422 if filters is None else 200)


@require_safe
@need(Permission.VIEW_WORK)
def problem_export(request: Request) -> HttpResponseBase:
    """The list as it is filtered, as a workbook in the usual layout."""
    filters = chosen(ProblemFilterForm(request.scope, request.GET))
    if filters is None:
        return render(request, "400.html", status=400)
    today, view = clock.today(), filters["view"]
    found = queries.problem_list(request.scope, today, **filters)
    rows = {
        queries.PROBLEMS: queries.problem_rows,
        queries.STEPS: queries.step_rows,
        queries.PEOPLE: lambda problems: queries.person_rows(problems, today),
    }.get(view, queries.ledger_rows)(found)
    title = f"问题整改{TITLES[view]}"
    return exported(
        request, title, Sheet(TITLES[view], COLUMNS[view], rows, title=title, note=f"截至{day_text(today)}")
    )


@need(Permission.DO_WORK, Permission.LEAD_WORK)
def problem_new(request: Request) -> HttpResponse:
    """Register a problem: of one's own organisation, or as a superior of one below."""
    proposed = proposed_organization(request.scope)
    form = ProblemNewForm(request.scope, data_of(request), proposed)
    form.initial.update({name: request.GET[name] for name in _PROPOSED if name in request.GET})

    def register(values: dict[str, Any]) -> Problem:
        _require_raise(request, values["organization"])
        return actions.raise_problem(by=request.actor, **values)

    return ask(
        request, form, register, done=lambda problem: f"已登记，整改时限{day_text(problem.due_on)}。",
        to=page_of_problem, template=FORM,
    )  # fmt: skip


@require_safe
@need(Permission.VIEW_WORK)
def problem_detail(request: Request, pk: int) -> HttpResponse:
    """One problem: what is wrong, measures, people, evidence, what happened, what may be done now."""
    return detail_page(request, problem_of(request, pk))


@need(Permission.DO_WORK, Permission.LEAD_WORK)
def problem_edit(request: Request, pk: int) -> HttpResponse:
    """Correct what was registered."""
    problem = problem_of(request, pk)
    _require_raise(request, problem.organization)
    return ask(
        request, ProblemForm(request.scope, data_of(request), problem),
        lambda values: actions.edit_problem(by=request.actor, problem=problem, **values), done="已保存。",
        to=page_of_problem(problem), template=FORM, problem=problem,
    )  # fmt: skip


@need(Permission.DO_WORK)
def problem_claim(request: Request, pk: int) -> HttpResponse:
    """The organisation takes the problem on, with measures and people."""
    problem = problem_of(request, pk, Permission.DO_WORK)
    data, grant = data_of(request), request.scope.grant
    may_set_day = grant is not None and grant.organization_id == problem.raised_at_id
    form, steps = ClaimForm(data, problem, may_set_day=may_set_day), StepFormSet(data, prefix="steps")
    if request.method == "POST" and form.is_valid() and steps.is_valid():
        try:
            actions.claim_problem(by=request.actor, problem=problem, steps=planned_steps(steps), **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已认领，请按措施推进整改。")
            return redirect("campaigns:problem_detail", pk=pk)
    context = {"form": form, "formset": steps, "problem": problem, "steps": problem.steps.all()}
    return render(request, "campaigns/problems/claim.html", context, status=422 if form.is_bound else 200)


@need(Permission.LEAD_WORK)
def problem_void(request: Request, pk: int) -> HttpResponse:
    """Give up a problem that was registered wrongly."""
    problem = problem_of(request, pk, Permission.LEAD_WORK)
    facts, page = [("党组织", problem.organization), ("存在问题", problem.text)], page_of_problem(problem)
    return ask(
        request, VoidForm(data_of(request)),
        lambda values: actions.void_problem(by=request.actor, problem=problem, **values), done="已作废。", to=page,
        template="confirm.html", title="作废问题", question="作废后不再计入整改台账，记录保留。", facts=facts,
        verb="作废", danger=True, cancel_url=page,
    )  # fmt: skip


def problem_of(request: Request, pk: int, permission: Permission = Permission.VIEW_WORK) -> Problem:
    """The problem, where the scope reaches it and holds the right there."""
    rows = Problem.objects.select_related(
        "organization", "campaign", "task", "cleanup", "raised_by", "raised_at", "asked_by"
    )
    problem: Problem = visible_or_404(rows, request, pk=pk)
    require(request, permission, problem.organization)
    return problem


def detail_page(request: Request, problem: Problem, **bound: Any) -> HttpResponse:
    """The page of a problem; ``bound`` are forms that were refused."""
    forms = {
        "step_form": StepForm(auto_id="step-%s"),
        "done_form": StepDoneForm(),
        "progress_form": ProgressForm(auto_id="progress-%s"),
        "paper_form": PaperForm(auto_id="paper-%s"),
        "ask_form": AskForm(initial={"regulation": problem.regulation}, auto_id="ask-%s"),
        "decision_form": DecisionForm(auto_id="decision-%s"),
        "look_back_form": LookBackForm(auto_id="look-%s"),
    }
    context = {
        "problem": problem,
        "origin": queries.origin_text(problem),
        "steps": problem.steps.all(),
        "papers": problem.papers.select_related("file"),
        "events": problem.events.select_related("user", "organization"),
        "deeds": queries.deeds(request.scope, problem),
        "can_add_files": queries.may_manage_files(request.scope, problem),
        "today": clock.today(),
        "history": history_of(problem),
        **forms,
        **bound,
    }
    return render(request, "campaigns/problems/detail.html", context, status=422 if bound else 200)


def _can_raise(request: Request) -> bool:
    return request.scope.holds(Permission.DO_WORK) or request.scope.holds(Permission.LEAD_WORK)


def _require_raise(request: Request, organization: Organization) -> None:
    if not any(request.scope.allows(right, organization) for right in (Permission.DO_WORK, Permission.LEAD_WORK)):
        raise PermissionDenied
