"""Rules and days that the database refuses."""

from datetime import date

import pytest
from django.db import IntegrityError

from office.models import WorkDay
from tests.factories.office import RuleFactory

pytestmark = pytest.mark.django_db


def test_two_values_from_one_day_on():
    RuleFactory(code="a.b", value=1, effective_from=date(2026, 1, 1))

    with pytest.raises(IntegrityError, match="rule_once_a_day"):
        RuleFactory(code="a.b", value=2, effective_from=date(2026, 1, 1))


def test_a_day_twice():
    with pytest.raises(IntegrityError, match="day"):
        WorkDay.objects.create(day=date(2026, 10, 1), is_workday=True)
