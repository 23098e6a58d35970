"""What gives rights or passwords away asks for the password again (security.md row 10)."""

from functools import wraps
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters

from branches.actions.session_marks import is_password_fresh, mark_password_given
from branches.actions.sessions import MustWaitError, begin_try, forgive_failures, record_failed_sign_in
from branches.forms.accounts import PasswordAgainForm
from branches.views.access import Request, View
from branches.views.accounts import wait_page

AGAIN, WAS_READ = "again", "was_read"
_OWN_FIELDS = {AGAIN, WAS_READ, "csrfmiddlewaretoken"}


def password_again(view: View) -> View:
    """Only for who has given his password within the last minutes; others are asked for it, and then go on.

    What a form has sent meanwhile is kept on the page that asks. Put it below ``need``.
    """

    @wraps(view)
    @sensitive_post_parameters(AGAIN)
    def checked(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        is_answer = AGAIN in request.POST
        if is_password_fresh(request.session) and not is_answer:
            return view(request, *args, **kwargs)
        form = PasswordAgainForm(request.user, request.POST if is_answer else None)
        if is_answer:
            refusal = _refusal(request, form)
            if refusal is not None:
                return refusal
        if not form.is_valid():
            return _ask(request, form)
        mark_password_given(request.session)
        return redirect(request.get_full_path()) if WAS_READ in request.POST else view(request, *args, **kwargs)

    return checked


def _refusal(request: Request, form: PasswordAgainForm) -> HttpResponseBase | None:
    """Somebody at an open computer may not guess more often than at the login page."""
    login, address = request.user.login, request.actor.address
    try:
        begin_try(login=login, address=address)
    except MustWaitError as wait:
        return wait_page(request, wait.until)
    if form.is_valid():
        forgive_failures(login=login, address=address)
    else:
        record_failed_sign_in(by=request.actor, login=login, what="再次输入密码")
    return None


def _ask(request: Request, form: PasswordAgainForm) -> HttpResponseBase:
    kept = [(name, value) for name in request.POST if name not in _OWN_FIELDS for value in request.POST.getlist(name)]
    was_read = request.method != "POST" or WAS_READ in request.POST
    context = {"form": form, "kept": kept, "was_read": was_read}
    status = 200 if request.method != "POST" else 422
    return render(request, "branches/accounts/again.html", context, status=status)
