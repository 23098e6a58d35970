"""The kinds of activity as the rule table words them."""

from campaigns.rules.kinds import KindRule
from office.rules.table import RuleTable


def kind_rules(rules: RuleTable) -> dict[str, KindRule]:
    """Code → kind, as the table reads."""
    return {code: KindRule.of(code, rule.value) for code, rule in rules.starting_with("activity.kind.")}
