"""The leading group of a campaign: its seats, and who of them carries the campaign out."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from branches.forms.refusals import add_refusal
from branches.permissions import Permission
from branches.views.access import Request, need, visible_or_404
from campaigns.actions.leading_groups import remove_seat, save_seat
from campaigns.forms.leading_groups import SeatForm
from campaigns.models import Campaign, LeadingGroupSeat
from campaigns.queries.campaign_overview import visible


@need(Permission.MANAGE_CAMPAIGN)
def seat_new(request: Request, pk: int) -> HttpResponse:
    """Add a seat."""
    campaign = visible_or_404(visible(request.scope).select_related("issuer"), request, pk=pk)
    _check(request, campaign)
    return _edit(request, campaign, None)


@need(Permission.MANAGE_CAMPAIGN)
def seat_edit(request: Request, pk: int) -> HttpResponse:
    """Change a seat."""
    seat = _seat(request, pk)
    return _edit(request, seat.campaign, seat)


@require_POST
@need(Permission.MANAGE_CAMPAIGN)
def seat_remove(request: Request, pk: int) -> HttpResponse:
    """Take a seat away."""
    seat = _seat(request, pk)
    try:
        remove_seat(by=request.actor, seat=seat)
    except ValidationError as error:
        messages.error(request, "".join(error.messages))
    else:
        messages.success(request, "已撤销。")
    return redirect("campaigns:campaign_detail", seat.campaign_id)


def _seat(request: Request, pk: int) -> LeadingGroupSeat:
    rows = LeadingGroupSeat.objects.filter(campaign__in=visible(request.scope))
    seat = get_object_or_404(rows.select_related("campaign__issuer", "user"), pk=pk)
    _check(request, seat.campaign)
    return seat


def _check(request: Request, campaign: Campaign) -> None:
    """The issuer's staff alone says who sits there: nobody hands his own rights on."""
    if not request.scope.allows(Permission.MANAGE_CAMPAIGN, campaign.issuer):
        raise PermissionDenied


def _edit(request: Request, campaign: Campaign, seat: LeadingGroupSeat | None) -> HttpResponse:
    initial = {}
    if seat:
        initial = {name: getattr(seat, name) for name in ("role", "holder", "runs_campaign")}
        initial["user"] = seat.user.login if seat.user else ""
    form = SeatForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            save_seat(by=request.actor, campaign=campaign, seat=seat, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "领导小组已更新。")
            return redirect("campaigns:campaign_detail", campaign.pk)
    context = {"form": form, "campaign": campaign, "seat": seat}
    return render(request, "campaigns/leading_groups/form.html", context, status=422 if form.errors else 200)
