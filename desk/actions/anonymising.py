"""A former member's personal data go when the years of the rule table have passed; figures stay."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from branches.actions import audit
from branches.actions.anonymising_steps import anonymise_account
from branches.permissions import Actor
from desk.rules.anonymising import CLEARED
from members.actions.anonymising_steps import anonymise_rows, clear_texts
from members.actions.changes import note_changes
from members.enums import StandingKind
from members.models import Member, Membership, Standing
from office.queries.rules import rule_table
from partybuild.lib import clock
from partybuild.lib.dates import add_months, day_text


def anonymise_from(member: Member, on: date) -> date | None:
    """The first day on which the personal data may go; None while he is no former member."""
    left = Standing.objects.filter(member=member, kind=StandingKind.HISTORICAL, ends_on=None).first()
    return add_months(left.starts_on, 12 * rule_table(on).int("member.anonymise_after_years")) if left else None


@transaction.atomic
def anonymise_member(*, by: Actor, member: Member) -> Member:
    """Name, numbers and texts about the person are removed on every floor; refused before the years have passed."""
    today = clock.today()
    member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    if member.anonymised_on is not None:
        return member
    first = anonymise_from(member, today)
    if first is None:
        raise ValidationError("只能隐去历史党员的个人信息。")
    if today < first:
        raise ValidationError(f"按规则表，{day_text(first)}起才能隐去个人信息。")
    place = Membership.objects.filter(member=member).select_related("organization").order_by("-ends_on").first()
    if member.user is not None:
        anonymise_account(user=member.user)
    anonymise_rows(member=member, on=today)
    clear_texts(member=member, tables=CLEARED)
    note_changes(by=by, changes=[(member, "anonymised", "", "")])
    audit.record(by=by, verb="隐去个人信息", obj=member, organization=place.organization if place else None)
    return member
