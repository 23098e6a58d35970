"""What the checks find in the database."""

from datetime import date

import pytest

from campaigns.queries.reviews import checks_of
from campaigns.rules.reviews import flags
from office.queries.rules import rule_table
from tests.factories.campaigns import (
    ActivityFactory,
    ActivityVersionFactory,
    AttendanceFactory,
    FiledActivityFactory,
)

pytestmark = pytest.mark.django_db


def found(activity) -> dict[str, str]:
    return {flag["code"]: flag["sentence"] for flag in flags(checks_of(activity, rule_table(date(2026, 3, 12))))}


@pytest.fixture
def activity(move_clock):
    move_clock("2026-03-12T18:00:00+08:00")
    made = ActivityFactory()
    AttendanceFactory(activity=made)
    return made


def test_a_record_in_order(activity):
    ActivityFactory(organization=activity.organization)  # a draft is no duplicate
    assert found(activity) == {}


def test_the_same_title_on_the_same_day(activity):
    FiledActivityFactory(organization=activity.organization)
    assert found(activity) == {"same_title": "同日另有同名记录：3月12日“3 月主题党日”"}


def test_entered_is_what_was_filed_for_the_first_time(activity, move_clock):
    ActivityVersionFactory(activity=activity, number=1)
    move_clock("2026-05-12T18:00:00+08:00")
    assert found(activity) == {}
    activity.versions.all().delete()
    assert found(activity) == {"late_entry": "活动后 61 天提交，超过 15 天"}
