from decimal import Decimal

from desk.rules.burden import Prices
from desk.rules.burden_taken import Taken, hours

PRICES = Prices(record=10, field=1, file=2)


def test_x03_what_was_filed_is_priced_by_the_rule_table():
    taken = Taken(records=Decimal(3), answers=1, boxes=4, files=Decimal(5), entries=2, credits=9)
    assert taken.minutes(PRICES) == 3 * 10 + 4 + 2 + 5 * 2
    assert taken.fields_filled == 3 * 5 + 4 + 2


def test_x03_a_record_that_counts_for_many_saves_the_others():
    taken = Taken(records=Decimal(3), credits=9)
    assert (taken.saved, taken.minutes_unshared(PRICES)) == (6, 90)


def test_x03_records_that_count_for_nothing_save_nothing():
    assert Taken(records=Decimal(3), credits=1).saved == 0


def test_parts_add_up():
    assert Taken(records=Decimal(1), boxes=2) + Taken(records=Decimal("0.5"), said=1) == Taken(
        records=Decimal("1.5"), boxes=2, said=1
    )


def test_hours_have_one_decimal():
    assert [hours(minutes) for minutes in (0, 3, 90)] == [0.0, 0.1, 1.5]
