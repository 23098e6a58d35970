"""Recording an election held."""

from contextlib import suppress
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from branches.forms.refusals import add_refusal
from branches.models import Organization
from branches.permissions import Permission
from branches.views.access import Request, need, require, visible_or_404
from members.actions.elections import hold_election
from members.actions.terms import years_of
from members.forms.seats import RosterNames, seat_formset
from members.forms.terms import ElectionForm
from members.queries.roster import figures_on
from members.queries.terms import live_term_of
from members.rules.terms import Turnout
from office.queries.rules import rule_table
from partybuild.lib import clock

COUNTS = ("expected", "present", "voters", "voters_present")
RULES = ("quorum.assembly_present", "quorum.assembly_vote", "size.committee_from")


@need(Permission.MANAGE_PARTY_WORK)
def election_new(request: Request, pk: int) -> HttpResponse:
    """The day, who came, who was elected with how many votes; one press ends the old term and opens the new one."""
    organization: Organization = visible_or_404(Organization.objects, request, pk=pk)
    require(request, Permission.MANAGE_PARTY_WORK, organization)
    is_post = request.method == "POST"
    form = ElectionForm(request.POST if is_post else None, initial=_initial(organization))
    roster = RosterNames(organization, _day(form))
    formset = seat_formset(organization, roster, request.POST if is_post else None)
    if is_post and all([form.is_valid(), formset.is_valid()]):
        try:
            _hold(request, organization, form.cleaned_data, formset)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, f"已登记{organization}换届，新一届任职已更新。")
            return redirect("members:term_detail", pk=pk)
    table = rule_table(clock.today())
    context = {
        "form": form,
        "formset": formset,
        "organization": organization,
        "term": live_term_of(organization),
        "offered": roster.offered(),
        "rules": [table.rule(code) for code in RULES],
        "cancel_url": reverse("members:term_detail", args=[pk]),
    }
    return render(request, "members/terms/election.html", context, status=422 if is_post else 200)


def _hold(request: Request, organization: Organization, given: dict[str, Any], formset: Any) -> None:
    hold_election(
        by=request.actor,
        organization=organization,
        elected_on=given["elected_on"],
        turnout=Turnout(*(given[name] for name in COUNTS)),
        seats=formset.seats(),
        **{name: given[name] for name in ("years", "committee_size", "approval", "remark")},
    )


def _initial(organization: Organization) -> dict[str, Any]:
    """The counts of the roster, to be corrected by what the meeting had."""
    figures = figures_on(organization, clock.today())
    initial: dict[str, Any] = {"expected": figures.members or None, "voters": figures.full or None}
    with suppress(ValidationError):
        initial["years"] = years_of(organization, rule_table(clock.today()))
    return initial


def _day(form: ElectionForm) -> date:
    """The day whose roster names those who can be elected; until it can be read, today's."""
    if form.is_bound and form.is_valid():
        day: date = form.cleaned_data["elected_on"]
        return day
    return clock.today()
