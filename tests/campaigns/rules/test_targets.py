from decimal import Decimal

import pytest

from campaigns.rules.plans import PlanTarget
from campaigns.rules.targets import Demand, amount_text, audience_text, number_text, sentence


def demand(**fields) -> Demand:
    values = {
        "metric": "activity.party_lecture", "subject": "organization", "period": "quarter", "at_least": "1",
        "unit": "次", "basis": "rule", "phrase": "“三会一课”",
    }  # fmt: skip
    return Demand.of_plan(PlanTarget(**{**values, **fields}))


@pytest.mark.parametrize(
    "fields, words",
    [
        ({}, "党支部 · 每季度不少于 1 次 · 依据：规则表（“三会一课”）"),
        (
            {"basis": "stated", "phrase": "落实“三会一课”，每季度1次"},
            "党支部 · 每季度不少于 1 次 · 依据：文件原文“落实‘三会一课’，每季度1次”",
        ),
        (
            {"subject": "member", "period": "year", "at_least": "32", "unit": "学时"},
            "党支部每名党员 · 每年不少于 32 学时 · 依据：规则表（“三会一课”）",
        ),
        (
            {"subject": "leader", "kinds": ("committee", "leading_group"), "phrase": ""},
            "机关党委、党组每名领导干部 · 每季度不少于 1 次 · 依据：规则表",
        ),
        (
            {"period": "month", "at_most": "2", "unit": "条", "group": "direct", "phrase": "", "by_day": 10},
            "直属的党支部 · 每月 1—2 条，每月 10 日前 · 依据：规则表",
        ),
        (
            {"period": "once", "unit": "%", "due": "09-30", "group": "issuer", "phrase": ""},
            "发布单位本级 · 年内达到 100 %，9 月 30 日前 · 依据：规则表",
        ),
        (
            {"period": "year", "at_least": "0.02", "unit": "%", "phrase": ""},
            "党支部 · 每年不低于 2 % · 依据：规则表",
        ),
        (
            {"period": "event", "within_days": 7, "group": "with_groups", "phrase": ""},
            "设有党小组的党支部 · 事项发生后 7 天内不少于 1 次 · 依据：规则表",
        ),
        (
            {"period": "term", "before_term_end_months": 6, "phrase": ""},
            "党支部 · 每届任期不少于 1 次，届满前 6 个月 · 依据：规则表",
        ),
    ],
)
def test_a_target_is_said_in_words(fields, words):
    assert sentence(demand(**fields)) == words


@pytest.mark.parametrize("value, text", [("8.00", "8"), ("0.50", "0.5"), ("1200", "1,200"), ("100", "100")])
def test_numbers_stand_without_needless_zeros(value, text):
    assert number_text(Decimal(value)) == text


def test_a_share_is_a_percentage_and_money_is_not():
    assert amount_text(Decimal("0.02"), "%") == "2 %"
    assert amount_text(Decimal(600), "元") == "600 元"


def test_the_issuer_alone_needs_no_kinds():
    assert audience_text(["work_committee"], "issuer") == "发布单位本级"
