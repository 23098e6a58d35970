"""When something took place, as people write it into one cell: 2026年3月12日（周四）下午2:30—4:30. Pure."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, time
from decimal import ROUND_HALF_UP, Decimal

from partybuild.lib.dates import DateError, WrittenDate, parse_date
from partybuild.lib.workbook.parsing import Value

_TIME = r"(上午|早上|中午|下午|晚上|晚)?(?<!\d)(\d{1,2})(?::(\d{2})(?::\d{2})?|[时点](?:(\d{1,2})分?|(半))?)"
_MOMENT = re.compile(rf"(?P<day>.*?) ?(?:{_TIME}(?:[-~—–―至到]+{_TIME})?)?", re.ASCII)
_WEEKDAY = re.compile(r"\(?(?:周|星期|礼拜)[一二三四五六日天]\)?")
# Blanks go, save those between two numbers.
_BLANKS = re.compile(r"(?<!\d) | (?!\d)")
_LATER = {"下午": 1, "晚上": 1, "晚": 1, "中午": 11}
"""From which hour on a part of the day lies before noon by the clock of twelve hours."""
_NOON, _MINUTES_A_DAY = 12, 24 * 60
_TENTH = Decimal("0.1")


@dataclass(frozen=True)
class WrittenMoment:
    """A day, the time of it where that was written, and the hours between two times."""

    day: WrittenDate
    at: time | None = None
    hours: Decimal | None = None


def parse_moment(written: Value) -> WrittenMoment:
    """Read a cell: what ``parse_date`` reads, with a time of day or two; raises ``DateError`` with the reason."""
    if isinstance(written, datetime):
        return WrittenMoment(parse_date(written), _unless_midnight(written.time()))
    if isinstance(written, float) and written != int(written):
        day = parse_date(written)
        return WrittenMoment(day, _unless_midnight(_of_fraction(written % 1)) if day.has_day else None)
    if not isinstance(written, str):
        return WrittenMoment(parse_date(written))
    text = _BLANKS.sub("", " ".join(_WEEKDAY.sub(" ", unicodedata.normalize("NFKC", written)).split()))
    found = _MOMENT.fullmatch(text)
    if found is None or found[3] is None or not found["day"]:
        return WrittenMoment(_day(text, written))
    start = _time(found[2], found[3], found[4] or found[5], found[6])
    end = _time(found[7] or found[2], found[8], found[9] or found[10], found[11]) if found[8] else None
    return WrittenMoment(_day(found["day"], written), start, _between(start, end))


def _day(text: str, written: str) -> WrittenDate:
    """The part that is the date; what cannot be read is told as it was written."""
    try:
        return parse_date(text)
    except DateError:
        return parse_date(written)


def _time(part: str | None, hour: str, minute: str | None, half: str | None) -> time:
    hours, minutes = int(hour), 30 if half else int(minute or 0)
    if part in _LATER and hours < _NOON and (hours < _LATER[part] or part != "中午"):
        hours += _NOON
    try:
        return time(hours, minutes)
    except ValueError:
        raise DateError(f"没有 {hour}:{minute or '00'} 这个时间") from None


def _unless_midnight(at: time) -> time | None:
    """A date without a time is kept as midnight."""
    return at.replace(second=0, microsecond=0) if (at.hour, at.minute) != (0, 0) else None


def _of_fraction(fraction: float) -> time:
    minutes = min(round(fraction * _MINUTES_A_DAY), _MINUTES_A_DAY - 1)
    return time(minutes // 60, minutes % 60)


def _between(start: time, end: time | None) -> Decimal | None:
    if end is None:
        return None
    minutes = (end.hour - start.hour) * 60 + end.minute - start.minute
    return (Decimal(minutes) / 60).quantize(_TENTH, ROUND_HALF_UP) if minutes > 0 else None
