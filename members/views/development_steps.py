"""Steps of a file of development, and what goes with them: 公示, observations, materials, people, closing."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from branches.forms.refusals import add_refusal
from branches.permissions import Permission
from branches.views.access import Request, need, require, visible_or_404
from members.actions.development.closing import close_file
from members.actions.development.files import edit_facts
from members.actions.development.records import note_observation, publish_notice, settle_notice
from members.actions.development.steps import Paper, add_paper, replace_person, void_step
from members.forms.development import (
    CloseForm,
    FactsForm,
    NoticeForm,
    ObjectionForm,
    ObservationForm,
    PaperForm,
    ReplaceForm,
    VoidForm,
)
from members.models import DevelopmentFile, DevelopmentPaper, DevelopmentPerson, DevelopmentStep, PublicNotice
from members.queries.roster import voters_on
from members.views.development import file_or_404
from office.views.files import file_response
from partybuild.lib import clock

_MANAGE, _APPROVE = Permission.MANAGE_PARTY_WORK, Permission.APPROVE_PARTY_WORK


@need(_MANAGE, _APPROVE)
def development_void(request: Request, pk: int) -> HttpResponse:
    """Declare a step void that was recorded by mistake."""
    row: DevelopmentStep = visible_or_404(
        DevelopmentStep.objects.select_related("development__organization", "development__member"), request, pk=pk
    )
    require(request, _APPROVE if row.step.is_superior else _MANAGE, row.development.organization)
    form = VoidForm(request.POST if request.method == "POST" else None)
    return _confirmed(
        request, row.development, form, lambda: void_step(by=request.actor, step=row, **form.cleaned_data),
        title=f"作废{row.step.title}", question="作废后需要重新办理，原记录和材料保留。", verb="作废", danger=True,
    )  # fmt: skip


@need(_MANAGE)
def development_notice(request: Request, pk: int) -> HttpResponse:
    """Register a 公示."""
    file = file_or_404(request, pk, _MANAGE)
    initial = {"kind": request.GET.get("kind", "")}
    form = NoticeForm(request.POST if request.method == "POST" else None, initial=initial)
    return _confirmed(
        request, file, form, lambda: publish_notice(by=request.actor, file=file, **form.cleaned_data),
        title="登记公示", question="公示期满且没有未处理的异议，才能办理下一步。", verb="登记",
    )  # fmt: skip


@need(_MANAGE)
def development_objection(request: Request, pk: int) -> HttpResponse:
    """What was objected during a 公示, and how it was dealt with."""
    notice: PublicNotice = visible_or_404(
        PublicNotice.objects.select_related("development__organization", "development__member"), request, pk=pk
    )
    require(request, _MANAGE, notice.development.organization)
    form = ObjectionForm(request.POST if request.method == "POST" else None, instance=notice)
    return _confirmed(
        request, notice.development, form,
        lambda: settle_notice(by=request.actor, notice=notice, **form.cleaned_data),
        title="公示异议", question=f"{notice.get_kind_display()}公示：登记收到的异议和核查处理情况。", verb="保存",
    )  # fmt: skip


@need(_MANAGE)
def development_observation(request: Request, pk: int) -> HttpResponse:
    """A half-yearly note."""
    file = file_or_404(request, pk, _MANAGE)
    form = ObservationForm(request.POST if request.method == "POST" else None)
    return _confirmed(
        request, file, form, lambda: note_observation(by=request.actor, file=file, **form.cleaned_data),
        title="考察记录", question="入党积极分子和预备党员每半年考察一次。", verb="保存",
    )  # fmt: skip


@need(_MANAGE)
def development_paper_add(request: Request, pk: int) -> HttpResponse:
    """A material that comes later."""
    file = file_or_404(request, pk, _MANAGE)
    is_post = request.method == "POST"
    form = PaperForm(
        request.POST if is_post else None,
        request.FILES if is_post else None,
        initial={"code": request.GET.get("code", "")},
    )

    def add() -> DevelopmentPaper:
        given = form.cleaned_data
        return add_paper(by=request.actor, file=file, code=given["code"], paper=Paper(given["kind"], given["file"]))

    return _confirmed(
        request, file, form, add, title="补充材料", question="不上传文件的，记为纸质材料已入卷。", verb="保存"
    )


@require_safe
@need(_MANAGE, _APPROVE)
def development_paper(request: Request, pk: int) -> HttpResponseBase:
    """A material itself, for those who keep or approve the file."""
    paper: DevelopmentPaper = visible_or_404(
        DevelopmentPaper.objects.select_related("file", "development__organization"), request, pk=pk
    )
    if not request.scope.allows(_APPROVE, paper.development.organization):
        require(request, _MANAGE, paper.development.organization)
    if paper.file is None:
        raise Http404
    return file_response(request, paper.file, paper.name, inline="show" in request.GET)


@need(_MANAGE)
def development_person(request: Request, pk: int) -> HttpResponse:
    """Another full member takes over as contact or introducer."""
    person: DevelopmentPerson = visible_or_404(
        DevelopmentPerson.objects.select_related("development__organization", "development__member", "member"),
        request, pk=pk,
    )  # fmt: skip
    file = person.development
    require(request, _MANAGE, file.organization)
    people = voters_on(file.organization, clock.today()).exclude(pk=person.member_id)
    form = ReplaceForm(people, request.POST if request.method == "POST" else None)
    return _confirmed(
        request, file, form, lambda: replace_person(by=request.actor, person=person, **form.cleaned_data),
        title=f"更换{person.get_role_display()}", question=f"现为{person.member}，原记录保留。", verb="更换",
    )  # fmt: skip


@need(_MANAGE)
def development_edit(request: Request, pk: int) -> HttpResponse:
    """Correct what is known of the person."""
    file = file_or_404(request, pk, _MANAGE)
    form = FactsForm(file, request.POST if request.method == "POST" else None)
    return _confirmed(
        request, file, form, lambda: edit_facts(by=request.actor, file=file, **form.given()),
        title="修改基本信息", question="用于核对年龄和发展结构，请按本人档案填写。", verb="保存",
    )  # fmt: skip


@need(_MANAGE)
def development_close(request: Request, pk: int) -> HttpResponse:
    """Development stops, or the application is withdrawn."""
    file = file_or_404(request, pk, _MANAGE)
    form = CloseForm(request.POST if request.method == "POST" else None)
    return _confirmed(
        request, file, form, lambda: close_file(by=request.actor, file=file, **form.cleaned_data),
        title=f"停止培养{file.member}", question="办结后不能再改动，档案保留。再次申请的，另建档案。", verb="办结",
        danger=True,
    )  # fmt: skip


def _confirmed(
    request: Request, file: DevelopmentFile, form: forms.BaseForm, act: Any, *, title: str, question: str, verb: str,
    danger: bool = False,
) -> HttpResponse:  # fmt: skip
    """A small form about a file: asked, done, back to the file."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已保存。")
            return redirect("members:development_detail", pk=file.pk)
    context = {
        "file": file, "form": form, "title": title, "question": question, "verb": verb, "danger": danger,
        "cancel_url": reverse("members:development_detail", args=[file.pk]),
    }  # fmt: skip
    return render(request, "members/development/small.html", context, status=422 if form.is_bound else 200)
