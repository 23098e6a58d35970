"""Each constraint of the floor, held against a row that breaks it."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from tests.factories.branches import BranchFactory, UserFactory
from tests.factories.members import MemberFactory, MembershipFactory, OfficeFactory

pytestmark = pytest.mark.django_db

EARLY, LATE = date(2020, 1, 1), date(2020, 1, 2)


def refused(name, make, /, **kwargs):
    """Whether the database refuses by the constraint of this name."""
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        make(**kwargs)
    assert name in str(error.value)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("member_sex_known", {"sex": "x"}),
        ("member_kind_known", {"kind": "guest"}),
        ("member_has_name", {"name": ""}),
        ("member_converted_after_joining", {"joined_on": LATE, "converted_on": EARLY}),
    ],
)
def test_member(name, fields):
    refused(name, MemberFactory, id_number="", **fields)


def test_an_identity_number_belongs_to_one_member():
    taken = MemberFactory()

    refused("id_number_hash", MemberFactory, id_number=taken.id_number)


def test_an_account_belongs_to_one_member():
    user = UserFactory()
    MemberFactory(user=user)

    refused("user", MemberFactory, user=user)


def test_a_member_has_one_place_at_a_time():
    place = MembershipFactory()
    MembershipFactory(member=place.member, starts_on=EARLY, ends_on=LATE)

    refused("membership_one_live", MembershipFactory, member=place.member)


def test_membership():
    refused("membership_dates_in_order", MembershipFactory, starts_on=LATE, ends_on=EARLY)


@pytest.mark.parametrize(
    ("name", "fields"),
    [("office_kind_known", {"kind": "king"}), ("office_dates_in_order", {"starts_on": LATE, "ends_on": EARLY})],
)
def test_office(name, fields):
    refused(name, OfficeFactory, **fields)


def test_an_organisation_has_one_secretary():
    branch = BranchFactory()
    OfficeFactory(organization=branch, ends_on=LATE)
    OfficeFactory(organization=branch)
    OfficeFactory(organization=branch, kind="deputy_secretary")

    refused("office_one_secretary", OfficeFactory, organization=branch)


def test_a_member_with_a_history_stays():
    place = MembershipFactory()

    with pytest.raises(ProtectedError):
        place.member.delete()
