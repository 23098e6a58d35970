"""The command that loads what every installation starts with."""

import json
import time
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from branches.models import AuditEntry
from office.models import Rule, WorkDay
from office.rules.calendar import known_days
from office.rules.defaults import DEFAULTS
from partybuild.lib import clock

pytestmark = pytest.mark.django_db


def _load() -> dict[str, int]:
    out = StringIO()
    call_command("load_defaults", "--json", stdout=out)
    return json.loads(out.getvalue())


def test_an_empty_table_is_filled():
    Rule.objects.all().delete()
    WorkDay.objects.all().delete()

    assert _load() == {"rules": len(DEFAULTS), "days": len(list(known_days()))}
    assert WorkDay.objects.count() == len(list(known_days()))
    assert set(Rule.objects.values_list("code", flat=True)) == {rule.code for rule in DEFAULTS}
    entry = AuditEntry.objects.filter(verb="装入默认规则和日历").latest("id")
    assert entry.channel == "command"
    assert entry.detail == {"rules": len(DEFAULTS), "days": len(list(known_days()))}


def test_a_second_time_changes_nothing():
    before = AuditEntry.objects.count()

    assert _load() == {"rules": 0, "days": 0}
    assert AuditEntry.objects.count() == before


def test_what_staff_has_changed_stays():
    Rule.objects.create(
        code="funds.per_head", name="人均经费", value=800, basis="市委文件", effective_from=date(2026, 1, 1),
        recorded_at=clock.now(),
    )  # fmt: skip
    WorkDay.objects.filter(day=date(2026, 10, 1)).update(is_workday=True, note="值班")

    assert _load() == {"rules": 0, "days": 0}
    assert list(Rule.objects.filter(code="funds.per_head").values_list("value", flat=True)) == [800, 600]
    assert WorkDay.objects.get(day=date(2026, 10, 1)).is_workday is True


def test_it_takes_less_than_a_second():
    Rule.objects.all().delete()
    WorkDay.objects.all().delete()

    started = time.monotonic()
    _load()

    assert time.monotonic() - started < 1


def test_it_tells_a_person_what_it_did():
    out = StringIO()

    call_command("load_defaults", stdout=out)

    assert out.getvalue() == "规则表新增 0 条，工作日历新增 0 天。\n"
