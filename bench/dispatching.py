"""P1 – P4: a month's dispatch beside one bare statement, ``bulk_create`` and a loop of ``save()``."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

from django.db import connection, transaction

from bench.figures import Figure, ratio
from bench.trees import make_campaign, make_tree
from campaigns.actions import dispatch
from campaigns.models import Assignment
from campaigns.queries.terms import DueTarget, due_targets
from office.queries.calendar import workday_checker
from office.queries.rules import rule_table
from partybuild.lib import clock, periods

SAVED = 3_000
_BARE = """
INSERT INTO campaigns_assignment (
    target_id, campaign_id, task_id, lineage, organization_id, unit_id, path, metric, subject, period, starts_on,
    ends_on, due_on, due_month, grace_until, cut_off_on, needed, done, rule_version, state, exempt_reason, outcome,
    closed_path, closed_missing_ids, dispatched_at)
SELECT t.id, k.campaign_id, t.task_id, t.lineage, o.id, o.parent_id, o.path, t.metric, t.subject, %(period)s,
       %(starts_on)s, %(ends_on)s, %(due_on)s, %(due_month)s, %(grace_until)s, %(cut_off_on)s, t.at_least, 0,
       %(version)s, 'open', '', '', '', '{}', %(now)s
  FROM campaigns_target t JOIN campaigns_task k ON k.id = t.task_id, branches_organization o
 WHERE o.kind = 'branch'
    ON CONFLICT (lineage, organization_id, period) DO NOTHING
"""


class Month:
    """What a month's dispatch works on."""

    def __init__(self, key: str) -> None:
        from campaigns.models import Campaign

        self.rules = rule_table(clock.today())
        campaigns = list(Campaign.objects.published().select_related("issuer"))
        self.due: list[DueTarget] = due_targets(campaigns, periods.parse(key), self.rules, workday_checker())
        self.pieces = dispatch.pieces(self.due)

    def insert(self) -> None:
        """Ours without crediting: one statement for each unit, each in its own transaction."""
        for unit, organizations in self.pieces.items():
            with transaction.atomic(), dispatch.by_index():
                dispatch.insert_assignments(unit, organizations, self.due, self.rules)

    def whole(self) -> None:
        """Ours with crediting and counts."""
        for unit, organizations in self.pieces.items():
            with transaction.atomic():
                dispatch.dispatch_piece(unit, organizations, self.due, self.rules)

    def bare(self) -> None:
        """One bare statement over everything."""
        dates = self.due[0].dates
        values = {
            "period": dates.period.key, "starts_on": dates.period.starts_on, "ends_on": dates.period.ends_on,
            "due_on": dates.due_on, "due_month": dates.due_month, "grace_until": dates.grace_until,
            "cut_off_on": dates.cut_off_on, "version": self.rules.version, "now": clock.now(),
        }  # fmt: skip
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_BARE, values)

    def rows(self, limit: int | None = None) -> list[Assignment]:
        """The same rows as objects."""
        from branches.models import Organization

        found: list[Assignment] = []
        branches = Organization.objects.filter(kind="branch").order_by("pk").values_list("pk", "parent_id", "path")
        for pk, parent, path in branches:
            for each in self.due:
                found.append(self._row(each, pk, parent or pk, path))
            if limit and len(found) >= limit:
                break
        return found

    def _row(self, each: DueTarget, pk: int, parent: int, path: str) -> Assignment:
        target, dates = each.target, each.dates
        return Assignment(
            target=target, campaign=each.campaign, task_id=target.task_id, lineage=target.lineage, organization_id=pk,
            unit_id=parent, path=path, metric=target.metric, subject=target.subject, period=dates.period.key,
            starts_on=dates.period.starts_on, ends_on=dates.period.ends_on, due_on=dates.due_on,
            due_month=dates.due_month, grace_until=dates.grace_until, cut_off_on=dates.cut_off_on,
            needed=target.at_least, rule_version=self.rules.version, dispatched_at=clock.now(),
        )  # fmt: skip

    def in_bulk(self) -> None:
        with transaction.atomic():
            Assignment.objects.bulk_create(self.rows(), batch_size=2000, ignore_conflicts=True)

    def one_by_one(self, *, looks: bool) -> None:
        """A loop of ``save()`` that leaves alone what is there, as the other ways do; or one that does not look."""
        with transaction.atomic():
            for row in self.rows(SAVED):
                known = {"lineage": row.lineage, "organization": row.organization_id, "period": row.period}
                if not (looks and Assignment.objects.filter(**known).exists()):
                    row.save(force_insert=True)


def measure(folder: Path, *, is_small: bool) -> list[Figure]:
    """All ways in turn on an empty table, then twelve months one after another."""
    branches, targets, rounds = (1_000, 30, 2) if is_small else (10_000, 30, 5)
    root = make_tree(branches)
    make_campaign(root, targets)
    _analyze()
    month = Month("2026-01")
    took: dict[str, list[float]] = defaultdict(list)
    ways: dict[str, Callable[[], None]] = {"ours": month.insert, "bare": month.bare, "bulk": month.in_bulk}
    for _ in range(rounds):
        for name, way in ways.items():
            _empty()
            took[name].append(_timed(way))
        for name, looks in (("saved", True), ("blind", False)):
            _empty()
            took[name].append(_timed(partial(month.one_by_one, looks=looks)) * branches * targets / SAVED)
        _empty()
        took["whole"].append(_timed(month.whole))
        took["again"].append(_timed(month.whole))
    months = _twelve_months(min(rounds, 3))
    what = f"dispatch of {branches:,} branches × {targets} targets"
    beside = f"(with crediting and counts {median(took['whole']) / median(took['bare']):.2f} ×)"
    unseeing = f"(one that would stop at the first row that is there {ratio(took['blind'], took['ours']):.0f})"
    return [
        Figure("P1", f"{what} / one bare statement", ratio(took["ours"], took["bare"]), 1.3, False, beside),
        Figure("P2", "bulk_create / ours", ratio(took["bulk"], took["ours"]), 3.5),
        Figure("P2", "a loop of save() / ours", ratio(took["saved"], took["ours"]), 30, True, unseeing),
        Figure("P3", "again with nothing to do / the first", ratio(took["again"], took["whole"]), 0.05, False),
        Figure("P4", "the twelfth month / the first", months, 1.3, False),
    ]


def _twelve_months(rounds: int) -> float:
    """The last month's time over the first one's, a table filled month by month."""
    first: list[float] = []
    last: list[float] = []
    for _ in range(rounds):
        _empty()
        took: Sequence[float] = [_timed(Month(f"2026-{number:02}").insert) for number in range(1, 13)]
        first.append(took[0])
        last.append(took[-1])
    return ratio(last, first)


def _timed(way: Callable[[], None]) -> float:
    start = perf_counter()
    way()
    return perf_counter() - start


def _empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE campaigns_assignment, campaigns_tally CASCADE")
        cursor.execute("CHECKPOINT")


def _analyze() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
