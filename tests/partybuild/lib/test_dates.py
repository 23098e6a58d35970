from datetime import UTC, date, datetime, time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from partybuild.lib import dates
from partybuild.lib.dates import DateError, WrittenDate


def test_dates_are_shown_without_leading_zeros():
    assert dates.day_text(date(2026, 3, 5)) == "2026年3月5日"
    assert dates.month_text(date(2026, 3, 5)) == "2026年3月"


def test_a_moment_is_shown_in_shanghai():
    assert dates.moment_text(datetime(2026, 3, 5, 18, 4, tzinfo=UTC)) == "2026年3月6日 02:04"


def test_weekdays():
    shown = [dates.weekday_text(date(2026, 3, day)) for day in range(2, 9)]
    assert shown == ["周一", "周二", "周三", "周四", "周五", "周六", "周日"]


@pytest.mark.parametrize(
    ("today", "text"),
    [
        (date(2026, 2, 27), "周日 · 还有 2 天"),
        (date(2026, 3, 1), "周日 · 今天"),
        (date(2026, 3, 4), "周日 · 逾期 3 天"),
    ],
)
def test_what_is_left_until_a_deadline(today, text):
    assert dates.deadline_text(date(2026, 3, 1), today) == text


@pytest.mark.parametrize(
    "written",
    [
        "1969-01-05", "1969/1/5", "1969.1.5", "1969.01.05", "1969年1月5日", "1969年01月05", "19690105",
        " 1969 年 1 月 5 日 ", "１９６９-０１-０５", "1969-01-05 00:00:00", "1969-01-05T08:30", 19690105, 19690105.0,
        25208, 25208.0, 25208.75, "25208", date(1969, 1, 5), datetime(1969, 1, 5, 8, 30),  # noqa: DTZ001
    ],
)  # fmt: skip
def test_a_whole_date_in_any_of_its_usual_forms(written):
    assert dates.parse_date(written) == WrittenDate(date(1969, 1, 5), has_day=True)


@pytest.mark.parametrize(
    "written", ["1969.01", "1969-1", "1969/01", "1969年1月", "1969年01月", "196901", 196901, 1969.01]
)
def test_a_month_alone_stands_on_its_first_day_and_says_so(written):
    assert dates.parse_date(written) == WrittenDate(date(1969, 1, 1), has_day=False)


def test_october_typed_as_a_number_loses_its_zero_and_is_shown_as_a_doubt():
    assert dates.parse_date("1969.1") == WrittenDate(date(1969, 1, 1), has_day=False)
    assert dates.parse_date("1969.10") == WrittenDate(date(1969, 10, 1), has_day=False)
    assert dates.parse_date(1969.1) == WrittenDate(
        date(1969, 10, 1), has_day=False, doubt="数字 1969.1 按 1969年10月 识别"
    )


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "日期为空"),
        ("   ", "日期为空"),
        (None, "不是日期"),
        (True, "不是日期"),
        (time(8, 30), "不是日期"),
        ("不详", "“不详”不是日期"),
        ("1969", "“1969”只有年份，请补充月份"),
        (1969, "“1969”只有年份，请补充月份"),
        ("1969-13-05", "没有 13 月"),
        ("196900", "没有 0 月"),
        ("1970.02.29", "1970年2月没有 29 日"),
        ("19700230", "1970年2月没有 30 日"),
        (1969.13, "没有 13 月"),
        ("1669-01-05", "年份 1669 不在 1900 年至 2099 年之间"),
        ("69.01", "“69.01”不是日期"),
        ("123456789", "“123456789”不是日期"),
        ("9999", "“9999”只有年份，请补充月份"),
        (-5, "“-5”不是日期"),
        (0.5, "“0.5”不是日期"),
        (date(1, 1, 1), "年份 1 不在 1900 年至 2099 年之间"),
        ("x" * 5000, "“" + "x" * 20 + "…”不是日期"),
    ],
)
def test_what_is_no_date_is_refused_with_its_reason(written, reason):
    with pytest.raises(DateError) as refused:
        dates.parse_date(written)
    assert str(refused.value) == reason


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_date_survives_every_form(day):
    for form in (
        f"{day.year}.{day.month}.{day.day}",
        f"{day:%Y%m%d}",
        day.isoformat(),
        dates.day_text(day),
        int(f"{day:%Y%m%d}"),
    ):
        assert dates.parse_date(form) == WrittenDate(day)
    for form in (f"{day.year}.{day.month:02}", f"{day:%Y%m}", dates.month_text(day)):
        assert dates.parse_date(form) == WrittenDate(day.replace(day=1), has_day=False)


@given(st.text() | st.floats() | st.integers() | st.from_regex(r"[0-9.\-/年月日]{1,14}", fullmatch=True))
@example(float("nan"))
@example(float("inf"))
def test_anything_is_either_a_date_or_refused(written):
    try:
        parsed = dates.parse_date(written)
    except DateError:
        return
    assert 1900 <= parsed.value.year <= 2099


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 3, 5), 6, date(2026, 9, 5)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 8, 31), -6, date(2026, 2, 28)),
        (date(2026, 1, 31), -1, date(2025, 12, 31)),
    ],
)
def test_months_later_ends_with_the_month(day, months, then):
    assert dates.add_months(day, months) == then
