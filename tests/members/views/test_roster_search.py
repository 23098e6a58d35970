"""Finding members: filters, the remembered address, and numbers by POST."""

from datetime import date

import pytest
from django.urls import reverse

from branches.models import AuditEntry
from branches.queries.access import scope_of
from members.queries.members import roster_list
from partybuild.lib import clock
from partybuild.lib.crypto import keyed_hash
from tests.factories.branches import BranchFactory, UserFactory, make_user_with_post
from tests.factories.members import MemberFactory, MembershipFactory, OfficeFactory
from tests.factories.members_roster import StandingFactory

pytestmark = pytest.mark.django_db

LIST = reverse("members:member_list")
FULL = {
    "ethnicity": "汉族", "native_place": "江苏", "education": "大学本科", "work_started_on": date(2002, 8, 1),
    "job": "科员", "phone": "13800001234",
}  # fmt: skip


@pytest.fixture
def branch():
    return BranchFactory()


@pytest.fixture
def staff(branch):
    return make_user_with_post("staff", branch.parent)


def put(branch, **fields):
    return MembershipFactory(organization=branch, member=MemberFactory(**fields)).member


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"sex": "female"}, ["女"]),
        ({"age": "35"}, ["女"]),
        ({"age": "60"}, ["全"]),
        ({"party_age": "5"}, ["女"]),
        ({"education": "本科"}, ["全"]),
        ({"joined_year": 2024}, ["女"]),
        ({"office": "any"}, ["书"]),
        ({"office": "secretary"}, ["书"]),
        ({"office": "leader"}, []),
        ({"office": "none"}, ["全", "失", "女"]),
        ({"account": "has"}, ["全"]),
        ({"account": "none"}, ["书", "失", "女"]),
        ({"standing": "lost"}, ["失"]),
        ({"standing": "suspended"}, ["停"]),
        ({"basics": "incomplete"}, ["书", "失", "女"]),
        ({}, ["书", "全", "失", "女"]),
    ],
)
def test_o09_filters(staff, branch, filters, found, move_clock):
    move_clock("2026-03-05T09:00:00+08:00")
    put(branch, name="全", born_on=date(1968, 5, 6), user=UserFactory(), **FULL)
    put(branch, name="女", sex="female", born_on=date(1996, 5, 6), joined_on=date(2024, 7, 1), converted_on=None)
    OfficeFactory(member=put(branch, name="书"), organization=branch)
    StandingFactory(member=put(branch, name="失"))
    StandingFactory(member=put(branch, name="停"), kind="suspended")

    places = roster_list(scope_of(staff.pk, clock.today()), clock.today(), **filters)

    assert sorted(place.member.name for place in places) == sorted(found)


def test_r37_a_number_is_found_by_post_and_named_nowhere(client, staff, branch):
    member = put(branch, phone="13800001234", phone_hash=keyed_hash("13800001234"))
    client.force_login(staff)

    for number in (member.id_number.lower(), "138 0000 1234"):
        answer = client.post(reverse("members:member_find"), {"number": number})
        assert answer["Location"] == reverse("members:member_detail", args=[member.pk])
    assert client.get(reverse("members:member_find"), {"number": member.id_number}).status_code == 405
    trail = AuditEntry.objects.filter(verb="按号码查找党员")
    assert trail.count() == 2
    assert member.id_number not in str(list(trail.values()))


def test_r13_a_number_outside_the_scope_is_not_found(client, staff):
    foreign = put(BranchFactory())
    client.force_login(staff)

    answer = client.post(reverse("members:member_find"), {"number": foreign.id_number}, follow=True)

    assert "没有找到这个号码的党员" in answer.content.decode()


def test_the_filters_of_the_last_visit_come_back_until_cleared(client, staff, branch):
    put(branch, name="李敏")
    client.force_login(staff)
    client.get(LIST, {"kind": "full", "q": "李敏", "page": "1"})

    assert client.get(LIST)["Location"] == f"{LIST}?kind=full"
    assert client.get(LIST, {"clear": "1"})["Location"] == LIST
    assert client.get(LIST).status_code == 200


def test_the_export_holds_what_the_list_shows(client, staff, branch):
    put(branch, name="李敏", sex="female")
    put(branch, name="王立")
    client.force_login(staff)

    client.get(reverse("members:member_export"), {"sex": "female"})

    assert AuditEntry.objects.filter(verb__startswith="导出").latest("pk").detail["count"] == 1


def test_o09_the_list_masks_and_marks(client, staff, branch, django_assert_max_num_queries):
    member = put(branch, phone="13800001234")
    StandingFactory(member=member)
    client.force_login(staff)

    shown = client.get(LIST).content.decode()

    assert "138****1234" in shown
    assert member.id_number not in shown
    assert "失联" in shown
