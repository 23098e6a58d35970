"""The whole life of an assignment by the clock, each case by itself; random stories are in ``test_life_stories``."""

from datetime import date
from decimal import Decimal

import pytest

from campaigns.actions.amendments import amend_target
from campaigns.models import Target
from campaigns.rules.amendments import TargetChange
from tests.campaigns.actions.life.model import HOURS, MEETINGS
from tests.campaigns.actions.life.steps import hand_in, meet, recounted
from tests.campaigns.actions.life.world import SYSTEM, World, at

pytestmark = pytest.mark.django_db
GRACE_ENDS, CUT_OFF_ENDS = at(4, 8, 23), at(4, 13, 23)


@pytest.fixture
def world(move_clock):
    """``move_clock`` puts the clock back when the test is over."""
    return World()


def of(world, kind, branch):
    return world.row(kind, branch)


# On time, late, missing -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "outcome"),
    [
        pytest.param(GRACE_ENDS, "on_time", id="the last day of grace"),
        pytest.param(at(4, 9, 0), "late", id="the day after"),
        pytest.param(CUT_OFF_ENDS, "late", id="the last day before the cut-off"),
        pytest.param(at(4, 14, 0), "missing", id="after the cut-off"),
    ],
)
def test_x06_grace_and_cut_off_decide_on_the_outcome(world, moment, outcome):
    world.file("一")
    world.go_to(moment)
    world.file("一", held_on=date(2026, 3, 20))
    world.go_to(at(4, 14))

    world.close()

    assert (of(world, MEETINGS, "一").outcome, of(world, MEETINGS, "二").outcome) == (outcome, "missing")
    world.check()


def test_x06_a_late_entry_after_closing_moves_only_the_live_figures(world):
    world.go_to(at(4, 14))
    world.close()
    meet(world, "一")

    row = of(world, MEETINGS, "一")
    assert (row.state, row.done, row.outcome, row.closed_done) == ("done", 2, "missing", 0)
    world.check()


def test_x06_a_return_over_the_closing_leaves_the_outcome(world):
    world.go_to(at(4, 8))
    first, _ = hand_in(world, "一")
    world.go_to(at(4, 14))
    world.close()
    world.give_back(first)

    row = of(world, MEETINGS, "一")
    assert (row.state, row.done, row.outcome, row.closed_done) == ("returned", 1, "on_time", 2)
    world.check()
    world.go_to(at(4, 20))
    world.refile(first)
    assert of(world, MEETINGS, "一").state in ("done", "pending")
    world.check()


@pytest.mark.parametrize(
    ("moment", "outcome"),
    [pytest.param(at(4, 9, 23), "on_time", id="in time"), pytest.param(at(4, 10), "late", id="too late")],
)
def test_x06_what_is_returned_keeps_its_first_filing_for_five_working_days(world, moment, outcome):
    """Returned on 1 April: Saturday to Monday are days off, so the fifth working day is the ninth."""
    first, _ = hand_in(world, "一")
    world.go_to(at(4, 1))
    world.give_back(first)
    world.go_to(moment)
    world.refile(first)
    world.go_to(at(4, 14))

    world.close()

    assert of(world, MEETINGS, "一").outcome == outcome
    world.check()


def test_x06_what_is_not_filed_again_is_missing(world):
    first, _ = hand_in(world, "一")
    world.give_back(first)
    world.go_to(at(4, 14))

    world.close()

    assert (of(world, MEETINGS, "一").outcome, of(world, MEETINGS, "一").state) == ("missing", "returned")
    world.check()


# More time, exemption, amendment --------------------------------------------------------------------------------------


def test_x05_more_time_moves_the_row_into_its_new_month(world):
    assert world.extend("一", date(2026, 4, 10))
    world.go_to(at(4, 14))
    meet(world, "一")
    world.close()

    row = of(world, MEETINGS, "一")
    assert (row.due_month, row.outcome, row.state, str(row.grace_until)) == ("2026-04", "", "done", "2026-04-17")
    world.check()


def test_x05_what_is_complete_or_closed_gets_no_more_time(world):
    meet(world, "一")
    assert not world.extend("一", date(2026, 4, 10))
    world.go_to(at(4, 14))
    world.close()
    assert not world.extend("二", date(2026, 4, 30))
    world.check()


def test_x05_an_exempt_task_stays_exempt_whatever_is_filed(world):
    assert world.exempt("一")
    meet(world, "一")
    world.go_to(at(4, 14))

    world.close()

    assert of(world, MEETINGS, "一").outcome == "exempt"
    world.check()


@pytest.mark.parametrize(
    ("on", "state"),
    [
        pytest.param(date(2026, 3, 1), "progress", id="from the running period on"),
        pytest.param(date(2026, 4, 1), "done", id="from the next period on"),
    ],
)
def test_x06_an_amendment_asks_anew_only_from_its_day_on(world, on, state):
    meet(world, "一")
    world.amend(3, on=on)

    assert of(world, MEETINGS, "一").state == state
    world.check()


def test_x06_an_amendment_leaves_what_is_closed(world):
    world.go_to(at(4, 8))
    meet(world, "一")
    world.go_to(at(4, 14))
    world.close()
    world.amend(3)

    assert (of(world, MEETINGS, "一").outcome, of(world, MEETINGS, "一").state) == ("on_time", "done")
    world.check()


# Organisations and people ---------------------------------------------------------------------------------------------


def test_x06_a_moved_branch_takes_its_open_tasks_along(world):
    meet(world, "一")
    world.move("一", "乙")

    assert of(world, MEETINGS, "一").unit == world.units["乙"]
    world.check()


def test_x06_a_closed_task_stays_with_the_unit_of_its_time(world):
    world.go_to(at(4, 14))
    world.close()
    world.move("一", "乙")

    assert of(world, MEETINGS, "一").unit == world.units["甲"]
    world.check()


def test_x06_the_records_of_an_absorbed_branch_count_for_its_successor(world):
    meet(world, "一", 1)
    meet(world, "二", 1)
    world.merge("一", "二")

    assert (of(world, MEETINGS, "一").state, of(world, MEETINGS, "二").state) == ("exempt", "done")
    hours = of(world, HOURS, "二")
    assert (hours.done, hours.members_expected, hours.state) == (4, 4, "done")
    world.check()


def test_x06_what_an_absorbed_branch_had_completed_stays_so(world):
    """But its people are asked at the successor: hours that all of them had reached are not missing at the closing."""
    meet(world, "一")
    assert of(world, HOURS, "一").state == "done"
    world.merge("一", "三")

    assert (of(world, MEETINGS, "一").state, of(world, HOURS, "一").state) == ("done", "exempt")
    world.check()
    world.go_to(at(4, 14))
    world.close()
    assert (of(world, MEETINGS, "一").outcome, of(world, HOURS, "一").outcome) == ("on_time", "exempt")
    world.check()


def test_x06_a_returned_record_of_an_absorbed_branch_counts_for_its_successor_when_filed_again(world):
    """Returned before the merger, or a draft then: what comes later is the successor's as well, without a recount."""
    first, second = hand_in(world, "一")
    world.give_back(first)
    world.withdraw(second)
    world.merge("一", "二")
    assert of(world, MEETINGS, "二").done == 0
    world.check()

    world.refile(first)
    world.refile(second)

    assert (of(world, MEETINGS, "二").done, of(world, MEETINGS, "一").state) == (2, "exempt")
    assert of(world, HOURS, "二").done == 2
    world.check()
    assert recounted() == []


def test_x06_records_of_an_absorbed_branch_follow_over_two_mergers_and_leave_again(world):
    first, second = hand_in(world, "一")
    world.give_back(first)
    world.merge("一", "二")
    world.merge("二", "三")
    world.refile(first)
    assert of(world, MEETINGS, "三").done == 2
    world.check()

    world.approve(second)
    world.give_back(first)

    assert of(world, MEETINGS, "三").done == 1
    world.check()
    assert recounted() == []


def test_x06_what_was_closed_before_the_merger_stays_without_the_records_that_came_with_it(world):
    first = world.file("一")
    world.go_to(at(4, 1))
    world.give_back(first)
    world.go_to(at(4, 14))
    world.close()
    world.merge("一", "二")

    world.refile(first)

    assert (of(world, MEETINGS, "二").done, of(world, HOURS, "二").done) == (0, 0)
    world.check()
    assert recounted() == []


def test_x06_what_was_filed_while_the_hours_are_exempt_counts_for_the_people_and_when_they_are_asked_again(world):
    """Exempt is the branch, for the time: what its people did counts for them where they are asked."""
    world.exempt("一", HOURS)
    first = world.file("一", hours=3)
    world.move_person("一1", "二")
    assert (of(world, HOURS, "一").state, of(world, HOURS, "二").done) == ("exempt", 1)
    world.check()
    assert recounted() == []

    world.approve(first)
    world.lift("一", HOURS)

    assert (of(world, HOURS, "一").state, of(world, HOURS, "一").done, of(world, HOURS, "二").done) == ("done", 1, 1)
    world.check()
    assert recounted() == []


def test_x06_an_exemption_of_a_branch_that_is_no_more_is_not_lifted(world):
    world.exempt("一")
    world.merge("一", "二")

    assert not world.lift("一")
    world.check()


def test_x06_an_amendment_leaves_what_is_complete_to_branches_that_it_leaves_out(world):
    """By another audience or by the end of the target: one rule for both."""
    meet(world, "一")
    target = Target.objects.get(lineage=world.target.lineage, ended_on=None)
    change = TargetChange("主题党日", Decimal(2), None, "", None, ("general_branch",), target.audience_group)
    amended = amend_target(by=SYSTEM, target=target, change=change, on=date(2026, 3, 1), reason="改由总支承担")

    assert [of(world, MEETINGS, name).state for name in "一二三"] == ["done", "exempt", "exempt"]
    assert amended.exempted == 2
    world.go_to(at(4, 14))
    world.close()
    assert [of(world, MEETINGS, name).outcome for name in "一二三"] == ["on_time", "exempt", "exempt"]
    assert recounted() == []


def test_x06_a_branch_split_off_owes_nothing_before_the_next_period(world):
    meet(world, "一", 1)
    world.split("一", "四", ["一1"])
    world.go_to(at(3, 20))
    meet(world, "一", 1)

    assert of(world, HOURS, "一").members_expected == 1
    assert not world.branches["四"].assignments.exists()
    world.check()


def test_x06_a_dissolved_branch_is_exempt_from_what_reaches_beyond_its_end(world):
    world.file("一")
    for person in ("一1", "一2"):
        world.move_person(person, "二")
    world.dissolve("一")

    assert of(world, MEETINGS, "一").state == "exempt"
    world.check()


def test_x06_a_member_who_moved_counts_where_he_is_with_all_that_he_did(world):
    world.file("一", hours=2)
    world.move_person("一1", "三")
    world.file("三", hours=1)

    there = of(world, HOURS, "三")
    assert (there.members_expected, there.done) == (3, 1)
    assert of(world, HOURS, "一").members_expected == 1
    world.check()


def test_x06_a_member_who_moved_twice_is_counted_anew_where_he_was_on_the_last_day(world):
    """What he did in the first branch is returned when he is in the third already: the second counts without it."""
    first = world.file("一", hours=3)
    world.move_person("一1", "二")
    world.go_to(at(4, 8))
    world.move_person("一1", "三")
    world.file("二", hours=3, people={"二1", "二2"})
    assert of(world, HOURS, "二").done == 3

    world.give_back(first)

    assert (of(world, HOURS, "二").done, of(world, HOURS, "二").members_expected) == (2, 3)
    world.check()
