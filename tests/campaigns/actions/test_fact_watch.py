"""What registers write is counted from the audit trail: the register's action, the count, the task done."""

from datetime import date
from decimal import Decimal

import pytest

from campaigns.actions import fact_watch
from campaigns.enums import AssignmentState
from campaigns.models import Assignment, Credit, FactMark
from campaigns.rules.facts import NO_OCCASION
from members.actions.duties import fulfil_duty, record_occasion, waive_duty
from members.actions.elections import hold_election
from members.actions.matters import register_matter
from members.actions.offices import open_office
from members.actions.party_workers import add_party_worker
from members.actions.rooms import check_room, describe_room, set_up_room
from members.actions.year_facts import record_year_facts
from members.enums import DutyKind, MatterKind, OccasionKind, OfficeKind, PartyWorkerDuty, PartyWorkerKind
from members.models import Duty
from members.rules.terms import Seat, Turnout
from tests.factories.branches import BranchFactory, CommitteeFactory, actor, make_user_with_post
from tests.factories.campaigns import CampaignFactory, TargetFactory, due
from tests.factories.members import MembershipFactory, make_roster
from tests.factories.members_rooms import EVERYTHING
from tests.factories.terms import TermFactory

pytestmark = pytest.mark.django_db
YEAR = {"period": "2026", "starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}
NEVER_REACHED = 2**62


@pytest.fixture(autouse=True)
def _in_march(move_clock):
    move_clock("2026-03-20T09:00:00+08:00")
    FactMark.objects.create(pk=1, below_transaction=0)


@pytest.fixture
def committee():
    return CommitteeFactory()


@pytest.fixture
def branch(committee):
    return BranchFactory(parent=committee)


@pytest.fixture
def staff(committee):
    return actor(make_user_with_post("staff", committee))


@pytest.fixture
def secretary(branch):
    return actor(make_user_with_post("secretary", branch))


def look(by):
    counted = fact_watch.refresh_changed(by=by, below=NEVER_REACHED)
    FactMark.objects.update(below_transaction=0)
    return counted


def fresh(row):
    row.refresh_from_db()
    return row


def test_what_was_looked_at_is_not_looked_at_again(committee, staff):
    due(committee, "ratio.dedicated_staff", needed=Decimal("0.02"), **YEAR)
    record_year_facts(by=staff, organization=committee, year=2026, changes={"staff": 100, "dedicated_staff": 2})
    assert fact_watch.refresh_changed(by=staff, below=NEVER_REACHED) == 1
    assert FactMark.objects.get().below_transaction == NEVER_REACHED
    assert fact_watch.refresh_changed(by=staff, below=NEVER_REACHED) == 0


def test_a_trail_of_another_server_is_begun_anew(committee, staff):
    FactMark.objects.update(below_transaction=NEVER_REACHED)
    record_year_facts(by=staff, organization=committee, year=2026, changes={"staff": 100, "dedicated_staff": 2})
    assert fact_watch.refresh_changed(by=staff, below=5) == 0
    assert FactMark.objects.get().below_transaction == 5


def test_without_a_mark_there_is_something_to_do():
    assert not fact_watch.has_changed()
    FactMark.objects.all().delete()
    assert fact_watch.has_changed()


def test_n13_dedicated_staff_and_a_named_person(committee, staff):
    share = due(committee, "ratio.dedicated_staff", needed=Decimal("0.02"), **YEAR)
    named = due(committee, "staff.named", **YEAR)
    (member,) = make_roster(BranchFactory(parent=committee), 1)
    record_year_facts(by=staff, organization=committee, year=2026, changes={"staff": 30, "dedicated_staff": 1})
    add_party_worker(
        by=staff, member=member, organization=committee, kind=PartyWorkerKind.PART_TIME,
        duty=PartyWorkerDuty.OFFICE, starts_on=date(2026, 3, 1),
    )  # fmt: skip
    look(staff)
    assert (fresh(share).state, share.done) == (AssignmentState.DONE, Decimal("0.03"))
    assert (fresh(named).state, named.done) == (AssignmentState.DONE, 1)
    assert Credit.objects.get(assignment=named).text == f"{member.name}：兼职党务干事"


def test_n15_a_room_counts_when_it_has_everything_and_is_confirmed(branch, secretary, staff):
    row = due(branch, "room.standard", **YEAR)
    room = set_up_room(
        by=secretary, organization=branch, name="活动室", starts_on=date(2026, 1, 5), present=["a1", "a2"]
    )
    look(staff)
    assert (fresh(row).state, Credit.objects.get().reason[:4]) == (AssignmentState.OPEN, "还缺：党")
    describe_room(
        by=secretary, room=room, name="活动室", place="", starts_on=room.starts_on, present=EVERYTHING, remark=""
    )
    look(staff)
    assert (fresh(row).done, Credit.objects.get().reason) == (0, "等待上级核验。")
    check_room(by=staff, room=room, is_confirmed=True)
    look(staff)
    assert (fresh(row).state, row.done) == (AssignmentState.DONE, 1)


def test_n18_a_talk_that_is_due_makes_the_task_and_completes_it(branch, secretary, staff):
    member, _ = make_roster(branch, 2)
    target = TargetFactory(
        task__campaign=CampaignFactory(issuer=branch.parent), metric="talk.must", subject="member", period="event",
        within_days=7,
    )  # fmt: skip
    look(staff)
    assert not Assignment.objects.exists()
    occasion = record_occasion(
        by=secretary, member=member, organization=branch, kind=OccasionKind.MISFORTUNE, happened_on=date(2026, 3, 19)
    )
    look(staff)
    row = Assignment.objects.get(target=target)
    assert (row.organization, row.period, row.state, row.members_expected) == (
        branch, "event:2026-03", AssignmentState.OPEN, 1,
    )  # fmt: skip
    credit = Credit.objects.get()
    assert (credit.counted, credit.reason) == (False, "期限2026年3月26日，尚未办理。")
    assert member.name not in credit.text
    fulfil_duty(by=secretary, duty=occasion.duties.get(), done_on=date(2026, 3, 20), summary="已谈")
    look(staff)
    assert (fresh(row).state, row.done) == (AssignmentState.DONE, 1)


def test_n18_a_talk_held_too_late_does_not_count(branch, secretary, staff, move_clock):
    member, _ = make_roster(branch, 2)
    row = due(branch, "talk.must", subject="member", **YEAR)
    occasion = record_occasion(
        by=secretary, member=member, organization=branch, kind=OccasionKind.MISFORTUNE, happened_on=date(2026, 3, 2)
    )
    fulfil_duty(by=secretary, duty=occasion.duties.get(), done_on=date(2026, 3, 20), summary="已谈")
    look(staff)
    assert (fresh(row).done, row.state) == (0, AssignmentState.OPEN)
    assert Credit.objects.get().reason == "期限2026年3月9日，2026年3月20日才办理，已超过期限。"


def test_n29_without_an_occasion_the_task_is_exempt_until_there_is_one(branch, secretary, staff):
    (member,) = make_roster(branch, 1)
    row = due(branch, "event.appointment_talk", subject="secretary", **YEAR)
    fact_watch.recount_open(by=staff)
    assert (fresh(row).state, row.exempt_reason) == (AssignmentState.EXEMPT, NO_OCCASION)
    open_office(by=staff, member=member, organization=branch, kind=OfficeKind.SECRETARY, starts_on=date(2026, 3, 16))
    look(staff)
    assert (fresh(row).state, row.exempt_reason, row.members_expected) == (AssignmentState.OPEN, "", 1)
    duty = Duty.objects.get(kind=DutyKind.APPOINTMENT_TALK)
    fulfil_duty(by=staff, duty=duty, done_on=date(2026, 3, 18), summary="已谈")
    look(staff)
    assert fresh(row).state == AssignmentState.DONE


def test_n29_what_is_let_off_is_not_asked_any_more(branch, secretary, staff):
    member, _ = make_roster(branch, 2)
    row = due(branch, "talk.must", subject="member", **YEAR)
    occasion = record_occasion(
        by=secretary, member=member, organization=branch, kind=OccasionKind.MISFORTUNE, happened_on=date(2026, 3, 19)
    )
    look(staff)
    waive_duty(by=secretary, duty=occasion.duties.get(), reason="本人已调离")
    look(staff)
    assert (fresh(row).state, row.exempt_reason) == (AssignmentState.EXEMPT, NO_OCCASION)


def test_n19_an_election_is_asked_for_in_its_month_and_counts_when_held(branch, staff):
    target = TargetFactory(task__campaign=CampaignFactory(issuer=branch.parent), metric="term.election", period="term")
    people = make_roster(branch, 4)
    term = TermFactory(organization=branch, elected_on=date(2023, 3, 28))
    fact_watch.recount_open(by=staff)
    row = Assignment.objects.get(target=target)
    assert (row.period, row.state, row.due_on) == ("term:2026-03", AssignmentState.OPEN, date(2026, 3, 28))
    assert Credit.objects.get().reason == "任期到2026年3月28日届满，尚未登记换届。"
    elect(staff, branch, people, approval="同意提前换届")
    look(staff)
    assert (fresh(row).state, Credit.objects.get().counted) == (AssignmentState.DONE, True)
    assert term.organization == branch


def elect(by, branch, people, **fields):
    hold_election(
        by=by, organization=branch, elected_on=date(2026, 3, 18),
        seats=[Seat(member=people[0].pk, kind=OfficeKind.SECRETARY, votes=4)],
        turnout=Turnout(4, 4, 4, 4), **fields,
    )  # fmt: skip


def test_a_report_on_party_work_counts_when_it_has_gone_up(committee, staff):
    row = due(committee, "report.to_superior", **YEAR)
    register_matter(
        by=staff, organization=committee, kind=MatterKind.REPORT, title="2025年机关党建工作报告",
        happened_on=date(2026, 1, 12), reported_on=date(2026, 1, 15),
    )  # fmt: skip
    look(staff)
    assert (fresh(row).state, Credit.objects.get().held_on) == (AssignmentState.DONE, date(2026, 1, 15))


def test_the_daily_count_sees_to_what_no_trail_tells(committee, staff):
    row = due(committee, "staff.named", **YEAR)
    member = MembershipFactory(organization__parent=committee).member
    worker = add_party_worker(
        by=staff, member=member, organization=committee, kind=PartyWorkerKind.PART_TIME,
        duty=PartyWorkerDuty.OFFICE, starts_on=date(2026, 3, 1),
    )  # fmt: skip
    assert fact_watch.recount_open(by=staff) == 1
    assert fresh(row).state == AssignmentState.DONE
    type(worker).objects.all().delete()
    fact_watch.recount_open(by=staff)
    assert (fresh(row).state, row.done) == (AssignmentState.OPEN, 0)
