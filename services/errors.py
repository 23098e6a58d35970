"""The one kind of failure that a person is told about."""

from __future__ import annotations


class ServiceError(Exception):
    """Something the person at the terminal can put right; the message is one plain sentence in Chinese."""
