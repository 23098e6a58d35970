"""A rule gets a further value; what was, stays."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from branches.models import AuditEntry
from branches.permissions import Actor
from office.actions.rules import change_rule
from office.models import Rule
from office.queries.rules import rule_table

pytestmark = pytest.mark.django_db
BY = Actor(user_id=7)
TODAY = "2026-06-15T09:00:00+08:00"


def _change(**fields: object) -> Rule:
    wanted = {"code": "funds.per_head", "value": 800, "basis": "区委文件", "effective_from": date(2026, 7, 1)}
    return change_rule(by=BY, **{**wanted, **fields})


def test_the_new_value_counts_from_its_day_and_the_old_one_before(move_clock):
    move_clock(TODAY)

    rule = _change()

    assert (rule.name, rule.unit, rule.basis, rule.is_secondary) == (
        "人均党建活动经费每年不低于",
        "元",
        "区委文件",
        False,
    )
    assert rule_table(date(2026, 6, 30)).int("funds.per_head") == 600
    assert rule_table(date(2026, 7, 1)).int("funds.per_head") == 800
    entry = AuditEntry.objects.get(verb="修改规则")
    assert entry.user_id == 7
    assert entry.detail == {"code": "funds.per_head", "note": "自2026年7月1日起：800 元"}


def test_staff_who_give_a_value_vouch_for_it(move_clock):
    move_clock(TODAY)

    _change(code="assessment.excellent_share", value="1/4")

    assert rule_table(date(2026, 6, 30)).basis("assessment.excellent_share") == "请按本地规定核对"
    assert rule_table(date(2026, 7, 1)).basis("assessment.excellent_share") == "区委文件"


def test_a_kind_of_activity_takes_its_new_name(move_clock):
    move_clock(TODAY)
    value = {**Rule.objects.get(code="activity.kind.theme_day").value, "label": "主题党日活动"}

    assert _change(code="activity.kind.theme_day", value=value).name == "主题党日活动"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"effective_from": date(2026, 6, 14)}, "生效日期不能早于2026年6月15日"),
        ({"earliest": date(2026, 8, 1)}, "生效日期不能早于2026年8月1日"),
        ({"value": 600}, "取值没有变化"),
        ({"code": "no.rule"}, "没有这条规则"),
    ],
)
def test_refusals(move_clock, fields, words):
    move_clock(TODAY)

    with pytest.raises(ValidationError, match=words):
        _change(**fields)

    assert Rule.objects.filter(code="funds.per_head").count() == 1
    assert not AuditEntry.objects.filter(verb="修改规则").exists()


def test_it_may_start_today(move_clock):
    move_clock(TODAY)

    assert _change(effective_from=date(2026, 6, 15)).effective_from == date(2026, 6, 15)


def test_of_two_from_one_day_the_first_stands(move_clock):
    move_clock(TODAY)
    _change()

    with pytest.raises(ValidationError, match="从2026年7月1日起已有新的取值"):
        _change(value=900)

    assert rule_table(date(2026, 7, 1)).int("funds.per_head") == 800
