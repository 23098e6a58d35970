"""Members on the roster of a branch.

member = MembershipFactory(organization=branch).member
OfficeFactory(member=member, organization=branch)     # its secretary
make_roster(branch, 5)                                # five full members
"""

from datetime import date, timedelta

import factory
from factory.django import DjangoModelFactory

from branches.models import Organization
from members.enums import MemberKind, OfficeKind, Sex
from members.models import Member, Membership, Office
from partybuild.lib.crypto import keyed_hash
from partybuild.lib.identity import check_character
from tests.factories.branches import LONG_AGO, BranchFactory


def id_number(order: int, *, born_on: date = date(1980, 5, 6), sex: str = Sex.MALE) -> str:
    """An invented number that passes the check; different for each order and birth date."""
    digits = f"110101{born_on:%Y%m%d}{order % 50:02d}{1 if sex == Sex.MALE else 2}"
    return digits + check_character(digits)


class MemberFactory(DjangoModelFactory):
    """A full member since 2011, on no roster."""

    class Meta:
        model = Member

    name = factory.Sequence(lambda n: f"党员{n}")
    sex = Sex.MALE
    born_on = factory.Sequence(lambda n: date(1980, 1, 1) + timedelta(days=n // 50 % 4000))
    id_number = factory.LazyAttributeSequence(lambda member, n: id_number(n, born_on=member.born_on, sex=member.sex))
    id_number_hash = factory.LazyAttribute(lambda m: keyed_hash(m.id_number) if m.id_number else None)
    joined_on = date(2010, 7, 1)
    converted_on = date(2011, 7, 1)
    kind = MemberKind.FULL
    initials = "dy"


class ProbationaryFactory(MemberFactory):
    """A probationary member since 2025."""

    joined_on = date(2025, 12, 1)
    converted_on = None
    kind = MemberKind.PROBATIONARY


class MembershipFactory(DjangoModelFactory):
    """A full member on the roster of a branch since 2020."""

    class Meta:
        model = Membership

    member = factory.SubFactory(MemberFactory)
    organization = factory.SubFactory(BranchFactory)
    starts_on = LONG_AGO


class OfficeFactory(DjangoModelFactory):
    """The secretary of a branch since 2020."""

    class Meta:
        model = Office

    member = factory.SubFactory(MemberFactory)
    organization = factory.SubFactory(BranchFactory)
    kind = OfficeKind.SECRETARY
    starts_on = LONG_AGO


def make_roster(organization: Organization, count: int, *, probationary: int = 0) -> list[Member]:
    """So many full members, and so many probationary ones, on the roster of a branch."""
    members = [MemberFactory() for _ in range(count)] + [ProbationaryFactory() for _ in range(probationary)]
    for member in members:
        MembershipFactory(member=member, organization=organization)
    return members
