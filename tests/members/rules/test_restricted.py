from datetime import date

import pytest

from members.rules.restricted import belonging, keep_until, problems

DAY = date(2026, 3, 5)


@pytest.mark.parametrize(
    ("happened_on", "impact_until", "expected"),
    [
        (DAY, None, date(2029, 3, 5)),
        (DAY, date(2026, 9, 5), date(2029, 9, 5)),
        (DAY, date(2026, 1, 1), date(2029, 3, 5)),
        (date(2024, 2, 29), None, date(2027, 3, 1)),
    ],
)
def test_o10_kept_for_years_after_it_happened_or_after_its_effect(happened_on, impact_until, expected):
    assert keep_until("discipline", happened_on, 3, impact_until) == expected


def said(**changed):
    given = {"kind": "talk", "happened_on": DAY, "today": DAY, "content": "内容"}
    return dict(problems(**{**given, **changed}))


def test_o10_a_whole_record_has_no_problem():
    assert said() == {}
    assert said(kind="discipline", sanction="warning", effective_on=DAY, impact_until=DAY) == {}


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({"content": " "}, {"content"}),
        ({"happened_on": date(2026, 3, 6)}, {"happened_on"}),
        ({"kind": "form"}, {"form"}),
        ({"kind": "discipline"}, {"sanction", "effective_on"}),
        ({"effective_on": DAY, "impact_until": date(2026, 3, 4)}, {"impact_until"}),
        ({"impact_until": DAY}, {"effective_on"}),
    ],
)
def test_o10_what_is_missing_is_named(changed, fields):
    assert set(said(**changed)) == fields


def test_o10_a_record_keeps_only_the_fields_of_its_kind():
    given = {"form": "first", "sanction": "warning", "effective_on": DAY, "impact_until": DAY}

    assert belonging("talk", **given) == {"form": "", "sanction": "", "effective_on": None, "impact_until": None}
    assert belonging("form", **given) == {"form": "first", "sanction": "", "effective_on": None, "impact_until": None}
    assert belonging("discipline", **given) == {**given, "form": ""}
