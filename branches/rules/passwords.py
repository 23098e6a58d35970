"""What a password must be like, and first passwords, which an administrator hands over. Pure."""

from collections.abc import Callable
from datetime import datetime

from django.contrib.auth.password_validation import MinimumLengthValidator

FIRST_PASSWORD_DAYS = 3
# Without letters and digits that are taken for one another when read out or copied by hand.
_LETTERS = "abcdefghjkmnpqrstuvwxyz"
_DIGITS = "23456789"


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


class LengthValidator(MinimumLengthValidator):
    """Django's check of the length, told in Chinese, for which its own translation is missing."""

    def get_error_message(self) -> str:
        return f"密码至少要有 {self.min_length} 个字符。"

    def get_help_text(self) -> str:
        return self.get_error_message()
