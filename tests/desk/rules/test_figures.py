"""Rates, changes and places."""

from desk.rules.figures import Figures, points_between, ranks, total


def test_rates_leave_out_what_is_exempt():
    figures = Figures(expected=12, exempt=2, on_time=6, late=2, overdue=1)
    assert (figures.due, figures.done, figures.unfinished) == (10, 8, 2)
    assert (figures.rate, figures.on_time_rate) == (0.8, 0.6)


def test_where_nothing_is_due_there_is_no_rate():
    figures = Figures(expected=3, exempt=3)
    assert figures.rate is None
    assert figures.on_time_rate is None
    assert points_between(figures.rate, 0.5) is None
    assert points_between(0.5, figures.rate) is None


def test_change_is_told_in_points():
    assert points_between(0.836, 0.815) == 2.1
    assert points_between(0.792, 0.8) == -0.8


def test_equal_rates_share_a_place_and_none_has_none():
    assert ranks([0.9, None, 0.95, 0.9, 0.5]) == [2, None, 1, 2, 4]


def test_what_reads_the_same_stands_in_the_same_place():
    assert ranks([0.83301, 0.83299, 0.8]) == [1, 1, 3]


def test_all_together():
    assert total([Figures(2, 1, 1, 0, 0), Figures(3, 0, 1, 1, 1)]) == Figures(5, 1, 2, 1, 1)
    assert total([]) == Figures()
