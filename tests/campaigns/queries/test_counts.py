"""What waits, for the menu."""

from datetime import date

import pytest

from branches.enums import Role
from branches.queries.access import scope_of
from campaigns.queries import counts, reviews
from campaigns.queries.todo import month_progress
from partybuild.lib import periods
from tests.factories.branches import CommitteeFactory, make_user_with_post
from tests.factories.campaigns import AnswerFactory, FiledActivityFactory, due
from tests.factories.members import MembershipFactory, OfficeFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 20)


@pytest.fixture(autouse=True)
def _today(move_clock):
    move_clock("2026-03-20T10:00:00+08:00")


def scope_for(user):
    return scope_of(user.pk, TODAY)


def test_a_secretary_sees_what_is_open_up_to_this_month():
    branch = due_of_every_kind()
    scope = scope_for(make_user_with_post(Role.SECRETARY, branch))
    assert counts.open_assignments(scope) == 3
    open_in_march = [item for item in month_progress(branch, periods.parse("2026-03"), TODAY) if item.state != "done"]
    assert len(open_in_march) == 2


def test_what_one_record_does_for_several_campaigns_is_one_thing_to_do():
    row = due(CommitteeFactory(), "activity.theme_day")
    due(row.organization, "activity.theme_day")
    due(row.organization, "activity.theme_day", done=1, needed=2, state="progress")
    due(row.organization, "manual")
    due(row.organization, "manual")
    scope = scope_for(make_user_with_post(Role.SECRETARY, row.organization))
    assert counts.open_assignments(scope) == 4
    assert len(month_progress(row.organization, periods.parse("2026-03"), TODAY)) == 4


def due_of_every_kind():
    row = due(CommitteeFactory(), "activity.theme_day")
    branch = row.organization
    due(branch, "activity.party_lecture", state="returned")
    due(branch, "activity.volunteer", state="done")
    due(branch, "study.sessions", state="exempt", exempt_reason="没有应参加的人员")
    due(branch, "talk.heart", due_month="2026-02", due_on=date(2026, 2, 28))
    due(branch, "life.oath", due_month="2026-02", due_on=date(2026, 2, 28), closed_at="2026-03-17T09:00+08:00",
        outcome="missing")  # fmt: skip
    due(branch, "life.birthday", due_month="2026-12", due_on=date(2026, 12, 31),
        grace_until=date(2027, 1, 8), cut_off_on=date(2027, 1, 13))  # fmt: skip
    due(CommitteeFactory(), "activity.theme_day")
    return branch


@pytest.mark.parametrize("role", [Role.STAFF, Role.LEADER, Role.MEMBER])
def test_others_have_no_such_count(role, django_assert_num_queries):
    scope = scope_for(make_user_with_post(role, CommitteeFactory()))
    with django_assert_num_queries(0):
        assert counts.open_assignments(scope) is None


def test_what_waits_for_review_is_counted_in_one_query_as_the_desk_counts_it(django_assert_num_queries):
    committee = CommitteeFactory()
    staff = make_user_with_post(Role.STAFF, committee)
    waiting = {"needs_review": True, "review_unit": committee}
    for parent in (committee, committee, CommitteeFactory()):
        FiledActivityFactory(organization__parent=parent, **waiting)
    FiledActivityFactory(organization__parent=committee, needs_review=True, review_unit=committee.parent)
    FiledActivityFactory(organization__parent=committee)
    mine = FiledActivityFactory(organization__parent=committee, filed_by=staff, **waiting)
    mine.versions.create(number=1, content={}, filed_at=mine.filed_at, filed_by=staff)
    answer = AnswerFactory(status="filed", filed_at=mine.filed_at, counts_from=mine.filed_at, **waiting)
    assert answer.assignment.organization
    scope = scope_for(staff)
    with django_assert_num_queries(1):
        assert counts.records_to_review(scope) == 4
    assert reviews.waiting_count(scope) == 4


def test_a_reviewer_who_belongs_to_the_branch_is_not_counted_for_it():
    committee = CommitteeFactory()
    staff = make_user_with_post(Role.STAFF, committee)
    held = FiledActivityFactory(organization__parent=committee, needs_review=True, review_unit=committee)
    own = FiledActivityFactory(organization__parent=committee, needs_review=True, review_unit=committee)
    other = FiledActivityFactory(organization__parent=committee, needs_review=True, review_unit=committee)
    member = MembershipFactory(organization=own.organization, member__user=staff).member
    OfficeFactory(member=member, organization=held.organization)
    scope = scope_of(staff.pk, TODAY, member_id=member.pk)
    assert counts.records_to_review(scope) == 1 == reviews.waiting_count(scope)
    assert list(reviews.waiting_activities(scope)) == [other]


def test_who_may_not_review_has_no_count(django_assert_num_queries):
    scope = scope_for(make_user_with_post(Role.SECRETARY, CommitteeFactory()))
    with django_assert_num_queries(0):
        assert counts.records_to_review(scope) is None
