"""Rotating the keys of personal data: everything that is stored comes under the first key."""

from dataclasses import asdict, dataclass

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model
from django.utils.module_loading import import_string

from branches.actions import audit
from branches.permissions import Actor
from partybuild.lib import crypto
from partybuild.lib.fields import EncryptedTextField

SLICE = 500


@dataclass
class Rotation:
    """Columns that hold encrypted text, values that were looked at, those that were under an older key; and so files,
    by what the apps declare as ``key_rotations``."""

    columns: int = 0
    values: int = 0
    changed: int = 0
    files: int = 0
    files_changed: int = 0

    def as_dict(self) -> dict[str, int]:
        """The form that the command prints."""
        return asdict(self)


def rotate_keys(*, by: Actor) -> Rotation:
    """Put every encrypted value under the first of ``FIELD_KEYS``; afterwards the older keys can be taken away.

    Goes slice by slice, each in a transaction of its own; what is under the first key already is left, so that a
    stopped run is simply begun again. Keyed hashes have a key of their own and stay. A value that no key opens stops
    the run: nothing is lost, and the key that is missing can be given back.
    """
    done = Rotation()
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_fields:
            if isinstance(field, EncryptedTextField) and model._meta.managed:
                done.columns += 1
                _rotate_column(model, str(field.column), done)
    for config in apps.get_app_configs():
        for name in getattr(config, "key_rotations", ()):
            seen, changed = import_string(name)()
            done.files += seen
            done.files_changed += changed
    audit.record(by=by, verb="轮换加密密钥", detail=done.as_dict())
    return done


def _rotate_column(model: type[Model], column: str, done: Rotation) -> None:
    quote = connection.ops.quote_name
    table, key, name = quote(model._meta.db_table), quote(str(model._meta.pk.column)), quote(column)
    last = None
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {key}, {name} FROM {table} WHERE {name} <> '' AND (%s::text IS NULL OR {key} > %s)"
                f" ORDER BY {key} LIMIT %s FOR UPDATE",
                [None if last is None else str(last), last, SLICE],
            )
            rows = cursor.fetchall()
            older = [(crypto.rotate(token), pk) for pk, token in rows if not crypto.is_current(token)]
            cursor.executemany(f"UPDATE {table} SET {name} = %s WHERE {key} = %s", older)
        done.values += len(rows)
        done.changed += len(older)
        if len(rows) < SLICE:
            return
        last = rows[-1][0]
