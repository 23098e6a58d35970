"""The cycles, as the tick runs them."""

from datetime import date

import pytest

from assessments.models import Scheme
from branches.models import OrganizationUserPermission
from branches.permissions import Actor
from campaigns.models import Assignment
from desk.actions import cycles
from office.enums import Job, RunStatus
from office.models import Document, Run
from partybuild.lib import periods
from tests.factories.branches import BranchFactory, CommitteeFactory, OrganizationFactory, make_user_with_post
from tests.factories.campaigns import CampaignFactory, TargetFactory, TaskFactory

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system()
MARCH = periods.parse("2026-03")


@pytest.fixture
def campaign():
    root = OrganizationFactory()
    branch = BranchFactory(parent=CommitteeFactory(parent=root))
    campaign = CampaignFactory(issuer=root, published_on=date(2026, 3, 2))
    TargetFactory(task=TaskFactory(campaign=campaign))
    campaign.branch = branch
    return campaign


def tick_and_work():
    """A tick, and a worker that does at once what it queued."""
    for run_id in cycles.tick(by=SYSTEM):
        cycles.do_run(run_id)


def states():
    return {(run.job, run.period): run.status for run in Run.objects.exclude(job=Job.DAILY)}


def test_nothing_is_due_before_anything_is_published():
    tick_and_work()
    assert states() == {}


def test_c04_the_first_working_day_dispatches_the_month(campaign, move_clock):
    move_clock("2026-03-02T08:00:00+08:00")
    tick_and_work()
    assert states() == {("dispatch", "2026-03"): "done"}
    assert Assignment.objects.count() == 1


def test_a_second_tick_changes_nothing(campaign, move_clock):
    move_clock("2026-03-02T08:00:00+08:00")
    tick_and_work()
    before = list(Assignment.objects.values())
    assert cycles.tick(by=SYSTEM) == []
    assert list(Assignment.objects.values()) == before


def test_a_campaign_published_in_the_month_is_dispatched_too(campaign, move_clock):
    move_clock("2026-03-02T08:00:00+08:00")
    tick_and_work()
    late = CampaignFactory(issuer=campaign.issuer, published_on=date(2026, 3, 10))
    TargetFactory(task=TaskFactory(campaign=late))
    move_clock("2026-03-10T10:00:00+08:00")
    tick_and_work()
    assert set(Assignment.objects.values_list("campaign_id", flat=True)) == {campaign.pk, late.pk}


def test_months_in_which_the_portal_was_down_are_made_up_for(campaign, move_clock):
    move_clock("2026-06-01T08:00:00+08:00")
    tick_and_work()
    dispatched = Run.objects.filter(job=Job.DISPATCH, status=RunStatus.DONE).order_by("id")
    assert [run.period for run in dispatched] == ["2026-03", "2026-04", "2026-05", "2026-06"]


def test_c04_a_month_is_closed_and_its_bulletin_drafted_after_the_cut_off(campaign, move_clock):
    move_clock("2026-03-02T08:00:00+08:00")
    tick_and_work()
    cut_off = Assignment.objects.get().cut_off_on
    move_clock(f"{cut_off}T12:00:00+08:00")
    tick_and_work()
    assert ("close", "2026-03") not in states()
    move_clock("2026-04-20T08:00:00+08:00")
    tick_and_work()
    tick_and_work()
    assert states()["close", "2026-03"] == "done"
    assert states()["bulletin", "2026-03"] == "done"
    assert Assignment.objects.get(period="2026-03").outcome == "missing"
    assert Document.objects.filter(issuer=campaign.issuer).count() == 1


def test_a_published_campaign_gets_its_scheme(campaign, move_clock):
    move_clock("2026-03-02T08:00:00+08:00")
    tick_and_work()
    assert Scheme.objects.filter(campaign=campaign).exists()


def test_a_post_that_has_ended_loses_its_grant(campaign, move_clock):
    move_clock("2026-03-02T08:00:00+08:00")
    make_user_with_post("staff", campaign.issuer, ends_on=date(2026, 3, 10))
    assert OrganizationUserPermission.objects.count() == 1
    move_clock("2026-03-11T08:00:00+08:00")
    tick_and_work()
    assert OrganizationUserPermission.objects.count() == 0


def test_december_is_closed_in_january(campaign, move_clock):
    move_clock("2026-12-01T08:00:00+08:00")
    tick_and_work()
    move_clock("2027-01-29T08:00:00+08:00")
    tick_and_work()
    assert states()["close", "2026-12"] == "done"
    assert ("dispatch", "2027-01") in states()
    assert not Assignment.objects.filter(due_month="2027-01").exists()


def test_closing_by_hand_is_refused_before_the_cut_off(campaign, move_clock):
    move_clock("2026-03-02T08:00:00+08:00")
    tick_and_work()
    with pytest.raises(cycles.CycleRefusedError, match="截止后的第一个工作日起可以结账"):
        cycles.start_closing(by=SYSTEM, month=MARCH)


def test_closing_a_month_without_assignments_is_refused(campaign):
    with pytest.raises(cycles.CycleRefusedError, match="没有已下发的任务"):
        cycles.start_closing(by=SYSTEM, month=MARCH)


def test_dispatching_by_hand_again_goes_over_all_and_changes_nothing(campaign, move_clock):
    move_clock("2026-03-02T08:00:00+08:00")
    tick_and_work()
    before = list(Assignment.objects.values())
    run = cycles.start_dispatch(by=SYSTEM, month=MARCH)
    cycles.do_run(run.pk)
    assert list(Assignment.objects.values()) == before
    run.refresh_from_db()
    assert (run.status, run.result["assignments"]) == ("done", 0)


def test_a_run_in_other_hands_is_left_alone(campaign, move_clock):
    move_clock("2026-03-02T08:00:00+08:00")
    cycles.tick(by=SYSTEM)
    run_id = Run.objects.get(job=Job.DISPATCH).pk
    Run.objects.filter(pk=run_id).update(status="running", lease_until="2026-03-02T09:00:00+08:00", attempts=1)
    assert cycles.do_run(run_id) is None
    assert Assignment.objects.count() == 0


def test_the_reminders_of_a_day_are_told_once(move_clock):
    move_clock("2026-03-05T08:00:00+08:00")
    tick_and_work()
    assert cycles.tick(by=SYSTEM) == []
    move_clock("2026-03-06T00:01:00+08:00")
    tick_and_work()
    days = Run.objects.filter(job=Job.DAILY).order_by("period").values_list("period", "status")
    assert list(days) == [("2026-03-05", RunStatus.DONE), ("2026-03-06", RunStatus.DONE)]
