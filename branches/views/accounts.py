"""Signing in and out, one's own password, and switching between posts."""

from typing import Any

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

from branches.actions.accounts import change_password
from branches.actions.sessions import record_failed_sign_in, record_sign_in, record_sign_out, record_switch
from branches.forms.accounts import LoginForm, PasswordForm
from branches.models import User
from branches.permissions import Actor
from branches.queries.accounts import locked_until
from branches.views.access import Request, signed_in

POST_KEY = "post_id"


@sensitive_post_parameters("password")
def login(request: Request) -> HttpResponse:
    """Sign in; the session gets a new id. Whatever is wrong, the words are the same."""
    if request.user.is_authenticated:
        return redirect(next_url(request))
    form = LoginForm(request, data=request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if form.is_valid():
            user: Any = form.get_user()
            start_session(request, user)
            record_sign_in(by=Actor(user_id=user.pk, address=request.actor.address), user=user)
            return redirect(next_url(request))
        record_failed_sign_in(by=request.actor, login=form.cleaned_data.get("username", ""))
    context = {"form": form, "next": request.POST.get("next", request.GET.get("next", ""))}
    return render(request, "branches/accounts/login.html", context, status=422 if form.is_bound else 200)


def locked_out(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """What a locked pair of account and address is told: the same words for an unknown account."""
    until = locked_until(request.POST.get("username", "").strip(), request.META.get("REMOTE_ADDR", ""))
    return render(request, "branches/accounts/locked.html", {"until": until}, status=429)


@require_POST
@signed_in
def logout(request: Request) -> HttpResponse:
    """Sign out: the session ends on the server."""
    record_sign_out(by=request.actor, user=request.user)
    end_session(request)
    messages.success(request, "已退出登录。")
    return redirect("branches:login")


@sensitive_post_parameters()
@signed_in
def password_change(request: Request) -> HttpResponse:
    """One's own password; the other sessions end with the old one."""
    form = PasswordForm(request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        user: User = change_password(by=request.actor, user=request.user, password=form.cleaned_data["password"])
        update_session_auth_hash(request, user)
        messages.success(request, "密码已修改，您在其他设备上的登录已结束。")
        return redirect(home_url())
    context = {"form": form, "is_forced": request.user.must_change_password}
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
