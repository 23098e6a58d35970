"""Marks of members: out of reach with the search log, away for work."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from branches.forms.refusals import add_refusal
from branches.permissions import Permission
from branches.views.access import Request, need
from branches.views.lists import chosen, page_of
from branches.views.workbooks import exported
from members.actions.standings import end_mark, mark_member, note_search
from members.enums import NOT_COUNTED, StandingKind
from members.forms.standings import EndMarkForm, LostFilterForm, MarkForm, SearchNoteForm
from members.models import Membership, SearchNote, Standing
from members.queries.standings import lost_lines, lost_standings
from members.views.members import managed_or_404
from partybuild.lib import clock
from partybuild.lib.dates import day_text
from partybuild.lib.workbook import Sheet

_COLUMNS = ("姓名", "所在党支部", "失联日期", "查找次数", "最近查找", "停止党籍", "找到日期", "应办事项")


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def lost_list(request: Request) -> HttpResponse:
    """Members out of reach, how often they were looked for, and what is due. Source: TJ 六, O04."""
    form = LostFilterForm(request.GET)
    filters, today = chosen(form), clock.today()
    rows = Standing.objects.none() if filters is None else lost_standings(request.scope, state=filters["state"])
    page = page_of(request, rows)
    context = {
        "form": form,
        "page": page,
        "lines": lost_lines(
            Standing.objects.filter(pk__in=[one.pk for one in page]).order_by("starts_on", "pk"), today
        ),
        "can_open": request.scope.holds(Permission.VIEW_MEMBER),
        "can_manage": request.scope.holds(Permission.MANAGE_MEMBER),
    }
    return render(request, "members/standings/lost.html", context, status=422 if filters is None else 200)


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def lost_export(request: Request) -> HttpResponseBase:
    """The list, filtered as it is shown."""
    filters = chosen(LostFilterForm(request.GET))
    if filters is None:
        return render(request, "400.html", status=400)
    today = clock.today()
    rows = [
        [
            line.standing.member.name, line.branch, line.standing.starts_on, line.searches, line.last_search,
            line.suspended_on, line.standing.ends_on, line.due,
        ]
        for line in lost_lines(lost_standings(request.scope, state=filters["state"]), today)
    ]  # fmt: skip
    return exported(
        request,
        "失联党员台账",
        Sheet("失联党员", _COLUMNS, rows, title="失联党员排查台账", note=f"截至{day_text(today)}"),
    )


@need(Permission.MANAGE_MEMBER)
def standing_new(request: Request, pk: int) -> HttpResponse:
    """Mark a member as 失联 or 流动."""
    member, place = managed_or_404(request, pk)
    initial = {"kind": request.GET.get("kind", StandingKind.LOST)}
    form = MarkForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            standing = mark_member(
                by=request.actor, member=member, organization=place.organization, **form.cleaned_data
            )
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, f"已标记：{standing}。")
            return redirect("members:member_detail", pk=pk)
    context = {"form": form, "member": member, "title": "登记失联或流动"}
    return render(request, "members/standings/form.html", context, status=422 if form.is_bound else 200)


@need(Permission.MANAGE_MEMBER)
def standing_end(request: Request, pk: int) -> HttpResponse:
    """A mark of 失联 or 流动 ends."""
    standing, place = _managed(request, pk)
    form = EndMarkForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            end_mark(by=request.actor, standing=standing, organization=place.organization, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, f"已结束：{standing}。")
            return redirect("members:member_detail", pk=standing.member_id)
    context = {"form": form, "member": standing.member, "title": f"结束{standing.get_kind_display()}"}
    return render(request, "members/standings/form.html", context, status=422 if form.is_bound else 200)


@need(Permission.MANAGE_MEMBER)
def search_new(request: Request, pk: int) -> HttpResponse:
    """The search log of one member out of reach, with one more attempt."""
    standing, place = _managed(request, pk)
    form = SearchNoteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            note_search(by=request.actor, standing=standing, organization=place.organization, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已登记查找情况。")
            return redirect("members:search_new", pk=pk)
    context = {
        "form": form,
        "standing": standing,
        "member": standing.member,
        "searches": SearchNote.objects.filter(standing=standing).select_related("noted_by"),
        "is_open": standing.ends_on is None,
    }
    return render(request, "members/standings/searches.html", context, status=422 if form.is_bound else 200)


def _managed(request: Request, pk: int) -> tuple[Standing, Membership]:
    """A mark of a member whose roster one keeps, and that is ended here."""
    standing = get_object_or_404(Standing.objects.select_related("member"), pk=pk)
    _, place = managed_or_404(request, standing.member_id)
    if standing.kind in NOT_COUNTED:
        raise PermissionDenied
    return standing, place
