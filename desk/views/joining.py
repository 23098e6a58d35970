"""Where somebody joins or leaves a roster and tasks follow: a new member, the steps of a file of development."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from branches.enums import OrganizationKind
from branches.forms.refusals import add_refusal
from branches.models import Organization
from branches.permissions import Permission
from branches.views.access import Request, need
from desk.actions.joining import create_member, decide, record_vote
from members.actions.development.steps import take_step
from members.forms.development_steps import (
    DecisionForm,
    PeopleStepForm,
    PlaceStepForm,
    PlainStepForm,
    VoteForm,
    step_form,
)
from members.forms.members import NewMemberForm
from members.models import DevelopmentFile, DevelopmentStep
from members.queries.development_pages import file_page, quota_note_needed
from members.rules.development import BY_CODE, Step
from members.views.development import file_or_404

MANAGE, APPROVE = Permission.MANAGE_PARTY_WORK, Permission.APPROVE_PARTY_WORK


@need(Permission.MANAGE_MEMBER)
def member_new(request: Request) -> HttpResponse:
    """A new member; the branch is that of the address or, for those who keep only one, their own."""
    form = NewMemberForm(
        request.scope, request.POST if request.method == "POST" else None, initial={"organization": _branch(request)}
    )
    if request.method == "POST" and form.is_valid():
        try:
            member = create_member(
                by=request.actor, organization=form.cleaned_data["organization"],
                starts_on=form.cleaned_data["starts_on"], **form.changes(),
            )  # fmt: skip
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, f"已将{member.name}编入{form.cleaned_data['organization']}。")
            return redirect("members:member_detail", pk=member.pk)
    return render(request, "members/members/form.html", {"form": form}, status=422 if form.is_bound else 200)


@need(MANAGE, APPROVE)
def development_step(request: Request, pk: int, code: str) -> HttpResponse:
    """Take a step: in its own form, by those who may."""
    step = BY_CODE.get(code)
    if step is None:
        raise Http404
    file = file_or_404(request, pk, APPROVE if step.is_superior else MANAGE)
    is_post = request.method == "POST"
    form = step_form(step, file, request.POST if is_post else None, request.FILES if is_post else None)
    if is_post and form.is_valid():
        try:
            _take(request, file, step, form)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, f"{step.title}已登记。")
            return redirect("members:development_detail", pk=pk)
    context = {"file": file, "form": form, "step": step, **_hints(request, file, step)}
    return render(request, "members/development/step.html", context, status=422 if form.is_bound else 200)


def _take(request: Request, file: DevelopmentFile, step: Step, form: PlainStepForm) -> None:
    """Call the action of the step's form."""
    if isinstance(form, VoteForm):
        vote = record_vote(by=request.actor, file=file, **form.given())
        if not vote.is_passed:
            messages.warning(request, "赞成票未超过应到有表决权党员的规定比例，表决未通过。")
        return
    if isinstance(form, DecisionForm):
        decide(by=request.actor, file=file, **form.given())
        return
    cleaned = form.cleaned_data
    more: dict[str, Any] = {}
    if isinstance(form, PeopleStepForm):
        more["members"] = list(cleaned["members"])
    if isinstance(form, PlaceStepForm):
        more["group"] = cleaned["group"]
    take_step(
        by=request.actor, file=file, code=step.code, done_on=cleaned["done_on"], notes=cleaned["notes"],
        **form.common(), **more,
    )  # fmt: skip


def _hints(request: Request, file: DevelopmentFile, step: Step) -> dict[str, Any]:
    sheet = file_page(file, request.scope)
    line = next(line for stage in sheet.stages for line in stage.lines if line.step.code == step.code)
    before = [BY_CODE[code] for code in step.after if code not in {one.code for one in _done(file)}]
    return {
        "line": line,
        "before": before,
        "asks_quota_note": step.code == "pre_review" and quota_note_needed(file),
    }


def _done(file: DevelopmentFile) -> list[DevelopmentStep]:
    return [step for step in file.steps.all() if step.voided_at is None]


def _branch(request: Request) -> Organization | None:
    code = request.GET.get("organization", "")
    reached = Organization.objects.visible_to(request.scope, Permission.MANAGE_MEMBER)
    own = reached.filter(path=request.scope.grant.path) if request.scope.grant else reached.none()
    chosen_one = reached.filter(code=code) if code and "\0" not in code else own
    return chosen_one.filter(kind=OrganizationKind.BRANCH).first()
