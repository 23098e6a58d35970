from datetime import UTC, date, datetime

import pytest

from campaigns.queries.member_extracts import extracts_of
from members.queries.extracts import extract_of
from tests.factories.campaigns import ActivityFactory, AttendanceFactory
from tests.factories.members import MembershipFactory

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 6, tzinfo=UTC)


def test_r42_attendance_and_what_he_led_without_the_minutes():
    member = MembershipFactory().member
    activity = ActivityFactory(
        host=member,
        minutes="王某发言",
        title="学习",
        held_on=date(2026, 3, 5),
        status="filed",
        filed_at=AT,
        counts_from=AT,
    )
    AttendanceFactory(activity=activity, member=member)

    (attended, led), labels = extracts_of(member)

    assert attended.rows[0][:2] == [date(2026, 3, 5), "学习"]
    assert (attended.rows[0][4], led.rows[0][4]) == ("到会", "主持或主讲")
    assert labels == ["campaigns.Activity", "campaigns.Attendance"]
    parts = extract_of(member)
    assert {"基本信息", "参加活动", "主持和记录的活动"} <= {part.name for part in parts}
    assert "王某发言" not in str(parts)
