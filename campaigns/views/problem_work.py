"""Working on a problem: measures, progress, evidence, closing, look-back (R01, R03, R04)."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from branches.permissions import Actor, Permission
from branches.views.access import Request, need, require, visible_or_404
from branches.views.pages import attempt, do
from campaigns.actions import problem_closing as closing
from campaigns.actions import problem_steps as steps
from campaigns.actions.problem_rows import page_of
from campaigns.forms.problems import (
    AskForm,
    DecisionForm,
    LookBackForm,
    PaperForm,
    ProgressForm,
    StepDoneForm,
    StepForm,
)
from campaigns.models import Problem, ProblemPaper, Step
from campaigns.queries.problems import deeds
from campaigns.views.problems import detail_page, problem_of
from office.views.files import file_response


@require_POST
@need(Permission.DO_WORK)
def step_add(request: Request, pk: int) -> HttpResponse:
    """One more measure."""
    problem, form = problem_of(request, pk, Permission.DO_WORK), StepForm(request.POST)
    return _carry_out(request, problem, "step_form", form, "已添加措施。", partial(steps.add_step, problem=problem))


@require_POST
@need(Permission.DO_WORK)
def step_done(request: Request, pk: int) -> HttpResponse:
    """A measure is carried out."""
    step, form = _step(request, pk), StepDoneForm(request.POST)
    return _carry_out(
        request, step.problem, "done_form", form, "已登记完成情况。", partial(steps.complete_step, step=step)
    )


@require_POST
@need(Permission.DO_WORK)
def step_remove(request: Request, pk: int) -> HttpResponse:
    """Take a measure away."""
    step = _step(request, pk)
    page = page_of(step.problem)
    return do(request, lambda: steps.remove_step(by=request.actor, step=step), done="已删除措施。", to=page)


@require_POST
@need(Permission.DO_WORK)
def problem_progress(request: Request, pk: int) -> HttpResponse:
    """Write down how far it is."""
    problem, form = problem_of(request, pk, Permission.DO_WORK), ProgressForm(request.POST)
    return _carry_out(
        request, problem, "progress_form", form, "已记录进展。", partial(steps.note_progress, problem=problem)
    )


@require_POST
@need(Permission.DO_WORK)
def problem_paper_add(request: Request, pk: int) -> HttpResponse:
    """Add evidence."""
    problem, form = problem_of(request, pk, Permission.DO_WORK), PaperForm(request.POST, request.FILES)

    def add(by: Actor, paper: Any, slot: str) -> object:
        return steps.add_paper(by=by, problem=problem, upload=paper, slot=slot)

    return _carry_out(request, problem, "paper_form", form, "已上传。", add)


@require_safe
@need(Permission.VIEW_WORK)
def problem_paper(request: Request, pk: int) -> HttpResponseBase:
    """Evidence itself."""
    paper = _paper(request, pk, Permission.VIEW_WORK)
    return file_response(request, paper.file, paper.name, inline=True)


@require_POST
@need(Permission.DO_WORK)
def problem_paper_remove(request: Request, pk: int) -> HttpResponse:
    """Take evidence away."""
    paper = _paper(request, pk, Permission.DO_WORK)
    page = page_of(paper.problem)
    return do(request, lambda: steps.remove_paper(by=request.actor, paper=paper), done="已移除。", to=page)


@require_POST
@need(Permission.DO_WORK)
def problem_ask(request: Request, pk: int) -> HttpResponse:
    """Ask the superior to strike the problem off."""
    problem, form = problem_of(request, pk, Permission.DO_WORK), AskForm(request.POST)
    return _carry_out(
        request, problem, "ask_form", form, "已申请销号，等待上级核验。", partial(closing.ask_to_close, problem=problem)
    )


@require_POST
@need(Permission.DO_WORK)
def problem_withdraw(request: Request, pk: int) -> HttpResponse:
    """Take the asking back."""
    problem = problem_of(request, pk, Permission.DO_WORK)
    page = page_of(problem)
    return do(request, lambda: closing.withdraw_asking(by=request.actor, problem=problem), done="已撤回。", to=page)


@require_POST
@need(Permission.LEAD_WORK)
def problem_decide(request: Request, pk: int) -> HttpResponse:
    """The superior strikes off or sends back."""
    problem, form = problem_of(request, pk, Permission.LEAD_WORK), DecisionForm(request.POST)

    def decide(by: Actor, decision: str, remark: str) -> object:
        action = closing.close_problem if decision == "close" else closing.return_problem
        return action(by=by, problem=problem, remark=remark)

    return _carry_out(request, problem, "decision_form", form, "已核验。", decide)


@require_POST
@need(Permission.LEAD_WORK)
def problem_look_back(request: Request, pk: int) -> HttpResponse:
    """The superior looks again at what was struck off."""
    problem, form = problem_of(request, pk, Permission.LEAD_WORK), LookBackForm(request.POST)

    def look(by: Actor, result: str, **told: Any) -> object:
        return closing.look_back(by=by, problem=problem, has_come_back=result == "back", **told)

    return _carry_out(request, problem, "look_back_form", form, "已记录回头看。", look)


_DEEDS = {"decision_form": "close", "look_back_form": "held", "ask_form": "ask", "progress_form": "ask"}
"""The deed with which the page offers a form; other forms stand beside what they change."""


def _carry_out(
    request: Request, problem: Problem, name: str, form: Any, words: str, action: Callable[..., object]
) -> HttpResponse:
    done = attempt(
        request, form, lambda values: action(by=request.actor, **values), done=words, to=page_of(problem)
    )  # fmt: skip
    if done:
        return done
    problem, deed = problem_of(request, problem.pk), _DEEDS.get(name)
    if form.non_field_errors() and deed and deed not in deeds(request.scope, problem):
        # It was dealt with meanwhile: the page has no place for the form any more, so the refusal stands above it.
        messages.error(request, "".join(form.non_field_errors()))
        return redirect(page_of(problem))
    return detail_page(request, problem, **{name: form})


def _step(request: Request, pk: int) -> Step:
    step: Step = visible_or_404(Step.objects.select_related("problem__organization"), request, pk=pk)
    require(request, Permission.DO_WORK, step.problem.organization)
    return step


def _paper(request: Request, pk: int, permission: Permission) -> ProblemPaper:
    rows = ProblemPaper.objects.select_related("file", "problem__organization")
    paper: ProblemPaper = visible_or_404(rows, request, pk=pk)
    require(request, permission, paper.problem.organization)
    return paper
