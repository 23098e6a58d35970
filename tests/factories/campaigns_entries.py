"""Entries of members.

EntryFactory(member=member, organization=branch)                 # a book with its reflection, of 12 March 2026
EntryFactory(..., kind=EntryKind.HOURS, hours=8, form="调训", text="")
"""

import factory
from factory.django import DjangoModelFactory

from campaigns.models import Entry
from campaigns.rules.entries import EntryKind, EntryState
from tests.factories.branches import BranchFactory
from tests.factories.campaigns import FILED_AT, HELD_ON
from tests.factories.members import MemberFactory

REFLECTION = "读后联系自己的岗位，想到群众找上门来时最需要的是把话听完、把事说清。" * 4


class EntryFactory(DjangoModelFactory):
    """A book that counts."""

    class Meta:
        model = Entry

    organization = factory.SubFactory(BranchFactory)
    member = factory.SubFactory(MemberFactory)
    kind = EntryKind.BOOK
    held_on = HELD_ON
    title = factory.Sequence(lambda n: f"《第{n}本》")
    text = REFLECTION
    state = EntryState.FILED
    counts_from = FILED_AT
    updated_at = FILED_AT
