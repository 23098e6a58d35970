"""The chain of seals over the audit trail, and whether it still holds."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from branches.enums import SealKind
from branches.models import AuditEntry, AuditSeal
from branches.rules import audit as rules

ENTRY_FIELDS = tuple(field.attname for field in AuditEntry._meta.concrete_fields)
_NOT_HEADED = {"hash", "members"}
HEADER_FIELDS = tuple(f.attname for f in AuditSeal._meta.concrete_fields if f.attname not in _NOT_HEADED)


@dataclass(frozen=True)
class Flaw:
    """Something that is not as it was sealed."""

    kind: str
    text: str
    entry: int | None = None
    seal: int | None = None


@dataclass(frozen=True)
class Verdict:
    """What going over the chain has shown; ``head`` is the last hash, to be kept elsewhere."""

    seals: int
    entries: int
    waiting: int
    sealed_to: datetime | None
    head: str
    flaws: tuple[Flaw, ...]

    def as_json(self) -> dict[str, Any]:
        """For ``--json``."""
        return asdict(self) | {
            "ok": not self.flaws,
            "sealed_to": self.sealed_to.isoformat() if self.sealed_to else None,
            "flaws": [asdict(flaw) for flaw in self.flaws],
        }


def oldest_running() -> int:
    """Below this transaction nothing can be written any more."""
    return _number("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")


def next_transaction() -> int:
    """A number that no transaction has reached yet."""
    return _number("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")


def database_keeps_from() -> datetime:
    """The moment from which the database itself refuses to remove entries; it does not know a moved clock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT now() - make_interval(days => %s)", [rules.LEAST_DAYS])
        return cursor.fetchone()[0]


def last_seal() -> AuditSeal | None:
    """The end of the chain."""
    return AuditSeal.objects.defer("members").order_by("-number").first()


def sealed_to() -> datetime | None:
    """The moment of the latest entry that is sealed; None before the first seal."""
    return AuditSeal.objects.order_by("-number").values_list("last_at", flat=True).first()


def rows_of(entries: QuerySet[AuditEntry]) -> Iterator[dict[str, Any]]:
    """Whole rows in the order in which they are sealed."""
    return entries.order_by("transaction_id", "id").values(*ENTRY_FIELDS).iterator(5000)


def entries_of(seal: AuditSeal) -> QuerySet[AuditEntry]:
    """The entries of a stretch as they are now."""
    return AuditEntry.objects.filter(
        transaction_id__gte=seal.from_transaction, transaction_id__lt=seal.below_transaction,
        id__gte=seal.first_id, id__lte=seal.last_id,
    )  # fmt: skip


def unsealed(last: AuditSeal | None) -> QuerySet[AuditEntry]:
    """Entries that come after the end of the chain."""
    if last is None:
        return AuditEntry.objects.order_by()
    return AuditEntry.objects.filter(transaction_id__gte=last.below_transaction, id__gt=last.floor_id)


def header_of(seal: AuditSeal) -> Mapping[str, Any]:
    """What the hash of a seal covers beside its members."""
    return {name: getattr(seal, name) for name in HEADER_FIELDS}


def verify(first: int = 0) -> Verdict:
    """Go over the whole chain, or from a seal on: every seal, every entry of it, and what lies between."""
    flaws: list[Flaw] = []
    entries = seals = 0
    last = AuditSeal.objects.filter(number=first - 1).first()
    for seal in AuditSeal.objects.filter(number__gte=first).order_by("number").iterator(100):
        flaws += _flaws_of_link(seal, last)
        flaws += flaws_of(seal)
        seals, entries, last = seals + 1, entries + (seal.count if seal.kind == SealKind.SEALED else 0), seal
    flaws += _strays(last)
    return Verdict(
        seals=seals,
        entries=entries,
        waiting=unsealed(last).count(),
        sealed_to=last.last_at if last else None,
        head=last.hash if last else "",
        flaws=tuple(flaws),
    )


def flaws_of(seal: AuditSeal) -> list[Flaw]:
    """What is wrong with one seal and with the entries that it covers."""
    if rules.seal_hash(header_of(seal), bytes(seal.members)) != seal.hash:
        return [Flaw("seal_changed", f"第 {seal.number} 段封存被改动。", seal=seal.number)]
    if seal.kind == SealKind.PRUNED:
        return []
    missing = rules.unpack(bytes(seal.members))
    flaws = []
    for row in rows_of(entries_of(seal)):
        kept = missing.pop(row["id"], None)
        if kept is None:
            flaws.append(_flaw("entry_inserted", row["id"], seal, "是封存后插入的"))
        elif kept != rules.digest(row):
            flaws.append(_flaw("entry_changed", row["id"], seal, "被改动"))
    return flaws + [_flaw("entry_missing", pk, seal, "被删除") for pk in missing]


def _flaws_of_link(seal: AuditSeal, before: AuditSeal | None) -> list[Flaw]:
    """Whether a seal follows on the one before; the first that is left, on what the chain says was removed."""
    if before is not None:
        follows = (seal.number, seal.previous_hash) == (before.number + 1, before.hash)
    elif seal.number == 1:
        follows = seal.previous_hash == ""
    else:
        noted = Q(kind=SealKind.PRUNED, upto_number=seal.number - 1, upto_hash=seal.previous_hash)
        follows = AuditSeal.objects.filter(noted).exists()
    text = f"第 {seal.number} 段封存与前一段不衔接，之前的封存被改动或删除。"
    return [] if follows else [Flaw("seal_missing", text, seal=seal.number)]


def _strays(last: AuditSeal | None) -> list[Flaw]:
    """Entries that claim a place which had been sealed without them."""
    if last is None:
        return []
    covering = AuditSeal.objects.filter(
        kind=SealKind.SEALED, from_transaction__lte=OuterRef("transaction_id"),
        below_transaction__gt=OuterRef("transaction_id"), first_id__lte=OuterRef("id"), last_id__gte=OuterRef("id"),
    )  # fmt: skip
    behind = Q(transaction_id__lt=last.below_transaction) | Q(id__lte=last.floor_id)
    found = AuditEntry.objects.filter(behind & ~Exists(covering)).order_by("id").values_list("id", flat=True)
    return [Flaw("entry_inserted", f"审计记录 {pk} 是封存后插入的。", entry=pk) for pk in found]


def _flaw(kind: str, pk: int, seal: AuditSeal, what: str) -> Flaw:
    return Flaw(kind, f"审计记录 {pk}（第 {seal.number} 段）{what}。", entry=pk, seal=seal.number)


def _number(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return int(cursor.fetchone()[0])


def recent(most: int) -> int:
    """The first seal of the newest stretches that hold so many entries together; 0 when the whole chain does."""
    together = 0
    for number, count in AuditSeal.objects.order_by("-number").values_list("number", "count").iterator(1000):
        together += count
        if together > most:
            return number
    return 0


def stretch_before(moment: datetime) -> QuerySet[AuditSeal]:
    """The oldest seals up to the first stretch that reaches the moment, in their order."""
    kept = AuditSeal.objects.filter(kind=SealKind.SEALED, last_at__gte=moment).order_by("number")
    number = kept.values_list("number", flat=True).first()
    found = AuditSeal.objects.order_by("number")
    return found if number is None else found.filter(number__lt=number)
