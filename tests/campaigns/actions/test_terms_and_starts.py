"""Elections so many months before the end of a term (N19), and who has started with a campaign (N25)."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from campaigns.actions import branch_plans, crediting, fact_watch
from campaigns.enums import AssignmentState
from campaigns.models import Assignment, Credit, FactMark
from campaigns.queries.recount import differences
from campaigns.rules.facts import Fact, brought_forward, months_ahead
from partybuild.lib.clock import ZONE
from partybuild.lib.dates import add_months
from tests.campaigns.actions.test_fact_watch import elect, fresh, look
from tests.factories.branches import BranchFactory, CommitteeFactory, actor, make_user_with_post
from tests.factories.campaigns import CampaignFactory, FiledActivityFactory, TargetFactory, due
from tests.factories.members import make_roster
from tests.factories.terms import TermFactory

pytestmark = pytest.mark.django_db
YEAR = {"period": "2026", "starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}
START = datetime(2026, 1, 1, tzinfo=ZONE)


@pytest.fixture(autouse=True)
def _in_march(move_clock):
    move_clock("2026-03-20T09:00:00+08:00")
    FactMark.objects.create(pk=1, below_transaction=0)


@pytest.fixture
def committee():
    return CommitteeFactory()


@pytest.fixture
def branch(committee):
    return BranchFactory(parent=committee)


@pytest.fixture
def staff(committee):
    return actor(make_user_with_post("staff", committee))


@pytest.fixture
def secretary(branch):
    return actor(make_user_with_post("secretary", branch))


def election_before(branch, months):
    campaign = CampaignFactory(issuer=branch.parent)
    return TargetFactory(task__campaign=campaign, metric="term.election", period="term", before_term_end_months=months)


def test_n19_an_election_is_due_so_many_months_before_the_end_of_the_term(branch, staff):
    """届满前6个月: a term that ends on 12 September is due on 12 March, and nothing is asked for in September."""
    target = election_before(branch, 6)
    TermFactory(organization=branch, elected_on=date(2023, 9, 12))
    TermFactory(organization=BranchFactory(parent=branch.parent), elected_on=date(2023, 3, 28))

    fact_watch.recount_open(by=staff)

    row = Assignment.objects.get(target=target)
    assert (row.organization, row.period, row.due_month) == (branch, "term:2026-03", "2026-03")
    assert (row.due_on, row.grace_until) == (date(2026, 3, 12), date(2026, 3, 19))
    credit = Credit.objects.get()
    assert (credit.held_on, credit.text) == (
        date(2026, 3, 12), "2026年9月12日届满换届，应于2026年3月12日前办理",
    )  # fmt: skip


def test_n19_an_early_election_counts_on_its_day(branch, staff):
    target = election_before(branch, 6)
    people = make_roster(branch, 4)
    TermFactory(organization=branch, elected_on=date(2023, 9, 12))
    fact_watch.recount_open(by=staff)
    elect(staff, branch, people, approval="同意提前换届")
    look(staff)

    row = Assignment.objects.get(target=target)
    assert (row.state, row.completed_at.date()) == (AssignmentState.DONE, date(2026, 3, 17))
    assert differences("2026-03") == []


@pytest.mark.parametrize(
    ("ends_on", "months", "due_on"),
    [
        pytest.param(date(2026, 8, 31), 6, date(2026, 2, 28), id="no such day in the earlier month"),
        pytest.param(date(2027, 3, 15), 12, date(2026, 3, 15), id="a year before"),
        pytest.param(date(2026, 3, 31), 1, date(2026, 2, 28), id="the last day"),
    ],
)
def test_n19_the_month_before_is_that_of_the_day_before(ends_on, months, due_on):
    fact = Fact("term:1", 1, ends_on, START, Decimal(1), "换届")
    start = due_on.replace(day=1)
    span = months_ahead(start, add_months(start, 1) - timedelta(days=1), months)

    assert span[0] <= ends_on <= span[1]
    assert brought_forward(fact, months).held_on == due_on


def test_n25_an_organisation_has_started_when_the_first_thing_that_it_hands_in_is_there(branch, staff, secretary):
    """3月全覆盖启动: by a record that counts for another task of the campaign; of another campaign it is no sign."""
    campaign = CampaignFactory(issuer=branch.parent)
    started, other = due(branch, "coverage.started", campaign, **YEAR), due(branch, "coverage.started", **YEAR)
    due(branch, "activity.theme_day", campaign)
    crediting.credit_activity(FiledActivityFactory(organization=branch, title="三月主题党日"))
    fact_watch.recount_open(by=staff)

    assert (fresh(started).state, fresh(other).state) == (AssignmentState.DONE, AssignmentState.OPEN)
    credit = Credit.objects.get(assignment=started, counted=True)
    assert credit.text == "已启动：活动记录“三月主题党日”"
    assert differences(started.due_month) == []


def test_n25_a_plan_that_is_handed_in_is_a_start_at_once_and_one_sent_back_is_none(branch, staff, secretary):
    row = due(branch, "coverage.started", **YEAR)
    plan = branch_plans.write_plan(
        by=secretary, organization=branch, year=2026, title="2026年度计划", text="围绕中心工作。"
    )
    branch_plans.add_item(
        by=secretary, plan=plan, month=3, day=None, kind="theme_day", title="主题党日", responsible=None
    )
    assert fresh(row).state == AssignmentState.OPEN
    branch_plans.submit_plan(by=secretary, plan=plan)
    assert fresh(row).state == AssignmentState.DONE

    branch_plans.return_plan(by=staff, plan=plan, remark="请细化措施。")

    assert fresh(row).state == AssignmentState.OPEN
