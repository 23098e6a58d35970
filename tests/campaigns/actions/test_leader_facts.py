"""Leaders' presence in their branches and trainings counts for tasks that stand elsewhere."""

from datetime import date
from decimal import Decimal

import pytest

from branches.permissions import Actor
from campaigns.actions import activities, fact_watch
from campaigns.actions.crediting import credit_activity
from campaigns.enums import ActivityPart, AssignmentState
from campaigns.models import Credit, FactMark
from campaigns.rules.contacts import ContactKind
from members.enums import OfficeKind, PartyWorkerDuty, PartyWorkerKind
from tests.factories.branches import BranchFactory, CommitteeFactory, actor, make_user_with_post
from tests.factories.campaigns import ActivityFactory, AttendanceFactory, FiledActivityFactory, due
from tests.factories.members import OfficeFactory, make_roster
from tests.factories.plans_and_links import ContactFactory
from tests.factories.restricted import DutyFactory, OccasionFactory
from tests.factories.terms import PartyWorkerFactory

pytestmark = pytest.mark.django_db
YEAR = {"period": "2026", "starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}
BOTH = [ActivityPart.WORK_REPORT, ActivityPart.MATTERS_REPORT]


@pytest.fixture(autouse=True)
def _in_march(move_clock):
    move_clock("2026-03-20T09:00:00+08:00")


@pytest.fixture
def committee():
    return CommitteeFactory()


@pytest.fixture
def branch(committee):
    return BranchFactory(parent=committee)


@pytest.fixture
def leader(branch, committee):
    (member,) = make_roster(branch, 1)
    OfficeFactory(member=member, organization=committee, kind=OfficeKind.LEADER)
    return member


def held(branch, kind, *present, **fields):
    activity = FiledActivityFactory(organization=branch, kind=kind, **fields)
    for member in present:
        AttendanceFactory(activity=activity, member=member)
    credit_activity(activity)
    return activity


def counted(row):
    fact_watch.recount_open(by=Actor.system())
    row.refresh_from_db()
    return row


def reasons():
    return set(Credit.objects.filter(fact_key__isnull=False, counted=False).values_list("reason", flat=True))


def test_n10_both_reports_in_the_own_branch_or_it_does_not_count(committee, branch, leader):
    row = due(committee, "life.leader_attendance", subject="leader")
    held(branch, "theme_day", leader, parts=[ActivityPart.WORK_REPORT])
    assert (counted(row).done, reasons()) == (0, {"还差：领导报告个人有关事项。"})
    held(BranchFactory(parent=committee), "theme_day", leader, parts=BOTH)
    assert (counted(row).done, "不是本人所在支部的组织生活。" in reasons()) == (0, True)
    held(branch, "theme_day", leader, parts=BOTH)
    assert (counted(row).state, row.done) == (AssignmentState.DONE, 1)


def test_n10_a_record_that_is_filed_is_seen_by_the_next_look(committee, branch, leader):
    FactMark.objects.create(pk=1, below_transaction=0)
    row = due(committee, "life.leader_attendance", subject="leader")
    secretary = actor(make_user_with_post("secretary", branch))
    activity = ActivityFactory(organization=branch, kind="study", parts=BOTH, minutes="学习", hours=2, title="学习")
    AttendanceFactory(activity=activity, member=leader)
    activities.file_activity(by=secretary, activity=activity)
    fact_watch.refresh_changed(by=secretary, below=2**62)
    row.refresh_from_db()
    assert row.state == AssignmentState.DONE


def test_n09_a_leader_guides_a_meeting_of_a_branch(committee, branch, leader):
    row = due(committee, "life.guided", subject="leader", **YEAR)
    held(branch, "organization_life", leader)
    assert (counted(row).done, reasons()) == (0, {"记录内容未勾选“领导干部到会指导”。"})
    held(BranchFactory(parent=committee), "organization_life", host=leader)
    assert (counted(row).state, row.done) == (AssignmentState.DONE, 1)


def test_n09_a_halted_meeting_counts_only_when_held_again(committee, branch, leader):
    own, row = due(branch, "life.organization", **YEAR), due(committee, "life.guided", subject="leader", **YEAR)
    held(branch, "organization_life", leader, parts=[ActivityPart.GUIDED, ActivityPart.HALTED])
    own.refresh_from_db()
    assert (own.done, counted(row).done, reasons()) == (0, 0, {"会议已叫停，重新召开并记录后计入。"})
    assert Credit.objects.get(assignment=own).reason == "会议已叫停，重新召开并记录后计入。"
    held(branch, "organization_life", leader, parts=[ActivityPart.GUIDED])
    own.refresh_from_db()
    assert (own.state, counted(row).state) == (AssignmentState.DONE, AssignmentState.DONE)


def test_n27_double_life_takes_the_branch_and_the_democratic_life_meeting(committee, branch, leader):
    row = due(committee, "life.double", subject="leader", **YEAR)
    held(branch, "theme_day", leader)
    assert (counted(row).done, reasons()) == (0, {"还差：民主生活会。"})
    held(committee, "democratic_life", leader)
    assert (counted(row).state, row.done) == (AssignmentState.DONE, 1)
    assert Credit.objects.get(assignment=row).text.endswith("参加所在支部组织生活1次，民主生活会1次")


def test_n30_a_lecture_in_the_linked_unit_is_not_one_at_home(committee, branch, leader):
    row = due(committee, "lecture.linked_unit", subject="leader", **YEAR)
    held(branch, "party_lecture", host=leader)
    assert (counted(row).done, reasons()) == (0, {"在本人所在支部讲课，不属于联系点党课。"})
    held(BranchFactory(parent=committee), "party_lecture", host=leader)
    assert counted(row).state == AssignmentState.DONE


def test_n30_a_contact_point_of_his_is_asked_for_where_he_has_one(committee, branch, leader):
    row = due(committee, "lecture.linked_unit", subject="leader", **YEAR)
    point, other = BranchFactory(parent=committee), BranchFactory(parent=committee)
    ContactFactory(organization=committee, kind=ContactKind.POINT, leader=leader, partner_organization=point)
    held(other, "party_lecture", host=leader)
    assert (counted(row).done, reasons()) == (0, {"讲课的党组织不是本人的联系点。"})
    held(point, "party_lecture", host=leader)
    assert counted(row).state == AssignmentState.DONE


def test_n17_every_branch_secretary_is_trained(committee, branch):
    row = due(committee, "training.branch_secretaries", **YEAR)
    people = [make_roster(each, 1)[0] for each in (branch, BranchFactory(parent=committee))]
    for member, place in zip(people, (branch, committee.children.exclude(pk=branch.pk).get()), strict=True):
        OfficeFactory(member=member, organization=place)
    assert (counted(row).done, reasons()) == (0, {"还没有支部书记参加培训的记录。"})
    held(committee, "training", people[0], hours=4)
    assert (counted(row).state, row.done) == (AssignmentState.PROGRESS, Decimal("0.50"))
    held(committee.parent, "training", people[1], hours=4)
    assert (counted(row).state, row.done) == (AssignmentState.DONE, 1)


def test_n17_a_new_secretary_is_trained_in_time(branch):
    row = due(branch, "training.initial", subject="secretary", **YEAR)
    (member,) = make_roster(branch, 1)
    office = OfficeFactory(member=member, organization=branch, starts_on=date(2026, 3, 2))
    occasion = OccasionFactory(member=member, organization=branch, office=office, happened_on=date(2026, 3, 2))
    DutyFactory(
        kind="appointment_training", occasion=occasion, member=member, organization=branch, due_on=date(2026, 4, 1)
    )
    assert (counted(row).done, reasons()) == (0, {"期限2026年4月1日，还没有参加培训的记录。"})
    held(branch.parent, "training", member, hours=4)
    assert counted(row).state == AssignmentState.DONE


def test_n16_different_persons_are_counted_over_the_whole_tree(committee, branch):
    root = committee.parent
    officers = due(root, "training.branch_officers", needed=Decimal(2), **YEAR)
    heads = due(root, "training.committee_secretaries", **YEAR)
    everybody = due(root, "training.members", needed=Decimal(3), **YEAR)
    secretary, worker, plain, head = make_roster(branch, 4)
    OfficeFactory(member=secretary, organization=branch)
    OfficeFactory(member=head, organization=committee, kind=OfficeKind.DEPUTY_SECRETARY)
    PartyWorkerFactory(
        member=worker, organization=committee, kind=PartyWorkerKind.FULL_TIME, duty=PartyWorkerDuty.OFFICE
    )
    held(committee, "training", secretary, head, hours=4)
    held(root, "training", secretary, worker, hours=4)
    held(branch, "study", plain, hours=2)
    assert (counted(officers).state, officers.done) == (AssignmentState.DONE, 2)
    assert (counted(heads).state, heads.done) == (AssignmentState.DONE, 1)
    assert (counted(everybody).state, everybody.done) == (AssignmentState.DONE, 4)


def test_n25_a_week_of_training_of_all_secretaries_and_party_staff(committee, branch):
    row = due(committee, "coverage.training", period="once", starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))
    secretary, worker = make_roster(branch, 2)
    OfficeFactory(member=secretary, organization=branch)
    PartyWorkerFactory(member=worker, organization=committee)
    held(committee.parent, "training", secretary, worker, hours=16)
    assert counted(row).done == 0
    held(committee.parent, "training", secretary, hours=8)
    assert (counted(row).state, row.done) == (AssignmentState.PROGRESS, Decimal("0.50"))
    held(committee, "training", worker, hours=8)
    assert counted(row).state == AssignmentState.DONE
