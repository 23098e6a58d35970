"""限定记录授权: the 安全管理员 names the posts that see restricted records."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from branches.forms.refusals import add_refusal
from branches.permissions import Permission
from branches.views.access import Request, need, require, visible_or_404
from branches.views.again import password_again
from branches.views.lists import chosen, page_of
from members.actions.custodians import end_custodian, name_custodian
from members.forms.custodians import CustodianEndForm, CustodianFilterForm, CustodianForm, PostSearchForm
from members.models import Custodian
from members.queries.custodians import custodians_for, posts_to_name
from partybuild.lib import clock
from partybuild.lib.dates import day_text


@require_safe
@need(Permission.GRANT_POST)
def custodian_list(request: Request) -> HttpResponse:
    """Which posts are named for which kinds, now and before."""
    form, today = CustodianFilterForm(request.GET), clock.today()
    filters = chosen(form)
    rows = Custodian.objects.none() if filters is None else custodians_for(request.scope, today, **filters)
    context = {"form": form, "page": page_of(request, rows), "today": today}
    return render(request, "members/custodians/list.html", context, status=422 if filters is None else 200)


@need(Permission.GRANT_POST)
@password_again
def custodian_new(request: Request) -> HttpResponse:
    """Find a post, then name it."""
    search = PostSearchForm(request.GET)
    q = search.cleaned_data["q"] if search.is_valid() else ""
    posts = posts_to_name(request.scope, clock.today(), q)
    form = CustodianForm(posts, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            named = name_custodian(by=request.actor, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, f"已授权：{'、'.join(one.get_kind_display() for one in named)}。")
            return redirect("members:custodian_list")
    context = {"form": form, "search": search, "q": q, "has_posts": posts.exists()}
    return render(request, "members/custodians/form.html", context, status=422 if form.is_bound else 200)


@need(Permission.GRANT_POST)
@password_again
def custodian_end(request: Request, pk: int) -> HttpResponse:
    """A post no longer sees a kind from the day after."""
    rows = Custodian.objects.select_related("post__organization", "post__user")
    custodian: Custodian = visible_or_404(rows, request, pk=pk)
    require(request, Permission.GRANT_POST, custodian.post.organization)
    form = CustodianEndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            end_custodian(by=request.actor, custodian=custodian, ends_on=form.cleaned_data["ends_on"])
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已结束授权。")
            return redirect("members:custodian_list")
    facts = [
        ("持有人", custodian.post.user.name), ("岗位", f"{custodian.post.organization.name} · {custodian.post.label}"),
        ("记录类别", custodian.get_kind_display()), ("开始日期", day_text(custodian.starts_on)),
    ]  # fmt: skip
    context = {
        "title": "结束限定记录授权", "question": "过了最后一天，该岗位不能再查阅这一类记录。", "facts": facts,
        "form": form, "verb": "结束授权", "cancel_url": reverse("members:custodian_list"),
    }  # fmt: skip
    return render(request, "confirm.html", context, status=422 if form.is_bound else 200)
