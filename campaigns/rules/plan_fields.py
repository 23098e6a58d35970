"""Reads the fields of a plan's plain data, each check with the sentence that names the place of a mistake."""

import re
from collections.abc import Collection
from datetime import date
from decimal import Decimal

from branches.enums import OrganizationKind
from campaigns.rules.metrics import METRICS
from partybuild.lib.periods import PeriodKind

AUDIENCE_KINDS = tuple(kind for kind in OrganizationKind.values if kind != OrganizationKind.GROUP)
MANUAL = "manual"

_NUMBER = re.compile(r"[1-9][0-9]*(\.[1-9][0-9]*)*")
_CODE = re.compile(r"[A-Z][A-Z0-9]{1,11}(-[0-9]{4})?")
_AMOUNT = re.compile(r"[0-9]{1,12}(\.[0-9]{1,6})?")
_DAY = re.compile(r"([0-9]{4}-)?[0-9]{2}-[0-9]{2}")
# A month and day alone are checked against a leap year, so that 29 February may be named.
_ANY_YEAR = "2000-"


class PlanError(ValueError):
    """A plan's data is not in order; the message is for the screen."""


class Fields:
    """The fields of one part of a plan; every field read is ticked off, ``finish`` refuses what is left."""

    def __init__(self, data: object, place: str) -> None:
        self.place = place
        if not isinstance(data, dict):
            raise self.error("应为一组字段")
        self._data = data
        self._read: set[str] = set()

    def error(self, sentence: str) -> PlanError:
        """The error to raise for a mistake in this part."""
        return PlanError(f"{self.place}：{sentence}。")

    def finish(self) -> None:
        """Raises for a field that the form of a plan does not know."""
        unknown = [str(key) for key in self._data if key not in self._read]
        if unknown:
            raise self.error(f"不认识的字段“{unknown[0]}”")

    def text(self, key: str, default: str | None = None) -> str:
        """Text without blanks around it; compulsory where no default is given."""
        value = self._take(key)
        if value is None or value == "":
            if default is None:
                raise self.error(f"缺少“{key}”")
            return default
        if not isinstance(value, str):
            raise self.error(f"“{key}”应为文字，现为“{value}”")
        if not value.strip():
            raise self.error(f"“{key}”不能为空白")
        return value.strip()

    def code(self, key: str) -> str:
        """A campaign's code: Latin capitals and digits, with or without a year."""
        return self._matching(key, _CODE, "应为大写字母和数字")

    def number(self, key: str) -> str:
        """A task's number in Arabic digits, levels separated by dots."""
        return self._matching(key, _NUMBER, "应为数字编号，层级用点分开")

    def choice(self, key: str, choices: Collection[str], default: str | None = None) -> str:
        """One of the known values."""
        value = self.text(key, default)
        if value not in choices:
            raise self.error(f"“{key}”没有“{value}”这一项")
        return value

    def period(self, key: str) -> str:
        """A period that a target or a cadence may have."""
        return self.choice(key, PeriodKind.values)

    def metric(self, key: str) -> str:
        """The code of a registered metric."""
        return self.choice(key, METRICS)

    def amount(self, key: str, default: str | None = None) -> str:
        """A positive decimal number, kept as the text that it is."""
        value = self.text(key, default)
        if value == default:
            return value
        if not _AMOUNT.fullmatch(value) or Decimal(value) <= 0:
            raise self.error(f"“{key}”应为大于零的数字，现为“{value}”")
        return value

    def day(self, key: str) -> str:
        """``MM-DD`` or ``YYYY-MM-DD``; empty when not set."""
        value = self.text(key, "")
        if not value:
            return ""
        if not _DAY.fullmatch(value) or not _is_day(value):
            raise self.error(f"“{key}”应为月日或年月日，现为“{value}”")
        return value

    def whole(self, key: str, minimum: int, maximum: int | None = None) -> int | None:
        """A whole number in the range; None when not set."""
        value = self._take(key)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.error(f"“{key}”应为整数，现为“{value}”")
        if value < minimum or (maximum is not None and value > maximum):
            raise self.error(f"“{key}”超出范围，现为“{value}”")
        return value

    def flag(self, key: str) -> bool:
        """A yes or no; no when not set."""
        value = self._take(key)
        if value is None:
            return False
        if not isinstance(value, bool):
            raise self.error(f"“{key}”应为是或否，现为“{value}”")
        return value

    def kinds(self, key: str) -> tuple[str, ...]:
        """The kinds of organisation that an audience is made of."""
        values = self._list(key)
        if not values:
            raise self.error(f"缺少“{key}”")
        for value in values:
            if value not in AUDIENCE_KINDS:
                raise self.error(f"“{key}”没有“{value}”这一项")
        if len(set(map(str, values))) != len(values):
            raise self.error(f"“{key}”有重复")
        return tuple(str(value) for value in values)

    def words(self, key: str, longest: int) -> tuple[str, ...]:
        """A list of different short words, which may be missing."""
        found = self._list(key)
        if any(not isinstance(word, str) or not 0 < len(word.strip()) <= longest for word in found):
            raise self.error(f"“{key}”应为不超过 {longest} 字的名称。")
        words = tuple(str(word).strip() for word in found)
        if len(set(words)) != len(words):
            raise self.error(f"“{key}”中的名称不能重复。")
        return words

    def part(self, key: str, label: str) -> "Fields":
        """A part within this one."""
        return Fields(self._take(key), f"{self.place}{label}")

    def parts(self, key: str, label: str, named_by: str) -> list["Fields"]:
        """The parts of a list, each placed by its number or name, else by where it stands."""
        return [
            Fields(value, f"{self._prefix()}{label}“{_name(value, named_by) or index}”")
            for index, value in enumerate(self._list(key), start=1)
        ]

    def check_subject(self, metric: str, subject: str) -> None:
        """A metric says of whom it counts; only the manual one is open to all."""
        expected = METRICS[metric].subject
        if metric != MANUAL and subject != expected:
            raise self.error(f"指标“{metric}”的对象应为“{expected.label}”（{expected.value}）")

    def check_bounds(self, at_least: str, at_most: str) -> None:
        """The upper bound, where there is one, is not below the lower."""
        if at_most and Decimal(at_most) < Decimal(at_least):
            raise self.error(f"上限“{at_most}”低于下限“{at_least}”")

    def _take(self, key: str) -> object:
        self._read.add(key)
        return self._data.get(key)

    def _list(self, key: str) -> list[object]:
        value = self._take(key)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.error(f"“{key}”应为列表")
        return value

    def _matching(self, key: str, pattern: re.Pattern[str], sentence: str) -> str:
        value = self.text(key)
        if not pattern.fullmatch(value):
            raise self.error(f"“{key}”{sentence}，现为“{value}”")
        return value

    def _prefix(self) -> str:
        # The whole plan needs no mention before its parts.
        return "" if self.place == "方案" else self.place


def _name(value: object, named_by: str) -> str:
    name = value.get(named_by) if isinstance(value, dict) else None
    return name if isinstance(name, str) else ""


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value if len(value) == 10 else _ANY_YEAR + value)
    except ValueError:
        return False
    return True
