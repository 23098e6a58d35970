"""What happens on the roster makes talks and trainings due by itself (N18, N29)."""

from datetime import date

import pytest

from branches.permissions import Actor
from desk.actions.joining import create_member
from desk.actions.memberships import move_member
from members.actions.offices import end_office, open_office
from members.models import Duty, Occasion
from tests.factories.branches import BranchFactory, CommitteeFactory
from tests.factories.members import MemberFactory, MembershipFactory, OfficeFactory

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system()
DAY = date(2026, 3, 5)


@pytest.fixture
def committee():
    return CommitteeFactory()


@pytest.fixture
def branch(committee):
    return BranchFactory(parent=committee)


@pytest.fixture(autouse=True)
def _some_days_later(move_clock):
    move_clock("2026-03-20T10:00:00+08:00")


def take_up(branch, kind, member=None, on=DAY):
    return open_office(by=SYSTEM, member=member or MemberFactory(), organization=branch, kind=kind, starts_on=on)


def due():
    return {(one.kind, one.organization_id, one.due_on) for one in Duty.objects.all()}


def test_n18_n29_a_new_secretary_is_talked_with_and_trained_by_the_superior(branch, committee):
    take_up(branch, "secretary")

    assert due() == {
        ("talk", committee.pk, date(2026, 3, 12)),
        ("appointment_talk", committee.pk, date(2026, 4, 4)),
        ("appointment_training", committee.pk, date(2026, 4, 4)),
    }


def test_n29_a_new_leader_has_an_integrity_talk(committee):
    take_up(committee, "leader")

    assert {kind for kind, *_ in due()} == {"talk", "integrity_talk"}


def test_n18_a_new_member_of_a_committee_is_talked_with_by_his_own(branch):
    take_up(branch, "committee_member")

    assert due() == {("talk", branch.pk, date(2026, 3, 12))}


def test_n18_leading_a_group_is_no_change_of_post(branch):
    take_up(branch, "group_leader")

    assert due() == set()


def test_n18_leaving_an_office_is_a_change_of_post(branch):
    office = OfficeFactory(organization=branch, kind="committee_member")

    end_office(by=SYSTEM, office=office, ends_on=DAY)

    assert due() == {("talk", branch.pk, date(2026, 3, 12))}
    assert Occasion.objects.get().is_ending


def test_n18_leaving_one_office_for_another_is_one_talk(branch):
    member = MemberFactory()
    office = OfficeFactory(organization=branch, kind="committee_member", member=member)
    take_up(branch, "deputy_secretary", member)

    end_office(by=SYSTEM, office=office, ends_on=DAY)

    assert len(due()) == 1


def test_n18_going_on_after_an_election_is_no_change(branch):
    office = OfficeFactory(organization=branch, kind="committee_member")
    end_office(by=SYSTEM, office=office, ends_on=DAY)

    take_up(branch, "committee_member", office.member)

    assert due() == set()
    assert not Occasion.objects.exists()


def test_n29_what_is_entered_long_after_makes_nothing_due(branch):
    take_up(branch, "secretary", on=date(2025, 12, 19))
    assert due() == set()

    take_up(BranchFactory(), "secretary", on=date(2025, 12, 20))
    assert len(due()) == 3


def test_n29_a_new_entrant_is_educated_and_who_moves_is_none(branch, committee):
    member = create_member(
        by=SYSTEM, organization=branch, starts_on=DAY, name="王立", sex="male", kind="full",
        joined_on=date(2010, 7, 1), converted_on=date(2011, 7, 1),
    )  # fmt: skip
    expected = {("integrity_education", branch.pk, date(2026, 4, 4))}
    assert due() == expected

    move_member(by=SYSTEM, member=member, to=BranchFactory(parent=committee), on=date(2026, 3, 10), reason="调动")
    assert due() == expected


def test_n29_who_was_on_a_roster_before_is_no_new_entrant(branch):
    old = MembershipFactory(ends_on=date(2025, 1, 1))

    from members.actions.steps import open_membership

    open_membership(by=SYSTEM, member=old.member, organization=branch, starts_on=DAY)

    assert due() == set()
