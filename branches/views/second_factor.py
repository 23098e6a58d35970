"""The second factor: its step of the login, setting it up, and its recovery codes."""

from datetime import timedelta
from typing import Any

import segno
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from branches.actions.second_factors import (
    WRONG_CODE,
    begin_second_factor,
    confirm_second_factor,
    remove_second_factor,
    renew_recovery_codes,
    use_code,
)
from branches.actions.session_marks import CODE_GIVEN, mark_code_given, mark_use
from branches.actions.sessions import MustWaitError, begin_try, forgive_failures, record_failed_sign_in
from branches.forms.accounts import CodeForm
from branches.forms.refusals import add_refusal
from branches.models import SecondFactor, User
from branches.queries.second_factors import factor_begun, factor_in_use, is_forced
from branches.rules.second_factor import address_for_apps, in_groups
from branches.views.access import Request, signed_in
from branches.views.accounts import PENDING, enter, home_url, next_url, wait_page
from branches.views.again import password_again
from partybuild.lib import clock

ISSUER = "机关党建工作平台"
PENDING_FOR = timedelta(minutes=5)


@sensitive_post_parameters("code")
def login_code(request: Request) -> HttpResponse:
    """The second step of the login; also for who is signed in and has not shown his second factor yet."""
    user, onwards = _pending(request)
    if user is None:
        return redirect("branches:login")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        # Counted apart from the password's failures, which a right password takes back.
        counted, address = f"code/{user.login}", request.actor.address
        try:
            begin_try(login=counted, address=address)
        except MustWaitError as wait:
            return wait_page(request, wait.until)
        if use_code(user=user, code=form.cleaned_data["code"]):
            forgive_failures(login=counted, address=address)
            return _let_in(request, user, onwards)
        record_failed_sign_in(by=request.actor, login=user.login, what="动态口令")
        form.add_error("code", WRONG_CODE)
    return render(
        request, "branches/accounts/code.html", {"form": form, "account": user}, status=422 if form.is_bound else 200
    )


def _pending(request: Request) -> tuple[User | None, str]:
    """Whose code is waited for, and where he goes on."""
    if request.user.is_authenticated:
        waits = not request.session.get(CODE_GIVEN) and factor_in_use(request.user.pk) is not None
        return (request.user if waits else None), next_url(request)
    pending: dict[str, Any] = request.session.get(PENDING) or {}
    if not pending or clock.now().timestamp() - pending["at"] > PENDING_FOR.total_seconds():
        return None, ""
    user = User.objects.filter(pk=pending["user"], is_active=True).select_related("organization").first()
    is_same = user is not None and user.get_session_auth_hash() == pending["password"]
    return (user if is_same else None), pending["next"]


def _let_in(request: Request, user: User, onwards: str) -> HttpResponse:
    if request.user.is_authenticated:
        request.session.cycle_key()
        mark_use(request.session)
        mark_code_given(request.session)
        return redirect(onwards)
    request.session.pop(PENDING, None)
    answer = enter(request, user, onwards)
    mark_code_given(request.session)
    return answer


@sensitive_post_parameters("code")
@signed_in
@password_again
def second_factor(request: Request) -> HttpResponse:
    """Whether one has a second factor; setting it up: picture, then the first code, then the recovery codes, once."""
    user: User = request.user
    forced, used = is_forced(request.scope), factor_in_use(user.pk)
    if used is not None:
        if forced and not request.session.get(CODE_GIVEN):
            return redirect("branches:login_code")
        left = used.recovery_codes.filter(used_at__isnull=True).count()
        context = {"factor": used, "left": left, "is_forced": forced}
        return render(request, "branches/second_factor/detail.html", context)
    factor = factor_begun(user.pk)
    if factor is None:
        return _begin(request, is_forced=forced)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            codes = confirm_second_factor(by=request.actor, user=user, code=form.cleaned_data["code"])
        except ValidationError as error:
            add_refusal(form, error)
        else:
            mark_code_given(request.session)
            return _codes_page(request, codes, is_new=True)
    return _set_up_page(request, form, factor, is_forced=forced)


def _begin(request: Request, *, is_forced: bool) -> HttpResponse:
    """What a second factor is, and the button that makes its secret."""
    if request.method == "POST":
        begin_second_factor(user=request.user)
        return redirect("branches:second_factor")
    return render(request, "branches/second_factor/begin.html", {"is_forced": is_forced})


def _set_up_page(request: Request, form: CodeForm, factor: SecondFactor, *, is_forced: bool) -> HttpResponse:
    address = address_for_apps(factor.secret, request.user.login, ISSUER)
    context = {
        "form": form,
        "picture": segno.make(address, error="m").svg_data_uri(scale=5, border=2),
        "secret": in_groups(factor.secret),
        "is_forced": is_forced,
    }
    return render(request, "branches/second_factor/set_up.html", context, status=422 if form.is_bound else 200)


def _codes_page(request: Request, codes: list[str], *, is_new: bool) -> HttpResponse:
    context = {"codes": codes, "is_new": is_new, "onwards": home_url()}
    return render(request, "branches/second_factor/codes.html", context)


@require_POST
@signed_in
@password_again
def second_factor_codes(request: Request) -> HttpResponse:
    """New recovery codes, shown once."""
    try:
        codes = renew_recovery_codes(by=request.actor, user=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("branches:second_factor")
    return _codes_page(request, codes, is_new=False)


@signed_in
@password_again
def second_factor_off(request: Request) -> HttpResponse:
    """Go on without a second factor, where the post allows it."""
    if is_forced(request.scope):
        raise PermissionDenied
    if request.method == "POST":
        remove_second_factor(by=request.actor, user=request.user)
        messages.success(request, "动态口令已停用，登录时不再需要。")
        return redirect("branches:my_account")
    context = {
        "title": "停用动态口令",
        "question": "停用后，只凭密码就能登录您的账号，备用码同时失效。",
        "verb": "停用动态口令",
        "danger": True,
        "cancel_url": reverse("branches:second_factor"),
    }
    return render(request, "confirm.html", context)
