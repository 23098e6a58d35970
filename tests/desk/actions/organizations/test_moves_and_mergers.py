"""Organisations moved and merged: what follows on every floor."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from assessments.models import Submission
from branches.models import Organization, Post
from campaigns.actions.records import credit
from campaigns.enums import AssignmentState, Subject
from campaigns.models import Credit, Tally
from desk.actions.organizations import merge, move
from members.models import Membership, Office
from tests.desk.actions.organizations.helpers import DAY, DEED, closed, due, places_on, read
from tests.factories.assessments import RoundFactory, SubmissionFactory
from tests.factories.branches import (
    BranchFactory,
    GroupFactory,
    make_user_with_post,
)
from tests.factories.campaigns import (
    CampaignFactory,
    FiledActivityFactory,
    TallyFactory,
    TargetFactory,
)
from tests.factories.members import MembershipFactory, OfficeFactory, make_roster

pytestmark = pytest.mark.django_db


# Moved


def test_o01_open_tasks_follow_a_move_and_closed_ones_stay(one, two, branch, target):
    open_row, closed_row = due(branch, target), closed(branch, target)
    tally = TallyFactory(organization=branch, campaign=target.task.campaign)

    move(organization=branch, parent=two, **DEED)

    new_path = f"{two.path}{branch.pk}/"
    assert (read(open_row).unit, read(open_row).path) == (two, new_path)
    assert (read(closed_row).unit, read(closed_row).path) == (one, closed_row.path)
    assert Tally.objects.get(pk=tally.pk).path == new_path


def test_o01_a_moved_committee_stays_the_unit_of_its_branches(one, two, branch, target):
    row = due(branch, target, unit=one)

    move(organization=one, parent=two, **DEED)

    assert (read(row).unit, read(row).path) == (one, f"{two.path}{one.pk}/{branch.pk}/")


def test_o01_what_waits_for_review_goes_to_the_new_line(one, two, branch):
    record = FiledActivityFactory(organization=branch, needs_review=True, review_unit=one)

    move(organization=branch, parent=two, **DEED)

    record.refresh_from_db()
    assert record.review_unit == two


def test_o01_sheets_of_open_rounds_follow_and_published_ones_stay(one, two, branch):
    open_sheet = SubmissionFactory(organization=branch, unit=one, path=branch.path)
    published = RoundFactory(status="published", published_at="2026-03-01T09:00+08:00", result_hash="0" * 64)
    old_sheet = SubmissionFactory(round=published, organization=branch, unit=one, path=branch.path)

    move(organization=branch, parent=two, **DEED)

    units = [Submission.objects.get(pk=sheet.pk).unit for sheet in (open_sheet, old_sheet)]
    assert units == [two, one]


def test_o01_effects_are_kept_with_the_change(two, branch, target, trail):
    GroupFactory(parent=branch)
    due(branch, target)

    change = move(organization=branch, parent=two, **DEED)

    change.refresh_from_db()
    assert change.effects == [["随同调整的下级党组织", 1], ["转到新上级的未结任务", 1]]
    assert trail().get().verb == "调整隶属关系"


def test_o01_moving_to_where_it_stands_is_refused(one, branch):
    with pytest.raises(ValidationError, match="已隶属于"):
        move(organization=branch, parent=one, **DEED)


# Merged


def test_o01_members_and_groups_go_over_on_the_day(one, branch):
    successor = BranchFactory(parent=one)
    group = GroupFactory(parent=branch)
    member = MembershipFactory(organization=branch, group=group).member

    merge(organization=branch, successor=successor, **DEED)

    assert places_on(date(2026, 3, 9)) == [(member.pk, branch.pk)]
    assert places_on(DAY) == [(member.pk, successor.pk)]
    assert Membership.objects.get(member=member, ends_on=None).group == group
    assert Organization.objects.get(pk=group.pk).parent == successor


def test_o01_offices_and_posts_end_and_members_keep_their_access(one, branch):
    successor = BranchFactory(parent=one)
    secretary, user = make_user_with_post("secretary", branch), make_user_with_post("member", branch)
    office = OfficeFactory(member=MembershipFactory(organization=branch).member, organization=branch)

    merge(organization=branch, successor=successor, **DEED)

    held = Post.objects.in_force(date(2026, 3, 16))
    assert Office.objects.get(pk=office.pk).ends_on == DAY
    assert not held.filter(user=secretary).exists()
    assert [(post.organization, post.role) for post in held.filter(user=user)] == [(successor, "member")]
    assert not branch.user_grants.exists()


def test_o01_an_absorbed_organisations_open_tasks_end_exempt(one, branch, target):
    successor = BranchFactory(parent=one, name="承接支部")
    open_row, closed_row = due(branch, target), closed(branch, target)
    done = due(branch, TargetFactory(task=target.task), state=AssignmentState.DONE, done=1)

    merge(organization=branch, successor=successor, **DEED)

    assert (read(open_row).state, read(open_row).exempt_reason) == ("exempt", "已并入承接支部")
    assert (read(closed_row).state, read(done).state) == ("open", "done")
    tally = Tally.objects.get(organization=branch, due_month="2026-03")
    assert (tally.expected, tally.exempt) == (2, 1)


def test_o01_records_of_the_period_credit_the_successor(one, branch, target):
    successor = BranchFactory(parent=one)
    row = due(successor, target)
    record = FiledActivityFactory(organization=branch)

    merge(organization=branch, successor=successor, **DEED)

    assert (read(row).done, read(row).state) == (Decimal(1), "done")
    assert Tally.objects.get(organization=successor, due_month="2026-03").on_time == 1
    record.refresh_from_db()
    assert record.organization == branch


def test_o01_a_record_taken_back_is_taken_back_at_the_successor(one, branch, target):
    successor = BranchFactory(parent=one)
    row = due(successor, target)
    record = FiledActivityFactory(organization=branch)
    merge(organization=branch, successor=successor, **DEED)

    record.status = "returned"
    record.save()
    credit(record)

    assert (read(row).done, read(row).state) == (Decimal(0), "returned")
    record.status = "filed"
    record.save()
    credit(record)
    assert (read(row).done, read(row).state) == (Decimal(1), "done")
    assert Credit.objects.filter(assignment=row).count() == 1


def test_o01_people_who_came_along_are_counted(one, branch, root):
    successor = BranchFactory(parent=one)
    make_roster(branch, 2)
    make_roster(successor, 3)
    personal = TargetFactory(task__campaign__issuer=root, metric="study.hours", subject=Subject.MEMBER)
    row = due(successor, personal, members_expected=3)

    merge(organization=branch, successor=successor, **DEED)

    assert read(row).members_expected == 5


def test_o01_a_committee_hands_its_branches_over(one, two, branch, target):
    row = due(branch, target, unit=one)
    waiting = FiledActivityFactory(organization=branch, needs_review=True, review_unit=one)

    merge(organization=one, successor=two, **DEED)

    waiting.refresh_from_db()
    assert (read(row).unit, read(row).path) == (two, f"{two.path}{branch.pk}/")
    assert waiting.review_unit == two


def test_o01_an_absorbed_organisation_leaves_the_open_rounds(one, branch, trail):
    successor = BranchFactory(parent=one)
    SubmissionFactory(organization=branch, unit=one, path=branch.path)
    kept = SubmissionFactory(organization=successor, unit=one, path=successor.path)

    merge(organization=branch, successor=successor, **DEED)

    assert list(Submission.objects.all()) == [kept]
    assert trail().filter(verb="移出评估").count() == 1


def test_o01_a_group_goes_into_another_one_of_its_branch(branch):
    group, successor = GroupFactory(parent=branch), GroupFactory(parent=branch)
    place = MembershipFactory(organization=branch, group=group)

    merge(organization=group, successor=successor, **DEED)

    place.refresh_from_db()
    assert (place.organization, place.group, place.ends_on) == (branch, successor, None)


def test_o01_a_roster_that_changed_after_the_day_refuses_it_and_nothing_is_half_done(one, branch, target):
    successor = BranchFactory(parent=one)
    row = due(branch, target)
    MembershipFactory(organization=branch, starts_on=date(2026, 3, 12))

    with pytest.raises(ValidationError, match="名册在2026年3月12日有过变动"):
        merge(organization=branch, successor=successor, **DEED)

    assert Organization.objects.get(pk=branch.pk).dissolved_on is None
    assert read(row).state == "open"


def test_o01_who_carries_out_a_campaign_does_not_end(one, two):
    CampaignFactory(issuer=one, name="模范机关")

    with pytest.raises(ValidationError, match="创建活动尚未结束：模范机关"):
        merge(organization=one, successor=two, **DEED)
