import random
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from branches.rules.passwords import (
    CompositionValidator,
    classes_in,
    is_expired,
    is_spent,
    is_trivial,
    new_password,
    word_in,
)

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


@pytest.mark.parametrize(
    "password",
    ["1234567890", "0987654321", "abcdefghij", "qwertyuiop", "aaaaaaaaaaaa", "abababababab", "dangjian2026",
     "2026dangyuan", "Admin@123456", "1qaz2wsx3edc", "woaini-1314520"],
)  # fmt: skip
def test_r02_what_is_guessed_at_once_is_trivial(password):
    assert is_trivial(password)


@pytest.mark.parametrize(
    "password", ["morning-tea-2026", "kfmw-2749-hqxt-8n3p", "dangjian-ganbu-shuishou", "春风又绿江南岸明月"]
)
def test_r02_a_sentence_of_ones_own_is_not(password):
    assert not is_trivial(password)


@pytest.mark.parametrize(
    ("password", "words", "found"),
    [
        ("caizhengju-2026!", ["财政局", "caizhengju"], "caizhengju"),
        ("我在财政局机关党委工作", ["财政局机关党委"], "财政局机关党委"),
        ("Li-Min-2026-tea", ["limin"], "limin"),
        ("tea-in-the-morning", ["tea"], None),
        ("morning-tea-2026", ["limin", "财政局", ""], None),
    ],
)
def test_r02_a_name_is_found_whatever_stands_between_its_letters(password, words, found):
    assert word_in(password, words) == found


@pytest.mark.parametrize(
    ("password", "classes"),
    [("morningtea", 1), ("morning2026", 2), ("Morning2026", 3), ("Morning-2026", 4), ("春风", 1)],
)
def test_r03_classes_are_counted(password, classes):
    assert classes_in(password) == classes


def test_r03_too_few_classes_are_refused():
    with pytest.raises(ValidationError, match="四类中的至少 3 类"):
        CompositionValidator(3).validate("morningtea2026")
    CompositionValidator(3).validate("morning-tea-2026")


def test_r03_a_password_expires_after_its_days_and_never_without():
    assert not is_expired(NOW - timedelta(days=90), 90, NOW)
    assert is_expired(NOW - timedelta(days=90, seconds=1), 90, NOW)
    assert is_expired(None, 90, NOW)
    assert not is_expired(None, None, NOW)
