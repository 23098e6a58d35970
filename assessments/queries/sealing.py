"""What a published round's hash is made of, and whether it still holds."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from assessments.enums import StageName
from assessments.models import Result, Round, StageScore, Submission
from assessments.queries.rules import RoundRules, rules_of
from assessments.rules import ranking, sealing
from assessments.rules.scoring import Figures, points

_BATCH = 2000
_FIELDS = (
    "submission__organization_id", "indicator__position", "indicator__points", "stage", "applies", "computed", "start",
    "points", "by_hand", "note", "evidence", "reason", "basis",
)  # fmt: skip


def seal_of(round_: Round) -> str:
    """The hash over the round's rules, its results, and the points of all stages with reasons and basis."""
    return sealing.seal([_head(round_)], _results(round_), _scores(round_))


def _head(round_: Round) -> dict[str, Any]:
    rules = rules_of(round_)
    return {
        "campaign": round_.scheme.campaign.symbol,
        "round": round_.key,
        "starts_on": round_.starts_on,
        "ends_on": round_.ends_on,
        "rule_version": rules.version,
        "late_factor": rules.late_factor,
        "bands": rules.bands,
    }


def _results(round_: Round) -> Iterator[dict[str, Any]]:
    fields = ("organization_id", "kind", "total", "rank", "grade")
    yield from Result.objects.filter(round=round_).order_by("organization_id").values(*fields).iterator(_BATCH)


def _scores(round_: Round) -> Iterator[dict[str, Any]]:
    rows = StageScore.objects.filter(submission__round=round_).order_by(
        "submission__organization_id", "indicator__position", "stage"
    )
    for row in rows.values(*_FIELDS).iterator(_BATCH):
        yield dict(row)


@dataclass
class Verification:
    """What was found when a published round was reckoned again from its basis."""

    problems: list[str] = field(default_factory=list)
    scores: int = 0
    results: int = 0

    @property
    def holds(self) -> bool:
        return not self.problems


def verify(round_: Round) -> Verification:
    """Reckon a published round again in plain code from the basis that was kept: points, totals, ranks, grades, hash.

    The figures of a frozen round come out the same; what differs was tampered with.
    """
    found = Verification()
    rules = rules_of(round_)
    for row in _scores(round_):
        found.scores += 1
        _check_points(row, rules, found)
    _check_results(round_, rules, found)
    if seal_of(round_) != round_.result_hash:
        found.problems.append("校验值与公布时不符")
    return found


def _check_points(row: dict[str, Any], rules: RoundRules, found: Verification) -> None:
    place = f"党组织 {row['submission__organization_id']} 第 {row['indicator__position']} 项"
    if row["computed"] is not None:
        figures = Figures.of(verdict for _, verdict, _ in row["basis"]["assignments"])
        if points(row["indicator__points"], figures, rules.late_factor) != row["computed"]:
            found.problems.append(f"{place}：系统计分与依据不符")


def _check_results(round_: Round, rules: RoundRules, found: Verification) -> None:
    totals = _totals(round_)
    ranks = ranking.ranks(totals)
    rows = list(_results(round_))
    found.results = len(rows)
    if {row["organization_id"] for row in rows} != set(totals):
        found.problems.append("结果中的党组织与评分表不符")
    for row in rows:
        _, total = totals.get(row["organization_id"], ("", Decimal(-1)))
        expected = (total, ranks.get(row["organization_id"]), ranking.grade(total, rules.bands))
        if (row["total"], row["rank"], row["grade"]) != expected:
            found.problems.append(f"党组织 {row['organization_id']}：总分、名次或等次与得分不符")


def _totals(round_: Round) -> dict[int, tuple[str, Decimal]]:
    """Organisation → kind and total, added up from the points."""
    sums: dict[int, tuple[Decimal, Decimal]] = {}
    for row in _scores(round_):
        if row["applies"] and row["stage"] == StageName.FINAL:
            earned, full = sums.get(row["submission__organization_id"], (Decimal(0), Decimal(0)))
            sums[row["submission__organization_id"]] = (
                earned + (row["points"] or 0),
                full + row["indicator__points"],
            )
    kinds = dict(Submission.objects.filter(round=round_).values_list("organization_id", "kind"))
    totals = {pk: (kinds[pk], ranking.total(earned, full)) for pk, (earned, full) in sums.items()}
    return {pk: (kind, total) for pk, (kind, total) in totals.items() if total is not None}
