"""Sealing the audit trail in a chain, and removing what has been kept long enough."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Max

from branches.actions import audit
from branches.enums import AuditResult, SealKind
from branches.models import AuditSeal
from branches.permissions import Actor
from branches.queries import audit_chain as chain
from branches.rules import audit as rules
from partybuild.lib import clock

PER_SEAL = 5000
SEALS_AT_ONCE = 40
_LOCK = 0x5EA1


@transaction.atomic
def seal_entries(*, by: Actor, below: int | None = None) -> int:
    """Seal what no running transaction can add to any more; how many entries. Nobody else seals meanwhile.

    ``below`` is the first transaction that is left out: the oldest that runs, unless a caller knows better.
    """
    if not _is_alone():
        return 0
    limit = chain.oldest_running() if below is None else below
    last = chain.last_seal()
    if last is not None and chain.next_transaction() < last.below_transaction:
        last = _begin_anew(last)
    sealed = 0
    for _ in range(SEALS_AT_ONCE):
        made = _seal_next(last, limit)
        if made is None:
            break
        last, sealed = made, sealed + made.count
    return sealed


@transaction.atomic
def prune_entries(*, by: Actor) -> int:
    """Remove whole sealed stretches older than the retention; how many entries. A row of the chain says so.

    A stretch that is not as it was sealed stays: it is evidence.
    """
    if not _is_alone():
        return 0
    moment = clock.start_of_day(rules.keep_from(clock.today(), settings.AUDIT_KEEP_DAYS))
    old, last = chain.stretch_before(min(moment, chain.database_keeps_from())), chain.last_seal()
    heads = list(old.defer("members"))
    sealed = [seal for seal in heads if seal.kind == SealKind.SEALED]
    if last is None or not sealed:
        return 0
    if any(chain.flaws_of(seal) for seal in old.iterator(100)):
        raise ValidationError("要清理的审计记录与封存时不一致，未清理。请先运行审计校验，查明原因。")
    first_at, last_at = min(seal.first_at for seal in sealed), max(seal.last_at for seal in sealed)
    count, upto = sum(seal.count for seal in sealed), heads[-1]
    _append(
        last, SealKind.PRUNED, upto_number=upto.number, upto_hash=upto.hash, count=count, first_at=first_at,
        last_at=last_at, from_transaction=last.below_transaction, below_transaction=last.below_transaction,
        floor_id=last.floor_id,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SELECT branches_audit_prune(%s)", [upto.number])
    note = f"{clock.in_zone(first_at):%Y-%m-%d} 至 {clock.in_zone(last_at):%Y-%m-%d}，共 {count} 条"
    audit.record(by=by, verb="清理到期审计记录", detail={"count": count, "note": note})
    return count


@transaction.atomic
def verify_audit(*, by: Actor, most: int) -> tuple[chain.Verdict, bool]:
    """Somebody has the newest entries held against their seals, at most so many; and whether that was all."""
    first = chain.recent(most)
    verdict = chain.verify(first)
    result = AuditResult.REFUSED if verdict.flaws else AuditResult.DONE
    note = f"{verdict.entries} 条，" + (f"{len(verdict.flaws)} 处与封存时不一致" if verdict.flaws else "与封存时一致")
    audit.record(by=by, verb="校验审计记录", result=result, detail={"note": note, "head": verdict.head})
    return verdict, first == 0


def _is_alone() -> bool:
    """Whether this transaction is the one that works on the chain."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        return bool(cursor.fetchone()[0])


def _seal_next(last: AuditSeal | None, limit: int) -> AuditSeal | None:
    """One more stretch: whole transactions, some thousand entries."""
    waiting = chain.unsealed(last).filter(transaction_id__lt=limit)
    in_order = waiting.order_by("transaction_id", "id").values_list("transaction_id", flat=True)
    first, beyond = in_order.first(), in_order[PER_SEAL : PER_SEAL + 1].first()
    if first is None:
        return None
    if beyond is not None:
        limit = beyond if beyond > first else beyond + 1
    rows = list(chain.rows_of(waiting.filter(transaction_id__lt=limit)))
    start = last.below_transaction if last else 0
    return _seal(last, rows, start, limit, last.floor_id if last else 0)


def _begin_anew(last: AuditSeal) -> AuditSeal:
    """The data stand on another server, whose transactions count from lower: seal the tail, and go on above its ids.

    The tail is committed and whole: it came with the data.
    """
    rows = list(chain.rows_of(chain.unsealed(last).filter(transaction_id__gte=chain.next_transaction())))
    if rows:
        last = _seal(last, rows, last.below_transaction, rows[-1]["transaction_id"] + 1, last.floor_id)
    floor = AuditSeal.objects.aggregate(top=Max("last_id"))["top"] or last.floor_id
    # Not saved: what the next stretch starts from.
    last.below_transaction, last.floor_id = 0, floor
    return last


def _seal(last: AuditSeal | None, rows: Sequence[Mapping[str, Any]], start: int, below: int, floor: int) -> AuditSeal:
    ids, moments = [row["id"] for row in rows], [row["at"] for row in rows]
    return _append(
        last, SealKind.SEALED, from_transaction=start, below_transaction=below, floor_id=floor, first_id=min(ids),
        last_id=max(ids), first_at=min(moments), last_at=max(moments), count=len(rows), members=rules.pack(rows),
    )  # fmt: skip


def _append(last: AuditSeal | None, kind: SealKind, **values: Any) -> AuditSeal:
    """A further row of the chain."""
    seal = AuditSeal(
        number=last.number + 1 if last else 1, kind=kind.value, at=clock.now(),
        previous_hash=last.hash if last else "", **values,
    )  # fmt: skip
    seal.hash = rules.seal_hash(chain.header_of(seal), bytes(seal.members))
    seal.save(force_insert=True)
    return seal
