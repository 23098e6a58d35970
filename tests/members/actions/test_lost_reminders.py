from datetime import date

import pytest

from branches.permissions import Actor
from members.actions.lost_reminders import remind_lost
from office.models import Notice
from tests.factories.branches import make_user_with_post
from tests.factories.members import MembershipFactory
from tests.factories.members_roster import StandingFactory

pytestmark = pytest.mark.django_db

BY = Actor.system()


def test_o04_the_branch_and_its_unit_are_told_once():
    place = MembershipFactory()
    secretary = make_user_with_post("secretary", place.organization)
    staff = make_user_with_post("staff", place.organization.parent)
    StandingFactory(member=place.member, starts_on=date(2026, 1, 15))

    assert remind_lost(by=BY, on=date(2026, 7, 14)) == 0
    assert remind_lost(by=BY, on=date(2026, 7, 15)) == 2
    assert remind_lost(by=BY, on=date(2026, 8, 15)) == 0
    assert set(Notice.objects.values_list("user_id", flat=True)) == {secretary.pk, staff.pk}


def test_who_is_suspended_already_is_left():
    place = MembershipFactory()
    make_user_with_post("secretary", place.organization)
    StandingFactory(member=place.member, starts_on=date(2026, 1, 1))
    StandingFactory(member=place.member, kind="suspended", starts_on=date(2026, 7, 1))

    assert remind_lost(by=BY, on=date(2026, 8, 1)) == 0
