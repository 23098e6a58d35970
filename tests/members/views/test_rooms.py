"""Pages of the activity rooms and of the figures of a year."""

import pytest
from django.urls import reverse

from branches.enums import Role
from members.models import Room, YearFacts
from tests.factories.branches import BranchFactory, CommitteeFactory, make_user_with_post
from tests.factories.members_rooms import EVERYTHING, RoomFactory, YearFactsFactory, picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee():
    return CommitteeFactory()


@pytest.fixture
def branch(committee):
    return BranchFactory(parent=committee, name="第一支部")


@pytest.fixture
def staff(client, committee):
    user = make_user_with_post(Role.STAFF, committee)
    client.force_login(user)
    return user


def test_n15_a_branch_registers_a_room_and_its_superior_confirms_it(client, branch, committee):
    client.force_login(make_user_with_post(Role.SECRETARY, branch))
    data = {"name": "活动室", "starts_on": "2026-03-02", "present": EVERYTHING}
    answer = client.post(reverse("members:room_new", args=[branch.pk]), data)
    room = Room.objects.get()
    assert answer.url == reverse("members:room_detail", args=[room.pk])
    assert "待核验" in client.get(answer.url).text
    client.post(reverse("members:room_photo_add", args=[room.pk]), {"photo": picture()})
    assert client.get(reverse("members:room_photo", args=[room.photos.get().pk])).status_code == 200

    client.force_login(make_user_with_post(Role.STAFF, committee))
    assert "待核验的党员活动室" in client.get("/").text
    client.post(reverse("members:room_check", args=[room.pk]), {"is_confirmed": "yes"})

    room.refresh_from_db()
    assert room.is_confirmed
    assert "达标" in client.get(answer.url).text


def test_n15_a_branch_without_a_room_is_listed_and_counted(client, staff, branch):
    good = BranchFactory(parent=branch.parent, name="第二支部")
    RoomFactory(organization=good, is_confirmed=True, checked_at="2026-03-02T09:00:00+08:00")

    page = client.get(reverse("members:room_list") + "?state=wanting")

    assert [organization.name for organization, _ in page.context["page"]] == ["第一支部"]
    assert "1 个党支部没有达标的活动室" in client.get(reverse("members:register_list")).text


def test_n15_the_list_takes_as_many_queries_for_three_as_for_one(client, staff, branch, django_assert_num_queries):
    url = reverse("members:room_list")
    RoomFactory(organization=branch)
    client.get(url)
    with django_assert_num_queries(10):
        client.get(url)
    for _ in range(2):
        RoomFactory(organization=BranchFactory(parent=branch.parent))
    with django_assert_num_queries(10):
        client.get(url)


@pytest.mark.parametrize("name", ["members:room_export", "members:year_facts_export"])
def test_lists_go_out_as_workbooks(client, staff, branch, name):
    answer = client.get(reverse(name))
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content if answer.streaming else [answer.content])[:2] == b"PK"


def test_n13_n14_a_unit_writes_its_year_down(client, staff, committee):
    url = reverse("members:year_facts_edit", args=[committee.pk, 2026])
    data = {"staff": "60", "dedicated_staff": "1", "funds_budget": "1000.50", "is_in_budget": "on"}

    assert client.post(url, data).status_code == 302

    assert YearFacts.objects.get().staff == 60
    assert "60人应配2人，还差1人" in client.get(reverse("members:year_facts_list") + "?year=2026").text


def test_n13_bad_figures_come_back_with_what_was_typed(client, staff, committee):
    url = reverse("members:year_facts_edit", args=[committee.pk, 2026])
    answer = client.post(url, {"staff": "1", "dedicated_staff": "2", "remark": "照旧"})
    assert answer.status_code == 422
    assert "照旧" in answer.text
    assert not YearFacts.objects.exists()


def test_only_those_that_fall_short(client, staff, committee):
    YearFactsFactory(organization=committee, staff=10, dedicated_staff=1, funds_budget=None)
    page = client.get(reverse("members:year_facts_list") + "?year=2026&gap=on")
    assert [line.organization for line in page.context["page"]] == [committee]


def test_the_running_year_is_shown_and_chosen(client, staff, committee, move_clock):
    move_clock("2026-11-05T09:00:00+08:00")
    page = client.get(reverse("members:year_facts_list"))
    assert page.context["year"] == 2026
    assert '<option value="2026" selected>' in page.text


def test_a_year_that_cannot_be_read_is_refused(client, staff, committee):
    assert client.get(reverse("members:year_facts_list") + "?year=x").status_code == 422


def test_a_year_out_of_reach_is_not_there(client, staff, committee):
    assert client.get(reverse("members:year_facts_edit", args=[committee.pk, 1900])).status_code == 404
