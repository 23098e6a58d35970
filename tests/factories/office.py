"""Rows of the office floor, one plain one each."""

from datetime import date
from typing import Any

from office.models import Rule
from partybuild.lib import clock


def make_rule(code: str, value: Any, effective_from: date, **fields: Any) -> Rule:
    """A value of the rule table from a day on."""
    fields = {"name": code, "unit": "", "basis": "测试", "recorded_at": clock.now(), **fields}
    return Rule.objects.create(code=code, value=value, effective_from=effective_from, **fields)
