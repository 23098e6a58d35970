"""The kinds of activity as the rule table words them."""

from datetime import date

from branches.models import Organization
from campaigns.models import Assignment
from campaigns.queries.assignments import TODO, state_filter
from campaigns.queries.todo import record_kind
from campaigns.rules import metrics
from campaigns.rules.kinds import KindRule
from office.rules.table import RuleTable

_FEW = 3


def kind_rules(rules: RuleTable) -> dict[str, KindRule]:
    """Code → kind, as the table reads."""
    return {code: KindRule.of(code, rule.value) for code, rule in rules.starting_with("activity.kind.")}


def kinds_due(organization: Organization, today: date) -> set[str]:
    """The kinds of activity that something due this month has in mind; one query. What any kind would do names none."""
    rows = Assignment.objects.filter(state_filter(TODO, today), organization=organization)
    codes = set(rows.values_list("metric", flat=True))
    return {record_kind(code) for code in codes if 0 < len(metrics.get(code).kinds) <= _FEW}
