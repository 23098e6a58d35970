"""What home pages show beside the tasks."""

from datetime import date
from decimal import Decimal

import pytest

from desk.queries.homes import Saving, member_year, saving_of
from partybuild.lib import periods
from tests.factories.branches import BranchFactory
from tests.factories.campaigns import AttendanceFactory, CreditFactory, FiledActivityFactory
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db
MARCH = periods.parse("2026-03")


def test_only_counted_credits_of_the_months_own_records_save_work():
    branch = BranchFactory()
    record = FiledActivityFactory(organization=branch, held_on=date(2026, 3, 31))
    for counted, reason in ((True, ""), (True, ""), (False, "不足半数。")):
        CreditFactory(activity=record, assignment__organization=branch, counted=counted, reason=reason)
    for held_on, status in ((date(2026, 2, 28), "filed"), (date(2026, 3, 2), "returned")):
        other = FiledActivityFactory(organization=branch, held_on=held_on, status=status)
        CreditFactory(activity=other, assignment__organization=branch)
    CreditFactory()
    assert saving_of(branch, MARCH) == Saving(records=1, credits=2)


@pytest.mark.parametrize(("records", "credits", "saved"), [(6, 19, 13), (2, 2, 0), (3, 1, 0), (0, 0, 0)])
def test_nothing_is_saved_when_records_count_for_nothing(records, credits, saved):
    assert Saving(records, credits).saved == saved


def test_study_within_another_activity_counts_with_its_hours():
    member = MemberFactory()
    for kind, parts in (("study", []), ("theme_day", ["study"]), ("theme_day", ["oath"])):
        record = FiledActivityFactory(kind=kind, parts=parts, hours=Decimal("1.5"))
        AttendanceFactory(activity=record, member=member)
    year = member_year(member.pk, 2026, Decimal(32))
    assert (year.expected, year.present, year.hours) == (3, 3, Decimal("3.0"))


def test_a_year_without_records_is_empty(django_assert_num_queries):
    with django_assert_num_queries(2):
        year = member_year(MemberFactory.build(pk=1).pk, 2026, None)
    assert (year.expected, year.present, year.hours) == (0, 0, 0)
