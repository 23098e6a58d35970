"""Organisations split and dissolved, and what is waited for before any change."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from branches.models import Organization, Post
from desk.actions.memberships import enter_tree
from desk.actions.organizations import dissolve, merge, split
from members.actions.offices import open_office
from members.models import Office
from office.enums import Job, RunStatus
from tests.desk.actions.organizations.helpers import DAY, DEED, SYSTEM, due, places_on, read
from tests.factories.branches import (
    BranchFactory,
    GroupFactory,
    make_user_with_post,
)
from tests.factories.campaigns import (
    TargetFactory,
)
from tests.factories.development import make_file
from tests.factories.members import MemberFactory, MembershipFactory, OfficeFactory, make_roster
from tests.factories.office import RunFactory
from tests.factories.transfers import TransferFactory

pytestmark = pytest.mark.django_db


# Split


def test_o01_chosen_members_go_into_the_new_branch(branch):
    stay, go = make_roster(branch, 2)
    office = OfficeFactory(member=go, organization=branch)

    change = split(organization=branch, fields={"name": "新支部"}, members=[go.pk], **DEED)

    assert places_on(DAY) == sorted([(stay.pk, branch.pk), (go.pk, change.other_id)])
    assert Office.objects.get(pk=office.pk).ends_on == DAY
    assert change.effects[:2] == [["划入新组织的党员", 1], ["离任的党内职务", 1]]


def test_o01_somebody_stays_and_only_members_go(branch):
    member = MembershipFactory(organization=branch).member

    with pytest.raises(ValidationError, match="至少应保留一名党员"):
        split(organization=branch, fields={"name": "新支部"}, members=[member.pk], **DEED)
    with pytest.raises(ValidationError, match="有人不在"):
        split(organization=branch, fields={"name": "新支部"}, members=[MemberFactory().pk], **DEED)
    assert Organization.objects.filter(name="新支部").count() == 0


def test_o01_a_committee_gives_branches_away(one, branch, target):
    row = due(branch, target, unit=one)

    change = split(organization=one, fields={"name": "新机关党委"}, children=[branch], **DEED)

    assert (read(row).unit, read(row).path) == (change.other, f"{change.other.path}{branch.pk}/")


# Dissolved


def test_o01_a_dissolved_organisation_is_exempt_from_its_day(branch, target):
    row = due(branch, target)
    before = due(branch, TargetFactory(task=target.task), starts_on=date(2026, 3, 1), ends_on=date(2026, 3, 8),
                 due_on=date(2026, 3, 8), period="2026W10")  # fmt: skip
    make_user_with_post("secretary", branch)

    dissolve(organization=branch, **DEED)

    assert (read(row).state, read(row).exempt_reason) == ("exempt", "党组织已撤销")
    assert read(before).state == "open"
    assert not Post.objects.in_force(date(2026, 3, 16)).filter(organization=branch).exists()


def test_o01_nobody_is_lost_by_a_dissolution(branch):
    make_roster(branch, 2)

    with pytest.raises(ValidationError, match="名册上还有 2 名党员"):
        dissolve(organization=branch, **DEED)
    assert Organization.objects.get(pk=branch.pk).dissolved_on is None


def test_o01_members_of_a_dissolved_group_stay_in_their_branch(branch):
    group = GroupFactory(parent=branch)
    place = MembershipFactory(organization=branch, group=group)

    dissolve(organization=group, **DEED)

    place.refresh_from_db()
    assert (place.group, place.ends_on) == (None, None)


# The day


def test_o01_closed_months_are_not_touched(branch):
    RunFactory(job=Job.CLOSE, period="2026-03", status=RunStatus.DONE, finished_at="2026-03-15T09:00+08:00")

    with pytest.raises(ValidationError, match="2026年4月1日以前的月份已结账"):
        dissolve(organization=branch, **DEED)


def test_o01_a_day_to_come_is_refused(branch):
    with pytest.raises(ValidationError, match="不能晚于今天"):
        dissolve(by=SYSTEM, organization=branch, effective_on=date(2026, 3, 17), reason="")


def test_o01_running_work_is_waited_for(branch):
    RunFactory(job=Job.DISPATCH, period="2026-03", status=RunStatus.RUNNING)

    with pytest.raises(ValidationError, match="请稍后再办理"):
        dissolve(organization=branch, **DEED)


# What is on its way


def test_o01_a_transfer_on_its_way_is_waited_for(one, branch):
    successor = BranchFactory(parent=one)
    TransferFactory(from_organization=branch, to_organization=successor)

    for organization in (branch, successor):
        with pytest.raises(ValidationError, match="还有 1 件组织关系转接没有办结"):
            merge(organization=organization, successor=BranchFactory(parent=one), **DEED)


def test_o01_files_of_development_go_on_at_the_successor(one, branch):
    successor = BranchFactory(parent=one)
    file = make_file(branch)

    merge(organization=branch, successor=successor, **DEED)

    file.refresh_from_db()
    assert file.organization == successor


def test_o01_a_file_of_development_keeps_its_branch_from_being_dissolved(branch):
    make_file(branch)

    with pytest.raises(ValidationError, match="还有 1 份发展党员档案没有办结"):
        dissolve(organization=branch, **DEED)


def test_o01_what_is_dissolved_gets_no_posts_offices_and_members(branch):
    dissolve(organization=branch, **DEED)

    with pytest.raises(ValidationError, match="不能再授予岗位"):
        make_user_with_post("secretary", branch)
    with pytest.raises(ValidationError, match="不能再任职"):
        open_office(by=SYSTEM, member=MemberFactory(), organization=branch, kind="secretary", starts_on=DAY)
    with pytest.raises(ValidationError, match="已于2026年3月10日撤销"):
        enter_tree(by=SYSTEM, member=MemberFactory(), to=branch, on=DAY)
