"""Days with times of day as people write them into a cell."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest

from campaigns.rules.written_times import parse_moment
from partybuild.lib.dates import DateError

MIDNIGHT = datetime.fromisoformat("2026-03-12T00:00")  # a cell knows no zone


@pytest.mark.parametrize(
    ("written", "at", "hours"),
    [
        ("2026-03-12", None, None),
        ("2026.3.12", None, None),
        ("2026年3月12日", None, None),
        ("20260312", None, None),
        (20260312, None, None),
        (46093, None, None),
        (date(2026, 3, 12), None, None),
        (MIDNIGHT, None, None),
        (MIDNIGHT.replace(hour=14, minute=30), time(14, 30), None),
        (46093.604166666664, time(14, 30), None),
        ("2026-03-12 14:30", time(14, 30), None),
        ("2026-03-12 9:00", time(9), None),
        ("2026-3-12  9:00 - 10:00", time(9), Decimal("1.0")),
        ("2026-3-12 14:30:00", time(14, 30), None),
        ("2026年3月12日（周四）下午2:30—4:30", time(14, 30), Decimal("2.0")),
        ("2026年3月12日 星期四 9时至11时30分", time(9), Decimal("2.5")),
        ("2026/3/12 上午9点半", time(9, 30), None),
        ("2026/3/12 中午12点-1点", time(12), Decimal("1.0")),
        ("2026.3.12 14：00-12：00", time(14), None),
        ("2026.03.12晚7点", time(19), None),
    ],
)
def test_a_day_with_its_time(written, at, hours):
    moment = parse_moment(written)

    assert (moment.day.value, moment.day.has_day, moment.at, moment.hours) == (date(2026, 3, 12), True, at, hours)


def test_noon_is_not_moved_and_one_oclock_is():
    assert parse_moment("2026-03-12 中午12:00—下午1:00").hours == Decimal("1.0")
    assert parse_moment("2026-03-12 中午11:30").at == time(11, 30)


def test_a_month_alone_has_no_day():
    assert not parse_moment("2026.03").day.has_day
    assert not parse_moment(2026.03).day.has_day


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("2026-03-12 25:00", "没有 25:00 这个时间"),
        ("2026-02-30 9:00", "2026年2月没有 30 日"),
        ("14:30", "“14:30”不是日期"),
        ("上周四下午", "“上周四下午”不是日期"),
        ("每月12日", "“每月12日”不是日期"),
        (True, "不是日期"),
        (time(14, 30), "不是日期"),
    ],
)
def test_what_is_no_day_says_why(written, reason):
    with pytest.raises(DateError, match=f"^{reason}$"):
        parse_moment(written)
