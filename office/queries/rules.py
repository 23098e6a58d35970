"""The rule table on a day."""

from datetime import date

from office.models import Rule
from office.rules.defaults import EFFECTIVE_FROM
from office.rules.table import RuleTable, RuleValue

_FIELDS = ("code", "name", "value", "unit", "basis", "is_secondary", "effective_from")


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
