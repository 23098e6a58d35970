"""How records add up."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from campaigns.enums import Sums
from campaigns.rules.metering import Contribution, measure, measure_occasions, measure_people, need_of_person

START = datetime(2026, 3, 1, tzinfo=UTC)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def at(day: int, amount: str = "1", **more: object) -> Contribution:
    return Contribution(START + timedelta(days=day), Decimal(amount), **more)  # type: ignore[arg-type]


def test_nothing_held_is_nothing_done() -> None:
    found = measure(Sums.COUNT, [], Decimal(1))
    assert (found.done, found.completed_at) == (0, None)


def test_a_count_is_complete_with_the_filing_that_reaches_it() -> None:
    found = measure(Sums.COUNT, [at(5), at(1), at(9)], Decimal(2))
    assert (found.done, found.completed_at) == (3, START + timedelta(days=5))


def test_groups_count_once_each() -> None:
    found = measure(Sums.GROUPS, [at(1, group_id=7), at(2, group_id=7), at(3, group_id=8)], Decimal(2))
    assert (found.done, found.completed_at) == (2, START + timedelta(days=3))


def test_a_share_falls_again_with_a_meeting_that_misses() -> None:
    found = measure(Sums.SHARE, [at(1, hit=True), at(2, hit=False)], Decimal(1))
    assert (found.done, found.completed_at) == (Decimal("0.50"), None)


def test_a_share_of_no_meetings_is_no_share() -> None:
    assert measure(Sums.SHARE, [], Decimal(1)).done == 0


def test_a_value_is_what_was_told_last() -> None:
    found = measure(Sums.VALUE, [at(1, "700"), at(5, "500")], Decimal(600))
    assert (found.done, found.completed_at) == (500, None)
    found = measure(Sums.VALUE, [at(5, "700"), at(1, "500")], Decimal(600))
    assert (found.done, found.completed_at) == (700, START + timedelta(days=5))


def test_occasions_are_complete_with_the_last_one_owed() -> None:
    found = measure_occasions([at(1), at(4)], 2, Decimal(1))
    assert (found.done, found.completed_at, found.is_owed) == (1, START + timedelta(days=4), True)
    assert measure_occasions([at(1)], 2, Decimal(1)).done == 0


def test_without_any_occasion_nothing_is_owed() -> None:
    assert not measure_occasions([], 0, Decimal(1)).is_owed


def test_people_count_when_each_reaches_his_own_amount() -> None:
    needs = {1: Decimal(4), 2: Decimal(2)}
    found = measure_people([at(1, "2", person_id=1), at(2, "2", person_id=2), at(3, "2", person_id=1)], needs)
    assert (found.done, found.completed_at, found.missing) == (2, START + timedelta(days=3), ())


def test_people_who_are_missing_are_named_and_strangers_ignored() -> None:
    found = measure_people([at(1, "9", person_id=3)], {1: Decimal(1)})
    assert (found.done, found.completed_at, found.missing) == (0, None, (1,))


def test_no_people_are_never_complete() -> None:
    assert measure_people([at(1, person_id=1)], {}).completed_at is None


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 3)), max_size=12),
    st.integers(1, 12),
)
def test_completion_is_the_earliest_day_whose_filings_suffice(rows: list[tuple[int, int]], needed: int) -> None:
    found = measure(Sums.COUNT, [at(day, str(amount)) for day, amount in rows], Decimal(needed))
    days = [day for day in range(31) if sum(amount for each, amount in rows if each <= day) >= needed]
    assert found.completed_at == (START + timedelta(days=days[0]) if days else None)


def test_hours_go_by_whole_months_rounded_up() -> None:
    joined = (date(2026, 6, 15), date(2026, 12, 31))
    # Six whole months of twelve: 16 of 32; seven of twelve would be 18.67, rounded up.
    assert need_of_person(Sums.PERSON_HOURS, Decimal(32), YEAR, joined) == 16
    assert need_of_person(Sums.PERSON_HOURS, Decimal(32), YEAR, (date(2026, 6, 1), YEAR[1])) == 19


def test_hours_are_not_asked_for_less_than_a_whole_month() -> None:
    assert need_of_person(Sums.PERSON_HOURS, Decimal(32), YEAR, (date(2026, 12, 2), YEAR[1])) is None


def test_other_counts_are_not_asked_of_one_who_was_there_less_than_half() -> None:
    march = (date(2026, 3, 1), date(2026, 3, 31))
    assert need_of_person(Sums.PERSON_COUNT, Decimal(1), march, (date(2026, 3, 16), date(2026, 3, 31))) == 1
    assert need_of_person(Sums.PERSON_COUNT, Decimal(1), march, (date(2026, 3, 17), date(2026, 3, 31))) is None


def test_one_who_was_never_there_is_not_asked() -> None:
    march = (date(2026, 3, 1), date(2026, 3, 31))
    assert need_of_person(Sums.PERSON_COUNT, Decimal(1), march, (date(2026, 4, 1), date(2026, 4, 30))) is None
