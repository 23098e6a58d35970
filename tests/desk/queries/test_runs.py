"""The months and their runs."""

from datetime import date

import pytest

from branches.enums import Role
from branches.permissions import Grant, Scope
from desk.queries.runs import expected_units, may_act, month_lines
from office.enums import Job
from tests.factories.desk import make_district, stand
from tests.factories.office import RunFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 20)


def scope(path="1/", role=Role.STAFF):
    return Scope(user_id=1, grant=Grant(1, 1, path, role))


@pytest.mark.parametrize(
    ("path", "role", "may"),
    [("1/", Role.STAFF, True), ("1/2/", Role.STAFF, False), ("1/", Role.LEADER, False), ("1/", Role.SYSADMIN, False)],
)
def test_who_starts_runs(path, role, may):
    assert may_act(scope(path, role)) is may


def test_nobody_without_a_post_starts_runs():
    assert not may_act(Scope(user_id=1))


def test_without_campaigns_there_is_this_month_alone():
    assert [line.month.key for line in month_lines(scope(), TODAY)] == ["2026-03"]


def test_the_months_reach_back_to_the_first_publication_and_on_to_the_last_run():
    make_district()
    RunFactory(job=Job.DISPATCH, period="2026-04")
    assert [line.month.key for line in month_lines(scope(), TODAY)] == ["2026-04", "2026-03", "2026-02", "2026-01"]


def test_runs_of_other_jobs_and_of_one_campaign_are_left_out():
    RunFactory(job=Job.MIDYEAR, period="2026H1")
    RunFactory(job=Job.DISPATCH, period="2026-03", subject="SX-2026")
    line = month_lines(scope(), TODAY)[0]
    assert (line.dispatch, line.close, line.bulletin) == (None, None, None)


def test_the_units_that_a_run_goes_over():
    district = make_district()
    stand(district.branches[0], district.targets[0], "2026-02")
    units = {district.root.pk, *(unit.pk for unit in district.committees)}
    assert expected_units(RunFactory(job=Job.DISPATCH, period="2026-03")) == units
    assert expected_units(RunFactory(job=Job.CLOSE, period="2026-02")) == {district.committees[0].pk}
    assert expected_units(RunFactory(job=Job.BULLETIN, period="2026-02")) == set()
