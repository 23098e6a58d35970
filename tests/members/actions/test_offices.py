from datetime import date

import pytest
from django.core.exceptions import ValidationError

from branches.permissions import Actor
from members.actions.offices import end_office, open_office
from members.models import Office
from tests.factories.branches import BranchFactory
from tests.factories.members import MemberFactory, OfficeFactory

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system()
DAY = date(2026, 3, 5)


def take_up(organization, kind="secretary", member=None, title=""):
    return open_office(
        by=SYSTEM, member=member or MemberFactory(), organization=organization, kind=kind, starts_on=DAY, title=title
    )


def test_a_member_takes_up_an_office(trail):
    office = take_up(BranchFactory(), "committee_member", title="组织委员")

    assert (office.label, office.starts_on) == ("组织委员", DAY)
    assert trail().get().verb == "任职"


def test_one_secretary_at_a_time():
    branch = BranchFactory(name="一支部")
    OfficeFactory(organization=branch, member=MemberFactory(name="王立"))

    with pytest.raises(ValidationError, match="一支部现任书记为王立，请先办理离任"):
        take_up(branch)


def test_several_members_of_a_committee():
    branch = BranchFactory()
    take_up(branch, "committee_member")
    take_up(branch, "committee_member")

    assert Office.objects.filter(organization=branch).count() == 2


def test_the_same_office_once():
    branch, member = BranchFactory(), MemberFactory()
    take_up(branch, "committee_member", member, "组织委员")

    with pytest.raises(ValidationError, match="已担任该职务"):
        take_up(branch, "committee_member", member, "组织委员")
    take_up(branch, "committee_member", member, "宣传委员")


def test_an_office_ends_once(trail):
    office = OfficeFactory()

    end_office(by=SYSTEM, office=office, ends_on=DAY)

    office.refresh_from_db()
    assert office.ends_on == DAY
    assert trail().get().verb == "离任"
    with pytest.raises(ValidationError, match="已经离任"):
        end_office(by=SYSTEM, office=office, ends_on=DAY)


def test_an_office_ends_no_earlier_than_it_began():
    with pytest.raises(ValidationError, match="不能早于任职时间"):
        end_office(by=SYSTEM, office=OfficeFactory(starts_on=DAY), ends_on=date(2026, 3, 4))


def test_a_new_secretary_follows():
    office = OfficeFactory()
    end_office(by=SYSTEM, office=office, ends_on=DAY)

    assert take_up(office.organization).kind == "secretary"
