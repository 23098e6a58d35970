"""The queue of a reviewer."""

from datetime import date, timedelta

import pytest

from branches.queries.access import scope_of
from campaigns.queries.counts import records_to_review
from campaigns.queries.review_queue import BELOW, Counts, QueueFilter, queue_for
from campaigns.queries.reviews import waiting_count
from tests.factories.branches import BranchFactory, make_user_with_post
from tests.factories.campaigns import (
    FILED_AT,
    ActivityVersionFactory,
    AnswerFactory,
    CreditFactory,
    FiledActivityFactory,
)
from tests.factories.district import District
from tests.factories.members import MemberFactory, MembershipFactory

pytestmark = pytest.mark.django_db
FLAG = [{"code": "thin", "label": "内容偏少", "sentence": "记录 2 字"}]


@pytest.fixture
def district(move_clock) -> District:
    move_clock("2026-03-13T09:00:00+08:00")
    return District()


def scope(user, member=None):
    return scope_of(user.pk, date(2026, 3, 12), member_id=member)


def waiting(district, organization=None, minutes=0, **fields):
    return FiledActivityFactory(
        organization=organization or district.branch,
        needs_review=True,
        review_unit=district.committee,
        filed_at=FILED_AT + timedelta(minutes=minutes),
        **fields,
    )


def keys(user, member=None, **wanted) -> list[str]:
    return [item.key for item in queue_for(scope(user, member), QueueFilter(**wanted)).items]


def test_activities_and_answers_stand_in_one_queue_the_longest_waiting_first(district):
    later = waiting(district, minutes=10)
    answer = AnswerFactory(
        assignment=district.due("manual", title="落实责任制"), status="filed", version=1, filed_at=FILED_AT,
        counts_from=FILED_AT, needs_review=True, review_unit=district.committee,
    )  # fmt: skip
    FiledActivityFactory(organization=district.branch, review_unit=district.committee)  # counts without review
    FiledActivityFactory(organization=district.branch, review_unit=district.committee, status="returned")

    queue = queue_for(scope(district.staff), QueueFilter())
    assert [item.key for item in queue.items] == [f"answer-{answer.pk}", f"activity-{later.pk}"]
    assert queue.items[0].title == "落实责任制（3月）"
    assert queue.after(f"answer-{answer.pk}") == f"activity-{later.pk}"
    assert queue.after(f"activity-{later.pk}") == f"answer-{answer.pk}"  # the last one: back to the one before
    assert queue.before(f"activity-{later.pk}") == f"answer-{answer.pk}"
    assert queue.before(f"answer-{answer.pk}") == ""


def test_hints_and_what_comes_again_are_counted_and_can_be_asked_for(district):
    flagged = waiting(district, flags=FLAG)
    again = waiting(district, minutes=1, returned_at=FILED_AT)
    plain = waiting(district, minutes=2)

    queue = queue_for(scope(district.staff), QueueFilter(hint="flagged"))
    assert queue.counts == Counts(3, 1, 1)
    assert [(item.key, item.hints) for item in queue.items] == [(f"activity-{flagged.pk}", ("内容偏少",))]
    assert keys(district.staff, hint="again") == [f"activity-{again.pk}"]
    assert keys(district.staff) == [f"activity-{each.pk}" for each in (flagged, again, plain)]


def test_organisation_and_campaign_narrow(district):
    other = BranchFactory(parent=district.committee)
    first, second = waiting(district), waiting(district, other, minutes=1)
    credit = CreditFactory(activity=second, assignment=district.due())
    assert keys(district.staff, organization=district.branch) == [f"activity-{first.pk}"]
    assert keys(district.staff, campaign=credit.assignment.campaign_id) == [f"activity-{second.pk}"]


def test_what_waits_for_a_unit_below_is_shown_when_asked_for(district):
    record = waiting(district)
    above = make_user_with_post("staff", district.root)
    queue = queue_for(scope(above), QueueFilter())
    assert (list(queue.items), queue.counts.total, queue.below) == ([], 0, 1)
    assert keys(above, reach=BELOW) == [f"activity-{record.pk}"]


def test_what_one_must_not_decide_on_is_not_in_the_queue(district):
    filed_by_him = waiting(district)
    ActivityVersionFactory(activity=filed_by_him, filed_by=district.staff)
    place = MembershipFactory(organization=BranchFactory(parent=district.committee), member=MemberFactory())
    waiting(district, place.organization)
    free = waiting(district)
    assert keys(district.staff, place.member_id) == [f"activity-{free.pk}"]


def test_the_root_s_own_record_waits_for_a_second_person(district):
    first, second = (make_user_with_post("staff", district.root) for _ in range(2))
    record = FiledActivityFactory(organization=district.root, needs_review=True, review_unit=district.root)
    ActivityVersionFactory(activity=record, filed_by=first)
    assert (keys(first), keys(second)) == ([], [f"activity-{record.pk}"])


def test_the_figure_of_the_menu_is_that_of_the_queue(district):
    waiting(district)
    waiting(district, flags=FLAG)
    for user in (district.staff, make_user_with_post("staff", district.root)):
        total = queue_for(scope(user), QueueFilter()).own.total
        assert waiting_count(scope(user)) == records_to_review(scope(user)) == total
    assert waiting_count(scope(district.secretary)) == 0


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(district, django_assert_num_queries, count):
    for number in range(count):
        waiting(district, BranchFactory(parent=district.committee), minutes=number, flags=FLAG)
    whole = scope(district.staff)
    with django_assert_num_queries(6):
        assert len(queue_for(whole, QueueFilter()).items) == count
