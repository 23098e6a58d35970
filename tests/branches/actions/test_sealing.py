"""Row 39: the chain over the audit trail. Each kind of tampering is done and found; without it nothing is."""

import json
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import InternalError, ProgrammingError, connection, transaction

from branches.actions import sealing
from branches.actions.sealing import prune_entries, seal_entries
from branches.models import AuditEntry, AuditSeal
from branches.permissions import Actor
from branches.queries.audit_chain import next_transaction, verify
from partybuild.lib import clock
from tests.factories.branches import AuditEntryFactory

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system()
OLD = datetime(2020, 1, 1, tzinfo=UTC)


def seal() -> int:
    """As the tick does once no transaction is running below: the test's own one counts as ended."""
    return seal_entries(by=SYSTEM, below=own_transaction() + 1)


def own_transaction() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        return cursor.fetchone()[0]


@contextmanager
def maintenance():
    """What only who keeps the database can say."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL partybuild.audit_maintenance = 'on'")
        yield cursor
        cursor.execute("SET LOCAL partybuild.audit_maintenance = 'off'")


def sealed_entries(number: int = 3, **values) -> list[AuditEntry]:
    """Entries of a transaction of their own each, all sealed."""
    base = own_transaction() - 100
    entries = [AuditEntryFactory(transaction_id=base + place, **values) for place in range(number)]
    seal()
    return entries


def kinds() -> list[tuple[str, int | None]]:
    return [(flaw.kind, flaw.entry) for flaw in verify().flaws]


@pytest.fixture(autouse=True)
def _nothing_before(db):
    """The defaults left entries when the test database was made: they are sealed and out of the way."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE branches_auditentry, branches_auditseal")


def test_r39_what_was_sealed_verifies():
    sealed_entries(3)
    verdict = verify()

    assert (verdict.seals, verdict.entries, verdict.waiting, verdict.flaws) == (1, 3, 0, ())
    assert verdict.sealed_to == OLD


def test_r39_seals_follow_one_another():
    two_seals()
    first, second = AuditSeal.objects.all()

    assert (first.previous_hash, second.previous_hash) == ("", first.hash)
    assert kinds() == []


def test_long_stretches_are_cut_between_transactions(monkeypatch):
    monkeypatch.setattr(sealing, "PER_SEAL", 3)
    base = own_transaction() - 100
    for number in (1, 1, 2, 2, 3, 3, 3, 3, 4):
        AuditEntryFactory(transaction_id=base + number)
    seal()

    assert list(AuditSeal.objects.values_list("count", flat=True)) == [2, 2, 4, 1]
    assert [each.previous_hash for each in AuditSeal.objects.all()][1:] == [
        each.hash for each in AuditSeal.objects.all()
    ][:-1]
    assert kinds() == []


def test_sealing_again_adds_nothing():
    sealed_entries()
    assert seal() == 0
    assert AuditSeal.objects.count() == 1


def test_r39_a_changed_entry_is_found():
    entry = sealed_entries()[1]
    with maintenance():
        AuditEntry.objects.filter(pk=entry.pk).update(verb="查询")

    assert kinds() == [("entry_changed", entry.pk)]


@pytest.mark.parametrize(
    "change",
    [{"user_id": 7}, {"result": "refused"}, {"at": OLD + timedelta(microseconds=1)}, {"detail": {"note": "甲"}},
     {"acting_for_id": 9}, {"organization_id": 1}, {"address": "10.0.0.1"}, {"object_label": "乙"}],
)  # fmt: skip
def test_r39_no_column_is_left_out(change):
    entry = sealed_entries()[0]
    with maintenance():
        AuditEntry.objects.filter(pk=entry.pk).update(**change)

    assert kinds() == [("entry_changed", entry.pk)]


def test_r39_a_deleted_entry_is_found():
    entry = sealed_entries()[1]
    with maintenance():
        AuditEntry.objects.filter(pk=entry.pk).delete()

    assert kinds() == [("entry_missing", entry.pk)]


def test_r39_an_inserted_entry_is_found():
    entries = sealed_entries()
    forged = AuditEntryFactory(transaction_id=entries[1].transaction_id)

    assert kinds() == [("entry_inserted", forged.pk)]


def test_r39_an_entry_put_in_the_place_of_another_is_found():
    entry = sealed_entries()[1]
    with maintenance():
        AuditEntry.objects.filter(pk=entry.pk).delete()
        AuditEntryFactory(pk=entry.pk, transaction_id=entry.transaction_id, verb="退出登录")

    assert kinds() == [("entry_changed", entry.pk)]


def two_seals():
    base = own_transaction() - 100
    AuditEntryFactory(transaction_id=base)
    seal_entries(by=SYSTEM, below=base + 1)
    AuditEntryFactory(transaction_id=base + 1)
    seal_entries(by=SYSTEM, below=base + 2)


def test_r39_a_changed_seal_is_found():
    two_seals()
    with maintenance():
        AuditSeal.objects.filter(number=1).update(count=5)

    assert [(flaw.kind, flaw.seal) for flaw in verify().flaws] == [("seal_changed", 1)]


def test_r39_a_seal_that_was_made_anew_breaks_the_next():
    two_seals()
    with maintenance():
        first = AuditSeal.objects.get(number=1)
        AuditEntry.objects.filter(pk=first.first_id).delete()
        first.delete()
        AuditEntryFactory(pk=first.first_id, transaction_id=first.below_transaction - 1, verb="另一件事")
        made = sealing._seal(None, list(sealing.chain.rows_of(sealing.chain.entries_of(first))), 0,
                             first.below_transaction, 0)  # fmt: skip

    assert made.number == 1
    assert [(flaw.kind, flaw.seal) for flaw in verify().flaws] == [("seal_missing", 2)]


def test_r39_a_removed_seal_is_found():
    two_seals()
    with maintenance():
        AuditSeal.objects.filter(number=1).delete()

    assert ("seal_missing", 2) in [(flaw.kind, flaw.seal) for flaw in verify().flaws]


@pytest.mark.parametrize("table", ["branches_auditentry", "branches_auditseal"])
@pytest.mark.parametrize("sql", ["UPDATE {} SET at = at", "DELETE FROM {}"])
def test_r39_the_tables_refuse_changes(table, sql):
    sealed_entries(1)
    with pytest.raises(ProgrammingError, match="appended only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format(table))

    assert AuditEntry.objects.count() == AuditSeal.objects.count() == 1


@pytest.mark.parametrize("table", ["branches_auditentry", "branches_auditseal"])
def test_r39_the_tables_refuse_to_be_emptied(table):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL partybuild.may_truncate_audit = 'off'")
        with pytest.raises(ProgrammingError, match="appended only"), transaction.atomic():
            cursor.execute(f"TRUNCATE {table}")


def test_r39_the_command_tells_what_is_wrong():
    entry = sealed_entries()[0]
    out = StringIO()
    call_command("verify_audit", "--json", stdout=out, stderr=StringIO())
    assert json.loads(out.getvalue())["ok"] is True

    with maintenance():
        AuditEntry.objects.filter(pk=entry.pk).update(verb="查询")
    out = StringIO()
    with pytest.raises(CommandError) as refused:
        call_command("verify_audit", "--json", stdout=out, stderr=StringIO())

    told = json.loads(out.getvalue())
    assert refused.value.returncode == 1
    assert (told["ok"], told["flaws"][0]["entry"], told["flaws"][0]["seal"]) == (False, entry.pk, 1)


class TestRetention:
    def aged(self, *days: int) -> list[AuditEntry]:
        """Entries so many days old, each sealed in a stretch of its own."""
        base, made = own_transaction() - 100, []
        for place, age in enumerate(days):
            made.append(AuditEntryFactory(transaction_id=base + place, at=clock.now() - timedelta(days=age)))
            seal_entries(by=SYSTEM, below=base + place + 1)
        return made

    def test_r39_whole_stretches_go_and_the_chain_still_holds(self, settings):
        old, older, kept = self.aged(500, 450, 300)

        assert prune_entries(by=SYSTEM) == 2
        assert not AuditEntry.objects.filter(pk__in=[old.pk, older.pk]).exists()
        assert AuditEntry.objects.filter(pk=kept.pk).exists()
        assert [(each.number, each.kind, each.count) for each in AuditSeal.objects.all()] == [
            (3, "sealed", 1), (4, "pruned", 2),
        ]  # fmt: skip
        assert kinds() == []

    def test_it_is_audited(self, trail):
        self.aged(500)
        prune_entries(by=SYSTEM)

        assert trail().get(verb="清理到期审计记录").detail["count"] == 1

    def test_again_there_is_nothing_to_remove(self):
        self.aged(500, 300)
        prune_entries(by=SYSTEM)

        assert prune_entries(by=SYSTEM) == 0
        assert AuditSeal.objects.filter(kind="pruned").count() == 1

    def test_a_later_removal_takes_the_note_of_the_first_along(self, settings):
        self.aged(500, 450, 420)
        settings.AUDIT_KEEP_DAYS = 460
        prune_entries(by=SYSTEM)
        settings.AUDIT_KEEP_DAYS = 430
        prune_entries(by=SYSTEM)
        settings.AUDIT_KEEP_DAYS = 410
        prune_entries(by=SYSTEM)

        assert [(each.number, each.kind, each.upto_number) for each in AuditSeal.objects.all()] == [(6, "pruned", 5)]
        assert kinds() == []

    def test_r39_nothing_goes_before_half_a_year(self, settings):
        settings.AUDIT_KEEP_DAYS = 1
        self.aged(183)

        assert prune_entries(by=SYSTEM) == 0

    def test_r39_the_database_holds_to_it_too(self):
        self.aged(100)
        last = AuditSeal.objects.get()
        sealing._append(last, sealing.SealKind.PRUNED, upto_number=1, upto_hash=last.hash, count=1, first_at=OLD,
                        last_at=OLD, from_transaction=0, below_transaction=0)  # fmt: skip
        with pytest.raises((ProgrammingError, InternalError), match="184 days"), transaction.atomic():
            connection.cursor().execute("SELECT branches_audit_prune(1)")

    def test_what_was_tampered_with_stays(self):
        old, _ = self.aged(500, 450)
        with maintenance():
            AuditEntry.objects.filter(pk=old.pk).update(verb="查询")

        with pytest.raises(ValidationError, match="不一致"):
            prune_entries(by=SYSTEM)

    def test_a_removal_that_nobody_noted_is_found(self):
        self.aged(500, 300)
        with maintenance():
            AuditEntry.objects.filter(at__lt=clock.now() - timedelta(days=400)).delete()
            AuditSeal.objects.filter(number=1).delete()

        assert [flaw.kind for flaw in verify().flaws][:1] == ["seal_missing"]


def test_data_moved_to_another_server_go_on_being_sealed():
    """Its transactions count from lower: the tail is sealed whole, and what follows above its ids."""
    ahead = next_transaction() + 1_000_000
    AuditEntryFactory(transaction_id=ahead)
    seal_entries(by=SYSTEM, below=ahead + 1)
    tail = AuditEntryFactory(transaction_id=ahead + 5)
    fresh = AuditEntryFactory()
    seal()

    stretches = [(each.first_id, each.last_id, each.floor_id) for each in AuditSeal.objects.all()]
    assert stretches[1:] == [(tail.pk, tail.pk, 0), (fresh.pk, fresh.pk, tail.pk)]
    assert kinds() == []
