"""The database refuses bad entries, and a second mark of how far facts were read."""

import pytest
from django.db import IntegrityError, transaction

from campaigns.models import EntryFile, FactMark
from tests.factories.campaigns import FILED_AT
from tests.factories.campaigns_entries import EntryFactory
from tests.factories.office import StoredFileFactory

pytestmark = pytest.mark.django_db


def twice():
    entry = EntryFactory()
    EntryFactory(member=entry.member, title=entry.title)


def file_twice():
    entry, file = EntryFactory(), StoredFileFactory()
    for _ in range(2):
        EntryFile.objects.create(entry=entry, file=file, name="a.pdf", added_at=FILED_AT)


@pytest.mark.parametrize(
    "constraint, act",
    [
        ("entry_kind_known", lambda: EntryFactory(kind="dance")),
        ("entry_state_known", lambda: EntryFactory(state="lost")),
        ("entry_has_title", lambda: EntryFactory(title="")),
        ("entry_hours_of_study_only", lambda: EntryFactory(hours=8)),
        ("entry_hours_of_study_only", lambda: EntryFactory(kind="hours", hours=8)),
        ("entry_hours_of_study_only", lambda: EntryFactory(kind="hours", hours=0, form="调训")),
        ("entry_sent_back_with_reason", lambda: EntryFactory(state="returned")),
        ("entry_once", twice),
        ("entry_file_once", file_twice),
        ("fact_mark_single", lambda: FactMark.objects.create(pk=2, below_transaction=1)),
    ],
)
def test_bad_rows_are_refused(constraint, act):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        act()


def test_a_void_entry_makes_room():
    entry = EntryFactory(state="void", remark="登记错误")
    assert EntryFactory(member=entry.member, title=entry.title).pk
