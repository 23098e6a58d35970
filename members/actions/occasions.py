"""Occasions that make talks and trainings due (N18, N29), by hand and by what happens on the roster.

``office_opened``, ``office_ended`` and ``member_joined`` are called by the actions that do these things, in their
transaction; the trail of those actions covers them. Workbooks of the roster bring in what is known already and make
nothing due.
"""

from datetime import date

from branches.models import Organization
from branches.permissions import Actor
from members.enums import OccasionKind
from members.models import Duty, Member, Membership, Occasion, Office, RestrictedRecord
from members.queries.talkers import talker_for
from members.rules.duties import CHANGES_OF_POST, SEEN_TO_ABOVE, due_on, duties_of, is_history
from office.queries.rules import rule_table
from partybuild.lib import clock


def make_occasion(
    *,
    by: Actor,
    kind: str,
    member: Member,
    organization: Organization,
    happened_on: date,
    detail: str = "",
    talker: Member | None = None,
    office: Office | None = None,
    is_ending: bool = False,
    membership: Membership | None = None,
    record: RestrictedRecord | None = None,
) -> Occasion:
    """An occasion with the duties that follow from it; without a talker, the secretary who stands nearest."""
    table = rule_table(clock.today())
    occasion = Occasion.objects.create(
        kind=kind, member=member, organization=organization, happened_on=happened_on, detail=detail, office=office,
        is_ending=is_ending, membership=membership, record=record, recorded_at=clock.now(), recorded_by_id=by.user_id,
    )  # fmt: skip
    talker = talker or talker_for(organization, member, clock.today())
    days = {"talk_days": table.int("talk.within_days"), "event_days": table.int("event.within_days")}
    Duty.objects.bulk_create(
        Duty(
            kind=duty, occasion=occasion, member=member, organization=organization, talker=talker,
            due_on=due_on(duty, happened_on, **days),
        )
        for duty in duties_of(kind, office.kind if office else "", is_ending)
    )  # fmt: skip
    return occasion


def office_opened(*, by: Actor, office: Office) -> Occasion | None:
    """A member took up an office: a change of post, unless he goes on in the same one after an election."""
    if not _counts(office, office.starts_on) or _goes_on(office):
        return None
    return make_occasion(
        by=by, kind=OccasionKind.POST_CHANGE, member=office.member, organization=_keeper(office),
        happened_on=office.starts_on, office=office,
    )  # fmt: skip


def office_ended(*, by: Actor, office: Office) -> Occasion | None:
    """A member left an office: a change of post. One talk is enough where another such talk is due already."""
    if office.ends_on is None or not _counts(office, office.ends_on) or _talk_is_due(office.member):
        return None
    return make_occasion(
        by=by, kind=OccasionKind.POST_CHANGE, member=office.member, organization=_keeper(office),
        happened_on=office.ends_on, office=office, is_ending=True,
    )  # fmt: skip


def member_joined(*, by: Actor, membership: Membership) -> Occasion | None:
    """A member came new: on a roster for the first time, and not as part of the roster's past."""
    is_first = not Membership.objects.filter(member=membership.member_id).exclude(pk=membership.pk).exists()
    if not is_first or _is_past(membership.starts_on):
        return None
    return make_occasion(
        by=by, kind=OccasionKind.NEW_ENTRANT, member=membership.member, organization=membership.organization,
        happened_on=membership.starts_on, membership=membership,
    )  # fmt: skip


def _counts(office: Office, day: date) -> bool:
    return office.kind in CHANGES_OF_POST and not _is_past(day)


def _is_past(day: date) -> bool:
    today = clock.today()
    return is_history(day, today, rule_table(today).int("event.look_back_days"))


def _goes_on(office: Office) -> bool:
    """Re-elected: the talk that leaving the same office made due falls away again."""
    left = Office.objects.filter(
        member=office.member_id, organization=office.organization_id, kind=office.kind, ends_on=office.starts_on
    ).exclude(pk=office.pk)
    if not left.exists():
        return False
    Duty.objects.open().filter(occasion__office__in=left, occasion__is_ending=True).delete()
    Occasion.objects.filter(office__in=left, is_ending=True, duties=None).delete()
    return True


def _talk_is_due(member: Member) -> bool:
    return Duty.objects.open().filter(member=member, occasion__kind=OccasionKind.POST_CHANGE).exists()


def _keeper(office: Office) -> Organization:
    """Who sees to it: for secretaries and leaders the superior organisation, else the organisation itself."""
    organization = office.organization
    return organization.parent if office.kind in SEEN_TO_ABOVE and organization.parent else organization
