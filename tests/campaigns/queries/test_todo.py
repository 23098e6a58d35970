from datetime import date
from decimal import Decimal

import pytest

from campaigns.queries.todo import due_soon, link_of, month_progress, record_kind, returned, year_targets
from partybuild.lib import periods
from tests.factories.branches import BranchFactory, UserFactory
from tests.factories.campaigns import (
    ActivityFactory,
    AnswerFactory,
    AssignmentFactory,
    CreditFactory,
    FiledActivityFactory,
    ReviewFactory,
    TargetFactory,
    due,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 29)
MARCH = periods.parse("2026-03")
SENT_BACK = "2026-03-16T10:42+08:00"


def on(day: date, **fields) -> dict:
    return {"due_on": day, "grace_until": date(2026, 12, 31), "cut_off_on": date(2026, 12, 31), **fields}


def test_due_soon_tells_what_is_late_first_and_leaves_out_what_is_done_closed_or_far(django_assert_num_queries):
    branch = BranchFactory()
    late = due(branch, "activity.theme_day", **on(date(2026, 3, 20)))
    soon = due(branch, "manual", **on(date(2026, 4, 1)))
    due(branch, "talk.heart", **on(date(2026, 4, 2)))
    due(branch, "activity.volunteer", **on(date(2026, 3, 20), state="done", done=1))
    due(branch, "life.oath", **on(date(2026, 2, 28), outcome="missing", closed_at="2026-03-12T09:00+08:00"))
    due(BranchFactory(), "activity.theme_day", **on(date(2026, 3, 20)))

    with django_assert_num_queries(2):
        items = due_soon(branch, TODAY)

    assert [(item.assignment_id, item.state, item.link) for item in items] == [
        (late.pk, "overdue", "record"),
        (soon.pk, "open", "answer"),
    ]


def test_an_item_says_what_is_missing_with_the_reason_of_the_refused_record():
    branch = BranchFactory()
    assignment = due(branch, "study.seminar", title="专题学习研讨", needed=Decimal(2), done=1, state="progress")
    refused = FiledActivityFactory(organization=branch, kind="seminar")
    CreditFactory(
        assignment=assignment, activity=refused, counted=False, amount=0, reason="还差：交流发言材料。上传后即可计入。"
    )

    item = month_progress(branch, MARCH, TODAY)[0]

    assert (item.title, item.number) == ("专题学习研讨（3月）", assignment.task.number)
    assert (item.progress, item.amount, item.goal, item.kind) == ("1 / 2 次", 1.0, 2.0, "seminar")
    assert item.missing == "还差 1 次，还差：交流发言材料。上传后即可计入"


def test_one_need_of_several_campaigns_is_told_once_and_every_answer_by_itself():
    branch = BranchFactory()
    for _ in range(3):
        due(branch, "activity.party_lecture")
        due(branch, "manual")

    items = month_progress(branch, MARCH, TODAY)

    assert sorted((item.link, item.also) for item in items) == [("answer", 0)] * 3 + [("record", 2)]


def test_the_month_leaves_out_exempt_ones_and_puts_what_is_done_last():
    branch = BranchFactory()
    done = due(branch, "activity.theme_day", state="done", done=1)
    opened = due(branch, "activity.party_lecture", done=0)
    due(branch, "life.oath", state="exempt", exempt_reason="发布时本周期已过半")
    due(branch, "life.birthday", **on(date(2026, 4, 30)))

    items = month_progress(branch, MARCH, TODAY)

    assert [(item.assignment_id, item.state) for item in items] == [(opened.pk, "open"), (done.pk, "done")]


def test_the_year_holds_long_periods_and_those_with_figures_first():
    branch = BranchFactory()
    year = on(date(2026, 12, 31), period="2026", starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))
    once = due(branch, "life.organization", title="组织生活会", **year)
    eight = due(branch, "study.sessions", title="集中学习研讨", needed=Decimal(8), done=2, state="progress", **year)
    due(branch, "activity.theme_day")

    items = year_targets(branch, 2026, TODAY)

    assert [(item.assignment_id, item.title, item.progress) for item in items] == [
        (eight.pk, "集中学习研讨", "2 / 8 次"),
        (once.pk, "组织生活会", "0 / 1 次"),
    ]


def test_what_was_sent_back_comes_with_remark_person_and_day(django_assert_num_queries):
    branch = BranchFactory()
    reviewer = UserFactory(name="陈立")
    activity = FiledActivityFactory(
        organization=branch, status="returned", returned_at=SENT_BACK, resubmit_by=date(2026, 3, 23), title="党员大会"
    )
    ReviewFactory(
        activity=activity,
        decision="return",
        remark="请补充表决结果。",
        items={"minutes": "应写明人数。"},
        reviewer=reviewer,
    )
    assignment = AssignmentFactory(organization=branch, target=TargetFactory(metric="manual", title="活动室达标"))
    AnswerFactory(
        assignment=assignment,
        status="returned",
        filed_at=SENT_BACK,
        counts_from=SENT_BACK,
        resubmit_by=date(2026, 3, 20),
    )
    ActivityFactory(organization=branch)

    with django_assert_num_queries(3):
        items = returned(branch)

    assert [(item.link, item.pk, item.title) for item in items] == [
        ("answer", assignment.pk, "活动室达标"),
        ("record", activity.pk, "党员大会"),
    ]
    assert (items[1].remark, items[1].by) == ("请补充表决结果；应写明人数。", "陈立")


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(count, django_assert_num_queries):
    branch = BranchFactory()
    for _ in range(count):
        due(branch, "activity.theme_day")
        due(branch, "manual")

    with django_assert_num_queries(2):
        month_progress(branch, MARCH, TODAY)


@pytest.mark.parametrize(
    "metric, link, kind",
    [
        ("activity.theme_day", "record", "theme_day"),
        ("activity.party_lecture", "record", "party_lecture"),
        ("study.sessions", "record", "study"),
        ("life.birthday", "record", ""),
        ("study.books", "fact", ""),
        ("evaluation.final", "answer", ""),
    ],
)
def test_a_metric_says_how_it_is_fulfilled(metric, link, kind):
    assert (link_of(metric), record_kind(metric)) == (link, kind)
