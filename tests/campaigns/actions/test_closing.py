"""Closing a month."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from branches.permissions import Actor
from campaigns.actions import closing
from campaigns.actions.crediting import credit_activity
from campaigns.models import Tally
from office.actions import runs
from partybuild.lib import periods
from partybuild.lib.clock import ZONE
from tests.factories.branches import BranchFactory
from tests.factories.campaigns import AttendanceFactory, FiledActivityFactory, due
from tests.factories.members import make_roster

pytestmark = pytest.mark.django_db
MARCH = periods.parse("2026-03")
ON_TIME = datetime(2026, 4, 8, 23, 59, tzinfo=ZONE)
LATE = datetime(2026, 4, 9, 0, 0, tzinfo=ZONE)
TOO_LATE = datetime(2026, 4, 14, 0, 0, tzinfo=ZONE)


@pytest.fixture(autouse=True)
def _after_the_cut_off(move_clock):
    move_clock("2026-04-14T09:00:00+08:00")


def close_march():
    run = runs.claim(closing.request_closing(by=Actor.system(), month=MARCH).pk, 60)
    return closing.run_closing(run) if run else None


def filed(branch, counts_from):
    activity = FiledActivityFactory(organization=branch, counts_from=counts_from)
    credit_activity(activity)
    return activity


@pytest.mark.parametrize(
    ("counts_from", "outcome"), [(ON_TIME, "on_time"), (LATE, "late"), (TOO_LATE, "missing"), (None, "missing")]
)
def test_the_filing_decides_on_the_outcome(counts_from, outcome):
    row = due(BranchFactory(), "activity.theme_day")
    if counts_from:
        filed(row.organization, counts_from)
    assert close_march()[outcome] == 1
    row.refresh_from_db()
    assert (row.outcome, row.closed_needed, row.closed_path) == (outcome, Decimal(1), row.organization.path)


def test_exempt_rows_end_exempt():
    row = due(BranchFactory(), "activity.theme_day", state="exempt", exempt_reason="没有应参加的人员")
    close_march()
    row.refresh_from_db()
    assert row.outcome == "exempt"


def test_later_changes_move_only_the_live_figures():
    row = due(BranchFactory(), "activity.theme_day")
    close_march()
    filed(row.organization, TOO_LATE)
    row.refresh_from_db()
    assert (row.outcome, row.closed_done, row.done, row.state) == ("missing", 0, 1, "done")
    tally = Tally.objects.get(organization=row.organization)
    assert (tally.missing, tally.on_time, tally.late) == (1, 0, 0)


def test_a_return_after_closing_does_not_move_the_outcome():
    row = due(BranchFactory(), "activity.theme_day")
    activity = filed(row.organization, ON_TIME)
    close_march()
    activity.status = "returned"
    activity.save()
    credit_activity(activity)
    row.refresh_from_db()
    assert (row.outcome, row.closed_done, row.done) == ("on_time", 1, 0)
    assert Tally.objects.get(organization=row.organization).on_time == 1


def test_who_had_not_met_a_personal_target_is_kept():
    branch = BranchFactory()
    there, away = make_roster(branch, 2)
    row = due(branch, "study.hours", subject="member", needed=Decimal(2), members_expected=2)
    activity = FiledActivityFactory(organization=branch, kind="study", counts_from=ON_TIME)
    AttendanceFactory(activity=activity, member=there)
    credit_activity(activity)
    close_march()
    row.refresh_from_db()
    assert (row.outcome, row.closed_missing_ids, row.closed_needed) == ("missing", [away.pk], 2)


def test_other_months_stay_open():
    row = due(
        BranchFactory(), "activity.theme_day", due_on=date(2026, 4, 30), due_month="2026-04",
        grace_until=date(2026, 5, 11), cut_off_on=date(2026, 5, 14),
    )  # fmt: skip
    close_march()
    row.refresh_from_db()
    assert (row.outcome, row.closed_at) == ("", None)


def test_closing_again_changes_nothing():
    row = due(BranchFactory(), "activity.theme_day")
    close_march()
    row.refresh_from_db()
    before = row.closed_at
    closing.close_unit(row.unit_id, "2026-03")
    row.refresh_from_db()
    assert row.closed_at == before


def test_the_last_cut_off_is_the_latest_of_the_open_ones():
    due(BranchFactory(), "activity.theme_day")
    due(BranchFactory(), "activity.theme_day", cut_off_on=date(2026, 4, 20))
    assert closing.last_cut_off(MARCH) == date(2026, 4, 20)
    assert closing.last_cut_off(periods.parse("2026-02")) is None
