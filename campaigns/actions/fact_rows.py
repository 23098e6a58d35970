"""The rows that say what facts of registers count for an assignment. Source: X02, model.md "Credit".

Only the rows: whoever writes them holds the assignments and counts them afterwards.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from decimal import ROUND_DOWN, Decimal

from campaigns.enums import AssignmentState
from campaigns.models import Assignment, Credit, Target
from campaigns.queries.fact_sources import BY_CAMPAIGN, FACT_SOURCES, Asked, told
from campaigns.queries.heirs import heirs_of
from campaigns.rules.facts import NO_OCCASION, Fact
from partybuild.lib import clock
from partybuild.lib.periods import PeriodKind

GONE = "台账中已没有这一事项，不再计入。"
UNTOLD = "暂不计入。"
_CENT = Decimal("0.01")
_FIELDS = ("text", "url", "held_on", "counts_from", "member_id", "counted", "amount", "reason")


def write_facts(assignments: Sequence[Assignment]) -> None:
    """Bring the facts of these (locked) assignments up to date: what is told now counts or says why not, and what is
    no longer told is withdrawn. Assignments that no fact can feed are passed over."""
    fed = [each for each in assignments if each.metric in FACT_SOURCES]
    if not fed:
        return
    known = _known(fed)
    facts = _facts_of(fed)
    changed: list[Credit] = []
    for assignment in fed:
        rows = known.get(assignment.pk, {})
        for fact in facts[assignment.pk]:
            row = _row(assignment, fact, rows.pop(fact.key, None))
            if row is not None:
                changed.append(row)
        changed += [_withdrawn(row) for row in rows.values() if row.withdrawn_at is None]
    _save(changed)


def may_be_moved(assignment: Assignment) -> bool:
    """Whether facts may move it: an exempt one only where it is exempt for want of an occasion; none of an organisation
    that is no more."""
    is_asked = assignment.state != AssignmentState.EXEMPT or assignment.exempt_reason == NO_OCCASION
    return assignment.metric in FACT_SOURCES and is_asked and assignment.organization.dissolved_on is None


def _facts_of(assignments: Collection[Assignment]) -> dict[int, list[Fact]]:
    """Assignment id → what its source tells, of its organisation and those that it absorbed; asked once for all that
    ask the same."""
    months = _months_before(assignments)
    groups: dict[Asked, list[Assignment]] = defaultdict(list)
    for each in assignments:
        campaign = each.campaign_id if each.metric in BY_CAMPAIGN else None
        groups[Asked(each.metric, each.starts_on, each.ends_on, months.get(each.target_id, 0), campaign)].append(each)
    heirs = heirs_of({each.organization_id for group in groups.values() for each in group})
    found: dict[int, list[Fact]] = {}
    for asked, group in groups.items():
        organizations = {each.organization_id for each in group}
        absorbed = {old for old, heir in heirs.items() if heir in organizations}
        by_organization: dict[int, dict[str, Fact]] = defaultdict(dict)
        for fact in told(asked, organizations | absorbed):
            home = heirs.get(fact.organization_id, fact.organization_id)
            by_organization[home][fact.key] = replace(fact, organization_id=home)
        for each in group:
            found[each.pk] = list(by_organization[each.organization_id].values())
    return found


def _months_before(assignments: Iterable[Assignment]) -> dict[int, int]:
    """Target → how many months before the end of a term it asks; a query where any goes by terms."""
    by_term = {each.target_id for each in assignments if each.period.startswith(f"{PeriodKind.TERM.value}:")}
    rows = (
        Target.objects.filter(pk__in=by_term, before_term_end_months__isnull=False)
        if by_term
        else Target.objects.none()
    )
    return {pk: months or 0 for pk, months in rows.values_list("pk", "before_term_end_months")}


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
