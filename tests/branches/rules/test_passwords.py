import random
import re
from datetime import UTC, datetime, timedelta

from branches.rules.passwords import is_spent, new_password

NOW = datetime(2026, 3, 5, tzinfo=UTC)


def test_a_first_password_is_long_and_easy_to_copy():
    password = new_password(random.Random(1).choice)

    assert re.fullmatch(r"[a-z]{4}-[2-9]{4}-[a-z]{4}-[a-z2-9]{4}", password)
    assert not set(password) & set("ilo01")


def test_two_first_passwords_differ():
    choose = random.Random(1).choice

    assert new_password(choose) != new_password(choose)


def test_a_first_password_is_spent_after_its_moment():
    assert not is_spent(None, NOW)
    assert not is_spent(NOW, NOW)
    assert is_spent(NOW - timedelta(seconds=1), NOW)
