"""Whom a record of attendance lists: the people of the organisation, committee or group on the day."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from branches.models import Organization
from campaigns.enums import ActivityKind
from campaigns.queries.sit_ins import observers_of
from campaigns.rules.kinds import is_committee
from campaigns.rules.sit_ins import NAMED_MEETINGS
from members.enums import OfficeKind
from members.models import Member, Office, PartyWorker
from members.queries.roster import committee_on, offices_on, roster_on, voters_on

# More names than this are not ticked one by one: a committee then records without a list.
LONGEST_SHEET = 300


@dataclass(frozen=True)
class Person:
    """One name to tick, with the rights of the day."""

    member_id: int
    name: str
    can_vote: bool = False
    in_committee: bool = False


@dataclass(frozen=True)
class Sheet:
    """The names of a record of attendance. Who is on a roster is present unless told; who is picked is not."""

    people: tuple[Person, ...] = ()
    is_roster: bool = True

    @property
    def ids(self) -> frozenset[int]:
        return frozenset(person.member_id for person in self.people)


def sheet_for(organization: Organization, kind: str, day: date, group: Organization | None = None) -> Sheet:
    """Members of the branch; for a committee meeting its committee, for a group meeting the group's members.

    A committee lists who holds an office there, and where nobody does, offers the members below it to be picked; for a
    training it offers the officers and party staff below it as well.
    """
    if is_committee(organization.kind) and kind == ActivityKind.TRAINING:
        return _sheet_of_training(organization, day)
    if is_committee(organization.kind):
        sheet = _sheet_of_committee(organization, day)
        return _with_observers(sheet, organization, day) if kind in NAMED_MEETINGS else sheet
    members = _members(organization, kind, day, group)
    voters = set(voters_on(organization, day).values_list("pk", flat=True))
    committee = set(committee_on(organization, day).values_list("pk", flat=True))
    people = (Person(pk, name, pk in voters, pk in committee) for pk, name in members)
    return Sheet(tuple(people))


def _members(organization: Organization, kind: str, day: date, group: Organization | None) -> list[tuple[int, str]]:
    found = roster_on(organization, day)
    if kind == ActivityKind.BRANCH_COMMITTEE:
        # A branch without a committee has its secretary alone; with nobody in office all are listed.
        committee = committee_on(organization, day).order_by("initials", "id")
        found = committee if committee.exists() else found
    elif kind == ActivityKind.GROUP_MEETING and group is not None:
        found = roster_on(group, day)
    return list(found.values_list("pk", "name"))


def _sheet_of_committee(organization: Organization, day: date) -> Sheet:
    offices = offices_on(organization, day)
    seats = {office.member_id: office.member.name for office in offices}
    in_committee = {office.member_id for office in offices if office.kind != OfficeKind.LEADER}
    if seats:
        return Sheet(tuple(Person(pk, name, True, pk in in_committee) for pk, name in seats.items()))
    below = list(roster_on(organization, day).values_list("pk", "name")[: LONGEST_SHEET + 1])
    people = below if len(below) <= LONGEST_SHEET else []
    return Sheet(tuple(Person(pk, name) for pk, name in people), is_roster=False)


def _with_observers(sheet: Sheet, organization: Organization, day: date) -> Sheet:
    """The full-time deputy secretary sits in on these meetings (WX 23): he is on the list without a vote."""
    observers = [Person(pk, name) for pk, name in observers_of(organization, day) if pk not in sheet.ids]
    return Sheet((*sheet.people, *observers), sheet.is_roster)


def _sheet_of_training(organization: Organization, day: date) -> Sheet:
    """Those whom a training is for; where they are more than a sheet holds, the secretaries alone."""
    below = Q(organization__path__startswith=organization.path)
    offices = Office.objects.on(day).filter(below)
    workers = PartyWorker.objects.on(day).filter(below).values("member")
    for wanted in (
        Q(pk__in=offices.values("member")) | Q(pk__in=workers),
        Q(pk__in=offices.filter(kind=OfficeKind.SECRETARY).values("member")),
    ):
        people = list(Member.objects.filter(wanted).order_by("initials", "pk")[: LONGEST_SHEET + 1])
        if 0 < len(people) <= LONGEST_SHEET:
            return Sheet(tuple(Person(each.pk, each.name) for each in people), is_roster=False)
    return _sheet_of_committee(organization, day)


def hosts_for(organization: Organization, day: date, sheet: Sheet) -> list[tuple[int, str]]:
    """Who may have chaired or lectured: the people listed, and who holds an office there or at a superior."""
    ids = [*organization.ancestor_ids, organization.pk]
    offices = Office.objects.on(day).filter(organization__in=ids).select_related("member", "organization")
    found = {person.member_id: person.name for person in sheet.people}
    for office in offices.order_by("-organization__path", "starts_on", "id"):
        found.setdefault(office.member_id, f"{office.member.name}（{office.organization.label}）")
    return list(found.items())


def groups_of(organization: Organization, day: date) -> list[Organization]:
    """The party groups of a branch on the day."""
    return list(Organization.objects.filter(parent=organization, kind="group").in_force(day).order_by("position", "id"))


def names_of(member_ids: frozenset[int] | set[int]) -> dict[int, str]:
    """Id → name; one query."""
    return dict(Member.objects.filter(Q(pk__in=member_ids)).values_list("pk", "name"))
