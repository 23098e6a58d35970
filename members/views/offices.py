"""Party offices of a member."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render

from branches.forms.refusals import add_refusal
from branches.permissions import Permission
from branches.views.access import Request, need, require, visible_or_404
from members.actions.offices import end_office, open_office
from members.forms.offices import OfficeEndForm, OfficeForm
from members.models import Office
from members.views.members import managed_or_404


@need(Permission.MANAGE_MEMBER)
def office_new(request: Request, pk: int) -> HttpResponse:
    """A member takes up a party office."""
    member, place = managed_or_404(request, pk)
    initial = {"organization": place.organization}
    form = OfficeForm(request.scope, request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            office = open_office(by=request.actor, member=member, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, f"已登记：{office}。")
            return redirect("members:member_detail", pk=pk)
    context = {"form": form, "member": member}
    return render(request, "members/offices/form.html", context, status=422 if form.is_bound else 200)


@need(Permission.MANAGE_MEMBER)
def office_end(request: Request, pk: int) -> HttpResponse:
    """A member leaves a party office."""
    office: Office = visible_or_404(Office.objects.select_related("organization", "member"), request, pk=pk)
    require(request, Permission.MANAGE_MEMBER, office.organization)
    form = OfficeEndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            end_office(by=request.actor, office=office, ends_on=form.cleaned_data["ends_on"])
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, f"已登记离任：{office}。")
            return redirect("members:member_detail", pk=office.member_id)
    context = {"form": form, "office": office}
    return render(request, "members/offices/end.html", context, status=422 if form.is_bound else 200)
