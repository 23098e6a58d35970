"""One record counts for every assignment that it satisfies."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from campaigns.actions.crediting import credit_activity, credit_answer
from campaigns.enums import ActivityPart, AssignmentState
from campaigns.models import Assignment, Credit, Tally
from members.enums import OfficeKind
from members.models import Membership
from partybuild.lib.clock import ZONE
from tests.factories.branches import BranchFactory, GroupFactory
from tests.factories.campaigns import (
    ActivityFactory,
    AnswerFactory,
    AttachmentFactory,
    AttendanceFactory,
    FiledActivityFactory,
    due,
)
from tests.factories.members import OfficeFactory, make_roster

pytestmark = pytest.mark.django_db
YEAR = {"period": "2026", "starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}


@pytest.fixture(autouse=True)
def _in_march(move_clock):
    move_clock("2026-03-20T09:00:00+08:00")


@pytest.fixture
def branch():
    return BranchFactory()


def held(branch, kind="theme_day", *, present=(), absent=(), **fields):
    activity = FiledActivityFactory(organization=branch, kind=kind, **fields)
    for member in present:
        AttendanceFactory(activity=activity, member=member)
    for member in absent:
        AttendanceFactory(activity=activity, member=member, is_present=False, reason="travel")
    credit_activity(activity)
    return activity


def fresh(assignment):
    assignment.refresh_from_db()
    return assignment


def test_one_record_counts_for_every_campaign_that_it_satisfies(branch):
    members = make_roster(branch, 3)
    rows = [
        due(branch, "activity.theme_day"),
        due(branch, "activity.fixed_day"),
        due(branch, "activity.any"),
        due(branch, "life.oath"),
    ]
    held(branch, parts=[ActivityPart.OATH], present=members)
    assert [fresh(row).state for row in rows] == [AssignmentState.DONE] * 4
    assert Credit.objects.filter(counted=True).count() == 4


def test_a_record_of_another_month_counts_for_nothing(branch):
    row = due(branch, "activity.theme_day")
    held(branch, held_on=date(2026, 2, 28))
    assert (fresh(row).done, Credit.objects.count()) == (0, 0)


def test_a_record_of_another_branch_counts_for_nothing(branch):
    row = due(branch, "activity.theme_day")
    held(BranchFactory(parent=branch.parent))
    assert fresh(row).done == 0


def test_what_does_not_count_says_why(branch):
    voters = make_roster(branch, 4)
    row = due(branch, "activity.member_assembly")
    held(branch, "member_assembly", present=voters[:2], absent=voters[2:])
    credit = Credit.objects.get()
    assert (credit.counted, credit.reason) == (False, "有表决权的党员应到 4 人，实到 2 人，未超过半数。")
    assert fresh(row).state == AssignmentState.OPEN


def test_probationary_members_do_not_make_a_quorum(branch):
    full = make_roster(branch, 4)
    row = due(branch, "activity.member_assembly")
    activity = FiledActivityFactory(organization=branch, kind="member_assembly")
    for member in full[:2]:
        AttendanceFactory(activity=activity, member=member)
    for member in full[2:]:
        AttendanceFactory(activity=activity, member=member, is_present=False, reason="leave")
    for member in make_roster(branch, 0, probationary=3):
        AttendanceFactory(activity=activity, member=member, can_vote=False)
    credit_activity(activity)
    assert fresh(row).done == 0


def test_a_seminar_needs_all_three_artefacts(branch):
    row = due(branch, "study.seminar")
    activity = held(branch, "seminar")
    for slot in ("plan", "record"):
        AttachmentFactory(activity=activity, slot=slot)
    credit_activity(activity)
    assert Credit.objects.get().reason == "还差：交流发言材料。上传后即可计入。"
    AttachmentFactory(activity=activity, slot="papers")
    credit_activity(activity)
    assert (fresh(row).done, Credit.objects.get().counted) == (1, True)


def test_withdrawing_and_returning_take_every_count_back(branch):
    rows = [due(branch, "activity.theme_day"), due(branch, "activity.any")]
    activity = held(branch)
    activity.status = "returned"
    activity.save()
    credit_activity(activity)
    assert [(fresh(row).done, row.state, row.completed_at) for row in rows] == [(0, "returned", None)] * 2
    assert set(Credit.objects.values_list("reason", flat=True)) == {"记录已退回，补正后重新提交即可计入。"}


def test_a_record_that_waits_for_review_counts_and_says_so(branch):
    row = due(branch, "activity.theme_day")
    held(branch, needs_review=True)
    assert (fresh(row).done, row.state) == (1, AssignmentState.PENDING)


def test_changing_the_day_moves_the_count(branch):
    march = due(branch, "activity.theme_day")
    activity = held(branch)
    activity.held_on = date(2026, 2, 10)
    activity.save()
    credit_activity(activity)
    assert fresh(march).done == 0
    assert Credit.objects.get().reason == "修改后不再属于本任务的计数范围。"


def test_hours_count_for_each_person_who_was_there(branch):
    members = make_roster(branch, 3)
    row = due(branch, "study.hours", subject="member", needed=Decimal(2), members_expected=3, **YEAR)
    held(branch, "party_lecture", hours=Decimal(2), present=members[:2], absent=members[2:])
    assert (fresh(row).done, row.members_expected, row.state) == (2, 3, AssignmentState.PROGRESS)
    held(branch, "study", hours=Decimal(2), present=members[2:])
    assert (fresh(row).done, row.state) == (3, AssignmentState.DONE)


def test_a_member_who_moved_in_brings_his_hours_along(branch):
    old = BranchFactory(parent=branch.parent)
    (member,) = make_roster(old, 1)
    there = due(old, "study.hours", subject="member", needed=Decimal(2), members_expected=1, **YEAR)
    here = due(branch, "study.hours", subject="member", needed=Decimal(2), members_expected=0, **YEAR)
    activity = held(old, "party_lecture", present=[member])
    Membership.objects.filter(member=member).update(ends_on=date(2026, 3, 15))
    Membership.objects.create(member=member, organization=branch, starts_on=date(2026, 3, 15))
    credit_activity(activity)
    assert (fresh(here).done, here.members_expected, here.state) == (1, 1, "done")
    assert (fresh(there).done, there.members_expected) == (0, 0)


def test_group_meetings_count_once_for_each_group(branch):
    groups = [GroupFactory(parent=branch) for _ in range(2)]
    row = due(branch, "activity.group_meeting", needed=Decimal(2))
    held(branch, "group_meeting", group=groups[0])
    held(branch, "group_meeting", group=groups[0])
    assert fresh(row).done == 1
    held(branch, "group_meeting", group=groups[1])
    assert (fresh(row).done, row.state) == (2, "done")


def test_the_secretary_must_lecture_himself(branch):
    secretary, other = make_roster(branch, 2)
    OfficeFactory(member=secretary, organization=branch, kind=OfficeKind.SECRETARY)
    row = due(branch, "integrity.lecture")
    held(branch, "integrity_lecture", host=other)
    assert Credit.objects.get().reason == "主讲人不是本组织现任书记。"
    held(branch, "integrity_lecture", host=secretary)
    assert fresh(row).done == 1


def test_completion_is_the_first_filing_that_suffices(branch):
    row = due(branch, "activity.theme_day")
    first = datetime(2026, 3, 12, 17, tzinfo=ZONE)
    held(branch, counts_from=datetime(2026, 4, 20, 9, tzinfo=ZONE))
    held(branch, counts_from=first)
    assert fresh(row).completed_at == first


def test_an_exempt_assignment_stays_exempt(branch):
    row = due(branch, "activity.theme_day", state="exempt", exempt_reason="成立时本周期已过半")
    held(branch)
    assert (fresh(row).state, row.done, Credit.objects.count()) == ("exempt", 0, 0)


def test_tallies_follow(branch):
    row = due(branch, "activity.theme_day")
    held(branch)
    tally = Tally.objects.get(organization=branch, campaign=row.campaign)
    assert (tally.due_month, tally.expected, tally.on_time, tally.open) == ("2026-03", 1, 1, 0)


def test_a_draft_is_not_credited_by_mistake(branch):
    row = due(branch, "activity.theme_day")
    credit_activity(ActivityFactory(organization=branch))
    assert (fresh(row).done, Credit.objects.get().counted) == (0, False)


def test_an_answer_counts_and_is_taken_back(branch):
    row = due(branch, "manual")
    filed_at = datetime(2026, 3, 12, tzinfo=ZONE)
    answer = AnswerFactory(assignment=row, status="filed", filed_at=filed_at, counts_from=filed_at)
    credit_answer(answer)
    assert (fresh(row).done, row.state) == (1, "done")
    answer.status = "returned"
    answer.save()
    credit_answer(answer)
    assert (fresh(row).done, row.state) == (0, "returned")


def test_crediting_twice_changes_nothing(branch):
    due(branch, "activity.theme_day")
    activity = held(branch)
    before = [list(Assignment.objects.values()), list(Tally.objects.values())]
    credit_activity(activity)
    assert [list(Assignment.objects.values()), list(Tally.objects.values())] == before
    assert Credit.objects.count() == 1
