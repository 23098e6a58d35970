"""Logins of members. Pure."""

import re
from collections.abc import Collection
from enum import StrEnum
from itertools import count

from pypinyin import lazy_pinyin

LONGEST = 48
_WITHOUT_LETTERS = "dangyuan"


class LoginStyle(StrEnum):
    """What a login is made of."""

    NAME = "name"
    NAME_AND_PHONE = "phone"


def login_of(name: str, phone: str, style: str, taken: Collection[str]) -> str:
    """The name in pinyin, perhaps with the last four digits of the phone, and with a number where that is taken.

    Never anything of the identity number: a login is seen by many.
    """
    letters = re.sub(r"[^a-z]", "", "".join(lazy_pinyin(name)).lower())[:LONGEST] or _WITHOUT_LETTERS
    digits = re.sub(r"\D", "", phone)[-4:] if style == LoginStyle.NAME_AND_PHONE else ""
    base = letters + (digits if len(digits) == 4 else "")
    if base not in taken:
        return base
    # After a phone's digits a bare number would read as one of them.
    joint = "-" if base[-1].isdigit() else ""
    return next(found for number in count(2) if (found := f"{base}{joint}{number}") not in taken)
