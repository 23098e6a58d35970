"""The rows that say what facts of registers count for an assignment. Source: X02, model.md "Credit".

Only the rows: whoever writes them holds the assignments and counts them afterwards.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import ROUND_DOWN, Decimal

from campaigns.enums import AssignmentState
from campaigns.models import Assignment, Credit
from campaigns.queries.fact_sources import FACT_SOURCES
from campaigns.queries.heirs import heirs_of
from campaigns.rules.facts import NO_OCCASION, Fact
from partybuild.lib import clock

GONE = "台账中已没有这一事项，不再计入。"
UNTOLD = "暂不计入。"
_CENT = Decimal("0.01")
_FIELDS = ("text", "url", "held_on", "counts_from", "member_id", "counted", "amount", "reason")


def write_facts(assignments: Sequence[Assignment]) -> None:
    """Bring the facts of these (locked) assignments up to date: what is told now counts or says why not, and what is
    no longer told is withdrawn. Assignments that no fact can feed are passed over."""
    told = [each for each in assignments if each.metric in FACT_SOURCES]
    if not told:
        return
    known = _known(told)
    facts = _facts_of(told)
    changed: list[Credit] = []
    for assignment in told:
        rows = known.get(assignment.pk, {})
        for fact in facts[assignment.pk]:
            row = _row(assignment, fact, rows.pop(fact.key, None))
            if row is not None:
                changed.append(row)
        changed += [_withdrawn(row) for row in rows.values() if row.withdrawn_at is None]
    _save(changed)


def may_be_moved(assignment: Assignment) -> bool:
    """Whether facts may move it: an exempt one only where it is exempt for want of an occasion."""
    return assignment.metric in FACT_SOURCES and (
        assignment.state != AssignmentState.EXEMPT or assignment.exempt_reason == NO_OCCASION
    )


def _facts_of(assignments: Iterable[Assignment]) -> dict[int, list[Fact]]:
    """Assignment id → what its source tells, of its organisation and those that it absorbed; asked once per metric and
    period."""
    groups: dict[tuple[str, date, date], list[Assignment]] = defaultdict(list)
    for each in assignments:
        groups[each.metric, each.starts_on, each.ends_on].append(each)
    heirs = heirs_of({each.organization_id for group in groups.values() for each in group})
    found: dict[int, list[Fact]] = {}
    for (code, start, end), group in groups.items():
        organizations = {each.organization_id for each in group}
        absorbed = {old for old, heir in heirs.items() if heir in organizations}
        by_organization: dict[int, dict[str, Fact]] = defaultdict(dict)
        for fact in FACT_SOURCES[code](organizations | absorbed, start, end):
            home = heirs.get(fact.organization_id, fact.organization_id)
            by_organization[home][fact.key] = replace(fact, organization_id=home)
        for each in group:
            found[each.pk] = list(by_organization[each.organization_id].values())
    return found


def _known(assignments: Iterable[Assignment]) -> dict[int, dict[str, Credit]]:
    rows: dict[int, dict[str, Credit]] = defaultdict(dict)
    for credit in Credit.objects.filter(assignment__in=[each.pk for each in assignments], fact_key__isnull=False):
        rows[credit.assignment_id][credit.fact_key or ""] = credit
    return rows


def _row(assignment: Assignment, fact: Fact, row: Credit | None) -> Credit | None:
    """The row to be written; None where it stands already as it should."""
    wanted = {
        "text": fact.text[:255],
        "url": fact.url[:255],
        "held_on": fact.held_on,
        "counts_from": fact.counts_from,
        "member_id": fact.member_id,
        "counted": fact.counted,
        "amount": fact.amount.quantize(_CENT, ROUND_DOWN) if fact.counted else Decimal(0),
        "reason": fact.reason[:255] if fact.counted else (fact.reason or UNTOLD)[:255],
    }
    if row is not None and row.withdrawn_at is None and all(getattr(row, name) == wanted[name] for name in _FIELDS):
        return None
    row = row or Credit(assignment=assignment, fact_key=fact.key)
    for name, value in wanted.items():
        setattr(row, name, value)
    row.withdrawn_at = None
    row.rule_version = assignment.rule_version
    row.updated_at = clock.now()
    return row


def _withdrawn(row: Credit) -> Credit:
    row.counted, row.amount, row.reason = False, Decimal(0), GONE
    row.withdrawn_at = row.updated_at = clock.now()
    return row


def _save(credits: list[Credit]) -> None:
    """Insert or bring up to date, a row for each pair of assignment and fact."""
    Credit.objects.bulk_create(
        [Credit(**{field.attname: getattr(each, field.attname) for field in Credit._meta.concrete_fields[1:]})
         for each in credits],
        update_conflicts=True,
        unique_fields=["assignment", "fact_key"],
        update_fields=[*(name.removesuffix("_id") for name in _FIELDS), "withdrawn_at", "rule_version", "updated_at"],
        batch_size=1000,
    )  # fmt: skip
