"""The rule table as it reads on one day: a plain value that rules and actions hand on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

CHECK_LOCALLY = "请按本地规定核对"


@dataclass(frozen=True)
class RuleValue:
    """One rule in force: its value, and where it comes from."""

    code: str
    name: str
    value: Any
    unit: str
    basis: str
    is_secondary: bool
    effective_from: date

    @property
    def shown_basis(self) -> str:
        """What pages show as the source: a figure found only in secondary copies is to be checked."""
        return CHECK_LOCALLY if self.is_secondary else self.basis


@dataclass(frozen=True)
class RuleTable:
    """All rules in force on a day; ``version`` is the day since when the table reads like this."""

    values: Mapping[str, RuleValue]
    version: date

    def rule(self, code: str) -> RuleValue:
        """The rule of a code; KeyError names the code that the table lacks."""
        try:
            return self.values[code]
        except KeyError:
            raise KeyError(f"no rule {code!r} in the rule table of {self.version}") from None

    def int(self, code: str) -> int:
        value = self.rule(code).value
        if isinstance(value, bool) or not isinstance(value, int):
            raise self._unlike(code, "a whole number")
        return value

    def decimal(self, code: str) -> Decimal:
        """A number, exact as it was written; a share such as 1/3 is asked for by ``fraction``."""
        try:
            return Decimal(self._written(code))
        except InvalidOperation:
            raise self._unlike(code, "a decimal number") from None

    def fraction(self, code: str) -> Fraction:
        """A share, written as ``1/3`` or ``0.02``."""
        try:
            return Fraction(self._written(code))
        except (ValueError, ZeroDivisionError):
            raise self._unlike(code, "a share") from None

    def text(self, code: str) -> str:
        return self._of(code, str, "a text")

    def list(self, code: str) -> list[Any]:
        return [*self._of(code, list, "a list")]

    def dict(self, code: str) -> dict[str, Any]:
        return {**self._of(code, dict, "a set of named values")}

    def basis(self, code: str) -> str:
        """The source of a rule, as pages show it."""
        return self.rule(code).shown_basis

    def starting_with(self, prefix: str) -> Iterator[tuple[str, RuleValue]]:
        """What follows the prefix, with the rule: ``starting_with("activity.kind.")`` gives each kind."""
        return ((code.removeprefix(prefix), rule) for code, rule in self.values.items() if code.startswith(prefix))

    def _written(self, code: str) -> str:
        value = self.rule(code).value
        if isinstance(value, bool) or not isinstance(value, (str, int, float)):
            raise self._unlike(code, "a number")
        return str(value)

    def _of(self, code: str, kind: type, words: str) -> Any:
        value = self.rule(code).value
        if not isinstance(value, kind):
            raise self._unlike(code, words)
        return value

    def _unlike(self, code: str, words: str) -> TypeError:
        return TypeError(f"rule {code!r} of {self.version} is not {words}: {self.rule(code).value!r}")
