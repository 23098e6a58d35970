from decimal import Decimal

import pytest

from campaigns.queries.assignment_detail import (
    answer_of,
    closing_of,
    credit_lines,
    history,
    missing_people,
    standing_of,
)
from tests.factories.branches import BranchFactory, UserFactory
from tests.factories.campaigns import (
    ActivityVersionFactory,
    AnswerFactory,
    AssignmentFactory,
    AttendanceFactory,
    CreditFactory,
    FiledActivityFactory,
    ReviewFactory,
    TargetFactory,
    due,
)
from tests.factories.members import MemberFactory, MembershipFactory

pytestmark = pytest.mark.django_db
CLOSED = {"closed_at": "2026-04-14T09:00+08:00", "closed_done": Decimal(0), "closed_needed": Decimal(1)}


@pytest.fixture(autouse=True)
def _today(move_clock):
    move_clock("2026-03-20T10:00:00+08:00")


def test_every_record_says_what_it_adds_or_why_it_adds_nothing():
    assignment = due(BranchFactory(), "activity.member_assembly")
    refused = FiledActivityFactory(organization=assignment.organization, title="党员大会", needs_review=True)
    counted = FiledActivityFactory(organization=assignment.organization, title="三月大会", status="approved")
    CreditFactory(assignment=assignment, activity=refused, counted=False, amount=0, reason="未超过半数。")
    CreditFactory(assignment=assignment, activity=counted)

    first, second = credit_lines(assignment)

    assert (first.activity_id, first.title, first.status, first.adds) == (counted.pk, "三月大会", "已通过", "计 1 次")
    assert (second.counted, second.status, second.reason) == (False, "待审核", "未超过半数。")


def test_for_personal_targets_a_record_adds_to_each_person():
    assignment = due(BranchFactory(), "study.hours", subject="member")
    assignment.target.unit = "学时"
    CreditFactory(assignment=assignment, amount=Decimal("2.50"))

    assert credit_lines(assignment)[0].adds == "每人计 2.5 学时"


def test_people_who_have_not_reached_the_amount_are_named():
    branch = BranchFactory()
    there = MembershipFactory(organization=branch, member=MemberFactory(name="周敏")).member
    MembershipFactory(organization=branch, member=MemberFactory(name="赵芳"))
    assignment = due(branch, "study.hours", subject="member", needed=Decimal(2), members_expected=2)
    activity = FiledActivityFactory(organization=branch, kind="training")
    AttendanceFactory(activity=activity, member=there)
    CreditFactory(assignment=assignment, activity=activity, amount=2)

    assert missing_people(assignment) == ["赵芳"]


@pytest.mark.parametrize(
    "metric, subject",
    [("evaluation.final", "member"), ("talk.must", "member"), ("activity.theme_day", "organization")],
)
def test_targets_that_no_record_feeds_or_that_ask_no_person_name_nobody(metric, subject):
    branch = MembershipFactory().organization

    assert missing_people(due(branch, metric, subject=subject)) == []


def test_an_open_assignment_has_no_closing():
    assignment = AssignmentFactory()

    assert closing_of(assignment, standing_of(assignment, None)) is None


@pytest.mark.parametrize(
    "fields, has_changed",
    [
        ({"outcome": "missing"}, False),
        ({"outcome": "missing", "done": 1, "state": "done", "completed_at": "2026-04-20T09:00+08:00"}, True),
        ({"outcome": "on_time"}, True),
        ({"outcome": "exempt", "state": "exempt", "exempt_reason": "没有应参加的人员"}, False),
    ],
)
def test_a_closing_stays_and_tells_of_later_changes(fields, has_changed):
    assignment = AssignmentFactory(**CLOSED, **fields)
    assignment.refresh_from_db()

    closing = closing_of(assignment, standing_of(assignment, None))

    assert (closing.outcome, closing.progress, closing.has_changed) == (fields["outcome"], "0 / 1 次", has_changed)


def test_the_history_runs_from_dispatch_over_filing_and_review_to_closing():
    assignment = AssignmentFactory(outcome="on_time", **CLOSED)
    assignment.refresh_from_db()
    clerk, reviewer = UserFactory(name="周敏"), UserFactory(name="陈立")
    activity = FiledActivityFactory(organization=assignment.organization, title="主题党日", version=2)
    CreditFactory(assignment=assignment, activity=activity)
    for number, day in ((1, 12), (2, 18)):
        ActivityVersionFactory(activity=activity, number=number, filed_at=f"2026-03-{day}T09:00+08:00", filed_by=clerk)
    ReviewFactory(
        activity=activity, version=1, decision="return", remark="请补充决议。", reviewer=reviewer,
        decided_at="2026-03-15T09:00+08:00",
    )  # fmt: skip

    items = history(assignment, None)

    assert [(item.who, item.what, item.note) for item in items] == [
        ("系统", "结账：按时完成", ""),
        ("周敏", "再次提交“主题党日”", ""),
        ("陈立", "退回“主题党日”", "请补充决议。"),
        ("周敏", "提交“主题党日”", ""),
        ("系统", "下发", ""),
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_records_and_history_take_a_fixed_number_of_queries(count, django_assert_num_queries):
    assignment = AssignmentFactory()
    for _ in range(count):
        activity = FiledActivityFactory(organization=assignment.organization)
        CreditFactory(assignment=assignment, activity=activity)
        ActivityVersionFactory(activity=activity)
        ReviewFactory(activity=activity)

    with django_assert_num_queries(1):
        assert len(credit_lines(assignment)) == count
    with django_assert_num_queries(4):
        assert len(history(assignment, None)) == 2 * count + 1


def test_an_answer_is_found_and_decides_on_the_words():
    answer = AnswerFactory(assignment__target=TargetFactory(metric="manual", unit="项"))
    assignment = answer.assignment

    assert answer_of(assignment) == answer
    assert answer_of(AssignmentFactory()) is None
    assert standing_of(assignment, answer).answer_status == "draft"
