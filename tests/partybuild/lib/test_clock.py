import subprocess
import sys
import time
from datetime import date, datetime

import pytest

from partybuild.lib import clock


@pytest.fixture
def clock_file(settings, tmp_path):
    path = tmp_path / "clock"
    settings.CLOCK_FILE = str(path)
    return path


def test_without_a_clock_file_the_time_is_real_and_told_in_shanghai(settings):
    settings.CLOCK_FILE = None

    before = time.time()
    told = clock.now()

    assert before <= told.timestamp() <= time.time()
    assert told.utcoffset().total_seconds() == 8 * 3600


def test_the_clock_file_replaces_the_time_and_is_read_again_at_each_call(clock_file):
    clock_file.write_text("2026-03-31T23:30:00+08:00\n")
    assert clock.now() == datetime(2026, 3, 31, 23, 30, tzinfo=clock.ZONE)
    assert clock.today() == date(2026, 3, 31)

    clock_file.write_text("2026-04-01T00:10:00+08:00")
    assert clock.today() == date(2026, 4, 1)


def test_a_naive_moment_in_the_file_is_told_in_shanghai(clock_file):
    clock_file.write_text("2026-02-28T08:00:00")

    assert clock.now().isoformat() == "2026-02-28T08:00:00+08:00"


def test_today_is_the_day_in_shanghai_when_utc_is_still_on_the_day_before(clock_file):
    clock_file.write_text("2025-12-31T16:00:01+00:00")

    assert clock.today() == date(2026, 1, 1)


@pytest.mark.parametrize("content", [None, "", "  \n"])
def test_a_missing_or_empty_file_leaves_the_real_time(clock_file, content):
    if content is not None:
        clock_file.write_text(content)

    assert abs(clock.now().timestamp() - time.time()) < 5


def test_a_file_that_holds_no_moment_is_an_error_and_not_silently_the_real_time(clock_file):
    clock_file.write_text("tomorrow")

    with pytest.raises(ValueError, match="tomorrow"):
        clock.now()


def test_move_to_moves_another_process_too(clock_file):
    clock.move_to(datetime(2028, 2, 29, 12, 0, tzinfo=clock.ZONE))

    code = (
        f"from django.conf import settings; settings.configure(CLOCK_FILE={str(clock_file)!r})\n"
        "from partybuild.lib import clock; print(clock.today())"
    )
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert other.stdout.strip() == "2028-02-29"

    clock.move_to(None)
    assert abs(clock.now().timestamp() - time.time()) < 5


def test_move_to_without_a_clock_file_is_refused(settings):
    settings.CLOCK_FILE = None

    with pytest.raises(RuntimeError):
        clock.move_to(datetime(2026, 1, 1, tzinfo=clock.ZONE))


def test_a_deadline_is_the_end_of_its_day():
    end = clock.end_of_day(date(2026, 3, 31))

    assert end.isoformat() == "2026-03-31T23:59:59.999999+08:00"
    assert clock.start_of_day(date(2026, 4, 1)) > end
