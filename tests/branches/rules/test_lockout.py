from datetime import UTC, datetime, timedelta

from branches.rules.lockout import account_locked_until, address_slowed_until

NOW = datetime(2026, 3, 5, 10, tzinfo=UTC)


def failures(count, *, every=timedelta(seconds=1), last=timedelta(0)):
    """So many failures, the last one so long ago."""
    return [NOW - last - every * place for place in range(count)]


def test_r05_twenty_failures_lock_the_account():
    assert account_locked_until(failures(19), NOW) is None
    assert account_locked_until(failures(20), NOW) == NOW - timedelta(seconds=19) + timedelta(hours=1)


def test_r05_a_slow_attack_is_held_for_ten_minutes_at_least():
    slow = failures(20, every=timedelta(minutes=3))

    assert account_locked_until(slow, NOW) == NOW + timedelta(minutes=10)


def test_r05_what_is_an_hour_old_counts_no_more():
    assert account_locked_until(failures(20, last=timedelta(hours=1)), NOW) is None


def test_r05_fifty_failures_slow_the_address():
    assert address_slowed_until(failures(49), NOW) is None
    assert address_slowed_until(failures(50), NOW) == NOW + timedelta(seconds=30)
    assert address_slowed_until(failures(50, last=timedelta(seconds=30)), NOW) is None
