"""One-time codes by time (RFC 6238: SHA-1, six digits, 30 seconds) and recovery codes. Pure."""

import base64
import hashlib
import hmac
import re
import struct
from collections.abc import Callable
from datetime import datetime
from urllib.parse import quote, urlencode

SECONDS = 30
DIGITS = 6
WINDOW = 1
"""Steps before and after the present one that are taken, for clocks that go wrong."""
SECRET_BYTES = 20
RECOVERY_CODES = 10
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def new_secret(random_bytes: Callable[[int], bytes]) -> str:
    """A secret as apps take it: 160 bits in base32."""
    return base64.b32encode(random_bytes(SECRET_BYTES)).decode()


def step_of(moment: datetime) -> int:
    """The step of 30 seconds that a moment lies in."""
    return int(moment.timestamp()) // SECONDS


def code_at(secret: str, step: int) -> str:
    """The six digits of a step (RFC 4226)."""
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", step), hashlib.sha1).digest()
    offset = digest[-1] & 0xF
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFF_FFFF
    return str(number % 10**DIGITS).zfill(DIGITS)


def matching_step(secret: str, code: str, now: datetime, last_step: int | None) -> int | None:
    """The step that a code belongs to, if it is near enough and none as late was used before: each code once."""
    present = step_of(now)
    for step in range(present - WINDOW, present + WINDOW + 1):
        unused = last_step is None or step > last_step
        if unused and hmac.compare_digest(code_at(secret, step).encode(), plain(code).encode()):
            return step
    return None


def plain(code: str) -> str:
    """A code as typed, without blanks and dashes."""
    return re.sub(r"[\s\-－—]", "", code).lower()


def new_recovery_code(choose: Callable[[str], str]) -> str:
    """A code such as ``k7mw-2f4q-9hxt``: about 59 bits."""
    return "-".join("".join(choose(_LETTERS) for _ in range(4)) for _ in range(3))


def address_for_apps(secret: str, login: str, issuer: str) -> str:
    """What the picture holds that an app on the phone reads."""
    label = quote(f"{issuer}:{login}")
    return (
        f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': issuer, 'digits': DIGITS, 'period': SECONDS})}"
    )


def in_groups(secret: str) -> str:
    """The secret for typing it in: groups of four."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
