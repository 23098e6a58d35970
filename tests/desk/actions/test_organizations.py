"""Organisations moved, merged, split and dissolved: what follows on every floor."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from assessments.models import Submission
from branches.models import Organization, Post
from branches.permissions import Actor
from campaigns.actions.records import credit
from campaigns.enums import AssignmentState, Subject
from campaigns.models import Assignment, Credit, Tally
from desk.actions.memberships import enter_tree
from desk.actions.organizations import dissolve, merge, move, split
from members.actions.offices import open_office
from members.models import Membership, Office
from office.enums import Job, RunStatus
from tests.factories.assessments import RoundFactory, SubmissionFactory
from tests.factories.branches import (
    BranchFactory,
    CommitteeFactory,
    GroupFactory,
    OrganizationFactory,
    make_user_with_post,
)
from tests.factories.campaigns import (
    AssignmentFactory,
    CampaignFactory,
    FiledActivityFactory,
    TallyFactory,
    TargetFactory,
    TaskFactory,
)
from tests.factories.development import make_file
from tests.factories.members import MemberFactory, MembershipFactory, OfficeFactory, make_roster
from tests.factories.office import RunFactory
from tests.factories.transfers import TransferFactory

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system()
DAY = date(2026, 3, 10)
DEED = {"by": SYSTEM, "effective_on": DAY, "reason": "机构改革"}


@pytest.fixture(autouse=True)
def _in_march(move_clock):
    move_clock("2026-03-16T09:00:00+08:00")


@pytest.fixture
def root():
    return OrganizationFactory()


@pytest.fixture
def one(root):
    return CommitteeFactory(parent=root)


@pytest.fixture
def two(root):
    return CommitteeFactory(parent=root)


@pytest.fixture
def branch(one):
    return BranchFactory(parent=one)


@pytest.fixture
def target(root):
    return TargetFactory(task=TaskFactory(campaign=CampaignFactory(issuer=root)))


def due(organization, target, **fields):
    return AssignmentFactory(target=target, organization=organization, **fields)


def closed(organization, target):
    return due(organization, target, period="2026-02", starts_on=date(2026, 2, 1), ends_on=date(2026, 2, 28),
               due_on=date(2026, 2, 28), due_month="2026-02", closed_at="2026-03-13T09:00+08:00", outcome="missing",
               closed_path=organization.path)  # fmt: skip


def read(row):
    return Assignment.objects.get(pk=row.pk)


def places_on(day):
    return sorted(Membership.objects.on(day).values_list("member", "organization"))


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
