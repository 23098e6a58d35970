"""The rule table as shipped, for tests of the reader."""

from office.rules.defaults import DEFAULTS, EFFECTIVE_FROM
from office.rules.table import RuleTable, RuleValue

TABLE = RuleTable(
    {
        rule.code: RuleValue(
            rule.code, rule.name, rule.value, rule.unit, rule.basis, rule.is_secondary, rule.effective_from
        )
        for rule in DEFAULTS
    },
    EFFECTIVE_FROM,
)
