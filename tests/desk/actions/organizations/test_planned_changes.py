"""Changes of organisations on a day to come: planned, cancelled, carried out by the run of the day."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from branches.models import AuditEntry, Organization, OrganizationChange, PlannedChange
from branches.queries.access import scope_of
from branches.queries.tree_history import PastTree
from campaigns.models import Assignment
from desk.actions import cycles
from desk.actions.memberships import move_member
from desk.actions.planned_changes import cancel_plan, carry_out, carry_out_due, plan_change
from members.models import Membership
from office.enums import Job, RunStatus
from office.models import Notice, Run
from partybuild.lib import clock
from tests.desk.actions.organizations.helpers import SYSTEM, due, read
from tests.factories.branches import BranchFactory, actor, make_user_with_post
from tests.factories.campaigns import CampaignFactory, TargetFactory, TaskFactory
from tests.factories.members import make_roster
from tests.factories.office import RunFactory

pytestmark = pytest.mark.django_db

APRIL = date(2026, 4, 1)


@pytest.fixture
def clerk(root):
    return make_user_with_post("staff", root)


def plan(kind, organization, by=SYSTEM, on=APRIL, **arguments):
    return plan_change(by=by, kind=kind, organization=organization, effective_on=on, reason="机构改革", **arguments)[0]


def tick_and_work():
    for run_id in cycles.tick(by=SYSTEM):
        cycles.do_run(run_id)


def on_the_day(move_clock, day=APRIL):
    move_clock(f"{day.isoformat()}T00:05:00+08:00")
    tick_and_work()


def now(row):
    return type(row).objects.get(pk=row.pk)


def test_o01_a_planned_renaming_waits_for_its_day(branch, clerk, move_clock):
    made = plan("rename", branch, by=actor(clerk), name="新支部", short_name="")

    move_clock("2026-03-31T23:00:00+08:00")
    tick_and_work()
    assert now(branch).name == branch.name
    on_the_day(move_clock)

    assert now(branch).name == "新支部"
    done = now(made)
    assert (done.state, done.change.effective_on, done.change.kind) == ("done", APRIL, "renamed")
    assert AuditEntry.objects.get(verb="党组织更名").user_id == clerk.pk


def test_o01_each_kind_is_carried_out(root, one, two, branch, move_clock):
    people = make_roster(branch, 3)
    other = BranchFactory(parent=one)
    empty = BranchFactory(parent=two)
    plan("split", branch, fields={"name": "二支部", "short_name": "", "code": ""}, members=[people[0].pk])
    plan("move", other, parent=two)
    plan("dissolve", empty)
    plan("merge", one, successor=two, on=date(2026, 4, 2))

    on_the_day(move_clock)
    made = Organization.objects.get(name="二支部")
    assert (now(other).parent, now(empty).dissolved_on, made.parent) == (two, APRIL, one)
    on_the_day(move_clock, date(2026, 4, 2))

    assert {each.parent for each in (now(branch), now(made), now(other))} == {two}
    assert sorted(PlannedChange.objects.values_list("state", flat=True)) == ["done"] * 4
    assert list(Membership.objects.filter(organization=made).values_list("member", flat=True)) == [people[0].pk]


def test_o01_a_day_that_was_missed_is_made_up_for_as_of_that_day(branch, move_clock):
    plan("rename", branch, name="新支部", short_name="")

    on_the_day(move_clock, date(2026, 4, 9))

    assert OrganizationChange.objects.get(organization=branch).effective_on == APRIL


def test_o01_oldest_first_one_upon_the_other(one, two, branch, move_clock):
    late = plan("rename", branch, on=date(2026, 4, 3), name="第二次", short_name="")
    early = plan("rename", branch, on=date(2026, 4, 2), name="第一次", short_name="")

    on_the_day(move_clock, date(2026, 4, 6))

    assert [now(early).state, now(late).state, now(branch).name] == ["done", "done", "第二次"]


def test_o01_done_twice_it_changes_nothing(branch, clerk, move_clock):
    made = plan("rename", branch, by=actor(clerk), name="新支部", short_name="")
    on_the_day(move_clock)
    before = list(OrganizationChange.objects.values()), list(PlannedChange.objects.values()), Notice.objects.count()

    tick_and_work()
    assert carry_out(made.pk, on=APRIL) == ""
    assert carry_out_due(on=APRIL) == {"done": 0, "failed": 0}

    assert before == (
        list(OrganizationChange.objects.values()), list(PlannedChange.objects.values()), Notice.objects.count(),
    )  # fmt: skip


def test_o01_what_has_become_impossible_fails_with_its_reason(branch, clerk, move_clock):
    made = plan("dissolve", branch, by=actor(clerk))
    make_roster(branch, 2)
    other = plan("rename", branch, name="照常", short_name="")

    on_the_day(move_clock)

    failed = now(made)
    assert (failed.state, failed.change) == ("failed", None)
    assert "名册上还有 2 名党员" in failed.outcome
    assert now(branch).dissolved_on is None
    assert now(other).state == "done"
    told = Notice.objects.get(user=clerk)
    assert "未能办理" in told.text
    assert AuditEntry.objects.filter(verb="待生效的变更未能办理", user_id=clerk.pk).count() == 1
    tick_and_work()
    assert now(made).state == "failed"


def test_o01_a_member_who_left_in_between_fails_the_split(one, branch, move_clock):
    people = make_roster(branch, 3)
    made = plan("split", branch, fields={"name": "二支部", "short_name": "", "code": ""}, members=[people[0].pk])
    move_member(by=SYSTEM, member=people[0], to=BranchFactory(parent=one), on=date(2026, 3, 16), reason="")

    on_the_day(move_clock)

    assert now(made).state == "failed"
    assert not Organization.objects.filter(name="二支部").exists()


def test_o01_what_left_the_planners_part_of_the_tree_is_not_touched(one, two, branch, move_clock):
    clerk = make_user_with_post("staff", one)
    made = plan("rename", branch, by=actor(clerk), name="新支部", short_name="")
    plan("move", branch, on=date(2026, 3, 20), parent=two)

    on_the_day(move_clock)

    assert now(made).state == "failed"
    assert "管理范围" in now(made).outcome
    assert now(branch).name != "新支部"


def test_o01_a_cancelled_one_is_not_carried_out(branch, clerk, move_clock):
    made = plan("rename", branch, name="新支部", short_name="")
    with pytest.raises(ValidationError, match="取消原因"):
        cancel_plan(by=actor(clerk), plan=made, note=" ")

    cancel_plan(by=actor(clerk), plan=made, note="方案调整")
    on_the_day(move_clock)

    assert (now(made).state, now(made).outcome, now(branch).name) == ("cancelled", "方案调整", branch.name)
    with pytest.raises(ValidationError, match="已取消"):
        cancel_plan(by=actor(clerk), plan=made, note="再次")


def test_o01_planning_tells_what_is_in_the_way_and_leaves_no_trace(branch):
    make_roster(branch, 1)
    before = branch.path, OrganizationChange.objects.count()

    made, obstacle = plan_change(by=SYSTEM, kind="dissolve", organization=branch, effective_on=APRIL, reason="撤销")

    assert "名册上还有 1 名党员" in obstacle
    assert made.state == "planned"
    assert (now(branch).path, OrganizationChange.objects.count(), now(branch).dissolved_on) == (*before, None)
    assert not AuditEntry.objects.filter(verb="撤销党组织").exists()


@pytest.mark.parametrize(
    ("kind", "arguments", "words"),
    [
        ("move", "parent", "不能移到自己"),
        ("merge", "successor", "不能并入自己"),
    ],
)
def test_o01_a_mistake_is_refused_when_it_is_planned(one, kind, arguments, words):
    below = BranchFactory(parent=one)

    with pytest.raises(ValidationError, match=words):
        plan(kind, one, **{arguments: below})

    assert not PlannedChange.objects.exists()


def test_o01_what_cannot_be_planned(root, one, branch, clerk):
    secretary = make_user_with_post("staff", branch)
    with pytest.raises(ValidationError, match="今天以后"):
        plan("rename", branch, on=clock.today(), name="新支部", short_name="")
    with pytest.raises(ValidationError, match="最上级"):
        plan("dissolve", root)
    with pytest.raises(ValidationError, match="自己任职"):
        plan("dissolve", branch, by=actor(secretary))
    plan("rename", branch, name="新支部", short_name="")
    with pytest.raises(ValidationError, match="已有待生效的更名"):
        plan("rename", branch, name="别名", short_name="")


def test_o01_open_assignments_follow_on_the_day(two, branch, target, move_clock):
    row = due(branch, target)
    plan("move", branch, parent=two)

    on_the_day(move_clock)

    assert (read(row).unit_id, read(row).organization_id) == (two.pk, branch.pk)


def test_o01_a_closing_under_way_is_waited_for(branch, move_clock):
    made = plan("rename", branch, name="新支部", short_name="")
    running = RunFactory(job=Job.CLOSE, period="2026-02", status="running", lease_until="2026-04-01T01:00+08:00")

    on_the_day(move_clock)
    assert now(made).state == "planned"
    Run.objects.filter(pk=running.pk).update(status=RunStatus.DONE, finished_at=clock.now(), lease_until=None)
    tick_and_work()

    assert now(made).state == "done"


def test_o01_at_the_turn_of_the_year_the_change_comes_before_the_dispatch(root, one, branch, target, clerk, move_clock):
    """What is split off on 1 January has its tasks from January on; December's stay where they were."""
    people = make_roster(branch, 4)
    next_year = CampaignFactory(issuer=root, year=2027, published_on=date(2026, 12, 10))
    TargetFactory(task=TaskFactory(campaign=next_year))
    move_clock("2026-12-15T09:00:00+08:00")
    tick_and_work()
    december = set(Assignment.objects.values_list("pk", "organization_id", "unit_id"))
    made = plan(
        "split", branch, on=date(2027, 1, 1), fields={"name": "二支部", "short_name": "", "code": ""},
        members=[people[0].pk],
    )  # fmt: skip

    move_clock("2027-01-04T08:00:00+08:00")
    tick_and_work()
    tick_and_work()

    new = now(made).change.other
    assert new.founded_on == date(2027, 1, 1)
    assert Assignment.objects.filter(organization=new, period="2027-01").exists()
    assert december <= set(Assignment.objects.values_list("pk", "organization_id", "unit_id"))
    assert not Assignment.objects.filter(organization=new, period__lt="2027-01").exists()
    scope = scope_of(clerk.pk, date(2027, 1, 4))
    assert PastTree(scope, date(2026, 12, 31)).count + 1 == PastTree(scope, date(2027, 1, 1)).count
