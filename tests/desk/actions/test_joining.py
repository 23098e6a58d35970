"""Open personal tasks follow who comes to a roster by hand, by vote or by import."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from branches.actions.uploads import import_table
from branches.permissions import Actor
from campaigns.enums import Subject
from campaigns.models import Assignment
from desk.actions import cycles
from desk.actions.joining import create_member, decide, record_vote, recount_imported
from members.actions.imports import IMPORTER
from members.enums import Resolution
from members.models import Member, Membership
from members.rules.imports import COLUMNS
from partybuild.lib import clock, periods
from tests.factories.branches import BranchFactory
from tests.factories.campaigns import AssignmentFactory, TargetFactory
from tests.factories.development import BALLOT, DAYS, drive, make_file, papers_of, prepare
from tests.factories.members import id_number, make_roster
from tests.factories.workbooks import table_of

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system()


def personal(branch, key="", **fields):
    """Hours of study of each member of the branch, owed for a month (that which the clock shows) by who is there for
    the whole of it."""
    target = TargetFactory(metric="study.hours", subject=Subject.MEMBER)
    month = periods.parse(key or f"{clock.today():%Y-%m}")
    return AssignmentFactory(
        target=target, organization=branch, metric="study.hours", subject=Subject.MEMBER, period=month.key,
        starts_on=month.starts_on, ends_on=month.ends_on, due_on=month.ends_on, due_month=month.key,
        grace_until=date(2099, 1, 1), cut_off_on=date(2099, 1, 1), **fields,
    )  # fmt: skip


def owed_for(row):
    return Assignment.objects.get(pk=row.pk).members_expected


def give_vote(file, **changed):
    return record_vote(
        by=SYSTEM, file=file, code="vote", held_on=DAYS["vote"], ballot=BALLOT, people="周敏",
        resolution=Resolution.ADMIT, papers=papers_of("vote"), **changed,
    )  # fmt: skip


def test_o06_a_new_member_is_owed_for_at_once(move_clock):
    move_clock("2026-03-16T09:00:00+08:00")
    branch = BranchFactory()
    make_roster(branch, 2)
    row, other = personal(branch), personal(BranchFactory())

    create_member(by=SYSTEM, organization=branch, starts_on=date(2026, 3, 1), name="陈晓", sex="female", kind="full",
                  joined_on=date(2020, 1, 1))  # fmt: skip

    assert (owed_for(row), owed_for(other)) == (3, None)


def test_o06_a_refused_member_leaves_no_trace(move_clock):
    move_clock("2026-03-16T09:00:00+08:00")
    branch = BranchFactory()

    with pytest.raises(ValidationError):
        create_member(by=SYSTEM, organization=branch.parent, starts_on=date(2026, 3, 10), name="陈晓", sex="female",
                      kind="full", joined_on=date(2020, 1, 1))  # fmt: skip

    assert not Member.objects.exists()


def test_o05_whom_the_branch_takes_in_is_owed_for(move_clock):
    move_clock(f"{DAYS['vote'].isoformat()}T10:00:00+08:00")
    branch = BranchFactory()
    file = make_file(branch)
    drive(file, "vote")
    prepare(file, "vote")
    row = personal(branch, "2024-07")
    before = Membership.objects.filter(organization=branch, ends_on=None).count()

    give_vote(file)

    assert owed_for(row) == before + 1


def test_o05_who_is_not_approved_is_owed_for_no_more(move_clock):
    move_clock(f"{DAYS['approval'].isoformat()}T10:00:00+08:00")
    branch = BranchFactory()
    file = drive(make_file(branch), "approval")
    row = personal(branch, members_expected=99)
    before = Membership.objects.filter(organization=branch, ends_on=None).count()

    decide(by=SYSTEM, file=file, kind="approval", is_agreed=False, decided_on=DAYS["approval"], people="周敏",
           opinion="不同意。", papers=papers_of("approval"))  # fmt: skip

    assert owed_for(row) == before - 1


@pytest.fixture
def taken(tmp_path, move_clock):
    """Two members imported on 16 March into a branch with a personal task."""
    move_clock("2026-03-16T09:00:00+08:00")
    branch = BranchFactory(name="第一党支部")
    row = personal(branch)
    lines = [
        (name, "男", id_number(n, born_on=date(1980, 5, 6)), "第一党支部", "2010.07")
        for n, name in enumerate(("陈晓", "刘宁"), 1)
    ]
    table = table_of(tmp_path, COLUMNS, ("姓名", "性别", "身份证号码", "所在党支部", "入党日期"), lines)
    assert import_table(by=SYSTEM, importer=IMPORTER, table=table, under=branch.parent).created == 2
    return row


def test_o06_the_daily_run_counts_what_an_import_brought(taken, move_clock):
    assert owed_for(taken) is None
    move_clock("2026-03-17T00:05:00+08:00")

    for run_id in cycles.tick(by=SYSTEM):
        cycles.do_run(run_id)

    assert owed_for(taken) == 2


def test_o06_counted_again_nothing_changes(taken):
    assert recount_imported(on=date(2026, 3, 17)) == 1
    before = list(Assignment.objects.values())

    assert recount_imported(on=date(2026, 3, 17)) == 1
    assert list(Assignment.objects.values()) == before


def test_o06_an_import_of_before_the_last_run_is_not_counted_again(taken, move_clock):
    move_clock("2026-03-17T00:05:00+08:00")
    for run_id in cycles.tick(by=SYSTEM):
        cycles.do_run(run_id)

    assert recount_imported(on=date(2026, 3, 18)) == 0
