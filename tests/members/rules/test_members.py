from datetime import date

import pytest

from members.rules.members import date_problems, kind_of

TODAY = date(2026, 3, 5)
GOOD = {
    "born_on": date(1980, 5, 6),
    "work_started_on": date(2002, 7, 1),
    "joined_on": date(2010, 7, 1),
    "converted_on": date(2011, 7, 1),
}


def test_days_in_order():
    assert list(date_problems(GOOD, "full", TODAY)) == []


@pytest.mark.parametrize(
    ("changed", "kind", "problem"),
    [
        ({"joined_on": date(2026, 3, 6), "converted_on": None}, "full", ("joined_on", "入党时间晚于今天")),
        ({"converted_on": date(2010, 6, 30)}, "full", ("converted_on", "转正时间早于入党时间")),
        ({"joined_on": date(1979, 1, 1)}, "full", ("joined_on", "入党时间早于出生日期")),
        ({"work_started_on": date(1979, 1, 1)}, "full", ("work_started_on", "参加工作时间早于出生日期")),
        ({"converted_on": date(2027, 1, 1)}, "full", ("converted_on", "转正时间晚于今天")),
        ({}, "probationary", ("converted_on", "预备党员不应有已到的转正时间")),
    ],
)
def test_days_that_cannot_be(changed, kind, problem):
    assert problem in list(date_problems(GOOD | changed, kind, TODAY))


def test_a_probationary_member_may_have_his_day_ahead():
    days = GOOD | {"joined_on": date(2025, 12, 1), "converted_on": date(2026, 12, 1)}

    assert list(date_problems(days, "probationary", TODAY)) == []


def test_unknown_days_are_no_problem():
    assert list(date_problems({}, "full", TODAY)) == []


def test_the_kind_follows_from_the_day():
    assert kind_of(date(2026, 3, 5), TODAY) == "full"
    assert kind_of(date(2026, 3, 6), TODAY) == "probationary"
    assert kind_of(None, TODAY) == "full"
    assert kind_of(None, TODAY, "probationary") == "probationary"
