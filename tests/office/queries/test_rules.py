"""The rule table on a day."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from office.queries.rules import rule_table
from office.rules.defaults import DEFAULTS
from tests.factories.office import RuleFactory

pytestmark = pytest.mark.django_db


def test_the_shipped_table_in_one_query():
    with CaptureQueriesContext(connection) as queries:
        table = rule_table(date(2026, 3, 5))

    assert len(queries) == 1
    assert set(table.values) == {rule.code for rule in DEFAULTS}
    assert table.int("deadline.grace_workdays") == 5
    assert table.version == date(2020, 1, 1)


def test_a_successor_counts_from_its_day_on():
    RuleFactory(code="funds.per_head", value=800, effective_from=date(2026, 7, 1))

    before, on = rule_table(date(2026, 6, 30)), rule_table(date(2026, 7, 1))

    assert before.int("funds.per_head") == 600
    assert before.version == date(2020, 1, 1)
    assert on.int("funds.per_head") == 800
    assert on.version == date(2026, 7, 1)


def test_before_the_first_row_a_rule_is_missing():
    with pytest.raises(KeyError, match=r"funds\.per_head"):
        rule_table(date(2019, 12, 31)).int("funds.per_head")
