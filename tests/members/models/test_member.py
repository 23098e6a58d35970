from datetime import date

import pytest
from django.db import connection

from branches.permissions import Scope
from branches.queries.access import scope_of
from members.enums import MemberKind
from members.models import Member, Membership
from members.models.member import full_filter
from tests.factories.branches import BranchFactory, CommitteeFactory, make_user_with_post
from tests.factories.members import MemberFactory, MembershipFactory, ProbationaryFactory

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 5)


def test_r41_numbers_are_encrypted_in_their_columns():
    member = MemberFactory(phone="13800138000", address="建设路 1 号")

    with connection.cursor() as cursor:
        cursor.execute("SELECT id_number, phone, address FROM members_member WHERE id = %s", [member.pk])
        stored = cursor.fetchone()
    assert member.id_number not in stored[0]
    assert "13800138000" not in stored[1]
    assert "建设路" not in stored[2]
    assert Member.objects.get(pk=member.pk).phone == "13800138000"


@pytest.mark.parametrize(
    ("converted_on", "kind", "expected"),
    [
        (DAY, "probationary", MemberKind.FULL),
        (date(2026, 3, 6), "full", MemberKind.PROBATIONARY),
        (None, "full", MemberKind.FULL),
        (None, "probationary", MemberKind.PROBATIONARY),
    ],
)
def test_the_day_of_conversion_decides_where_it_is_known(converted_on, kind, expected):
    member = MemberFactory(converted_on=converted_on, kind=kind)

    assert member.kind_on(DAY) == expected
    assert Member.objects.filter(full_filter(DAY)).exists() == (expected == MemberKind.FULL)


def test_those_on_a_roster_that_the_scope_reaches():
    branch = BranchFactory()
    inside = MembershipFactory(organization=branch).member
    MembershipFactory(organization=branch, ends_on=date(2025, 1, 1))
    MembershipFactory()
    scope = scope_of(make_user_with_post("secretary", branch).pk, DAY)

    assert list(Member.objects.visible_to(scope)) == [inside]
    assert {place.organization for place in Membership.objects.visible_to(scope)} == {branch}


def test_one_sees_oneself():
    member = MembershipFactory().member
    scope = Scope(user_id=1, member_id=member.pk)

    assert list(Member.objects.visible_to(scope)) == [member]


def test_without_the_right_nobody_is_seen():
    committee = CommitteeFactory()
    MembershipFactory(organization=BranchFactory(parent=committee))
    scope = scope_of(make_user_with_post("inspector", committee).pk, DAY)

    assert not Member.objects.visible_to(scope).exists()


def test_a_probationary_member_is_no_full_one():
    member = ProbationaryFactory()

    assert member.kind_on(DAY) == MemberKind.PROBATIONARY
