"""P10, P11, P14: a page of the list of assignments, by its SQL and by its number of queries."""

import re
from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.dispatching import Month
from bench.figures import Figure, ratio
from bench.trees import make_campaign, make_small_tree, make_tree
from branches.actions.posts import open_post
from branches.enums import Role
from branches.models import Organization, User
from branches.permissions import Actor, Grant, Scope
from campaigns.models import Assignment, Campaign
from campaigns.queries.assignments import FIELDS, AssignmentFilter, filtered
from partybuild.lib import clock, keyset, periods
from partybuild.lib.clock import ZONE

ROUNDS = 7
PLAIN = "bench_assignment"
_KEYS = ("target_id", "campaign_id", "task_id", "organization_id", "unit_id")
PAGES = ("/campaigns/assignments/", "/board/")


def measure(folder: Path, *, is_small: bool) -> list[Figure]:
    """A year of assignments in our table and in one with the indexes that Django makes by itself."""
    branches = 1_000 if is_small else 10_000
    root = Organization.objects.filter(parent=None, name="测量机关工委").order_by("-pk").first()
    if root is None or Organization.objects.filter(path__startswith=root.path, kind="branch").count() != branches:
        root = make_tree(branches)
        make_campaign(root, 30)
    for number in range(1, 13):
        Month(f"2026-{number:02}").insert()
    _copy()
    with clock.pretending(datetime(2026, 6, 15, 10, 0, tzinfo=ZONE)):
        system = Organization.objects.filter(parent=root).order_by("pk").first()
        assert system is not None
        return [*_by_index(root, system), _deep(root), *_queries(root)]


def _scope(place: Organization) -> Scope:
    return Scope(1, Grant(1, place.pk, place.path, Role.STAFF))


def _listed(place: Organization) -> Any:
    """The list as it opens: what is due in the running month."""
    wanted = AssignmentFilter(due_in=periods.parse("2026-06"))
    return filtered(_scope(place), wanted, date(2026, 6, 15))


def _by_index(root: Organization, system: Organization) -> list[Figure]:
    found = []
    for place, words, goal in ((system, "a system of a tenth of the branches", 20), (root, "the root", 100)):
        page = _listed(place).order_by("due_on", "pk").values(*FIELDS, "pk")[: keyset.SIZE + 1]
        sql, values = page.query.sql_with_params()
        plain = re.sub(r'"campaigns_assignment"', f'"{PLAIN}"', sql)
        took: dict[str, list[float]] = defaultdict(list)
        for _ in range(ROUNDS):
            took["ours"].append(_timed(_run, sql, values))
            took["plain"].append(_timed(_run, plain, values))
        title = f"page 1 of {Assignment.objects.count():,} assignments for {words}: default indexes / ours"
        found.append(Figure("P10", title, ratio(took["plain"], took["ours"]), goal))
    return found


def _deep(root: Organization) -> Figure:
    """Page 400 by its key against page 1."""
    listed = _listed(root)
    edge = listed.order_by("due_on", "pk").values_list("due_on", "pk")[399 * keyset.SIZE - 1]
    key = f"{edge[0].isoformat()}.{edge[1]}"
    took: dict[str, list[float]] = defaultdict(list)
    for _ in range(ROUNDS):
        for name, after in (("first", ""), ("deep", key)):
            took[name].append(_timed(_page, listed, after))
    return Figure("P11", "page 400 by key / page 1", ratio(took["deep"], took["first"]), 2, False)


def _queries(root: Organization) -> list[Figure]:
    """Queries of a page over ten branches, fifty and a thousand, largest over smallest."""
    found = []
    for address in PAGES:
        counts = [_count(address, number) for number in (10, 50, 1_000)]
        title = f"queries of {address} with 10, 50 and 1,000 branches"
        found.append(Figure("P14", title, max(counts) / min(counts), 1, False, f"({', '.join(map(str, counts))})"))
    return found


def _count(address: str, branches: int) -> int:
    """A tree of so many branches with a month of assignments, seen by its staff."""
    place = make_tree(max(branches, 500)) if branches > 50 else make_small_tree(branches)
    campaign = make_campaign(place, 4)
    Month("2026-06").insert()
    user = User.objects.create_user(login=f"bench-{place.pk}", name="测量")
    client = Client(HTTP_HOST="localhost")
    _post(user, place)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    Campaign.objects.filter(pk=campaign.pk).update(status="closed")
    return len(queries)


def _post(user: User, place: Organization) -> None:
    open_post(by=Actor.system(), user=user, organization=place, role=Role.STAFF, starts_on=date(2026, 1, 1))


def _copy() -> None:
    """The same rows under a key for each foreign key and the unique constraint, and nothing else."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {PLAIN}")
        cursor.execute(f"CREATE TABLE {PLAIN} AS SELECT * FROM campaigns_assignment")
        cursor.execute(f"ALTER TABLE {PLAIN} ADD PRIMARY KEY (id)")
        cursor.execute(f"CREATE UNIQUE INDEX ON {PLAIN} (lineage, organization_id, period)")
        for key in _KEYS:
            cursor.execute(f"CREATE INDEX ON {PLAIN} ({key})")
        cursor.execute("ANALYZE")


def _run(sql: str, values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        cursor.fetchall()


def _page(listed: Any, after: str) -> None:
    keyset.keyset_page(listed, FIELDS, day="due_on", after=after)


def _timed(way: Callable[..., Any], *values: Any) -> float:
    start = perf_counter()
    way(*values)
    return perf_counter() - start
