"""Whom a record of attendance lists."""

from datetime import date

import pytest

from campaigns.queries import attendance
from campaigns.queries.attendance import groups_of, hosts_for, sheet_for
from tests.factories.branches import BranchFactory, CommitteeFactory, GroupFactory
from tests.factories.members import MemberFactory, MembershipFactory, OfficeFactory, ProbationaryFactory, make_roster

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 12)


def names(sheet) -> list[str]:
    return [person.name for person in sheet.people]


def test_a_branch_lists_its_roster_of_the_day_with_the_rights_of_each():
    branch = BranchFactory()
    full, new, gone = MemberFactory(initials="a"), ProbationaryFactory(initials="b"), MemberFactory(initials="c")
    for member in (full, new):
        MembershipFactory(member=member, organization=branch)
    MembershipFactory(member=gone, organization=branch, ends_on=date(2026, 3, 12))
    OfficeFactory(member=full, organization=branch)

    sheet = sheet_for(branch, "theme_day", DAY)

    assert sheet.is_roster
    assert [(p.member_id, p.can_vote, p.in_committee) for p in sheet.people] == [
        (full.pk, True, True),
        (new.pk, False, False),
    ]
    assert len(sheet_for(branch, "theme_day", date(2026, 3, 11)).people) == 3


def test_a_committee_meeting_of_a_branch_lists_its_committee():
    branch = BranchFactory()
    secretary, _ = make_roster(branch, 2)
    assert len(sheet_for(branch, "branch_committee", DAY).people) == 2  # nobody in office: all
    OfficeFactory(member=secretary, organization=branch)
    assert names(sheet_for(branch, "branch_committee", DAY)) == [secretary.name]


def test_a_group_meeting_lists_the_group():
    branch = BranchFactory()
    group = GroupFactory(parent=branch)
    make_roster(branch, 1)
    inside = MembershipFactory(organization=branch, group=group).member
    assert names(sheet_for(branch, "group_meeting", DAY, group)) == [inside.name]
    assert len(sheet_for(branch, "group_meeting", DAY).people) == 2
    assert groups_of(branch, DAY) == [group]


def test_a_committee_lists_who_holds_an_office_there():
    committee = CommitteeFactory()
    make_roster(BranchFactory(parent=committee), 2)
    secretary, leader = MemberFactory(), MemberFactory()
    OfficeFactory(member=secretary, organization=committee)
    OfficeFactory(member=leader, organization=committee, kind="leader")
    sheet = sheet_for(committee, "committee_meeting", DAY)
    assert [(p.member_id, p.in_committee) for p in sheet.people] == [(secretary.pk, True), (leader.pk, False)]


def test_a_committee_without_offices_offers_the_members_below_it_to_be_picked(monkeypatch):
    committee = CommitteeFactory()
    make_roster(BranchFactory(parent=committee), 2)
    sheet = sheet_for(committee, "training", DAY)
    assert (len(sheet.people), sheet.is_roster) == (2, False)
    monkeypatch.setattr(attendance, "LONGEST_SHEET", 1)
    assert sheet_for(committee, "training", DAY).people == ()


def test_who_may_have_lectured_are_the_people_listed_and_the_office_holders_above():
    committee = CommitteeFactory(name="财政局机关党委")
    branch = BranchFactory(parent=committee)
    member = make_roster(branch, 1)[0]
    above = OfficeFactory(organization=committee).member
    OfficeFactory(organization=CommitteeFactory())
    hosts = hosts_for(branch, DAY, sheet_for(branch, "party_lecture", DAY))
    assert hosts == [(member.pk, member.name), (above.pk, f"{above.name}（财政局机关党委）")]
