"""Decisions on records: approve, return, approve many. Each decision is a row of its own, never changed."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from branches.permissions import Actor
from campaigns.actions import corrections, records
from campaigns.actions.records import RecordT
from campaigns.enums import Decision
from campaigns.models import Activity, Answer, Review
from campaigns.queries.reviews import Record, levels_of, relation_of, superior_of
from campaigns.rules import reviews as rules
from campaigns.rules.activities import RecordError, Verb, next_status
from office.queries.calendar import workday_checker
from office.queries.rules import rule_table
from partybuild.lib import clock, dates
from partybuild.lib.periods import add_workdays


@transaction.atomic
def approve(*, by: Actor, record: RecordT, version: int, remark: str = "") -> RecordT:
    """Approve the version that was seen. Where further levels are asked for, the record goes up to the next unit.

    A correction that is through takes the place of what the record said.
    """
    record = records.hold(record)
    _refuse(record, by, version, Verb.APPROVE)
    level = _append(record, by, Decision.APPROVE, remark, {})
    above = superior_of(record.review_unit) if level < levels_of(record) else None
    record.review_level = level
    if above is None:
        records.move(record, Verb.APPROVE, by=by, detail={"version": version, "level": level})
        if record.is_correction:
            corrections.merge(record, by=by)
        return record
    record.review_unit, record.needs_review = above, True
    record.save(update_fields=["review_level", "review_unit", "needs_review"])
    records.credit(record)
    records.note(record, "审核通过并上报", by=by, detail={"version": version, "level": level})
    return record


@transaction.atomic
def return_for_rework(
    *, by: Actor, record: RecordT, version: int, remark: str = "", items: Mapping[str, str] | None = None
) -> RecordT:
    """Send the version that was seen back, with a remark on the whole or on single items.

    Filed again within the rule table's working days, it keeps its first time of filing.
    """
    told: dict[str, str] = {code: text.strip() for code, text in (items or {}).items() if text.strip()}
    if not remark.strip() and not told:
        raise RecordError({"remark": "请写明退回原因，或在相应内容旁写明要改什么。"})
    record = records.hold(record)
    _refuse(record, by, version, Verb.RETURN)
    _append(record, by, Decision.RETURN, remark.strip(), told)
    days = rule_table(clock.today()).int("deadline.resubmit_workdays")
    record.returned_at = clock.now()
    record.resubmit_by = add_workdays(clock.today(), days, workday_checker())
    record.review_level = 0
    note = rules.one_line((remark, *told.values()))
    records.move(record, Verb.RETURN, by=by, detail={"version": version, "note": note})
    return record


def _refuse(record: Record, by: Actor, version: int, verb: Verb) -> None:
    last = record.reviews.select_related("reviewer").order_by("pk").last()
    if record.version != version:
        raise RecordError(_told(record, last))
    try:
        next_status(record.status, verb, is_correction=record.is_correction)
    except RecordError:
        raise RecordError(_told(record, last)) from None
    if record.review_unit is not None and not record.review_unit.path.startswith(by.organization_path):
        raise RecordError("这条记录由上级组织审核，您所在组织不能决定。")
    sentence = rules.conflict(relation_of(by.user_id, by.member_id, record, clock.today(), by.acting_for_id))
    if sentence:
        raise RecordError(sentence)


def _told(record: Record, last: Review | None) -> str:
    """What the second of two reviewers is told."""
    if last is None or last.version != record.version:
        return f"这条记录已有变化，现在是“{record.get_status_display()}”状态，您的决定没有保存。"
    when = dates.moment_text(last.decided_at)
    return f"{last.reviewer.name}已于 {when} 作出决定：{last.get_decision_display()}。您的决定没有保存。"


def _append(record: Record, by: Actor, decision: Decision, remark: str, items: dict[str, str]) -> int:
    """Keep the decision; returns its level."""
    level = record.review_level + 1
    owner = {"activity": record} if isinstance(record, Activity) else {"answer": record}
    told: dict[str, Any] = {"reviewer_id": by.user_id, "organization_id": by.organization_id or record.review_unit_id}
    Review.objects.create(
        **owner,
        **told,
        version=record.version,
        level=level,
        decision=decision,
        remark=remark,
        items=items,
        decided_at=clock.now(),
    )
    return level


@dataclass(frozen=True)
class Marked:
    """One record marked in the queue, in the version that the queue showed."""

    record: Activity | Answer
    version: int

    @property
    def key(self) -> str:
        """As the desk remembers what was opened."""
        return opened_key(self.record, self.version)


def opened_key(record: Record, version: int) -> str:
    """Names one version of one record."""
    return f"{'activity' if isinstance(record, Activity) else 'answer'}-{record.pk}-{version}"


@dataclass
class BulkResult:
    """What became of the marked records; what was held out, with the reason."""

    approved: list[Record] = field(default_factory=list)
    held: list[tuple[Record, str]] = field(default_factory=list)


def approve_many(*, by: Actor, marked: Iterable[Marked], opened: Collection[str]) -> BulkResult:
    """Approve what is in order and was opened; hold out the rest and say why.

    Each in a transaction of its own: one that is refused holds up no other, and no locks are gathered.
    """
    result = BulkResult()
    for mark in marked:
        reason = rules.reason_to_hold(mark.record.flags, was_opened=mark.key in opened)
        if not reason:
            try:
                approve(by=by, record=mark.record, version=mark.version)  # type: ignore[type-var]
            except ValidationError as error:
                reason = "".join(error.messages)
        if reason:
            result.held.append((mark.record, reason))
        else:
            result.approved.append(mark.record)
    return result
