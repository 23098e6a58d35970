"""Row 39 in the running portal: the tick seals what is committed, and leaves what may still come."""

import psycopg2
import pytest
from django.db import connection

from branches.actions.sealing import seal_entries
from branches.models import AuditEntry, AuditSeal
from branches.permissions import Actor
from branches.queries.audit_chain import next_transaction, verify
from desk.actions import cycles
from tests.factories.branches import AuditEntryFactory
from tests.harness.sealing import wait_until_sealable

SYSTEM = Actor.system()


def other_connection():
    settings = connection.settings_dict
    return psycopg2.connect(
        host=settings["HOST"], port=settings["PORT"], dbname=settings["NAME"], user=settings["USER"],
        password=settings["PASSWORD"],
    )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_r39_the_tick_seals_what_is_committed():
    entry = AuditEntryFactory()
    entry.refresh_from_db()
    wait_until_sealable(entry)
    cycles.tick(by=SYSTEM)

    assert AuditSeal.objects.filter(first_id__lte=entry.pk, last_id__gte=entry.pk).exists()
    assert verify().flaws == ()


@pytest.mark.django_db(transaction=True)
def test_r39_what_an_open_transaction_may_still_add_to_waits():
    """An entry whose transaction began earlier comes in later, and the chain holds."""
    columns = "at, channel, verb, object_type, object_label, address, organization_path, result, detail"
    opened = other_connection()
    with opened.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO branches_auditentry ({columns}) VALUES (now(), 'web', '晚到', '', '', '', '', 'done', '{{}}')"
        )
        later = AuditEntryFactory(verb="先到")
        seal_entries(by=SYSTEM)
        assert not AuditSeal.objects.filter(last_id__gte=later.pk).exists()
        opened.commit()
    opened.close()

    late = AuditEntry.objects.get(verb="晚到")
    later.refresh_from_db()
    wait_until_sealable(later)
    seal_entries(by=SYSTEM)
    assert late.pk < later.pk
    assert AuditSeal.objects.filter(first_id__lte=late.pk, last_id__gte=later.pk).exists()
    assert verify().flaws == ()


@pytest.mark.django_db(transaction=True)
def test_r39_two_at_once_make_one_chain():
    AuditEntryFactory()
    opened = other_connection()
    with opened.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [0x5EA1])
        assert seal_entries(by=SYSTEM) == 0
    opened.close()


@pytest.mark.django_db(transaction=True)
def test_r39_without_waiting_for_open_transactions_the_chain_would_not_hold():
    """Negative control: sealed up to the newest, the entry that comes in later looks like a forgery."""
    columns = "at, channel, verb, object_type, object_label, address, organization_path, result, detail"
    opened = other_connection()
    with opened.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO branches_auditentry ({columns}) VALUES (now(), 'web', '晚到', '', '', '', '', 'done', '{{}}')"
        )
        AuditEntryFactory(verb="先到")
        seal_entries(by=SYSTEM, below=next_transaction())
        opened.commit()
    opened.close()

    late = AuditEntry.objects.get(verb="晚到")
    assert [(flaw.kind, flaw.entry) for flaw in verify().flaws] == [("entry_inserted", late.pk)]
