from datetime import date

import pytest

from campaigns.models import Milestone
from partybuild.lib.keyset import CAP, keyset_page
from tests.factories.campaigns import CampaignFactory, MilestoneFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows():
    """Seven rows on three days, so that a day alone does not tell them apart."""
    campaign = CampaignFactory()
    days = [1, 1, 2, 2, 2, 3, 3]
    return [MilestoneFactory(campaign=campaign, due_on=date(2026, 3, day)).pk for day in days]


def page(**asked):
    return keyset_page(Milestone.objects.all(), ["title"], day="due_on", size=3, **asked)


def keys(found):
    return [row["pk"] for row in found.rows]


def test_pages_follow_one_another_there_and_back(rows):
    first = page()
    second = page(after=first.next_key)
    third = page(after=second.next_key)
    back = page(before=third.previous_key)
    start = page(before=back.previous_key)

    assert [keys(each) for each in (first, second, third)] == [rows[:3], rows[3:6], rows[6:]]
    assert (first.previous_key, third.next_key) == (None, None)
    assert (keys(back), keys(start)) == (rows[3:6], rows[:3])
    assert (start.previous_key, start.next_key) == (None, first.next_key)


def test_the_other_order_runs_from_the_latest_day(rows):
    first = page(descending=True)

    assert keys(first) == rows[:3:-1]
    assert keys(page(descending=True, after=first.next_key)) == rows[3:0:-1]


@pytest.mark.parametrize(
    "key", ["", "x", "2026-03-01", "2026-13-01.5", "2026-03-01.-5", "2026-03-01.99999999999999999999"]
)
def test_a_key_that_is_not_well_formed_is_the_first_page(rows, key):
    assert keys(page(after=key)) == rows[:3]


def test_rows_are_plain_values_of_the_fields_with_day_and_key(rows):
    assert page().rows[0] == {"pk": rows[0], "due_on": date(2026, 3, 1), "title": "完成年中调研评估"}


def test_a_count_is_exact_up_to_the_cap():
    campaign = CampaignFactory()
    Milestone.objects.bulk_create(
        Milestone(campaign=campaign, title="节点", due_on=date(2026, 3, 1), position=1) for _ in range(CAP)
    )

    exact = page()
    MilestoneFactory(campaign=campaign)
    capped = page()

    assert (exact.count, exact.is_capped, exact.count_label) == (1000, False, "1,000")
    assert (capped.count, capped.is_capped, capped.count_label) == (1000, True, "1,000+")
