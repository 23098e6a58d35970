"""What a stretch of time really took of people, beside what it would have taken without sharing. Source: X03.

Times are those of the rule table (``burden.*``): nobody's time online is measured.
"""

from dataclasses import dataclass, fields
from decimal import Decimal

from desk.rules.burden import RECORD_FIELDS, Prices

_MINUTES_OF_AN_HOUR = 60


@dataclass(frozen=True)
class Taken:
    """Records and answers that were filed, what they hold, and for how many tasks they counted.

    ``records`` may be a part of a record where several campaigns share it. ``entries`` are the persons' own.
    """

    records: Decimal = Decimal(0)
    answers: int = 0
    boxes: int = 0
    files: Decimal = Decimal(0)
    entries: int = 0
    credits: int = 0
    said: int = 0

    def __add__(self, other: "Taken") -> "Taken":
        return Taken(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(Taken)))

    @property
    def saved(self) -> int:
        """So many times nobody had to fill in the same again."""
        return max(int(self.credits - self.records), 0)

    @property
    def fields_filled(self) -> int:
        return int(self.records * RECORD_FIELDS) + self.boxes + self.entries

    def minutes(self, prices: Prices) -> int:
        """Of everything that was filed."""
        fields_alone = self.boxes + self.entries
        return int(self.records * prices.record + fields_alone * prices.field + self.files * prices.file)

    def minutes_unshared(self, prices: Prices) -> int:
        """What the same tasks would have taken if each had asked for a record of its own."""
        return self.minutes(prices) + self.saved * prices.record


def hours(minutes: int) -> float:
    """Hours with one decimal."""
    return round(minutes / _MINUTES_OF_AN_HOUR, 1)
