"""A published target is succeeded, never edited: what is closed stays, what is open follows (C05, model.md)."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from branches.models import AuditEntry
from branches.permissions import Actor
from campaigns.actions import tallies
from campaigns.actions.amendments import amend_target, end_target, preview
from campaigns.actions.campaigns import archive_campaign
from campaigns.actions.crediting import credit_activity
from campaigns.models import Assignment, Tally, Target
from campaigns.queries.terms import due_targets
from campaigns.rules.amendments import TargetChange
from campaigns.rules.campaigns import CampaignError
from office.queries.calendar import workday_checker
from office.queries.rules import rule_table
from partybuild.lib import periods
from partybuild.lib.clock import ZONE
from tests.factories.branches import BranchFactory, CommitteeFactory, actor, make_user_with_post
from tests.factories.campaigns import AssignmentFactory, CampaignFactory, FiledActivityFactory, TargetFactory

pytestmark = pytest.mark.django_db
MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)


@pytest.fixture(autouse=True)
def _today(move_clock):
    move_clock("2026-03-25T10:00:00+08:00")


@pytest.fixture
def committee():
    return CommitteeFactory()


@pytest.fixture
def staff(committee):
    return actor(make_user_with_post("staff", committee))


@pytest.fixture
def target(committee):
    return TargetFactory(task__campaign=CampaignFactory(issuer=committee), title="主题党日")


def change(**fields):
    known = {"title": "主题党日", "at_least": Decimal(2), "at_most": None, "due_day": "", "by_day": None,
             "audience_kinds": ("branch",), "audience_group": "all"}  # fmt: skip
    return TargetChange(**(known | fields))


def march(target, **fields):
    row = AssignmentFactory(target=target, organization=BranchFactory(parent=target.task.campaign.issuer), **fields)
    tallies.recount([row.organization_id], [row.due_month], [row.campaign_id])
    return row


def test_c05_the_successor_keeps_the_lineage_and_the_old_version_ends(target, staff):
    found = amend_target(by=staff, target=target, change=change(), on=APRIL, reason="区委要求")
    target.refresh_from_db()
    successor = found.successor
    assert (target.ended_on, successor.starts_on, successor.ended_on) == (APRIL, APRIL, None)
    assert (successor.lineage, successor.at_least, successor.amended_for) == (target.lineage, 2, "区委要求")
    assert AuditEntry.objects.get(verb="调整指标").detail == {"note": "区委要求", "on": "2026-04-01"}


@pytest.mark.parametrize(("month", "amount"), [("2026-03", 1), ("2026-04", 2)])
def test_c05_each_month_is_dispatched_by_the_version_of_its_first_day(target, staff, month, amount):
    amend_target(by=staff, target=target, change=change(), on=APRIL, reason="区委要求")
    rows = due_targets([target.task.campaign], periods.parse(month), rule_table(APRIL), workday_checker())
    assert [row.target.at_least for row in rows] == [amount]


def test_c05_from_the_next_period_on_the_running_one_stays(target, staff):
    row = march(target)
    found = amend_target(by=staff, target=target, change=change(), on=APRIL, reason="区委要求")
    row.refresh_from_db()
    assert (found.changed, row.needed, row.target) == (0, 1, target)


def test_c05_with_the_running_period_open_rows_are_asked_anew(target, staff):
    row = march(target)
    credit_activity(FiledActivityFactory(organization=row.organization))
    row.refresh_from_db()
    assert row.state == "done"
    found = amend_target(by=staff, target=target, change=change(by_day=28), on=MARCH, reason="区委要求")
    row.refresh_from_db()
    assert (found.changed, found.organizations, found.complete_before, found.complete_after) == (1, 1, 1, 0)
    assert (row.state, row.needed, row.due_on) == ("progress", 2, date(2026, 3, 28))
    assert Tally.objects.get().open == 1


def test_c05_closed_rows_never_change(target, staff):
    row = march(target)
    Assignment.objects.filter(pk=row.pk).update(
        closed_at=datetime(2026, 3, 24, tzinfo=ZONE), outcome="missing", closed_done=0, closed_needed=1
    )
    assert amend_target(by=staff, target=target, change=change(), on=MARCH, reason="区委要求").changed == 0


def test_c05_who_is_no_longer_asked_is_exempt_and_who_is_new_is_told(target, staff):
    row = march(target)
    found = amend_target(
        by=staff, target=target, change=change(audience_kinds=("committee",)), on=MARCH, reason="只要机关党委"
    )
    row.refresh_from_db()
    assert (found.exempted, found.added, row.state, row.exempt_reason) == (1, 1, "exempt", "指标调整，不再要求")
    assert Tally.objects.get().exempt == 1


def test_c05_an_extended_day_is_kept(target, staff):
    row = march(target, due_before=date(2026, 3, 31), due_on=date(2026, 4, 8), due_month="2026-04")
    amend_target(by=staff, target=target, change=change(by_day=20), on=MARCH, reason="区委要求")
    row.refresh_from_db()
    assert row.due_on == date(2026, 4, 8)


def test_c05_an_ended_target_is_asked_no_more(target, staff):
    row = march(target)
    assert end_target(by=staff, target=target, on=MARCH, reason="精简任务").exempted == 1
    row.refresh_from_db()
    assert row.state == "exempt"
    campaign = target.task.campaign
    assert due_targets([campaign], periods.parse("2026-04"), rule_table(APRIL), workday_checker()) == []


def test_c05_the_preview_changes_nothing(target, staff):
    row = march(target)
    found = preview(by=staff, target=target, change=change(), on=MARCH, reason="区委要求")
    row.refresh_from_db()
    assert (found.changed, row.needed, Target.objects.count()) == (1, 1, 1)
    assert not AuditEntry.objects.filter(verb="调整指标").exists()


def test_c05_an_amended_target_is_not_amended_again(target, staff):
    amend_target(by=staff, target=target, change=change(), on=APRIL, reason="区委要求")
    with pytest.raises(ValidationError, match="已经调整过"):
        amend_target(by=staff, target=target, change=change(), on=APRIL, reason="区委要求")


@pytest.mark.parametrize("status", ["draft", "closed"])
def test_c05_only_published_campaigns_are_amended(target, staff, status):
    campaign = target.task.campaign
    campaign.status = status
    campaign.save()
    with pytest.raises(ValidationError, match="只有已发布"):
        amend_target(by=staff, target=target, change=change(), on=APRIL, reason="区委要求")


def test_an_amendment_needs_a_reason(target, staff):
    with pytest.raises(ValidationError, match="请填写调整理由"):
        end_target(by=staff, target=target, on=APRIL, reason=" ")


def test_a_campaign_is_archived_when_its_months_are_closed(target):
    campaign = target.task.campaign
    campaign.status = "closed"
    campaign.save()
    row = march(target)
    with pytest.raises(CampaignError, match="还有月份没有结账"):
        archive_campaign(by=Actor.system(), campaign=campaign)
    Assignment.objects.filter(pk=row.pk).update(
        closed_at=datetime(2026, 4, 14, tzinfo=ZONE), outcome="missing", closed_done=0, closed_needed=1
    )
    assert archive_campaign(by=Actor.system(), campaign=campaign).status == "archived"
