"""What a password must be like, and first passwords, which an administrator hands over. Pure."""

import re
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError

FIRST_PASSWORD_DAYS = 3
LONGEST_FIRST_PASSWORD_DAYS = 30
# Without letters and digits that are taken for one another when read out or copied by hand.
_LETTERS = "abcdefghjkmnpqrstuvwxyz"
_DIGITS = "23456789"
_FEWEST_CHARACTERS = 5
_SHORTEST_WORD = 4
_SHORTEST_CHINESE_WORD = 2
# What offices and party members think of first; with a year or some signs behind it, it is no better.
_STEMS = frozenset({
    "abc", "abcd", "abcdef", "admin", "administrator", "asdfgh", "beijing", "buwangchuxin", "chuxin", "dangjian",
    "dangwei", "dangyuan", "dangzhibu", "gongchandang", "gongwei", "guest", "huanying", "iloveyou", "jiguan", "mima",
    "passwd", "password", "qwerty", "qwertyuiop", "renmin", "root", "shiming", "test", "user", "welcome", "woaini",
    "zhibu", "zhonggong", "zhongguo", "zxcvbn",
})  # fmt: skip
_ROWS = (
    "01234567890123456789",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb",
)


def new_password(choose: Callable[[str], str]) -> str:
    """A password such as ``kfmw-2749-hqxt-8n3p``: about 68 bits."""
    groups = [
        "".join(choose(_LETTERS) for _ in range(4)),
        "".join(choose(_DIGITS) for _ in range(4)),
        "".join(choose(_LETTERS) for _ in range(4)),
        "".join(choose(_LETTERS + _DIGITS) for _ in range(4)),
    ]
    return "-".join(groups)


def is_spent(first_password_until: datetime | None, now: datetime) -> bool:
    """Whether a first password has been used or has expired."""
    return first_password_until is not None and first_password_until < now


def is_expired(changed_at: datetime | None, days: int | None, now: datetime) -> bool:
    """Whether a password is older than ``days`` (None: passwords do not age); one of unknown age is."""
    return days is not None and (changed_at is None or changed_at + timedelta(days=days) < now)


def classes_in(password: str) -> int:
    """How many of the four classes are there: small letters, capitals, digits, all else."""
    found = {
        "lower" if "a" <= one <= "z" else "upper" if "A" <= one <= "Z" else "digit" if "0" <= one <= "9" else "other"
        for one in password
    }
    return len(found)


def is_trivial(password: str) -> bool:
    """Whether it is guessed at once: a few characters repeated, a run of the keyboard, a word and a number."""
    plain = re.sub(r"[\W_]", "", password.lower())
    if len(set(password)) < _FEWEST_CHARACTERS or any(_is_run(plain, row) for row in _ROWS):
        return True
    return re.fullmatch(r"\d*([a-z]*)\d*", plain) is not None and plain.strip("0123456789") in _STEMS


def word_in(password: str, words: Iterable[str]) -> str | None:
    """The first of the words that the password holds, whatever signs stand between its letters."""
    plain = re.sub(r"[\W_]", "", password.lower())
    for word in words:
        bare = re.sub(r"[\W_]", "", word.lower())
        if len(bare) >= (_SHORTEST_WORD if bare.isascii() else _SHORTEST_CHINESE_WORD) and bare in plain:
            return word
    return None


def _is_run(plain: str, row: str) -> bool:
    """Whether most of it is one stretch of a row, forwards or backwards."""
    size = max(6, len(plain) * 2 // 3)
    stretches = {line[at : at + size] for line in (row, row[::-1]) for at in range(len(line) - size + 1)}
    return any(stretch in plain for stretch in stretches)


class LengthValidator(MinimumLengthValidator):
    """Django's check of the length, told in Chinese, for which its own translation is missing."""

    def get_error_message(self) -> str:
        return f"密码至少要有 {self.min_length} 个字符。"

    def get_help_text(self) -> str:
        return f"至少 {self.min_length} 个字符。"


class TrivialValidator:
    """Refuses what is guessed at once."""

    def validate(self, password: str, user: Any = None) -> None:
        if is_trivial(password):
            raise ValidationError("密码过于简单，不能是连续、重复的字符或常用词加数字。", code="password_trivial")

    def get_help_text(self) -> str:
        return "不能是常见密码，也不能是连续、重复的字符。"


class CompositionValidator:
    """Asks for characters of several classes."""

    def __init__(self, classes: int = 3) -> None:
        self.classes = classes

    def validate(self, password: str, user: Any = None) -> None:
        if classes_in(password) < self.classes:
            raise ValidationError(self.get_help_text(), code="password_composition")

    def get_help_text(self) -> str:
        return f"密码须含小写字母、大写字母、数字、其他符号四类中的至少 {self.classes} 类。"
