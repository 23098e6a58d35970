"""The named meetings that full-time deputies sat in on."""

from datetime import date

import pytest

from branches.queries.access import scope_of
from campaigns.queries.attendance import sheet_for
from campaigns.queries.sit_ins import export_rows, sit_in_figures, sit_in_lines
from tests.factories.branches import CommitteeFactory, OrganizationFactory, make_user_with_post
from tests.factories.campaigns import AttendanceFactory, FiledActivityFactory
from tests.factories.terms import PartyWorkerFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 20)


@pytest.fixture(autouse=True)
def _in_march(move_clock):
    move_clock("2026-03-20T09:00:00+08:00")


@pytest.fixture
def group():
    """The 党组 of a unit; its 机关党委 stands below it."""
    return CommitteeFactory(parent=OrganizationFactory(), kind="leading_group", name="区发改局党组")


@pytest.fixture
def deputy(group):
    return PartyWorkerFactory(organization=CommitteeFactory(parent=group), starts_on=date(2026, 2, 1))


def meeting(organization, day, **fields):
    return FiledActivityFactory(
        organization=organization, kind=fields.pop("kind", "committee_meeting"), held_on=day, **fields
    )


def lines(place, **filters):
    return sit_in_lines(scope_of(make_user_with_post("staff", place), DAY), **filters)


def test_o12_present_or_named_in_the_minutes_is_counted(group, deputy):
    there = meeting(deputy.organization, date(2026, 2, 10))
    AttendanceFactory(activity=there, member=deputy.member)
    meeting(group, date(2026, 3, 2), kind="democratic_life", minutes=f"列席：{deputy.member.name}。")
    missed = meeting(group, date(2026, 3, 5), title="党组会议")

    (line,) = lines(group.parent)

    assert (line.worker, line.meetings, line.attended, line.absent, line.is_short) == (deputy, 3, 2, (missed,), True)
    assert next(iter(export_rows([line])))[4:] == [3, 2, f"2026-03-05 {missed}"]


def test_o12_only_named_meetings_of_his_time_and_unit_are_asked_for(group, deputy):
    meeting(deputy.organization, date(2026, 1, 20))
    meeting(deputy.organization, date(2026, 3, 5), kind="theme_day")
    meeting(CommitteeFactory(parent=group.parent), date(2026, 3, 5))
    meeting(deputy.organization, date(2026, 3, 6), status="returned")

    (line,) = lines(group.parent)

    assert (line.meetings, line.is_short) == (0, False)


def test_o12_the_year_and_the_tree_are_chosen(group, deputy):
    assert lines(group.parent, year=2025) == []
    assert lines(group.parent, organization=CommitteeFactory(parent=group.parent)) == []
    assert [line.worker for line in lines(group.parent, organization=group)] == [deputy]


def test_o12_the_hub_tells_who_was_missing(group, deputy):
    meeting(group, date(2026, 3, 5))

    figures = sit_in_figures(scope_of(make_user_with_post("staff", group.parent), DAY))

    assert (figures.total, figures.missing, figures.query) == (1, 1, "?state=short")


def test_o12_only_those_who_were_missing_are_listed(group, deputy):
    there = PartyWorkerFactory(organization=CommitteeFactory(parent=group.parent), starts_on=date(2026, 2, 1))
    meeting(group, date(2026, 3, 5))

    assert [line.worker for line in lines(group.parent, state="short")] == [deputy]
    assert {line.worker for line in lines(group.parent)} == {deputy, there}


def test_o12_he_is_offered_on_the_sheet_of_the_named_meetings(group, deputy):
    people = {person.member_id: person for person in sheet_for(group, "committee_meeting", DAY).people}

    assert deputy.member_id in people
    assert not people[deputy.member_id].in_committee
    assert deputy.member_id not in sheet_for(group, "report_hearing", DAY).ids


@pytest.mark.parametrize("count", [1, 3])
def test_o12_the_number_of_queries_does_not_grow(count, group, django_assert_num_queries):
    for _ in range(count):
        worker = PartyWorkerFactory(organization=CommitteeFactory(parent=group))
        meeting(worker.organization, date(2026, 3, 5))
    scope = scope_of(make_user_with_post("staff", group.parent), DAY)
    with django_assert_num_queries(4):
        assert len(sit_in_lines(scope)) == count
