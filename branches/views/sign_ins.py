"""One's own account: where one is signed in, the password, the second factor."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from branches.actions.session_marks import marks_of
from branches.actions.sessions import end_own_sign_ins
from branches.models import SignIn
from branches.queries.passwords import expires_at
from branches.queries.second_factors import factor_in_use, is_forced
from branches.queries.sign_ins import live_lines, recent_lines
from branches.views.access import Request, signed_in


@require_safe
@signed_in
def my_account(request: Request) -> HttpResponse:
    """Where one is signed in, and what protects the account."""
    context = {
        "live": live_lines(request.user, _current(request)),
        "recent": recent_lines(request.user),
        "factor": factor_in_use(request.user.pk),
        "is_forced": is_forced(request.scope),
        "password_until": expires_at(request.user),
    }
    return render(request, "branches/accounts/mine.html", context)


@require_POST
@signed_in
def sign_in_end(request: Request, pk: int) -> HttpResponse:
    """End one of one's sign-ins; the one in hand ends by signing out."""
    if pk == _current(request) or not SignIn.objects.filter(pk=pk, user=request.user).exists():
        raise Http404
    end_own_sign_ins(by=request.actor, user=request.user, only=pk)
    messages.success(request, "该处登录已结束。")
    return redirect("branches:my_account")


@require_POST
@signed_in
def sign_ins_end(request: Request) -> HttpResponse:
    """End all sign-ins but the one in hand."""
    count = end_own_sign_ins(by=request.actor, user=request.user, but=_current(request))
    messages.success(request, f"已结束其他 {count} 处登录。" if count else "没有其他登录。")
    return redirect("branches:my_account")


def _current(request: Request) -> int | None:
    marks = marks_of(request.session)
    return marks.sign_in_id if marks else None
