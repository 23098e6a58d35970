"""Suspending and giving back party standing, and taking somebody off the rosters for good."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from branches.forms.refusals import add_refusal
from branches.permissions import Permission
from branches.views.access import Request, need, require
from desk.actions.standings import leave_party, restore_member, suspend_member
from members.enums import StandingKind
from members.forms.standings import DayReasonForm, LeavingForm
from members.models import Member, Standing
from members.views.members import managed_or_404


@need(Permission.APPROVE_PARTY_WORK)
def member_suspend(request: Request, pk: int) -> HttpResponse:
    """停止党籍, by the staff of a superior organisation."""
    member, place = managed_or_404(request, pk)
    require(request, Permission.APPROVE_PARTY_WORK, place.organization)
    form = DayReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            suspend_member(by=request.actor, member=member, place=place, on=values["on"], reason=values["reason"])
        except ValidationError as error:
            add_refusal(form, error)
        else:
            return _done(request, member, f"已停止{member}的党籍。")
    question = "停止党籍后，不计入党员人数，没有表决权，仍可恢复。"
    return _ask(request, form, member, "停止党籍", question, "停止党籍")


@need(Permission.APPROVE_PARTY_WORK)
def member_restore(request: Request, pk: int) -> HttpResponse:
    """恢复党籍; the mark of 失联 ends as well."""
    member, place = managed_or_404(request, pk)
    require(request, Permission.APPROVE_PARTY_WORK, place.organization)
    standing = Standing.objects.filter(member=member, kind=StandingKind.SUSPENDED, ends_on=None).first()
    if standing is None:
        raise Http404
    form = DayReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            restore_member(by=request.actor, standing=standing, place=place, on=values["on"], note=values["reason"])
        except ValidationError as error:
            add_refusal(form, error)
        else:
            return _done(request, member, f"已恢复{member}的党籍。")
    return _ask(request, form, member, "恢复党籍", "恢复后重新计入党员人数，失联标识同时结束。", "恢复党籍")


@need(Permission.APPROVE_PARTY_WORK)
def member_leave(request: Request, pk: int) -> HttpResponse:
    """出党, 除名, 去世: the name is typed to confirm."""
    member, place = managed_or_404(request, pk)
    require(request, Permission.APPROVE_PARTY_WORK, place.organization)
    form = LeavingForm(member.name, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("on", "cause", "reason")}
        try:
            leave_party(by=request.actor, member=member, **values)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            return _done(request, member, f"{member}已列为历史党员。")
    question = "列为历史党员后，移出党支部名册，党内职务和岗位同时结束。"
    return _ask(request, form, member, "列为历史党员", question, "列为历史党员", danger=True)


def _done(request: Request, member: Member, text: str) -> HttpResponse:
    messages.success(request, text)
    return redirect("members:member_detail", pk=member.pk)


def _ask(
    request: Request, form: DayReasonForm, member: Member, title: str, question: str, verb: str, danger: bool = False
) -> HttpResponse:
    context = {
        "title": f"{title}：{member}",
        "question": question,
        "form": form,
        "verb": verb,
        "danger": danger,
        "cancel_url": reverse("members:member_detail", args=[member.pk]),
    }
    return render(request, "confirm.html", context, status=422 if form.is_bound else 200)
