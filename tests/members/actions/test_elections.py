"""An election held (N19)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from branches.permissions import Actor
from members.actions.elections import hold_election
from members.models import Office, Term
from members.rules.terms import Seat, Turnout
from tests.factories.branches import BranchFactory, CommitteeFactory
from tests.factories.members import MemberFactory, OfficeFactory, make_roster
from tests.factories.terms import TermExtensionFactory, TermFactory

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system()
DAY = date(2026, 11, 10)
ALL_CAME = Turnout(8, 8, 8, 8)


@pytest.fixture(autouse=True)
def today(move_clock):
    move_clock("2026-11-20T10:00:00+08:00")


@pytest.fixture
def branch():
    return BranchFactory(name="一支部")


@pytest.fixture
def roster(branch):
    return make_roster(branch, 8)


def three(roster, votes=8):
    kinds = ("secretary", "deputy_secretary", "committee_member")
    return [Seat(member.pk, kind, votes=votes) for member, kind in zip(roster, kinds, strict=False)]


def hold(branch, seats, **kwargs):
    given = {"elected_on": DAY, "turnout": ALL_CAME, **kwargs}
    return hold_election(by=SYSTEM, organization=branch, seats=seats, **given)


def test_n19_the_old_term_ends_with_its_offices_and_the_new_one_opens_with_those_elected(branch, roster, trail):
    old = TermFactory(organization=branch, elected_on=date(2023, 11, 1))
    secretary = OfficeFactory(organization=branch, member=roster[0])
    leader = OfficeFactory(organization=branch, member=roster[5], kind="leader")

    term = hold(branch, three(roster))

    old.refresh_from_db()
    secretary.refresh_from_db()
    leader.refresh_from_db()
    assert (old.ended_on, term.due_on) == (DAY, date(2029, 11, 10))
    assert (secretary.ends_on, secretary.term) == (DAY, old)
    assert leader.ends_on is None
    live = Office.objects.filter(organization=branch, ends_on__isnull=True, term=term).order_by("pk")
    assert [(office.member, office.kind, office.votes) for office in live] == [
        (roster[0], "secretary", 8),
        (roster[1], "deputy_secretary", 8),
        (roster[2], "committee_member", 8),
    ]
    assert trail().filter(verb="登记换届").count() == 1


def test_n19_the_same_election_sent_twice_is_recorded_once(branch, roster):
    hold(branch, three(roster))

    with pytest.raises(ValidationError, match="已经登记"):
        hold(branch, three(roster))

    assert Term.objects.count() == 1
    assert Office.objects.count() == 3


def test_n19_an_invalid_meeting_changes_nothing(branch, roster):
    secretary = OfficeFactory(organization=branch, member=roster[0])

    with pytest.raises(ValidationError, match="会议方为有效"):
        hold(branch, three(roster), turnout=Turnout(8, 4, 8, 4))

    secretary.refresh_from_db()
    assert secretary.ends_on is None


def test_n19_half_of_all_entitled_is_not_enough(branch, roster):
    with pytest.raises(ValidationError, match="不能当选"):
        hold(branch, three(roster, votes=4))


def test_n19_only_full_members_of_the_roster_are_elected(branch, roster):
    stranger = MemberFactory(name="外人")

    with pytest.raises(ValidationError, match="外人在2026年11月10日不是一支部名册中的正式党员"):
        hold(branch, [*three(roster)[:2], Seat(stranger.pk, "committee_member", votes=8)])


def test_n19_a_probationary_member_is_not_elected(branch):
    roster = make_roster(branch, 7, probationary=1)

    with pytest.raises(ValidationError, match="不是一支部名册中的正式党员"):
        hold(branch, [*three(roster)[:2], Seat(roster[7].pk, "committee_member", votes=7)], turnout=Turnout(8, 8, 7, 7))


def test_n19_there_are_no_more_voters_than_full_members(branch, roster):
    with pytest.raises(ValidationError, match="正式党员 8 名"):
        hold(branch, three(roster, votes=9), turnout=Turnout(9, 9, 9, 9))


def test_n19_a_branch_of_six_elects_no_committee(branch):
    roster = make_roster(branch, 6)

    with pytest.raises(ValidationError, match="不设委员"):
        hold(branch, three(roster, votes=6), turnout=Turnout(6, 6, 6, 6))
    assert hold(branch, three(roster, votes=6)[:1], turnout=Turnout(6, 6, 6, 6)).committee_size == 1


def test_n19_an_early_election_names_the_approval(branch, roster):
    TermFactory(organization=branch, elected_on=date(2024, 3, 1))

    with pytest.raises(ValidationError, match="须经上级党组织批准"):
        hold(branch, three(roster))
    assert hold(branch, three(roster), approval="区直工委〔2026〕8号").approval == "区直工委〔2026〕8号"


def test_n19_a_request_that_waits_ends_with_the_election(branch, roster):
    old = TermFactory(organization=branch, elected_on=date(2023, 11, 1))
    extension = TermExtensionFactory(term=old)

    hold(branch, three(roster))

    extension.refresh_from_db()
    assert extension.state == "refused"


def test_n19_an_office_taken_up_after_the_election_is_put_right_first(branch, roster):
    OfficeFactory(organization=branch, member=roster[0], starts_on=date(2026, 11, 11))

    with pytest.raises(ValidationError, match="请先更正任职"):
        hold(branch, three(roster))


def test_n19_no_more_are_elected_than_there_are_seats(branch, roster):
    with pytest.raises(ValidationError, match="多于委员名额 2 名"):
        hold(branch, three(roster), committee_size=2)


def test_n19_a_superior_elects_from_the_branches_below_it(branch):
    committee = CommitteeFactory()
    roster = make_roster(BranchFactory(parent=committee), 8)

    assert hold(committee, three(roster)).due_on == date(2031, 11, 10)
