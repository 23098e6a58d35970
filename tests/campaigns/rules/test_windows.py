"""Two windows on one draft."""

from datetime import datetime
from uuid import UUID

import pytest

from campaigns.rules.windows import Window, is_overtaken
from partybuild.lib.clock import ZONE

ONE, OTHER = UUID(int=1), UUID(int=2)
FIRST, SECOND = (datetime(2026, 3, 12, 14, minute, tzinfo=ZONE) for minute in (0, 5))


@pytest.mark.parametrize(
    "window, saved_in, expected",
    [
        (None, OTHER, False),
        (Window(ONE, FIRST), ONE, False),
        (Window(ONE, SECOND), OTHER, False),
        (Window(ONE, FIRST), None, False),
        (Window(ONE, FIRST), OTHER, True),
        (Window(ONE, None), OTHER, True),
    ],
)
def test_x07_a_window_is_overtaken_by_what_it_has_not_seen(window, saved_in, expected):
    assert is_overtaken(window, saved_in, SECOND) is expected
