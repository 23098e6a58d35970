"""`kill -9` of the worker in the middle of a dispatch, and a new start: exactly the right rows."""

import time
from collections import Counter

import pytest
from django.db import connection

from branches.models import Organization
from branches.permissions import Actor
from campaigns.actions import dispatch
from campaigns.models import Assignment, Tally
from campaigns.queries.terms import due_targets
from desk.actions import cycles
from office.models import Run, RunPiece
from office.queries.calendar import workday_checker
from office.queries.rules import rule_table
from partybuild.lib import clock, periods
from tests.factories.branches import BranchFactory, CommitteeFactory, OrganizationFactory
from tests.factories.campaigns import CampaignFactory, DimensionFactory, TargetFactory, TaskFactory

COMMITTEES, BRANCHES, TARGETS = 40, 25, 30
MARCH = periods.parse("2026-03")
SECONDS = 90
KEY = "ON CONFLICT (lineage, organization_id, period) DO NOTHING"


def make_world(committees=COMMITTEES, branches=BRANCHES, targets=TARGETS):
    root = OrganizationFactory()
    for _ in range(committees):
        committee = CommitteeFactory(parent=root)
        for _ in range(branches):
            BranchFactory(parent=committee)
    campaign = CampaignFactory(issuer=root)
    task = TaskFactory(campaign=campaign, dimension=DimensionFactory(campaign=campaign))
    for _ in range(targets):
        TargetFactory(task=task)
    return campaign


def is_exact():
    """Each target once for each branch, and the counts agree."""
    rows = Counter(Assignment.objects.values_list("organization_id", "target_id"))
    branches = Organization.objects.filter(kind="branch").count()
    expected = sum(Tally.objects.values_list("expected", flat=True))
    return set(rows.values()) == {1} and len(rows) == branches * TARGETS == expected


def wait_until(holds):
    deadline = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < deadline, "it did not come about in time"
        time.sleep(0.01)


@pytest.mark.slow
def test_a_killed_dispatch_ends_with_exactly_the_right_rows(new_celery_worker, move_clock):
    move_clock("2026-03-02T08:00:00+08:00")
    make_world()
    worker = new_celery_worker()
    run = cycles.start_dispatch(by=Actor.system(), month=MARCH)
    wait_until(lambda: RunPiece.objects.filter(run=run).count() >= 3)
    worker.kill()
    assert 0 < RunPiece.objects.filter(run=run).count() < COMMITTEES
    # The negative control: without the new start the check fails.
    assert not is_exact()

    move_clock("2026-03-02T08:10:00+08:00")  # the dead worker's lease has ended
    new_celery_worker()
    cycles.tick(by=Actor.system())
    wait_until(lambda: Run.objects.get(pk=run.pk).status == "done")
    assert is_exact()
    assert Run.objects.get(pk=run.pk).result["assignments"] == COMMITTEES * BRANCHES * TARGETS


@pytest.mark.django_db
def test_one_statement_for_each_unit_and_no_row_changed_the_second_time(move_clock, django_assert_num_queries):
    move_clock("2026-03-02T08:00:00+08:00")
    campaign = make_world(committees=4, branches=250)
    rules = rule_table(clock.today())
    due = due_targets([campaign], MARCH, rules, workday_checker())
    work = {unit: branches for unit, branches in dispatch.pieces(due).items() if len(branches) == 250}
    assert len(work) == 4
    with dispatch.by_index():
        for unit, branches in work.items():
            with django_assert_num_queries(1):
                assert len(dispatch.insert_assignments(unit, branches, due, rules)) == 250 * TARGETS
        before = _fingerprint()
        for unit, branches in work.items():
            assert dispatch.insert_assignments(unit, branches, due, rules) == []
    assert _fingerprint() == before


@pytest.mark.django_db
def test_the_check_sees_doubled_rows_when_the_protection_is_taken_out(move_clock):
    """The negative control of the test above: the statement without its anti-join and its unique key doubles rows."""
    move_clock("2026-03-02T08:00:00+08:00")
    campaign = make_world(committees=1, branches=2)
    rules = rule_table(clock.today())
    due = due_targets([campaign], MARCH, rules, workday_checker())
    work = dispatch.pieces(due)
    protected = dispatch.DISPATCH
    unprotected = protected.replace("WHERE there.id IS NULL", "").replace(KEY, "")
    assert len(unprotected) == len(protected) - len("WHERE there.id IS NULL") - len(KEY)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE campaigns_assignment DROP CONSTRAINT assignment_once")
    try:
        dispatch.DISPATCH = unprotected
        before = Assignment.objects.count()
        for _ in range(2):
            for unit, branches in work.items():
                dispatch.insert_assignments(unit, branches, due, rules)
    finally:
        dispatch.DISPATCH = protected
    assert Assignment.objects.count() == before + 2 * 2 * TARGETS
    assert not is_exact()


def _fingerprint():
    """Every row with the transaction that wrote it: an update, even of nothing, would show."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), md5(string_agg(xmin::text || id::text, ',' ORDER BY id)) FROM campaigns_assignment"
        )
        return cursor.fetchone()
