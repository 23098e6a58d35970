from datetime import date

import pytest

from branches.queries.access import scope_of
from members.queries.members import export_rows, roster_list
from tests.factories.branches import BranchFactory, CommitteeFactory, GroupFactory, make_user_with_post
from tests.factories.members import MemberFactory, MembershipFactory, OfficeFactory, ProbationaryFactory

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 5)


@pytest.fixture
def committee():
    return CommitteeFactory()


@pytest.fixture
def branch(committee):
    return BranchFactory(parent=committee, name="一支部", code="B1")


@pytest.fixture
def scope(committee):
    return scope_of(make_user_with_post("staff", committee).pk, DAY)


def put(branch, name, letters="", **fields):
    make = ProbationaryFactory if fields.pop("probationary", False) else MemberFactory
    return MembershipFactory(organization=branch, member=make(name=name, initials=letters), **fields)


def test_those_on_rosters_of_the_scope(scope, branch):
    inside = put(branch, "李敏")
    put(branch, "王立", ends_on=DAY)
    put(BranchFactory(), "赵明")

    assert list(roster_list(scope, DAY)) == [inside]


def test_filters(scope, branch, committee):
    other = BranchFactory(parent=committee)
    group = GroupFactory(parent=branch)
    limin = put(branch, "李敏", "lm", group=group)
    wang = put(other, "王立", "wl", probationary=True)

    assert list(roster_list(scope, DAY, q="李")) == [limin]
    assert list(roster_list(scope, DAY, q="WL")) == [wang]
    assert list(roster_list(scope, DAY, kind="full")) == [limin]
    assert list(roster_list(scope, DAY, kind="probationary")) == [wang]
    assert list(roster_list(scope, DAY, organization=other)) == [wang]
    assert list(roster_list(scope, DAY, organization=group)) == [limin]
    assert roster_list(scope, DAY, organization=committee).count() == 2


def test_sorted_both_ways(scope, branch):
    second, first = put(branch, "王立", "wl"), put(branch, "李敏", "lm")

    assert list(roster_list(scope, DAY)) == [first, second]
    assert list(roster_list(scope, DAY, sort="-name")) == [second, first]
    assert list(roster_list(scope, DAY, sort="password")) == [first, second]


def test_a_list_takes_the_same_queries_for_one_and_for_three(scope, branch, django_assert_num_queries):
    def shown():
        return [
            (place.member, place.organization, place.group, [office.organization for office in place.member.held])
            for place in roster_list(scope, DAY)
        ]

    OfficeFactory(member=put(branch, "李敏").member, organization=branch)
    with django_assert_num_queries(3):
        shown()

    for name in ("王立", "赵明"):
        OfficeFactory(member=put(branch, name).member, organization=branch, kind="committee_member")
    with django_assert_num_queries(3):
        shown()


def test_rows_of_the_workbook_hide_the_numbers(scope, branch):
    place = put(branch, "李敏")
    OfficeFactory(member=place.member, organization=branch)

    masked, full = (next(export_rows(roster_list(scope, DAY), DAY, full=full)) for full in (False, True))

    assert place.member.id_number in full
    assert place.member.id_number not in masked
    assert masked[:3] == [1, "李敏", "男"]
    assert masked[9:12] == ["正式党员", "一支部", "B1"]
    assert masked[17] == "书记"
