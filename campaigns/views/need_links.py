"""The link by which the asker rates (C13): made for who hands it over, opened without a sign-in by the asker."""

from datetime import datetime

import segno
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from branches.actions.sessions import MustWaitError, begin_try
from branches.forms.refusals import add_refusal
from branches.permissions import Permission
from branches.views.access import Request, need, visible_or_404
from branches.views.pages import data_of
from campaigns.actions import need_links as actions
from campaigns.actions.needs import page_of
from campaigns.forms.needs import OwnRatingForm
from campaigns.models import Need
from campaigns.queries.need_links import need_of_link
from campaigns.queries.needs import works_on
from partybuild.lib import clock


@require_POST
@need(Permission.DO_WORK, Permission.LEAD_WORK)
def need_link(request: Request, pk: int) -> HttpResponse:
    """Make the link and show it, this once, as an address and as a picture for a phone."""
    one: Need = visible_or_404(Need.objects.select_related("organization", "owner"), request, pk=pk)
    if not works_on(request.scope, one):
        raise PermissionDenied
    try:
        token = actions.offer_rating(by=request.actor, need=one)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(page_of(one))
    one.refresh_from_db(fields=["rating_until"])
    address = request.build_absolute_uri(reverse("campaigns:need_rate", args=[token]))
    picture = segno.make(address, error="m").svg_data_uri(scale=5, border=2)
    return render(request, "campaigns/needs/link.html", {"need": one, "address": address, "picture": picture})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def need_rate(request: Request, token: str) -> HttpResponse:
    """The asker says whether he is content; once, without a sign-in."""
    one = need_of_link(token, clock.today())
    if one is None:
        return _unknown(request, token)
    form = OwnRatingForm(data_of(request))
    if form.is_bound and form.is_valid():
        try:
            actions.rate_by_link(by=request.actor, token=token, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            return render(request, "campaigns/needs/rated.html")
    status = 422 if form.is_bound else 200
    return render(request, "campaigns/needs/rate.html", {"form": form, "need": one}, status=status)


def _unknown(request: Request, token: str) -> HttpResponse:
    """A link that is unknown, used or old, all in the same words; an address that tries many must wait."""
    until: datetime | None = None
    try:
        begin_try(login=f"need-rating:{token}", address=request.actor.address)
    except MustWaitError as error:
        until = error.until
    page = render(request, "campaigns/needs/no_link.html", {"until": until}, status=429 if until else 404)
    if until is not None:
        page["Retry-After"] = str(max(1, round((until - clock.now()).total_seconds())))
    return page
