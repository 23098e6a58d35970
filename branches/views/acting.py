"""One's own posts, and holding them for another (代理)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from branches.actions.acting import end_acting, open_acting, record_leaving
from branches.forms.acting import ActingForm
from branches.forms.refusals import add_refusal
from branches.models import Post
from branches.queries.acting import delegable, endable, may_be_held, own_posts, taken_posts
from branches.views.access import Request, signed_in
from branches.views.accounts import POST_KEY, home_url
from branches.views.again import password_again
from partybuild.lib import clock


@require_safe
@signed_in
def my_posts(request: Request) -> HttpResponse:
    """One's own posts, who holds them, and what one holds for others."""
    today = clock.today()
    posts = [(post, may_be_held(post)) for post in own_posts(request.user, today)]
    context = {"posts": posts, "taken": taken_posts(request.user, today), "today": today}
    return render(request, "branches/acting/mine.html", context)


@signed_in
@password_again
def acting_new(request: Request, pk: int) -> HttpResponse:
    """Name a deputy for a post of one's own, or for one that one may grant."""
    post: Post = get_object_or_404(delegable(request.user, request.scope), pk=pk)
    form = ActingForm(post, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            held = open_acting(by=request.actor, post=post, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, f"已委托{held.user.name}代理“{post}”。")
            return redirect(_back(request, post))
    context = {"form": form, "post": post, "back": _back(request, post), "is_own": post.user_id == request.user.pk}
    return render(request, "branches/acting/form.html", context, status=422 if form.is_bound else 200)


@signed_in
def acting_end(request: Request, pk: int) -> HttpResponse:
    """End it before its last day."""
    held: Post = get_object_or_404(endable(request.user, request.scope), pk=pk)
    principal: Post = held.acting_for  # type: ignore[assignment]
    back = _back(request, held if held.user_id == request.user.pk else principal)
    if request.method == "POST":
        try:
            end_acting(by=request.actor, post=held)
        except ValidationError as error:
            messages.error(request, "".join(error.messages))
        else:
            messages.success(request, f"{held.user.name}对“{principal}”的代理已结束。")
        return redirect(back)
    context = {
        "title": "结束代理",
        "question": f"结束后，{held.user.name}立即不能再代{principal.user.name}办理业务。已办理的事项和记录保留。",
        "facts": [("岗位", str(principal)), ("岗位本人", principal.user.name), ("代理人", held.user.name)],
        "verb": "结束代理",
        "cancel_url": back,
    }
    return render(request, "confirm.html", context)


@require_POST
@signed_in
def acting_leave(request: Request) -> HttpResponse:
    """Go back from somebody else's post to one's own."""
    own = next((grant for grant in request.scope.grants if grant.acting_for_id is None), None)
    if request.scope.acting_for_id is not None and own is not None:
        request.session[POST_KEY] = own.post_id
        record_leaving(by=request.actor)
    return redirect(home_url())


def _back(request: Request, post: Post) -> str:
    """One's own posts, or the account whose post it is."""
    own = post.user_id == request.user.pk
    return reverse("branches:my_posts") if own else reverse("branches:account_detail", args=[post.user_id])
