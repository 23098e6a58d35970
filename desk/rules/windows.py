"""The stretch of time that a board shows, and the one before it."""

from dataclasses import dataclass
from datetime import date

from partybuild.lib import periods
from partybuild.lib.periods import Period, PeriodError, PeriodKind

KINDS = (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.YEAR)
TREND_MONTHS = 12
_THIS = {PeriodKind.MONTH: "本月", PeriodKind.QUARTER: "本季", PeriodKind.YEAR: "本年"}
_LAST = {PeriodKind.MONTH: "上月", PeriodKind.QUARTER: "上季", PeriodKind.YEAR: "上年"}


@dataclass(frozen=True)
class Window:
    """A month, quarter or year as seen on a day."""

    period: Period
    today: date

    @property
    def key(self) -> str:
        return self.period.key

    @property
    def label(self) -> str:
        """2026年3月."""
        return periods.label(self.period)

    @property
    def is_running(self) -> bool:
        """Still under way, or to come: its figures are not to be held against those of a whole period."""
        return self.period.ends_on >= self.today

    @property
    def last_word(self) -> str:
        """上月, 上季, 上年."""
        return _LAST[self.period.kind]

    @property
    def previous(self) -> Period:
        return periods.previous(self.period)

    @property
    def months(self) -> list[str]:
        """The keys of its months."""
        return month_keys(self.period)

    @property
    def previous_months(self) -> list[str]:
        return month_keys(self.previous)

    @property
    def past_months(self) -> list[str]:
        """Its months that are over: what is open in them is overdue."""
        return [month.key for month in periods.months_in(self.period) if month.ends_on < self.today]

    @property
    def running_since(self) -> date:
        """The first day of its first month that is not over; today when all are."""
        starts = (month.starts_on for month in periods.months_in(self.period) if month.ends_on >= self.today)
        return next(starts, self.today)

    @property
    def trend_months(self) -> list[Period]:
        """Twelve months up to the window's last one."""
        month = periods.containing(PeriodKind.MONTH, self.period.ends_on)
        found = [month]
        while len(found) < TREND_MONTHS:
            found.insert(0, periods.previous(found[0]))
        return found

    def choices(self) -> list[tuple[str, str, bool]]:
        """Key, word and whether it is this one, of the month, quarter and year around the same day."""
        day = self.today if self.period.contains(self.today) else self.period.ends_on
        found = [periods.containing(kind, day) for kind in KINDS]
        return [(each.key, self._word(each), each.key == self.key) for each in found]

    def _word(self, period: Period) -> str:
        return _THIS[period.kind] if period.contains(self.today) else periods.label(period)


def month_keys(period: Period) -> list[str]:
    """The keys of a period's months, in order."""
    return [month.key for month in periods.months_in(period)]


def window_of(key: str, today: date) -> Window:
    """The window of a key; of one that is none, the month of today."""
    try:
        period = periods.parse(key)
    except PeriodError:
        period = None
    if period is None or period.kind not in KINDS:
        period = periods.containing(PeriodKind.MONTH, today)
    return Window(period, today)


def recent_months(today: date, count: int = TREND_MONTHS) -> list[Period]:
    """The month of today and those before it, latest first."""
    found = [periods.containing(PeriodKind.MONTH, today)]
    while len(found) < count:
        found.append(periods.previous(found[-1]))
    return found
