"""Dispatching a month."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from branches.enums import OrganizationKind
from branches.permissions import Actor
from campaigns.actions import dispatch
from campaigns.enums import AudienceGroup
from campaigns.models import Assignment, Tally
from campaigns.queries.terms import due_targets
from office.actions import runs
from office.models import Run
from office.queries.calendar import workday_checker
from office.queries.rules import rule_table
from partybuild.lib import periods
from tests.factories.branches import (
    BranchFactory,
    CommitteeFactory,
    GroupFactory,
    OrganizationChangeFactory,
    OrganizationFactory,
)
from tests.factories.campaigns import CampaignFactory, FiledActivityFactory, TargetFactory, TaskFactory
from tests.factories.members import make_roster

pytestmark = pytest.mark.django_db
MARCH = periods.parse("2026-03")


@pytest.fixture
def root():
    return OrganizationFactory()


@pytest.fixture
def committee(root):
    return CommitteeFactory(parent=root)


@pytest.fixture
def campaign(root):
    return CampaignFactory(issuer=root)


@pytest.fixture(autouse=True)
def _in_march(move_clock):
    move_clock("2026-03-02T09:00:00+08:00")


def target(campaign, **fields):
    return TargetFactory(task=TaskFactory(campaign=campaign), **fields)


def run_month(month=MARCH):
    run = dispatch.request_dispatch(by=Actor.system(), month=month)
    claimed = runs.claim(run.pk, 60)
    return dispatch.run_dispatch(claimed) if claimed else None


def test_every_branch_of_the_audience_receives_its_assignment(campaign, committee):
    branches = [BranchFactory(parent=committee) for _ in range(3)]
    target(campaign)
    assert run_month() == {"assignments": 3, "answered": 0, "organizations": 5}
    rows = Assignment.objects.order_by("organization_id")
    assert [row.organization_id for row in rows] == [branch.pk for branch in branches]
    first = rows[0]
    assert (first.unit_id, first.path, first.period) == (committee.pk, branches[0].path, "2026-03")
    assert (first.due_on, first.grace_until, first.cut_off_on) == (
        date(2026, 3, 31),
        date(2026, 4, 8),
        date(2026, 4, 13),
    )
    assert (first.needed, first.done, first.state) == (Decimal(1), 0, "open")


def test_a_second_dispatch_changes_no_row(campaign, committee):
    BranchFactory(parent=committee)
    due_target = target(campaign)
    run_month()
    before = list(Assignment.objects.values())
    due = due_targets([campaign], MARCH, rule_table(date(2026, 3, 2)), workday_checker())
    assert [each.target for each in due] == [due_target]
    result = dispatch.dispatch_piece(
        committee.pk, [row["organization_id"] for row in before], due, rule_table(date(2026, 3, 2))
    )
    assert result["assignments"] == 0
    assert list(Assignment.objects.values()) == before


def test_the_insert_is_one_statement_however_many_there_are(campaign, committee):
    branches = [BranchFactory(parent=committee) for _ in range(5)]
    for _ in range(4):
        target(campaign)
    rules = rule_table(date(2026, 3, 2))
    due = due_targets([campaign], MARCH, rules, workday_checker())
    with CaptureQueriesContext(connection) as queries:
        made = dispatch.insert_assignments(committee.pk, [branch.pk for branch in branches], due, rules)
    assert (len(made), len(queries)) == (20, 1)


def test_audiences_choose_by_kind_and_group(campaign, root, committee):
    branch = BranchFactory(parent=committee)
    with_group = BranchFactory(parent=committee)
    GroupFactory(parent=with_group)
    direct = BranchFactory(parent=root)
    wanted = {
        "branch": target(campaign, audience_kinds=["branch"]),
        "committee": target(campaign, audience_kinds=["committee"]),
        "groups": target(
            campaign, metric="activity.group_meeting", audience_kinds=["branch"],
            audience_group=AudienceGroup.WITH_GROUPS,
        ),
        "direct": target(campaign, audience_kinds=["branch", "committee"], audience_group=AudienceGroup.DIRECT),
        "issuer": target(campaign, audience_kinds=["work_committee"], audience_group=AudienceGroup.ISSUER),
    }  # fmt: skip
    run_month()
    got = {
        name: set(Assignment.objects.filter(target=each).values_list("organization_id", flat=True))
        for name, each in wanted.items()
    }
    assert got == {
        "branch": {branch.pk, with_group.pk, direct.pk},
        "committee": {committee.pk},
        "groups": {with_group.pk},
        "direct": {committee.pk, direct.pk},
        "issuer": {root.pk},
    }


def test_group_meetings_are_due_once_for_each_group(campaign, committee):
    branch = BranchFactory(parent=committee)
    for _ in range(3):
        GroupFactory(parent=branch)
    target(campaign, metric="activity.group_meeting", audience_group=AudienceGroup.WITH_GROUPS)
    run_month()
    assert Assignment.objects.get().needed == 3


def test_organisations_outside_the_issuers_tree_receive_nothing(campaign, committee):
    stranger = BranchFactory()
    BranchFactory(parent=committee)
    target(campaign)
    run_month()
    assert not Assignment.objects.filter(organization=stranger).exists()


def test_founded_in_the_second_half_is_exempt_with_its_reason(campaign, committee):
    BranchFactory(parent=committee, founded_on=date(2026, 3, 20))
    target(campaign)
    run_month()
    row = Assignment.objects.get()
    assert (row.state, row.exempt_reason) == ("exempt", "成立时本周期已过半")
    assert (Tally.objects.get().expected, Tally.objects.get().exempt) == (1, 1)


def test_o01_what_was_split_off_starts_with_the_next_period(campaign, committee):
    made = BranchFactory(parent=committee, founded_on=date(2026, 3, 2))
    OrganizationChangeFactory(organization=made, kind="split_off", other=BranchFactory(parent=committee))
    target(campaign)
    run_month()
    run_month(periods.parse("2026-04"))
    rows = Assignment.objects.filter(organization=made).order_by("period")
    assert [(row.period, row.state, row.exempt_reason) for row in rows] == [
        ("2026-03", "exempt", "由拆分设立，从下一周期起承担任务"),
        ("2026-04", "open", ""),
    ]


def test_o01_records_of_an_absorbed_branch_credit_what_its_successor_is_asked_later(campaign, committee):
    gone = BranchFactory(parent=committee, dissolved_on=date(2026, 3, 2))
    further, heir = BranchFactory(parent=committee, dissolved_on=date(2026, 3, 2)), BranchFactory(parent=committee)
    OrganizationChangeFactory(organization=gone, kind="merged", other=further)
    OrganizationChangeFactory(organization=further, kind="merged", other=heir)
    FiledActivityFactory(organization=gone, held_on=date(2026, 3, 1))
    target(campaign)
    run_month()
    row = Assignment.objects.get()
    assert (row.organization, row.state, row.done) == (heir, "done", Decimal(1))


def test_dissolved_organisations_receive_nothing(campaign, committee):
    BranchFactory(parent=committee, dissolved_on=date(2026, 2, 1))
    target(campaign)
    assert run_month()["assignments"] == 0


def test_personal_targets_expect_the_people_of_the_roster(campaign, committee):
    branch = BranchFactory(parent=committee)
    make_roster(branch, 4)
    target(campaign, metric="study.hours", subject="member", period="year", at_least=32, unit="学时")
    run_month()
    assert Assignment.objects.get().members_expected == 4


def test_a_month_gone_over_again_counts_all_it_ever_sent(campaign, committee):
    BranchFactory(parent=committee)
    target(campaign)
    run_month()
    target(campaign)
    again = runs.restart_run(by=Actor.system(), run=Run.objects.get())
    assert dispatch.run_dispatch(runs.claim(again.pk, 60))["assignments"] == 1
    result = Run.objects.get().result
    assert (result["assignments"], result["total"]) == (1, 2)


def test_a_personal_target_without_people_is_exempt(campaign, committee):
    BranchFactory(parent=committee)
    target(campaign, metric="life.leader_attendance", subject="leader")
    run_month()
    row = Assignment.objects.get()
    assert (row.state, row.exempt_reason) == ("exempt", "没有应参加的人员")


def test_records_that_are_already_there_are_credited(campaign, committee):
    branch = BranchFactory(parent=committee)
    FiledActivityFactory(organization=branch)
    target(campaign)
    assert run_month() == {"assignments": 1, "answered": 1, "organizations": 3}
    row = Assignment.objects.get()
    assert (row.done, row.state) == (1, "done")
    tally = Tally.objects.get()
    assert (tally.expected, tally.on_time, tally.open) == (1, 1, 0)


def test_draft_campaigns_are_not_dispatched(root, committee):
    draft = CampaignFactory(issuer=root, status="draft", published_on=None)
    BranchFactory(parent=committee)
    target(draft)
    assert run_month()["assignments"] == 0


def test_the_unit_of_each_kind(campaign, root, committee):
    branch = BranchFactory(parent=committee)
    direct = BranchFactory(parent=root)
    target(campaign, audience_kinds=[kind.value for kind in OrganizationKind])
    run_month()
    units = dict(Assignment.objects.values_list("organization_id", "unit_id"))
    assert units == {root.pk: root.pk, committee.pk: root.pk, branch.pk: committee.pk, direct.pk: root.pk}
