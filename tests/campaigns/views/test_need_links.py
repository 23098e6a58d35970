"""The link of the asker (C13): shown once to who hands it over, opened without a sign-in, slowed for who guesses."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from branches.enums import Role
from branches.models import FailedSignIn
from branches.rules.lockout import ADDRESS_FAILURES
from campaigns.models import Need
from campaigns.rules.needs import NeedState
from partybuild.lib import clock
from tests.factories.branches import BranchFactory, make_user_with_post
from tests.factories.campaigns_honours import NeedFactory

pytestmark = pytest.mark.django_db
LINK = re.compile(r'href="(http://testserver/campaigns/needs/rate/[\w-]{43}/)"')


@pytest.fixture(autouse=True)
def spring(move_clock):
    move_clock("2026-03-09T10:00:00+08:00")


@pytest.fixture
def branch():
    return BranchFactory()


@pytest.fixture
def need(branch):
    return NeedFactory(
        organization=branch, title="加装扶手", state=NeedState.DONE, result="已经装好", done_on=date(2026, 3, 9),
        asker="王某", phone="05108270",
    )  # fmt: skip


@pytest.fixture
def secretary(client, branch):
    user = make_user_with_post(Role.SECRETARY, branch)
    client.force_login(user)
    return user


def link_of(client, need):
    return LINK.search(client.post(reverse("campaigns:need_link", args=[need.pk])).text)[1]


@pytest.mark.usefixtures("secretary")
def test_c13_a_link_is_handed_over_and_the_asker_rates_without_a_sign_in(client, need):
    page = client.get(reverse("campaigns:need_detail", args=[need.pk])).text
    assert "生成评价链接" in page
    shown = client.post(reverse("campaigns:need_link", args=[need.pk])).text
    assert "data:image/svg+xml" in shown
    assert "2026年3月24日" in shown

    asker, address = Client(), LINK.search(shown)[1]
    page = asker.get(address).text
    assert "加装扶手" in page
    assert "已经装好" in page
    assert "王某" not in page
    assert 'aria-label="主菜单"' not in page
    assert asker.post(address, {"satisfaction": ""}).status_code == 422
    assert "评价已提交" in asker.post(address, {"satisfaction": "good", "text": "谢谢"}).text
    assert asker.get(address).status_code == 404
    assert asker.post(address, {"satisfaction": "bad"}).status_code == 404

    page = client.get(reverse("campaigns:need_detail", args=[need.pk])).text
    assert "反映人通过链接评价" in page
    assert "未登录人员" in page
    assert (Need.objects.get().satisfaction, Need.objects.get().state) == ("good", NeedState.RATED)


@pytest.mark.usefixtures("secretary")
def test_a_link_past_its_day_is_told_in_the_words_of_an_unknown_one(client, need, move_clock):
    address = link_of(client, need)
    move_clock("2026-03-25T00:01:00+08:00")
    old = Client().get(address)
    unknown = Client().get(reverse("campaigns:need_rate", args=["x" * 43]))
    assert (old.status_code, unknown.status_code) == (404, 404)
    assert old.text == unknown.text
    assert "链接已失效" in old.text
    assert old["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


def test_who_tries_many_links_must_wait():
    now = clock.now()
    FailedSignIn.objects.bulk_create(
        FailedSignIn(login_hash="x", address="127.0.0.1", at=now) for _ in range(ADDRESS_FAILURES - 1)
    )
    address = reverse("campaigns:need_rate", args=["x" * 43])
    assert Client().get(address).status_code == 404
    answer = Client().get(address)
    assert (answer.status_code, answer["Retry-After"]) == (429, "30")
    assert "请稍后再试" in answer.text


@pytest.mark.usefixtures("secretary")
def test_only_of_what_is_done_a_link_is_offered(client, branch):
    need = NeedFactory(organization=branch)
    page = reverse("campaigns:need_detail", args=[need.pk])
    assert "生成评价链接" not in client.get(page).text
    answer = client.post(reverse("campaigns:need_link", args=[need.pk]), follow=True)
    assert answer.redirect_chain == [(page, 302)]
    assert "办结后、评价前才能生成评价链接" in answer.text
