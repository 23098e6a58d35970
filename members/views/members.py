"""The roster: list, one member, new and changed ones."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from branches.forms.refusals import add_refusal
from branches.permissions import Permission, Scope
from branches.queries.audit import history_of
from branches.views.access import Request, need, require, signed_in, visible_or_404
from branches.views.lists import chosen, page_of
from branches.views.remembering import remembered
from members.actions.members import edit_member, note_number_search, view_personal_data
from members.actions.memberships import assign_group
from members.forms.members import GroupForm, MemberFilterForm, MemberForm, NumberForm, ReasonForm
from members.models import Member, Membership, Office
from members.models.restricted import RECORD_KINDS
from members.queries.members import DEFAULT_SORT, found_by_number, roster_list
from members.queries.restricted import kinds_held
from members.queries.timeline import timeline_of
from members.views.panels import member_deeds, member_panels
from partybuild.lib import clock


@require_safe
@need(Permission.VIEW_MEMBER)
def member_list(request: Request) -> HttpResponse:
    """Those on the rosters of the scope today; the filters of the last visit are used again until they are cleared."""
    if address := remembered(request, "members", keep_out=("q",)):
        return redirect(address)
    form = MemberFilterForm(request.scope, request.GET)
    filters = chosen(form)
    sort = request.GET.get("sort", DEFAULT_SORT)
    today = clock.today()
    places = Membership.objects.none() if filters is None else roster_list(request.scope, today, sort=sort, **filters)
    page = page_of(request, places)
    context = {
        "form": form,
        "page": page,
        "rows": [(place, place.member.kind_on(today)) for place in page],
        "default_sort": DEFAULT_SORT,
        "number_form": NumberForm(),
        "can_manage": request.scope.holds(Permission.MANAGE_MEMBER),
    }
    return render(request, "members/members/list.html", context, status=422 if filters is None else 200)


@require_POST
@need(Permission.VIEW_MEMBER)
def member_find(request: Request) -> HttpResponse:
    """One member by identity number or mobile; the number is in no address and in no log."""
    form = NumberForm(request.POST)
    member = found_by_number(request.scope, form.cleaned_data["number"]) if form.is_valid() else None
    if member is None:
        messages.error(request, "没有找到这个号码的党员，请核对号码；不在管理范围内的党员查不到。")
        return redirect(f"{reverse('members:member_list')}?page=1")
    note_number_search(by=request.actor, member=member)
    return redirect("members:member_detail", pk=member.pk)


@require_safe
@signed_in
def member_detail(request: Request, pk: int) -> HttpResponse:
    """One member, by those who keep his roster and by himself; numbers are masked."""
    member, place = member_or_404(request, pk)
    today = clock.today()
    can_manage = place is not None and request.scope.allows(Permission.MANAGE_MEMBER, place.organization)
    marks = list(member.standings.on(today))
    offices = list(member.offices.select_related("organization").order_by("-starts_on", "-pk"))
    context = {
        "member": member,
        "kind": member.kind_on(today),
        "place": place,
        "memberships": member.memberships.select_related("organization", "group").order_by("-starts_on"),
        "offices": offices,
        "endable": _endable(offices, request.scope),
        "today": today,
        "can_manage": can_manage,
        "group_form": _group_form(place) if can_manage and place else None,
        "reason_form": ReasonForm() if can_manage else None,
        "history": history_of(member),
        "moments": timeline_of(member),
        "marks": marks,
        "deeds": member_deeds(member, place, request.scope, [mark.kind for mark in marks]),
        "panels": member_panels(member, place, request.scope),
        "custody": kinds_held(request.scope) & set(RECORD_KINDS),
    }
    return render(request, "members/members/detail.html", context)


@need(Permission.MANAGE_MEMBER)
def member_edit(request: Request, pk: int) -> HttpResponse:
    """Change what the roster holds about a member."""
    member, place = managed_or_404(request, pk)
    form = MemberForm(request.POST if request.method == "POST" else None, instance=member)
    if request.method == "POST" and form.is_valid():
        try:
            edit_member(by=request.actor, member=member, organization=place.organization, changes=form.changes())
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已保存。")
            return redirect("members:member_detail", pk=pk)
    context = {"form": form, "member": member}
    return render(request, "members/members/form.html", context, status=422 if form.is_bound else 200)


@require_POST
@need(Permission.MANAGE_MEMBER)
def member_group(request: Request, pk: int) -> HttpResponse:
    """Place a member in a 党小组 of his branch, or in none."""
    _, place = managed_or_404(request, pk)
    form = GroupForm(place.organization, request.POST)
    if form.is_valid():
        assign_group(by=request.actor, membership=place, group=form.cleaned_data["group"])
        messages.success(request, "已保存。")
    else:
        messages.error(request, "请从本党支部的党小组中选择。")
    return redirect("members:member_detail", pk=pk)


@require_POST
@need(Permission.MANAGE_MEMBER)
def member_personal(request: Request, pk: int) -> HttpResponse:
    """The full numbers, for a reason that the trail keeps."""
    member, place = managed_or_404(request, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        context = {"member": member, "form": form}
        return render(request, "members/members/personal.html", context, status=422)
    reason = form.cleaned_data["reason"]
    view_personal_data(by=request.actor, member=member, organization=place.organization, reason=reason)
    return render(request, "members/members/personal.html", {"member": member, "is_open": True})


def member_or_404(request: Request, pk: int) -> tuple[Member, Membership | None]:
    """A member within the scope, or oneself, with the place on a roster that he has."""
    if not request.scope.holds(Permission.VIEW_MEMBER) and pk != request.scope.member_id:
        raise PermissionDenied
    member: Member = visible_or_404(Member.objects, request, pk=pk)
    live = member.memberships.filter(ends_on__isnull=True)
    return member, live.select_related("organization", "group").first()


def managed_or_404(request: Request, pk: int) -> tuple[Member, Membership]:
    """A member whose roster one keeps."""
    member, place = member_or_404(request, pk)
    if place is None:
        raise PermissionDenied
    require(request, Permission.MANAGE_MEMBER, place.organization)
    return member, place


def former_or_404(request: Request, pk: int) -> tuple[Member, Membership]:
    """A former member within the scope, with the place from which he left."""
    member: Member = visible_or_404(Member.objects, request, pk=pk)
    places = Membership.objects.visible_to(request.scope).of_former()
    return member, get_object_or_404(places.select_related("organization"), member=member)


def _endable(offices: list[Office], scope: Scope) -> set[int]:
    """The offices that one may end: those at organisations whose rosters one keeps, wherever the member belongs."""
    return {
        each.pk for each in offices if not each.ends_on and scope.allows(Permission.MANAGE_MEMBER, each.organization)
    }


def _group_form(place: Membership) -> GroupForm | None:
    form = GroupForm(place.organization, initial={"group": place.group_id})
    groups: Any = form.fields["group"]
    return form if groups.queryset.exists() else None
