from datetime import date

import pytest

from tests.factories.branches import CommitteeFactory, make_user_with_post
from tests.factories.campaigns import CampaignFactory, MilestoneFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee():
    return CommitteeFactory()


@pytest.fixture
def milestone(committee):
    campaign = CampaignFactory(issuer=committee)
    return MilestoneFactory(campaign=campaign, due_on=None, note="由工委确定日期", title="完成一周集中培训")


def address(milestone):
    return f"/campaigns/milestones/{milestone.pk}/"


def test_only_staff_of_the_issuer_fixes_a_day(client, committee, milestone):
    cast = {("staff", committee): 200, ("leader", committee): 403, ("staff", CommitteeFactory()): 404,
            ("staff", CommitteeFactory(parent=committee)): 403}  # fmt: skip

    for (role, organization), expected in cast.items():
        client.force_login(make_user_with_post(role, organization))
        assert client.get(address(milestone)).status_code == expected
    client.logout()
    assert client.get(address(milestone)).status_code == 302


def test_the_timeline_offers_it_and_shows_the_day_afterwards(client, committee, milestone):
    client.force_login(make_user_with_post("staff", committee))
    page = f"/campaigns/{milestone.campaign_id}/"

    before = client.get(page).content.decode()
    answer = client.post(address(milestone), {"due_on": "2026-05-20"})
    after = client.get(page).content.decode()

    assert f'<a href="{address(milestone)}">确定日期</a>' in before
    assert answer.url == page
    milestone.refresh_from_db()
    assert milestone.due_on == date(2026, 5, 20)
    assert f'<a href="{address(milestone)}">调整日期</a>' in after


@pytest.mark.parametrize("day", ["", "x", "2027-01-01"])
def test_a_day_that_does_not_do_is_told(client, committee, milestone, day):
    client.force_login(make_user_with_post("staff", committee))

    assert client.post(address(milestone), {"due_on": day}).status_code == 422


def test_a_day_of_the_plan_has_no_such_page(client, committee):
    client.force_login(make_user_with_post("staff", committee))

    assert client.get(address(MilestoneFactory(campaign__issuer=committee))).status_code == 404
