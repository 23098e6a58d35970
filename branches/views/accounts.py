"""Signing in and out, one's own password, and switching between posts."""

from datetime import datetime
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login as start_session
from django.contrib.auth import logout as end_session
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from branches.actions.accounts import change_password, end_sign_ins
from branches.actions.session_marks import mark_password_given, mark_use, marks_of
from branches.actions.sessions import (
    MustWaitError,
    begin_try,
    forgive_failures,
    record_failed_sign_in,
    record_sign_in,
    record_sign_out,
    record_switch,
)
from branches.enums import EndReason
from branches.forms.accounts import LoginForm, PasswordForm
from branches.models import User
from branches.permissions import Actor
from branches.queries.accounts import locked_until
from branches.queries.passwords import must_change
from branches.queries.second_factors import factor_in_use
from branches.queries.sign_ins import previous_sign_in
from branches.rules.sessions import device_words
from branches.views.access import Request, signed_in
from partybuild.lib import clock
from partybuild.lib.dates import moment_text

POST_KEY = "post_id"
PENDING = "pending_sign_in"
BACKEND = "django.contrib.auth.backends.ModelBackend"
WHY_SIGNED_OUT = {
    EndReason.IDLE: "您有一段时间没有操作，为保护信息安全，已自动退出登录。",
    EndReason.LIMIT: "本次登录已达到最长时间，为保护信息安全，已自动退出登录。",
    EndReason.ENDED: "本次登录已在“我的账号”中结束。",
    EndReason.PASSWORD: "账号的密码已修改或重置，原来的登录已结束。",
    EndReason.DISABLED: "账号已停用，请联系本单位系统管理员。",
}


@sensitive_post_parameters("password")
def login(request: Request) -> HttpResponse:
    """Sign in; the session gets a new id. Whatever is wrong, the words are the same."""
    if request.user.is_authenticated:
        return redirect(next_url(request))
    form = LoginForm(request, data=request.POST if request.method == "POST" else None)
    if request.method == "POST":
        tried = form.tried_login()
        if tried and (refusal := _refusal(request, tried)) is not None:
            return refusal
        if form.is_valid():
            user: Any = form.get_user()
            forgive_failures(login=tried, address=request.actor.address)
            return _go_on(request, user)
        record_failed_sign_in(by=request.actor, login=form.cleaned_data.get("username", ""))
    context = {
        "form": form,
        "next": request.POST.get("next", request.GET.get("next", "")),
        "why": WHY_SIGNED_OUT.get(request.GET.get("why", "")),
    }
    return render(request, "branches/accounts/login.html", context, status=422 if form.is_bound else 200)


def _refusal(request: Request, login: str) -> HttpResponse | None:
    """The answer to pair, account or address that have failed too often; else the try is counted."""
    if not AxesProxyHandler.is_allowed(request, {"username": login}):
        return locked_out(request)
    try:
        begin_try(login=login, address=request.actor.address)
    except MustWaitError as wait:
        return wait_page(request, wait.until)
    return None


def _go_on(request: Request, user: User) -> HttpResponse:
    """The password was right: in, or to the second step."""
    if factor_in_use(user.pk) is None:
        return enter(request, user, next_url(request))
    request.session.cycle_key()
    request.session[PENDING] = {
        "user": user.pk,
        "password": user.get_session_auth_hash(),
        "at": clock.now().timestamp(),
        "next": next_url(request),
    }
    return redirect("branches:login_code")


def enter(request: Request, user: User, onwards: str) -> HttpResponse:
    """All that was asked for has been given: the session begins."""
    start_session(request, user, BACKEND)
    record_sign_in(by=Actor(user_id=user.pk, address=request.actor.address), user=user)
    _tell_of_last(request)
    return redirect(onwards)


def _tell_of_last(request: Request) -> None:
    """Where the last sign-in was, if it was from elsewhere."""
    marks = marks_of(request.session)
    user: User = request.user
    this = user.sign_ins.filter(pk=marks.sign_in_id).first() if marks else None
    last = previous_sign_in(this) if this else None
    if this and last and (last.address, last.agent) != (this.address, this.agent):
        where = f"{device_words(last.agent)}，地址 {last.address or '未知'}"
        messages.info(
            request,
            f"您上一次登录：{moment_text(clock.in_zone(last.started_at))}，{where}。如非本人操作，请立即修改密码。",
        )


def locked_out(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """What a locked pair of account and address is told: the same words for an unknown account."""
    until = locked_until(request.POST.get("username", "").strip(), request.META.get("REMOTE_ADDR", ""))
    return wait_page(request, until)


def wait_page(request: HttpRequest, until: datetime | None) -> HttpResponse:
    """When the next try is taken, whatever it is that must wait."""
    page = render(request, "branches/accounts/locked.html", {"until": until}, status=429)
    if until is not None:
        page["Retry-After"] = str(max(1, round((until - clock.now()).total_seconds())))
    return page


@require_POST
@signed_in
def logout(request: Request) -> HttpResponse:
    """Sign out: the session ends on the server."""
    record_sign_out(by=request.actor, user=request.user)
    if marks := marks_of(request.session):
        end_sign_ins(user=request.user, reason=EndReason.SIGNED_OUT, only=marks.sign_in_id)
    end_session(request)
    messages.success(request, "已退出登录。")
    return redirect("branches:login")


@sensitive_post_parameters()
@signed_in
def password_change(request: Request) -> HttpResponse:
    """One's own password; the other sessions end with the old one."""
    form = PasswordForm(request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        marks = marks_of(request.session)
        user: User = change_password(
            by=request.actor, user=request.user, password=form.cleaned_data["password"],
            sign_in_id=marks.sign_in_id if marks else None,
        )  # fmt: skip
        update_session_auth_hash(request, user)
        mark_use(request.session)
        mark_password_given(request.session)
        messages.success(request, "密码已修改，您在其他设备上的登录已结束。")
        return redirect(home_url())
    context = {"form": form, "is_given": request.user.must_change_password, "is_forced": must_change(request.user)}
    return render(request, "branches/accounts/password.html", context, status=422 if form.is_bound else 200)


@require_POST
@signed_in
def post_switch(request: Request) -> HttpResponse:
    """Go on under another of one's posts in force."""
    chosen = next((grant for grant in request.scope.grants if str(grant.post_id) == request.POST.get("post")), None)
    if chosen is None:
        raise Http404
    if chosen != request.scope.grant:
        request.session[POST_KEY] = chosen.post_id
        record_switch(by=request.actor, grant=chosen)
    return redirect(next_url(request))


def next_url(request: HttpRequest) -> str:
    """Where to go on: ``next`` when it lies on this site, else the home page."""
    wanted = request.POST.get("next", request.GET.get("next", ""))
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else home_url()


def home_url() -> str:
    """The home page."""
    return resolve_url(settings.LOGIN_REDIRECT_URL)
