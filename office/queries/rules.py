"""The rule table on a day, and as pages list it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from office.models import Rule
from office.rules.defaults import EFFECTIVE_FROM, GROUPS
from office.rules.table import RuleTable, RuleValue
from office.rules.wording import value_text
from partybuild.lib import clock

_FIELDS = ("code", "name", "value", "unit", "basis", "is_secondary", "effective_from")
_KIND = "activity.kind."
OTHER_GROUP = "其他"


@dataclass(frozen=True)
class RuleLine:
    """A rule as the page shows it: what it says today, and what it will say from a later day on."""

    rule: RuleValue
    text: str
    upcoming: str = ""
    upcoming_from: date | None = None


@dataclass(frozen=True)
class RuleGroup:
    """Rules under one heading."""

    title: str
    lines: Sequence[RuleLine]


def rule_table(on: date) -> RuleTable:
    """Of each code the row in force on the day; one query."""
    rows = (
        Rule.objects.filter(effective_from__lte=on)
        .order_by("code", "-effective_from")
        .distinct("code")
        .values_list(*_FIELDS)
    )
    values = {row[0]: RuleValue(*row) for row in rows}
    version = max((value.effective_from for value in values.values()), default=EFFECTIVE_FROM)
    return RuleTable(values, version)


def earliest_change() -> date:
    """The first day from which a rule may read differently: nothing that is past is judged anew."""
    return clock.today()


def kind_names() -> dict[str, str]:
    """Names of the kinds of activity by code, in their order."""
    return _kind_names(rule_table(clock.today()))


def rule_groups(on: date) -> list[RuleGroup]:
    """The whole table under its headings, in words; two queries."""
    table = rule_table(on)
    names = _kind_names(table)
    coming = _upcoming(on)
    left = dict(table.values)
    groups = []
    for title, shipped in GROUPS:
        lines = [_line(left.pop(rule.code), coming, names) for rule in shipped if rule.code in left]
        groups.append(RuleGroup(title, lines))
    return [
        *groups,
        *([RuleGroup(OTHER_GROUP, [_line(rule, coming, names) for rule in left.values()])] if left else []),
    ]


def versions_of(code: str) -> list[tuple[Rule, str]]:
    """Every row of a code with its value in words, the latest first."""
    names = kind_names()
    rows = Rule.objects.filter(code=code).order_by("-effective_from")
    return [(row, value_text(row.code, row.value, row.unit, names)) for row in rows]


def _kind_names(table: RuleTable) -> dict[str, str]:
    kinds = sorted(table.starting_with(_KIND), key=lambda kind: kind[1].value["order"])
    return {code: rule.value["label"] for code, rule in kinds}


def _upcoming(on: date) -> dict[str, RuleValue]:
    """Of each code the next row to come."""
    rows = (
        Rule.objects.filter(effective_from__gt=on)
        .order_by("code", "effective_from")
        .distinct("code")
        .values_list(*_FIELDS)
    )
    return {row[0]: RuleValue(*row) for row in rows}


def _line(rule: RuleValue, coming: dict[str, RuleValue], names: dict[str, str]) -> RuleLine:
    text = value_text(rule.code, rule.value, rule.unit, names)
    later = coming.get(rule.code)
    if later is None:
        return RuleLine(rule, text)
    return RuleLine(rule, text, value_text(later.code, later.value, later.unit, names), later.effective_from)
