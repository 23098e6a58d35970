"""Values of the rule table in words."""

import pytest

from office.rules.defaults import DEFAULTS, Shape
from office.rules.wording import shape_of, share_text, value_text


@pytest.mark.parametrize(
    ("code", "value", "unit", "words"),
    [
        ("deadline.grace_workdays", 5, "个工作日", "5 个工作日"),
        ("funds.head", "党员", "", "党员"),
        ("assessment.excellent_share", "1/3", "比例", "三分之一"),
        ("staff.dedicated_share", "0.02", "比例", "2 %"),
        ("escalation.ladder", ["提醒", "督办"], "", "提醒、督办"),
        ("grade.bands", {"average": 60, "good": 90, "fair": 80}, "分", "好 90 分、较好 80 分、一般 60 分"),
        ("target.activity.theme_day", {"at_least": "1", "period": "quarter"}, "次", "每季度不少于 1 次"),
        ("points.collective_study", {"points": 2, "cap": 12}, "分", "每次 2 分，每年最高 12 分"),
        (
            "dues.rates",
            [{"up_to": "3000", "rate": "0.005"}, {"up_to": "5000", "rate": "0.01"}, {"up_to": None, "rate": "0.015"}],
            "元/月",
            "3,000 元及以下 0.5 %，3,000 元以上至 5,000 元 1 %，5,000 元以上 1.5 %",
        ),
        (
            "activity.kind.other",
            {"prominent": False, "required": ["minutes", "host"], "default_hours": 2},
            "",
            "列在“其他”中；必填：记录、主持人或主讲人；建议时长 2 小时",
        ),
        (
            "activity.kind.other",
            {"prominent": True, "required": [], "default_hours": 1},
            "",
            "常用；必填：无；建议时长 1 小时",
        ),
        ("local.rule", 3, "次", "3 次"),
        ("local.rule", ["甲", "乙"], "", "甲、乙"),
        ("local.rule", "按通知", "", "按通知"),
    ],
)
def test_values(code, value, unit, words):
    assert value_text(code, value, unit) == words


def test_codes_in_a_list_have_names():
    assert value_text("study.kinds", ["study", "x"], names={"study": "集中学习研讨"}) == "集中学习研讨、x"


@pytest.mark.parametrize(
    ("written", "words"), [("1/2", "二分之一"), ("0.5", "50 %"), (1, "100 %"), ("1/20", "5 %"), ("0.005", "0.5 %")]
)
def test_shares(written, words):
    assert share_text(written) == words


def test_every_shipped_value_has_words_and_its_shape():
    for rule in DEFAULTS:
        assert value_text(rule.code, rule.value, rule.unit)
        assert shape_of(rule.code, rule.value) is rule.shape
    assert {rule.shape for rule in DEFAULTS} == set(Shape)
