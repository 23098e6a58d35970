"""Counts the queries that a page makes of its own tables."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def own_queries(client: Client, url: str, table: str) -> int:
    """How many queries of a page, which must be there, read this table."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return sum(f'"{table}"' in query["sql"] for query in captured.captured_queries)
