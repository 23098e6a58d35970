"""The page of one's own notices, and the figure in the top line."""

import pytest
from django.urls import reverse

from branches.enums import Role
from tests.factories.branches import BranchFactory, make_user_with_post
from tests.factories.office import NoticeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(client):
    user = make_user_with_post(Role.SECRETARY, BranchFactory())
    client.force_login(user)
    return user


def test_only_ones_own_are_listed_and_counted(client, user):
    NoticeFactory(user=user, text="请准备换届。")
    NoticeFactory(text="别人的消息")

    html = client.get(reverse("office:notice_list")).content.decode()

    assert "请准备换届。" in html
    assert "别人的消息" not in html
    assert "1 条未读消息" in html


def test_opening_goes_to_what_it_is_about_and_marks_it_read(client, user):
    notice = NoticeFactory(user=user, url="/members/")

    response = client.post(reverse("office:notice_open", args=[notice.pk]))

    assert (response.status_code, response["Location"]) == (302, "/members/")
    notice.refresh_from_db()
    assert notice.read_at is not None
    assert "请准备" not in client.get(reverse("office:notice_list") + "?unread=1").content.decode()


def test_anothers_notice_does_not_exist(client, user):
    notice = NoticeFactory()

    assert client.post(reverse("office:notice_open", args=[notice.pk])).status_code == 404

    notice.refresh_from_db()
    assert notice.read_at is None


def test_all_are_read_at_once(client, user):
    NoticeFactory.create_batch(3, user=user)

    client.post(reverse("office:notice_read_all"))

    assert "没有未读消息" in client.get(reverse("office:notice_list")).content.decode()


def test_a_list_without_notices_says_so(client, user):
    assert "没有消息" in client.get(reverse("office:notice_list")).content.decode()
