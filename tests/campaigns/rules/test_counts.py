import pytest

from campaigns.rules.counts import Counts, total


@pytest.mark.parametrize(
    "counts, asked, done, rate",
    [
        (Counts(expected=10, exempt=2, on_time=5, late=1, missing=1, open=1), 8, 6, 0.75),
        (Counts(expected=3, exempt=3), 0, 0, None),
        (Counts(), 0, 0, None),
    ],
)
def test_a_rate_leaves_out_what_is_exempt_and_is_none_over_nothing(counts, asked, done, rate):
    assert (counts.asked, counts.done, counts.rate) == (asked, done, rate)


def test_counts_add_up():
    assert total([Counts(3, 1, 1, 0, 0, 1), Counts(2, 0, 0, 1, 1, 0)]) == Counts(5, 1, 1, 1, 1, 1)
    assert total([]) == Counts()
