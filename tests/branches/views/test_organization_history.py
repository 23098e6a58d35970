from datetime import date

import pytest

from branches.actions.organizations import rename_organization
from branches.actions.tree_steps import absorb_organization, dissolve_organization, move_organization
from branches.permissions import Actor
from tests.factories.branches import BranchFactory, CommitteeFactory, OrganizationFactory, make_user_with_post

pytestmark = pytest.mark.django_db

BY = Actor.system()
DAY = date(2026, 3, 5)


@pytest.fixture
def root():
    return OrganizationFactory(name="区直机关工委")


@pytest.fixture
def committee(root):
    return CommitteeFactory(parent=root, name="财政局机关党委")


@pytest.fixture
def staff(client, committee):
    client.force_login(make_user_with_post("staff", committee), "django.contrib.auth.backends.ModelBackend")


def shown_on(client, day):
    return client.get(f"/organizations/history/?on={day}").text


def test_o01_names_are_those_of_the_day(client, staff, committee):
    branch = BranchFactory(parent=committee, name="旧支部")
    rename_organization(by=BY, organization=branch, name="新支部", short_name="", effective_on=DAY)

    before, after = shown_on(client, "2026-03-04"), shown_on(client, "2026-03-05")

    assert "旧支部" in before
    assert "现名 新支部" in before
    assert "旧支部" not in after
    assert "新支部" in after


def test_o01_what_has_left_is_named_and_not_opened(client, staff, committee, root):
    branch = BranchFactory(parent=committee, name="调走支部")
    move_organization(by=BY, organization=branch, parent=CommitteeFactory(parent=root), effective_on=DAY)

    before, after = shown_on(client, "2026-03-04"), shown_on(client, "2026-03-05")

    assert "调走支部" in before
    assert f"/organizations/{branch.pk}/" not in before
    assert "调走支部" not in after


def test_o01_what_came_later_was_not_there(client, staff, committee):
    BranchFactory(parent=committee, name="新设支部", founded_on=DAY)
    gone = BranchFactory(parent=committee, name="撤销支部")
    dissolve_organization(by=BY, organization=gone, effective_on=DAY)

    before, after = shown_on(client, "2026-03-04"), shown_on(client, "2026-03-05")

    assert ("新设支部" in before, "撤销支部" in before) == (False, True)
    assert ("新设支部" in after, "撤销支部" in after) == (True, False)


def test_o01_levels_are_opened_one_by_one(client, staff, committee, root):
    successor = CommitteeFactory(parent=root)
    below = CommitteeFactory(parent=committee, name="二级党委")
    BranchFactory(parent=below, name="基层支部")
    absorb_organization(by=BY, organization=below, successor=successor, effective_on=DAY)

    level = client.get(f"/organizations/history/?on=2026-03-04&under={below.pk}").text

    assert "基层支部" not in shown_on(client, "2026-03-04")
    assert "基层支部" in level
    assert "<html" not in level


def test_o01_before_it_was_founded_the_page_says_so(client, staff):
    assert "当日还没有本组织" in shown_on(client, "2019-12-31")


@pytest.mark.parametrize("query", ["on=morgen", "on=2999-01-01", "on=%00"])
def test_r34_a_day_that_cannot_be_read(client, staff, query):
    assert client.get(f"/organizations/history/?{query}").status_code == 422


@pytest.mark.parametrize("under", ["0", "-1", "x", "99999999"])
def test_r13_a_level_of_nothing_is_not_found(client, staff, under):
    assert client.get(f"/organizations/history/?under={under}").status_code == 404


def test_r13_a_level_beyond_the_scope_is_not_found(client, staff, root):
    other = CommitteeFactory(parent=root)
    BranchFactory(parent=other)

    assert client.get(f"/organizations/history/?under={other.pk}").status_code == 404


def test_o01_dissolved_ones_are_hidden_until_asked_for(client, staff, committee):
    BranchFactory(parent=committee, name="撤销支部", dissolved_on=date(2026, 1, 1))

    assert "撤销支部" not in client.get("/organizations/").text
    with_them = client.get("/organizations/?dissolved=on").text
    assert "撤销支部" in with_them
    assert "已撤销" in with_them
    assert "撤销支部" in client.get(f"/organizations/?under={committee.pk}&dissolved=1").text


def test_o01_both_sides_of_a_merger_are_linked(client, staff, committee):
    one, two = BranchFactory(parent=committee, name="甲支部"), BranchFactory(parent=committee, name="乙支部")
    absorb_organization(by=BY, organization=one, successor=two, effective_on=DAY, reason="批复〔2026〕3号")

    absorbed, successor = (client.get(f"/organizations/{each.pk}/").text for each in (one, two))

    assert f'并入：<a href="/organizations/{two.pk}/">乙支部</a>' in absorbed
    assert f'合并自：<a href="/organizations/{one.pk}/">甲支部</a>' in successor
    assert "批复〔2026〕3号" in absorbed


def test_o01_deeds_are_offered_to_those_who_may(client, staff, committee):
    branch = BranchFactory(parent=committee)
    gone = BranchFactory(parent=committee, dissolved_on=DAY)

    shown = client.get(f"/organizations/{branch.pk}/").text

    assert f'href="/organizations/{branch.pk}/merge/"' in shown
    assert f'href="/organizations/{branch.pk}/dissolve/"' in shown
    assert "/merge/" not in client.get(f"/organizations/{gone.pk}/").text
    client.force_login(make_user_with_post("secretary", branch), "django.contrib.auth.backends.ModelBackend")
    assert "/merge/" not in client.get(f"/organizations/{branch.pk}/").text
