"""Many rows into a table at once, by ``COPY``: for imports, where a model object for each row costs more than all else.

Constraints and foreign keys are checked as with any insert. Nothing of the models' own runs: no ``save``, no signal.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connections, models, router
from django.db.models import Field, Model

from partybuild.lib import crypto
from partybuild.lib.fields import EncryptedTextField

_PIECE = 1 << 16


def next_ids(model: type[Model], count: int) -> list[int]:
    """So many fresh primary keys of a table."""
    table, column = model._meta.db_table, model._meta.pk.column
    with connections[router.db_for_write(model)].cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [f'"{table}"', column, count],
        )
        return [key for (key,) in cursor.fetchall()]


def copy_columns(model: type[Model], columns: Mapping[str, Sequence[Any]]) -> int:
    """Insert rows that are given by column (attribute name → values); a column not given has its default.

    Values are as the fields hold them: encrypted ones readable, foreign keys as ids under their ``…_id``. Returns how
    many rows. Called inside a transaction, so that all go in or none.
    """
    fields = model._meta.concrete_fields
    unknown = set(columns) - {field.attname for field in fields}
    lengths = {len(values) for values in columns.values()}
    if unknown or len(lengths) != 1:
        raise ValueError(f"columns of {model.__name__}: unknown {sorted(unknown)}, of {sorted(lengths)} rows")
    (count,) = lengths
    if not count:
        return 0
    wanted = [field for field in fields if field.attname in columns or not field.primary_key]
    stored = [_stored(field, columns.get(field.attname), count) for field in wanted]
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(zip(*stored, strict=True))
    stream.seek(0)
    _copy(model, wanted, stream)
    return count


def _copy(model: type[Model], fields: Sequence[Any], stream: io.StringIO) -> None:
    connection = connections[router.db_for_write(model)]
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in fields)
    # An empty cell is NULL where the column may be NULL, and an empty text elsewhere.
    texts = ", ".join(quote(field.column) for field in fields if not field.null)
    command = f"COPY {quote(model._meta.db_table)} ({names}) FROM STDIN (FORMAT csv, FORCE_NOT_NULL ({texts}))"
    with connection.cursor() as cursor, connection.wrap_database_errors:
        cursor.copy_expert(command, stream, _PIECE)


def _stored(field: "Field[Any, Any]", values: Sequence[Any] | None, count: int) -> Iterable[Any]:
    if values is None:
        return [field.get_default()] * count
    if (empty := "" if field.null else None) in values:
        raise ValueError(f"{field.name} cannot hold {empty!r}")
    if isinstance(field, EncryptedTextField):
        return [crypto.encrypt(value) if value else value for value in values]
    if isinstance(field, models.JSONField | models.BinaryField):
        raise TypeError(f"{field.name} is not copied")
    return values
