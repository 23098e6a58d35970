"""Bands of age and of years in the party, as filters and statistics ask for them. Pure."""

from dataclasses import dataclass
from datetime import date

from partybuild.lib.dates import add_months


@dataclass(frozen=True)
class Band:
    """Whole years from – to, both included; without an end open."""

    code: str
    label: str
    first: int
    last: int | None = None

    def days(self, today: date) -> tuple[date | None, date]:
        """A day of birth (or of joining) lies after the first day of the answer and not after the second."""
        latest = add_months(today, -12 * self.first)
        return (None if self.last is None else add_months(today, -12 * (self.last + 1))), latest


AGES = (
    Band("35", "35 岁及以下", 0, 35),
    Band("45", "36 至 45 岁", 36, 45),
    Band("55", "46 至 55 岁", 46, 55),
    Band("60", "56 至 60 岁", 56, 60),
    Band("61", "61 岁及以上", 61),
)
PARTY_AGES = (
    Band("5", "5 年及以下", 0, 5),
    Band("10", "6 至 10 年", 6, 10),
    Band("20", "11 至 20 年", 11, 20),
    Band("30", "21 至 30 年", 21, 30),
    Band("49", "31 至 49 年", 31, 49),
    Band("50", "50 年及以上", 50),
)


def band(bands: tuple[Band, ...], code: str) -> Band | None:
    """The band of a code."""
    return next((one for one in bands if one.code == code), None)
