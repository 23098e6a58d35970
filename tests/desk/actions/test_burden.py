"""The burden before a dispatch: counted by a dispatch of which nothing is kept."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from branches.permissions import Actor
from campaigns.actions.dispatch import request_dispatch, run_dispatch
from campaigns.enums import Subject
from campaigns.models import Assignment, Credit, Tally
from desk.actions.burden import estimate
from office.actions import runs
from office.models import Run
from partybuild.lib import periods
from tests.factories.campaigns import ChecklistItemFactory, FiledActivityFactory, TargetFactory, TaskFactory
from tests.factories.desk import make_district
from tests.factories.members import make_roster
from tests.factories.office import RuleFactory

pytestmark = pytest.mark.django_db
MARCH = periods.parse("2026-03")


@pytest.fixture(autouse=True)
def _first_working_day(move_clock):
    move_clock("2026-03-02T09:00:00+08:00")


@pytest.fixture
def district():
    """Five branches, each asked for three theme days by two campaigns; one has held one already."""
    made = make_district()
    FiledActivityFactory(organization=made.branches[0], held_on=date(2026, 3, 1))
    return made


def test_a_dispatch_is_counted_and_not_kept(district):
    found = estimate(MARCH)
    assert (found.organizations, found.assignments, found.by_records, found.by_checklist) == (5, 15, 15, 0)
    assert (found.answered, found.records, found.fields, found.files) == (3, 4, 20, 0)
    assert found.hours == 0.7
    assert not Assignment.objects.exists()
    assert not Credit.objects.exists()
    assert not Tally.objects.exists()
    assert not Run.objects.exists()


def test_it_foretells_what_the_dispatch_then_does(district):
    foretold = estimate(MARCH)
    run = runs.claim(request_dispatch(by=Actor.system(), month=MARCH).pk, 60)
    done = run_dispatch(run)
    assert (done["assignments"], done["answered"]) == (foretold.assignments, foretold.answered)
    assert estimate(MARCH).assignments == 0


def test_only_what_is_new_is_counted(district):
    run = runs.claim(request_dispatch(by=Actor.system(), month=MARCH).pk, 60)
    run_dispatch(run)
    TargetFactory(task=TaskFactory(campaign=district.campaign), metric="talk.heart", title="谈心谈话")
    found = estimate(MARCH)
    assert (found.assignments, found.organizations, found.records) == (5, 5, 5)


def test_checklists_ask_for_boxes_and_files(district):
    task = TaskFactory(campaign=district.campaign)
    TargetFactory(task=task, metric="manual", title="专题部署", audience_kinds=["committee"])
    for needs_evidence in (True, False, True):
        ChecklistItemFactory(task=task, needs_evidence=needs_evidence)
    before = estimate(MARCH)
    assert (before.by_checklist, before.files, before.fields) == (2, 4, 20 + 6)


def test_times_come_from_the_rule_table(district):
    usual = estimate(MARCH).minutes
    RuleFactory(code="burden.minutes_per_record", value=30, effective_from=date(2026, 3, 1))
    assert (usual, estimate(MARCH).minutes) == (40, 120)


def test_people_of_a_branch_are_served_together(district):
    make_roster(district.branches[1], 5)
    task = TaskFactory(campaign=district.campaign)
    TargetFactory(task=task, metric="study.hours", subject=Subject.MEMBER, at_least=Decimal(8), unit="学时",
                  title="学时")  # fmt: skip
    found = estimate(MARCH)
    assert (found.assignments, found.exempt, found.records) == (20, 4, 5)


def test_queries_follow_the_units_and_not_the_branches():
    def queries(branches):
        make_district(1, branches)
        with CaptureQueriesContext(connection) as captured:
            estimate(MARCH)
        return len(captured)

    few = queries(1)
    many = queries(6)
    # Two units of the second district come on top, and a lock for each of its organisations.
    assert many - few <= few
