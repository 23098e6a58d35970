"""Model fields that keep their value encrypted in the database."""

from typing import Any

from django.core.exceptions import FieldError
from django.db import models
from django.db.models.lookups import Exact

from partybuild.lib import crypto


class IsEmpty(Exact):
    """``field=""``: the one thing that can be asked of an encrypted text."""

    def __init__(self, lhs: Any, rhs: Any) -> None:
        if rhs != "":
            raise FieldError(f"{lhs.target.name} is encrypted and cannot be looked up by its value")
        super().__init__(lhs, rhs)


class EncryptedTextField(models.TextField):
    """A text that is readable in Python and encrypted in its column. Empty and NULL stay what they are.

    Each encryption of a text differs, so nothing can be looked up by it but whether it is empty: search by a column
    with ``keyed_hash``.
    """

    description = "Text, encrypted at rest"

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return crypto.encrypt(value) if value else value

    def from_db_value(self, value: str | None, expression: object, connection: object) -> str | None:
        return crypto.decrypt(value) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "exact":
            return IsEmpty
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is encrypted and cannot be looked up by {lookup_name}")
        return super().get_lookup(lookup_name)

    def get_transform(self, lookup_name: str) -> Any:
        return None
