"""What is shown while a record is written is what filing counts."""

from datetime import date
from decimal import Decimal

import pytest

from campaigns.actions.crediting import credit_activity
from campaigns.models import Credit
from campaigns.queries.activities import content_of
from campaigns.queries.previews import panel
from tests.factories.branches import BranchFactory
from tests.factories.campaigns import AttendanceFactory, FiledActivityFactory, due
from tests.factories.members import make_roster

pytestmark = pytest.mark.django_db
YEAR = {"period": "2026", "starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}
EXEMPT = {"state": "exempt", "exempt_reason": "成立时本周期已过半"}


@pytest.fixture
def record(move_clock):
    move_clock("2026-03-20T09:00:00+08:00")
    branch = BranchFactory()
    due(branch, "activity.theme_day", title="不问", **EXEMPT)
    due(branch, "study.hours", subject="member", title="学时", needed=Decimal(2), members_expected=2, **YEAR, **EXEMPT)
    record = FiledActivityFactory(organization=branch, kind="study", hours=Decimal(2))
    for member in make_roster(branch, 2):
        AttendanceFactory(activity=record, member=member)
    return record


def test_hours_of_persons_where_the_branch_is_exempt_are_shown_as_they_are_counted(record):
    shown = panel(record.organization, content_of(record), missing=())
    credit_activity(record)
    counted = set(Credit.objects.filter(activity=record, counted=True).values_list("assignment_id", flat=True))
    assert shown.counted == len(counted) == 1
    assert {line.assignment_id for line in shown.lines if line.counted} == counted


def test_what_counts_where_the_branch_is_exempt_asks_for_no_review(record):
    every = due(record.organization, "study.hours", **YEAR, **EXEMPT).campaign
    every.review_policy = "every"
    every.save()
    assert "抽查审核" not in panel(record.organization, content_of(record), missing=()).afterwards
    assert "有提示的" in panel(record.organization, content_of(record), missing=()).afterwards
