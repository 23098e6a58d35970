"""The form for a rule's next value, for every shape of value."""

from datetime import date

import pytest

from office.forms.rules import RuleChangeForm
from office.models import Rule
from office.rules.defaults import DEFAULTS

pytestmark = pytest.mark.django_db
EARLIEST = date(2026, 7, 1)
REST = {"basis": "工委通知", "effective_from": "2026-07-01"}


def _form(code: str, **data: object) -> RuleChangeForm:
    return RuleChangeForm({**REST, **data}, rule=Rule.objects.get(code=code), earliest=EARLIEST)


def _filled_as_shown(code: str) -> dict[str, object]:
    """What the browser sends when nothing is changed."""
    form = RuleChangeForm(rule=Rule.objects.get(code=code), earliest=EARLIEST)
    shown = {name: bound.field.prepare_value(bound.value()) for name, bound in zip(form.fields, form, strict=True)}
    return {name: value for name, value in shown.items() if value not in (None, False)}


@pytest.mark.parametrize("rule", DEFAULTS, ids=lambda rule: rule.code)
def test_what_is_shown_and_sent_back_is_the_value(rule):
    form = _form(rule.code, **{**_filled_as_shown(rule.code), **REST})

    assert form.errors == {}
    assert form.cleaned_data["value"] == rule.value


@pytest.mark.parametrize(
    ("code", "data", "value"),
    [
        ("deadline.grace_workdays", {"value": "7"}, 7),
        ("assessment.excellent_share", {"value": "1/4"}, "1/4"),
        ("funds.head", {"value": "干部职工"}, "干部职工"),
        ("escalation.ladder", {"value": "提醒\r\n\r\n 约谈 \r\n通报"}, ["提醒", "约谈", "通报"]),
        ("grade.bands", {"good": "95", "fair": "85", "average": "70"}, {"good": 95, "fair": 85, "average": 70}),
        ("target.activity.theme_day", {"period": "year", "at_least": "2"}, {"at_least": "2", "period": "year"}),
        ("points.collective_study", {"points": "1", "cap": "10"}, {"points": 1, "cap": 10}),
        (
            "dues.retired_rates",
            {"up_to_1": "6000.00", "rate_1": "0.5", "rate_2": "1.250"},
            [{"up_to": "6000", "rate": "0.005"}, {"up_to": None, "rate": "0.0125"}],
        ),
        ("study.kinds", {"value": ["study", "training"]}, ["study", "training"]),
    ],
)
def test_a_new_value(code, data, value):
    form = _form(code, **data)

    assert form.errors == {}
    assert form.cleaned_data["value"] == value


def test_a_kind_of_activity():
    form = _form(
        "activity.kind.theme_day", label="主题党日活动", order="5", required=["minutes"], default_hours="3",
        minutes_guide="做了什么", prominent="on",
    )  # fmt: skip

    assert form.errors == {}
    assert form.cleaned_data["value"] == {
        "label": "主题党日活动", "order": 5, "prominent": True, "required": ["minutes"], "default_hours": 3,
        "minutes_guide": ["做了什么"], "photos": "optional",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("code", "data", "field"),
    [
        ("deadline.grace_workdays", {"value": "-1"}, "value"),
        ("deadline.grace_workdays", {"value": "五"}, "value"),
        ("deadline.grace_workdays", {"value": "1", "basis": " "}, "basis"),
        ("deadline.grace_workdays", {"value": "1", "effective_from": "2026-02-30"}, "effective_from"),
        ("assessment.excellent_share", {"value": "1/0"}, "value"),
        ("assessment.excellent_share", {"value": "三分之一"}, "value"),
        ("assessment.excellent_share", {"value": "0.02\n"}, None),
        ("escalation.ladder", {"value": " \n "}, "value"),
        ("escalation.ladder", {"value": "提醒\n提醒"}, "value"),
        ("escalation.ladder", {"value": "\n".join(str(n) for n in range(31))}, "value"),
        ("escalation.ladder", {"value": "长" * 129}, "value"),
        ("grade.bands", {"good": "80", "fair": "90", "average": "60"}, "good"),
        ("grade.bands", {"good": "101", "fair": "90", "average": "60"}, "good"),
        ("target.activity.theme_day", {"period": "hour", "at_least": "1"}, "period"),
        ("points.collective_study", {"points": "3", "cap": "2"}, "cap"),
        ("dues.rates", {f"rate_{n}": "1" for n in range(1, 5)} | {f"up_to_{n}": str(9 - n) for n in range(1, 4)},
         "up_to_1"),
        ("dues.retired_rates", {"up_to_1": "NaN", "rate_1": "0.5", "rate_2": "1"}, "up_to_1"),
        ("dues.retired_rates", {"up_to_1": "5000", "rate_1": "11", "rate_2": "1"}, "rate_1"),
        ("study.kinds", {"value": ["picnic"]}, "value"),
        ("activity.kind.other", {"label": "其他"}, "order"),
    ],
)  # fmt: skip
def test_what_does_not_fit(code, data, field):
    form = _form(code, **data)

    assert (field in form.errors) if field else not form.errors


def test_the_proposed_day_is_the_earliest():
    form = RuleChangeForm(rule=Rule.objects.get(code="funds.per_head"), earliest=EARLIEST)

    assert form["effective_from"].value() == EARLIEST
    assert list(form.fields) == ["value", "basis", "effective_from"]
