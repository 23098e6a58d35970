"""Personal data at rest: encryption with keys that can be rotated, and keyed hashes to search by.

The keys live outside the database: ``settings.FIELD_KEYS`` (the first encrypts, all decrypt), ``settings.HASH_KEY``.
Hashes stand under a key of their own, so that rotating ``FIELD_KEYS`` leaves them as they are.
"""

import hashlib
import hmac
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class DecryptionError(Exception):
    """No key in ``FIELD_KEYS`` opens what is stored. The message never holds the stored text."""


def new_key() -> str:
    """A fresh key for ``FIELD_KEYS``."""
    return Fernet.generate_key().decode()


def encrypt(text: str) -> str:
    """The text as an ASCII token under the first key; the same text gives another token each time."""
    return encrypt_bytes(text.encode()).decode()


def decrypt(token: str) -> str:
    """The text of a token made by ``encrypt`` under any of the keys."""
    return decrypt_bytes(token.encode()).decode()


def encrypt_bytes(content: bytes) -> bytes:
    """The same for bytes, a part of a file for instance."""
    return _fernet(tuple(settings.FIELD_KEYS)).encrypt(content)


def decrypt_bytes(token: bytes) -> bytes:
    """The bytes of a token made under any of the keys."""
    try:
        return _fernet(tuple(settings.FIELD_KEYS)).decrypt(token)
    except InvalidToken:
        raise DecryptionError("none of the keys in FIELD_KEYS opens the stored value") from None


def rotate(token: str) -> str:
    """The same text under the first key."""
    try:
        return _fernet(tuple(settings.FIELD_KEYS)).rotate(token).decode()
    except InvalidToken:
        raise DecryptionError("none of the keys in FIELD_KEYS opens the stored value") from None


def is_current(token: str) -> bool:
    """Whether the first key made this token, so that the other keys are not needed for it."""
    try:
        _fernet(tuple(settings.FIELD_KEYS[:1])).decrypt(token)
    except InvalidToken:
        return False
    return True


def keyed_hash(text: str) -> str:
    """HMAC-SHA256 in hex, to find a number without keeping it readable. Normalise the number first."""
    if not settings.HASH_KEY:
        raise ImproperlyConfigured("HASH_KEY is not set")
    digest = _keyed(settings.HASH_KEY).copy()
    digest.update(text.encode())
    return digest.hexdigest()


def mask_id_number(number: str) -> str:
    """110***********1234; all of a number of another length."""
    return f"{number[:3]}{'*' * 11}{number[-4:]}" if len(number) == 18 else "*" * len(number)


def mask_phone(number: str) -> str:
    """138****1234; of a landline the last four."""
    if len(number) == 11:
        return f"{number[:3]}****{number[-4:]}"
    return "*" * (len(number) - 4) + number[-4:] if len(number) > 6 else "*" * len(number)


@lru_cache(maxsize=4)
def _keyed(key: str) -> hmac.HMAC:
    """The key taken in once; each text continues on a copy."""
    return hmac.new(key.encode(), digestmod=hashlib.sha256)


@lru_cache(maxsize=4)
def _fernet(keys: tuple[str, ...]) -> MultiFernet:
    if not keys:
        raise ImproperlyConfigured("FIELD_KEYS is not set")
    try:
        return MultiFernet([Fernet(key) for key in keys])
    except ValueError:
        raise ImproperlyConfigured("each of FIELD_KEYS must be 32 bytes in URL-safe base64") from None
