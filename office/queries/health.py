"""Whether the parts that the portal stands on are there."""

from django.db import DatabaseError, connection

from partybuild.lib import heartbeat


def missing_parts() -> list[str]:
    """Of ``database``, ``broker`` and ``worker`` those that do not answer."""
    return [*_missing_database(), *heartbeat.missing()]


def _missing_database() -> list[str]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return ["database"]
    return []
