"""Dates as they are shown, and dates as people write them in Excel."""

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from partybuild.lib.clock import in_zone

_WEEKDAYS = "一二三四五六日"


def day_text(day: date) -> str:
    """2026年3月5日."""
    return f"{day.year}年{day.month}月{day.day}日"


def month_text(day: date) -> str:
    """2026年3月."""
    return f"{day.year}年{day.month}月"


def moment_text(moment: datetime) -> str:
    """2026年3月5日 14:30, told in Asia/Shanghai."""
    moment = in_zone(moment)
    return f"{day_text(moment)} {moment:%H:%M}"


def weekday_text(day: date) -> str:
    """周五."""
    return f"周{_WEEKDAYS[day.weekday()]}"


def left_text(due_on: date, today: date) -> str:
    """还有 2 天, 今天, 逾期 3 天."""
    days = (due_on - today).days
    if days == 0:
        return "今天"
    return f"还有 {days} 天" if days > 0 else f"逾期 {-days} 天"


def deadline_text(due_on: date, today: date) -> str:
    """周五 · 还有 2 天."""
    return f"{weekday_text(due_on)} · {left_text(due_on, today)}"


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months later (or earlier); where there is none, the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


class DateError(ValueError):
    """What was written is no date; the message says why, in Chinese."""


@dataclass(frozen=True)
class WrittenDate:
    """A date as somebody wrote it. Without a day it stands on the first of the month; a doubt is worth showing."""

    value: date
    has_day: bool = True
    doubt: str = ""


# 25569 is 1970-01-01. Serial numbers have five digits from 1927 on; a leading year has four, six or eight.
_EXCEL_EPOCH = date(1899, 12, 30)
_SERIALS = range(10_000, 73_051)
_EARLIEST_YEAR, _LATEST_YEAR = 1900, 2099
_PARTS = re.compile(r"(?P<year>\d{4})(?:[-./]|年)(?P<month>\d{1,2})(?:(?:[-./]|月)(?:(?P<day>\d{1,2})日?)?)?", re.ASCII)
_DIGITS = re.compile(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)?", re.ASCII)
_TIME_OF_DAY = re.compile(r"[T ]\d{1,2}:\d\d(:\d\d(\.\d+)?)?$", re.ASCII)
_NUMBER = re.compile(r"\d+(\.\d+)?", re.ASCII)


def parse_date(written: object) -> WrittenDate:
    """Read a cell of an Excel file: a date, a serial number, or a text like 1969.01, 1969-1-5, 1969年1月, 19690105."""
    if isinstance(written, datetime):
        written = written.date()
    if isinstance(written, date):
        return WrittenDate(_in_range(written.year, written.month, written.day))
    if isinstance(written, int | float) and not isinstance(written, bool):
        return _from_number(written)
    if isinstance(written, str):
        return _from_text(written)
    raise DateError("不是日期")


def _from_number(number: float) -> WrittenDate:
    if not 0 <= number < 10**9:  # also false for NaN and infinity
        raise DateError(f"“{_shortened(str(number))}”不是日期")
    if number == int(number):
        return _from_digits(str(int(number)))
    if _EARLIEST_YEAR <= number < _LATEST_YEAR + 1:
        return _from_decimal(number)
    if int(number) in _SERIALS:  # a date with a time of day
        return _from_digits(str(int(number)))
    raise DateError(f"“{number}”不是日期")


def _from_decimal(number: float) -> WrittenDate:
    """1969.01 typed as a number. Excel drops a last zero, so that 1969.1 was 1969.10."""
    year, _, month = f"{number:.2f}".partition(".")
    value = _in_range(int(year), int(month), 1)
    doubt = f"数字 {number} 按 {month_text(value)} 识别" if month == "10" else ""
    return WrittenDate(value, has_day=False, doubt=doubt)


def _from_text(written: str) -> WrittenDate:
    if found := _PARTS.fullmatch(written):
        return _from_parts(found)
    text = unicodedata.normalize("NFKC", written).strip()
    text = re.sub(r"\s+", "", _TIME_OF_DAY.sub("", text)).replace("。", ".")
    if not text:
        raise DateError("日期为空")
    if found := _PARTS.fullmatch(text):
        return _from_parts(found)
    if _NUMBER.fullmatch(text):
        return _from_digits(text) if text.isdigit() else _from_number(float(text))
    raise DateError(f"“{_shortened(written)}”不是日期")


def _from_digits(digits: str) -> WrittenDate:
    if found := _DIGITS.fullmatch(digits):
        return _from_parts(found)
    if len(digits) == 4:
        raise DateError(f"“{digits}”只有年份，请补充月份")
    if len(digits) == 5 and int(digits) in _SERIALS:
        day = _EXCEL_EPOCH + timedelta(days=int(digits))
        return WrittenDate(_in_range(day.year, day.month, day.day))
    raise DateError(f"“{_shortened(digits)}”不是日期")


def _from_parts(found: re.Match[str]) -> WrittenDate:
    day = found["day"]
    return WrittenDate(_in_range(int(found["year"]), int(found["month"]), int(day or 1)), has_day=day is not None)


def _in_range(year: int, month: int, day: int) -> date:
    if not _EARLIEST_YEAR <= year <= _LATEST_YEAR:
        raise DateError(f"年份 {year} 不在 {_EARLIEST_YEAR} 年至 {_LATEST_YEAR} 年之间")
    if not 1 <= month <= 12:
        raise DateError(f"没有 {month} 月")
    try:
        return date(year, month, day)
    except ValueError:
        raise DateError(f"{year}年{month}月没有 {day} 日") from None


def _shortened(written: str) -> str:
    return written if len(written) <= 20 else written[:20] + "…"
