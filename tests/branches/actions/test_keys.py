"""Rotating the keys of personal data, held against the raw tables."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from branches.actions import keys
from branches.actions.keys import rotate_keys
from branches.models import AuditEntry
from branches.permissions import Actor
from members.models import Member
from partybuild.lib import crypto
from tests.factories.branches import UserFactory
from tests.factories.members import MemberFactory
from tests.factories.members_roster import CorrectionFactory

pytestmark = pytest.mark.django_db

BY = Actor.system()
PLAIN = ("13800001111", "0411-12345678", "某市某街一号", "一级科员")


@pytest.fixture
def old(settings):
    settings.FIELD_KEYS = [crypto.new_key()]
    return settings.FIELD_KEYS[0]


@pytest.fixture
def member(old):
    found = MemberFactory(phone=PLAIN[0], landline=PLAIN[1], address=PLAIN[2], phone_hash=crypto.keyed_hash(PLAIN[0]))
    CorrectionFactory(member=found, wanted=PLAIN[3])
    UserFactory(phone=PLAIN[0])
    return found


def raw():
    """Every value of the tables that hold personal data, as it is stored."""
    with connection.cursor() as cursor:
        for table in ("members_member", "members_correction", "branches_user"):
            cursor.execute(f"SELECT t::text FROM {table} t")
            yield from (row[0] for row in cursor.fetchall())


def test_r41_the_raw_tables_hold_no_plain_text(member):
    stored = "\n".join(raw())

    assert [text for text in (*PLAIN, member.id_number) if text in stored] == []
    assert member.id_number_hash in stored


def test_r41_readable_without_the_old_key_after_rotating(member, old, settings):
    new = crypto.new_key()
    settings.FIELD_KEYS = [new, old]
    done = rotate_keys(by=BY)
    settings.FIELD_KEYS = [new]

    again = Member.objects.get(pk=member.pk)
    assert (again.phone, again.landline, again.address, again.id_number) == (*PLAIN[:3], member.id_number)
    assert (again.id_number_hash, again.phone_hash) == (member.id_number_hash, crypto.keyed_hash(PLAIN[0]))
    assert again.corrections.get().wanted == PLAIN[3]
    assert (done.values, done.changed) == (6, 6)
    assert AuditEntry.objects.get(verb="轮换加密密钥").detail == done.as_dict()


def test_r41_the_old_key_is_needed_until_then(member, old, settings):
    settings.FIELD_KEYS = [crypto.new_key()]

    with pytest.raises(crypto.DecryptionError):
        Member.objects.get(pk=member.pk)


def test_r41_new_writes_use_the_first_key(old, settings):
    new = crypto.new_key()
    settings.FIELD_KEYS = [new, old]
    made = MemberFactory(phone=PLAIN[0])
    settings.FIELD_KEYS = [new]

    assert Member.objects.get(pk=made.pk).phone == PLAIN[0]


def test_r41_rotating_again_and_after_a_stop_changes_only_what_is_left(member, old, settings, monkeypatch):
    monkeypatch.setattr(keys, "SLICE", 1)
    new = crypto.new_key()
    settings.FIELD_KEYS = [new, old]
    MemberFactory(phone=PLAIN[0])  # under the new key already

    assert rotate_keys(by=BY).changed == 6
    before = list(raw())
    assert rotate_keys(by=BY).changed == 0
    assert list(raw()) == before


def test_r41_the_command_answers_in_json(member, old, settings):
    settings.FIELD_KEYS = [crypto.new_key(), old]
    out = StringIO()

    call_command("rotate_keys", "--json", stdout=out, stderr=StringIO())

    answer = json.loads(out.getvalue())
    assert (answer["values"], answer["changed"]) == (6, 6)
