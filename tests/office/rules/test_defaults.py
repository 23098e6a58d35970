"""The shipped rule table against the rules of the field."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from office.models import Rule
from office.rules.defaults import DEFAULTS, GROUPS, Shape, by_code
from office.rules.defaults.kinds import KINDS, PROMINENT
from office.rules.table import RuleTable, RuleValue
from partybuild.lib.periods import PeriodKind

VERSION = date(2020, 1, 1)
TABLE = RuleTable(
    {
        rule.code: RuleValue(
            rule.code, rule.name, rule.value, rule.unit, rule.basis, rule.is_secondary, rule.effective_from
        )
        for rule in DEFAULTS
    },
    VERSION,
)


def test_codes_are_unique_and_every_rule_names_its_basis():
    assert len(by_code()) == len(DEFAULTS) == sum(len(rules) for _, rules in GROUPS)
    assert [rule.code for rule in DEFAULTS if not rule.basis or not rule.name] == []
    assert {rule.effective_from for rule in DEFAULTS} == {VERSION}


@pytest.mark.parametrize("field", ["code", "name", "unit", "basis"])
def test_every_text_fits_its_column(field):
    assert max(len(getattr(rule, field)) for rule in DEFAULTS) <= Rule._meta.get_field(field).max_length


@pytest.mark.parametrize(
    ("metric", "at_least", "period"),
    [
        ("activity.member_assembly", "1", "quarter"),
        ("activity.branch_committee", "1", "month"),
        ("activity.group_meeting", "1", "month"),
        ("activity.party_lecture", "1", "quarter"),
        ("activity.theme_day", "1", "month"),
        ("activity.fixed_day", "1", "month"),
        ("life.organization", "1", "year"),
        ("life.member_review", "1", "year"),
        ("talk.heart", "1", "year"),
        ("study.hours", "32", "year"),
    ],
)
def test_how_often_an_institution_takes_place(metric, at_least, period):
    assert TABLE.dict(f"target.{metric}") == {"at_least": at_least, "period": period}


def test_every_frequency_has_a_known_period_and_a_positive_amount():
    values = [rule.value for rule in DEFAULTS if rule.shape is Shape.FREQUENCY]

    assert {value["period"] for value in values} <= set(PeriodKind.values)
    assert all(Decimal(value["at_least"]) > 0 for value in values)


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("study.hours_secretary", 56),
        ("size.branch_min_full", 3),
        ("size.branch_max", 50),
        ("size.committee_from", 7),
        ("size.committee_min", 3),
        ("size.committee_usual", 5),
        ("size.committee_max", 7),
        ("size.general_branch_from", 50),
        ("size.party_committee_from", 100),
        ("funds.per_head", 600),
        ("term.committee_years", 5),
        ("term.general_branch_years", 3),
        ("term.branch_years", 3),
        ("term.extension_years", 1),
        ("term.first_reminder_months", 6),
        ("term.second_reminder_months", 3),
        ("term.overdue_reminder_months", 1),
        ("development.talk_months", 1),
        ("development.training_months", 12),
        ("development.review_months", 6),
        ("development.introducers", 2),
        ("development.approval_months", 3),
        ("development.approval_max_months", 6),
        ("development.probation_months", 12),
        ("development.extension_min_months", 6),
        ("development.extension_max_months", 12),
        ("deadline.grace_workdays", 5),
        ("deadline.cut_off_workdays", 8),
        ("deadline.resubmit_workdays", 5),
        ("review.sample_percent", 20),
        ("review.thin_characters", 60),
        ("review.late_entry_days", 15),
        ("talk.within_days", 7),
    ],
)
def test_whole_numbers(code, value):
    assert TABLE.int(code) == value


def test_shares_dues_grades_and_measures():
    assert TABLE.decimal("staff.dedicated_share") == Decimal("0.02")
    assert TABLE.fraction("assessment.excellent_share") == Fraction(1, 3)
    assert TABLE.fraction("quorum.committee_present") == Fraction(1, 2)
    assert TABLE.list("dues.rates") == [
        {"up_to": "3000", "rate": "0.005"},
        {"up_to": "5000", "rate": "0.01"},
        {"up_to": "10000", "rate": "0.015"},
        {"up_to": None, "rate": "0.02"},
    ]
    assert TABLE.list("dues.retired_rates") == [{"up_to": "5000", "rate": "0.005"}, {"up_to": None, "rate": "0.01"}]
    assert TABLE.dict("grade.bands") == {"good": 90, "fair": 80, "average": 60}
    assert TABLE.decimal("score.late_factor") == Decimal("0.5")
    assert TABLE.list("escalation.ladder") == ["提醒", "督办", "约谈", "黄牌", "通报"]
    assert TABLE.dict("points.collective_study") == {"points": 2, "cap": 12}


@pytest.mark.parametrize(
    "code",
    ["study.hours_secretary", "target.activity.party_lecture", "target.study.hours", "assessment.excellent_share"],
)
def test_figures_from_secondary_copies_are_marked(code):
    assert TABLE.basis(code) == "请按本地规定核对"


def test_kinds_of_activity():
    values = [rule.value for rule in KINDS]

    assert [value["order"] for value in values] == sorted({value["order"] for value in values})
    assert [rule.code for rule in KINDS if rule.value["prominent"]] == [
        "activity.kind.member_assembly",
        "activity.kind.branch_committee",
        "activity.kind.group_meeting",
        "activity.kind.party_lecture",
        "activity.kind.theme_day",
        "activity.kind.study",
        "activity.kind.volunteer",
    ]
    assert PROMINENT == 7
    for value in values:
        assert set(value) == {
            "label", "order", "prominent", "required", "minutes_guide", "default_hours", "photos",
        }  # fmt: skip
        assert set(value["required"]) <= {"attendance", "minutes", "hours", "host", "place", "title"}
        assert value["minutes_guide"]
        assert value["photos"] == "optional"


def test_the_compulsory_fields_of_a_kind_are_five_at_most_with_kind_and_day():
    # 计入学时的党课 asks for one more, the lecturer; kind and day have a value from the start.
    assert max(len(rule.value["required"]) for rule in KINDS) <= 4
