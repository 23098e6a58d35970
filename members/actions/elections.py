"""An election held: one action ends the old term with its offices and opens the new one with those elected."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from branches.actions import audit
from branches.models import Organization
from branches.permissions import Actor
from members.actions.offices import end_office, open_office
from members.actions.terms import lock, refuse_election_day, years_of
from members.enums import ExtensionState
from members.models import Member, Office, Term
from members.queries.roster import figures_on, voters_on
from members.rules.terms import (
    COMMITTEE_OFFICES,
    CommitteeSizes,
    Seat,
    Turnout,
    branch_size_problems,
    due_day,
    seat_problems,
    turnout_problems,
)
from office.queries.rules import rule_table
from office.rules.table import RuleTable
from partybuild.lib import clock
from partybuild.lib.dates import day_text


@transaction.atomic
def hold_election(
    *,
    by: Actor,
    organization: Organization,
    elected_on: date,
    turnout: Turnout,
    seats: Sequence[Seat],
    years: int | None = None,
    committee_size: int | None = None,
    approval: str = "",
    remark: str = "",
) -> Term:
    """Record an election. The meeting must be valid, and each elected have the votes of more than half of all entitled.

    Elected are full members of the roster. An election before its time names the superior's approval.
    """
    organization = lock(organization)
    table = rule_table(clock.today())
    years = years or years_of(organization, table)
    years_of(organization, table)
    refuse_election_day(organization, elected_on)
    old = Term.objects.live().select_for_update().filter(organization=organization).first()
    _refuse_day(organization, old, elected_on, approval)
    names = _names(organization, elected_on, seats)
    _refuse_meeting(organization, elected_on, turnout, seats, names, table)
    if committee_size is not None and len(seats) > committee_size:
        raise ValidationError({"committee_size": f"当选 {len(seats)} 名，多于委员名额 {committee_size} 名。"})
    if old is not None:
        _end_term(by, old, elected_on)
    _end_offices(by, organization, old, elected_on)
    term = Term(
        organization=organization, elected_on=elected_on, years=years, due_on=due_day(elected_on, years),
        committee_size=committee_size or len(seats), expected=turnout.expected, present=turnout.present,
        voters=turnout.voters, voters_present=turnout.voters_present, approval=approval.strip(), remark=remark.strip(),
    )  # fmt: skip
    term.full_clean()
    term.save()
    _open_offices(by, term, seats)
    audit.record(
        by=by, verb="登记换届", obj=term, organization=organization,
        detail={"on": elected_on.isoformat(), "elected": [seat.member for seat in seats]},
    )  # fmt: skip
    return term


def _refuse_day(organization: Organization, old: Term | None, elected_on: date, approval: str) -> None:
    latest = Term.objects.filter(organization=organization).order_by("-elected_on").first()
    if latest and elected_on <= latest.elected_on:
        raise ValidationError(
            {"elected_on": f"{day_text(latest.elected_on)}的换届已经登记，新一届的当选日期应在这一天之后。"}
        )
    if old and elected_on < old.due_on and not approval.strip():
        raise ValidationError(
            {
                "approval": f"本届{day_text(old.due_on)}届满，提前换届须经上级党组织批准，请填写上级批复"
                "（《中国共产党基层组织选举工作条例》）。"
            }
        )


def _names(organization: Organization, elected_on: date, seats: Sequence[Seat]) -> dict[int, str]:
    """Member id → name of the elected; who is no full member of the roster on the day is refused."""
    wanted = {seat.member for seat in seats}
    names = dict(Member.objects.filter(pk__in=wanted).values_list("pk", "name"))
    entitled = set(voters_on(organization, elected_on).filter(pk__in=wanted).values_list("pk", flat=True))
    if strangers := [names.get(pk, "") for pk in sorted(wanted - entitled)]:
        raise ValidationError(
            {"seats": f"{'、'.join(strangers)}在{day_text(elected_on)}不是{organization}名册中的正式党员，不能当选。"}
        )
    return names


def _refuse_meeting(
    organization: Organization,
    elected_on: date,
    turnout: Turnout,
    seats: Sequence[Seat],
    names: dict[int, str],
    table: RuleTable,
) -> None:
    if problems := dict(turnout_problems(turnout, table.fraction("quorum.assembly_present"))):
        raise ValidationError(problems)
    found = list(seat_problems(seats, turnout, table.fraction("quorum.assembly_vote"), names))
    if organization.is_branch:
        full = figures_on(organization, elected_on).full
        if turnout.voters > full:
            raise ValidationError({"voters": f"{day_text(elected_on)}名册中有正式党员 {full} 名，应到不能更多。"})
        found += branch_size_problems(seats, full, CommitteeSizes.of(table))
    if found:
        raise ValidationError({"seats": found})


def _end_term(by: Actor, old: Term, elected_on: date) -> None:
    old.ended_on = elected_on
    old.save(update_fields=["ended_on"])
    waiting = old.extensions.filter(state=ExtensionState.ASKED)
    waiting.update(
        state=ExtensionState.REFUSED, answered_at=clock.now(), answered_by=by.user_id, remark="已经换届，不再延期。"
    )


def _end_offices(by: Actor, organization: Organization, old: Term | None, elected_on: date) -> None:
    """The old committee leaves on the day, those who are elected again as well: their new office is another row."""
    held = Office.objects.filter(organization=organization, kind__in=COMMITTEE_OFFICES, ends_on__isnull=True)
    later = held.filter(starts_on__gt=elected_on).select_related("member").first()
    if later is not None:
        raise ValidationError(
            {"elected_on": f"{later.member}的任职时间（{day_text(later.starts_on)}）晚于当选日期，请先更正任职。"}
        )
    for office in held.order_by("pk"):
        if office.term_id is None and old is not None:
            office.term = old
            office.save(update_fields=["term"])
        end_office(by=by, office=office, ends_on=elected_on)


def _open_offices(by: Actor, term: Term, seats: Sequence[Seat]) -> None:
    members = Member.objects.in_bulk([seat.member for seat in seats])
    for seat in seats:
        office = open_office(
            by=by, member=members[seat.member], organization=term.organization, kind=seat.kind,
            starts_on=term.elected_on, title=seat.title,
        )  # fmt: skip
        office.term, office.votes = term, seat.votes
        office.save(update_fields=["term", "votes"])
