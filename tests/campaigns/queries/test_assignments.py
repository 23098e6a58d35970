from datetime import date

import pytest

from branches.queries.access import scope_of
from campaigns.queries.assignments import FIELDS, RESULTS, AssignmentFilter, filtered, lines, streamed
from partybuild.lib import periods
from tests.factories.branches import BranchFactory, CommitteeFactory, make_user_with_post
from tests.factories.campaigns import (
    FILED_AT,
    AnswerFactory,
    AssignmentFactory,
    CampaignFactory,
    TargetFactory,
    TaskFactory,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 2)
FEBRUARY = {
    "period": "2026-02", "starts_on": date(2026, 2, 1), "ends_on": date(2026, 2, 28), "due_on": date(2026, 2, 28),
    "due_month": "2026-02", "grace_until": date(2026, 3, 6), "cut_off_on": date(2026, 3, 11),
}  # fmt: skip
APRIL = {
    "period": "2026-04", "starts_on": date(2026, 4, 1), "ends_on": date(2026, 4, 30), "due_on": date(2026, 4, 30),
    "due_month": "2026-04", "grace_until": date(2026, 5, 8), "cut_off_on": date(2026, 5, 13),
}  # fmt: skip
DONE = {"state": "done", "done": 1, "completed_at": "2026-03-15T09:00+08:00"}


@pytest.fixture
def committee():
    return CommitteeFactory()


@pytest.fixture
def scope(committee):
    return scope_of(make_user_with_post("staff", committee).pk, TODAY)


def found(scope, **wanted):
    return set(filtered(scope, AssignmentFilter(**wanted), TODAY))


@pytest.fixture
def states(committee):
    """One assignment for each word, all of one branch."""
    branch = BranchFactory(parent=committee)
    make = {
        "overdue": {},
        "open": APRIL,
        "progress": {**APRIL, "state": "progress"},
        "pending": {"state": "pending", "done": 1, "completed_at": "2026-04-01T09:00+08:00"},
        "returned": {"state": "returned"},
        "done": DONE,
        "exempt": {"state": "exempt", "exempt_reason": "没有应参加的人员"},
        "closed": {**FEBRUARY, "outcome": "missing", "closed_at": "2026-03-12T09:00+08:00"},
    }
    return {word: AssignmentFactory(organization=branch, **fields) for word, fields in make.items()}


@pytest.mark.parametrize(
    "state, words",
    [
        ("overdue", {"overdue", "closed"}),
        ("open", {"open"}),
        ("progress", {"progress"}),
        ("pending", {"pending"}),
        ("returned", {"returned"}),
        ("done", {"done"}),
        ("exempt", {"exempt"}),
        ("todo", {"overdue", "open", "progress", "returned"}),
    ],
)
def test_a_state_keeps_the_rows_that_show_its_word(scope, states, state, words):
    assert found(scope, state=state) == {states[word] for word in words}


@pytest.mark.parametrize(
    "result, words",
    [
        ("due", {"overdue", "open", "progress", "pending", "returned", "done", "closed"}),
        ("done", {"done", "pending"}),
        ("on_time", {"done", "pending"}),
        ("late", set()),
        ("overdue", {"overdue", "returned", "closed"}),
        ("missing", {"closed"}),
        ("open", {"overdue", "open", "progress", "returned"}),
        ("exempt", {"exempt"}),
    ],
)
def test_a_result_keeps_what_the_counts_count(scope, states, result, words):
    assert result in RESULTS
    assert found(scope, result=result) == {states[word] for word in words}


def test_parts_of_a_campaign_narrow_the_list(scope, committee):
    branch = BranchFactory(parent=committee)
    task = TaskFactory(campaign=CampaignFactory(issuer=committee))
    one, two = (AssignmentFactory(target=TargetFactory(task=task), organization=branch) for _ in range(2))
    other = AssignmentFactory(organization=branch)

    assert found(scope) == {one, two, other}
    assert found(scope, campaign=task.campaign_id) == {one, two}
    assert found(scope, dimension=task.dimension_id) == {one, two}
    assert found(scope, task=task.pk) == {one, two}
    assert found(scope, target=two.target_id) == {two}


def test_places_and_days_narrow_the_list(scope, committee):
    near, far = BranchFactory(parent=committee, name="第一支部"), BranchFactory(parent=committee, name="第二支部")
    own = AssignmentFactory(organization=committee)
    march, april = AssignmentFactory(organization=near), AssignmentFactory(organization=far, **APRIL)

    assert found(scope, organization=near) == {march}
    assert found(scope, organization=committee) == {own, march, april}
    assert found(scope, organization=committee, is_own=True) == {own}
    assert found(scope, due_in=periods.parse("2026Q2")) == {april}
    assert found(scope, due_on=date(2026, 3, 31)) == {own, march}


@pytest.mark.parametrize("words", ["党日", "财政局", "财政二支", "组织生活", "2.7"])
def test_words_find_target_task_and_organisation(scope, committee, words):
    branch = BranchFactory(parent=committee, name="财政局第二支部", short_name="财政二支")
    task = TaskFactory(number="2.7", title="规范组织生活")
    wanted = AssignmentFactory(target=TargetFactory(task=task, title="主题党日"), organization=branch)
    AssignmentFactory(
        target=TargetFactory(task=TaskFactory(title="学习", number="2.70"), title="党课"),
        organization=BranchFactory(parent=committee, name="教育局支部"),
    )

    assert found(scope, words=words) == {wanted}


def test_what_lies_outside_the_scope_is_not_found(scope):
    AssignmentFactory()

    assert found(scope) == set()


def test_a_line_says_everything_in_words(scope, committee):
    branch = BranchFactory(parent=committee, name="财政局第二支部", short_name="财政二支")
    target = TargetFactory(
        task=TaskFactory(number="3", campaign__name="创建“四型机关”"), title="精读书籍", metric="study.books",
        subject="member", unit="本",
    )  # fmt: skip
    AssignmentFactory(target=target, organization=branch, members_expected=16, done=13, state="progress")

    rows = filtered(scope, AssignmentFilter(), TODAY).values(*FIELDS, "pk", "due_on")
    line = lines(rows, TODAY)[0]

    assert (line.title, line.period, line.campaign, line.number) == ("精读书籍", "3月", "创建“四型机关”", "3")
    assert (line.organization, line.due_on, line.state) == ("财政二支", date(2026, 3, 31), "overdue")
    assert (line.progress, line.missing, line.outcome_label) == ("13 / 16 人", "还有 3 人未达到 1 本", "")


@pytest.mark.parametrize("count", [1, 3])
def test_an_export_runs_in_one_query_by_day_and_place(scope, committee, count, django_assert_num_queries):
    for _ in range(count):
        AssignmentFactory(organization=BranchFactory(parent=committee))
    AssignmentFactory(organization=committee, **FEBRUARY)

    with django_assert_num_queries(1):
        rows = list(streamed(filtered(scope, AssignmentFilter(), TODAY), TODAY))

    assert len(rows) == count + 1
    assert rows[0].due_on == date(2026, 2, 28)


def test_a_correction_stands_beside_the_answer_and_makes_no_second_line(scope, committee):
    answer = AnswerFactory(
        assignment__organization=BranchFactory(parent=committee),
        status="approved",
        filed_at=FILED_AT,
        counts_from=FILED_AT,
    )
    AnswerFactory(assignment=answer.assignment, corrects=answer)
    rows = list(filtered(scope, AssignmentFilter(), TODAY).values(*FIELDS, "pk", "due_on"))
    assert [row["given__status"] for row in rows] == ["approved"]
