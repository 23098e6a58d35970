"""Accounts kept by administrators, and the posts that give them their rights."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from branches.actions.accounts import create_account, disable_accounts, reset_password, set_account_active
from branches.actions.posts import end_post, open_post
from branches.actions.second_factors import remove_second_factor
from branches.forms.accounts import AccountFilterForm, AccountForm, PostEndForm, PostForm
from branches.forms.refusals import add_refusal
from branches.models import Post, User
from branches.permissions import Permission
from branches.queries.accounts import accounts_for
from branches.queries.audit import history_of
from branches.queries.second_factors import factor_in_use
from branches.views.access import Request, need, require, visible_or_404
from branches.views.again import password_again
from branches.views.lists import PER_PAGE, chosen, page_of
from partybuild.lib import clock
from partybuild.lib.crypto import mask_phone

ACCOUNTS = User.objects.select_related("organization")


@require_safe
@need(Permission.MANAGE_ACCOUNT)
def account_list(request: Request) -> HttpResponse:
    """The accounts within the scope with their posts."""
    form = AccountFilterForm(request.GET)
    filters = chosen(form)
    accounts = User.objects.none() if filters is None else accounts_for(request.scope, clock.today(), **filters)
    context = {"page": page_of(request, accounts), "form": form}
    return render(request, "branches/accounts/list.html", context, status=422 if filters is None else 200)


@need(Permission.MANAGE_ACCOUNT)
@password_again
def account_new(request: Request) -> HttpResponse:
    """A new account; its first password is shown once, on the answer to this form."""
    form = AccountForm(request.scope, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = create_account(by=request.actor, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            can_grant = request.scope.holds(Permission.GRANT_POST)
            context = {"account": made.user, "password": made.password, "is_new": True, "can_grant": can_grant}
            return render(request, "branches/accounts/first_password.html", context)
    return render(request, "branches/accounts/form.html", {"form": form}, status=422 if form.is_bound else 200)


@require_safe
@need(Permission.MANAGE_ACCOUNT)
def account_detail(request: Request, pk: int) -> HttpResponse:
    """One account with all its posts, also those that are over."""
    account: User = visible_or_404(ACCOUNTS, request, pk=pk)
    posts = account.posts.select_related("organization", "acting_for__user").order_by("-starts_on", "-pk")
    context = {
        "account": account,
        "phone": mask_phone(account.phone),
        "posts": posts,
        "today": clock.today(),
        "history": history_of(account),
        "factor": factor_in_use(account.pk),
        "can_grant": request.scope.holds(Permission.GRANT_POST) and account != request.user,
    }
    return render(request, "branches/accounts/detail.html", context)


@need(Permission.MANAGE_ACCOUNT)
@password_again
def account_reset(request: Request, pk: int) -> HttpResponse:
    """A new first password, shown once."""
    account: User = visible_or_404(ACCOUNTS, request, pk=pk)
    if account == request.user:
        raise PermissionDenied
    if request.method == "POST":
        password = reset_password(by=request.actor, user=account)
        context = {"account": account, "password": password, "is_new": False}
        return render(request, "branches/accounts/first_password.html", context)
    context = {
        "title": "重置密码",
        "question": f"重置后，{account.name}的原密码失效，正在使用的登录会结束。新的初始密码只显示一次。",
        "facts": _facts(account),
        "verb": "重置密码",
        "cancel_url": reverse("branches:account_detail", args=[account.pk]),
    }
    return render(request, "confirm.html", context)


@need(Permission.GRANT_POST)
@password_again
def account_second_factor(request: Request, pk: int) -> HttpResponse:
    """The phone is lost: take the second factor away, so that its owner can set up another."""
    account: User = visible_or_404(ACCOUNTS, request, Permission.GRANT_POST, pk=pk)
    if account == request.user:
        raise PermissionDenied
    if request.method == "POST":
        if remove_second_factor(by=request.actor, user=account):
            messages.success(request, f"{account.name}的动态口令已重置，下次登录后可重新设置。")
        return redirect("branches:account_detail", pk=account.pk)
    context = {
        "title": "重置动态口令",
        "question": f"重置后，{account.name}的手机口令和备用码失效，可凭密码登录后重新设置。请先核实本人身份。",
        "facts": _facts(account),
        "verb": "重置动态口令",
        "danger": True,
        "cancel_url": reverse("branches:account_detail", args=[account.pk]),
    }
    return render(request, "confirm.html", context)


@require_POST
@need(Permission.MANAGE_ACCOUNT)
@password_again
def accounts_disable(request: Request) -> HttpResponse:
    """Disable the accounts that were ticked on the list."""
    ticked = [int(mark) for mark in request.POST.getlist("marked") if mark.isascii() and mark.isdigit()][:PER_PAGE]
    count = disable_accounts(by=request.actor, users=User.objects.visible_to(request.scope).filter(pk__in=ticked))
    if count:
        messages.success(request, f"已停用 {count} 个账号，岗位和记录保留。")
    else:
        messages.warning(request, "没有可停用的账号，请先勾选。本人的账号不能停用。")
    return redirect(f"{reverse('branches:account_list')}?{request.GET.urlencode()}")


@need(Permission.MANAGE_ACCOUNT)
@password_again
def account_active(request: Request, pk: int) -> HttpResponse:
    """Disable an account, or enable it again."""
    account: User = visible_or_404(ACCOUNTS, request, pk=pk)
    if account == request.user:
        raise PermissionDenied
    verb = "停用" if account.is_active else "启用"
    if request.method == "POST":
        set_account_active(by=request.actor, user=account, is_active=not account.is_active)
        messages.success(request, f"账号{account.login}已{verb}。")
        return redirect("branches:account_detail", pk=account.pk)
    question = (
        "停用后，该账号立即退出，不能再登录。岗位和记录保留。" if account.is_active else "启用后，该账号可以登录。"
    )
    context = {
        "title": f"{verb}账号",
        "question": question,
        "facts": _facts(account),
        "verb": verb,
        "danger": account.is_active,
        "cancel_url": reverse("branches:account_detail", args=[account.pk]),
    }
    return render(request, "confirm.html", context)


def _facts(account: User) -> list[tuple[str, str]]:
    return [("姓名", account.name), ("登录名", account.login), ("所属党组织", str(account.organization or "—"))]


@need(Permission.GRANT_POST)
@password_again
def post_new(request: Request, pk: int) -> HttpResponse:
    """Grant an account a post."""
    account: User = visible_or_404(ACCOUNTS, request, Permission.GRANT_POST, pk=pk)
    initial = {"organization": account.organization}
    form = PostForm(request.scope, request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            post = open_post(by=request.actor, user=account, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, f"已授予{account.name}岗位：{post}。")
            return redirect("branches:account_detail", pk=account.pk)
    context = {"form": form, "account": account}
    return render(request, "branches/posts/form.html", context, status=422 if form.is_bound else 200)


@need(Permission.GRANT_POST)
@password_again
def post_end(request: Request, pk: int) -> HttpResponse:
    """End a post."""
    post: Post = visible_or_404(Post.objects.select_related("user", "organization"), request, pk=pk)
    require(request, Permission.GRANT_POST, post.organization)
    form = PostEndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            end_post(by=request.actor, post=post, ends_on=form.cleaned_data["ends_on"])
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, f"{post.user.name}的岗位“{post}”已结束。")
            return redirect("branches:account_detail", pk=post.user_id)
    context = {"form": form, "post": post}
    return render(request, "branches/posts/end.html", context, status=422 if form.is_bound else 200)
