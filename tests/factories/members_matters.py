"""Matters, opinions asked of branches, members' suggestions, delegates.

MatterFactory(organization=branch)                     # a request that was reported and waits
OpinionRequestFactory(organization=branch)             # asked by its superior, not answered
SuggestionFactory(organization=branch)                 # not answered
DelegateFactory(organization=branch)                   # until 2026-12-01
"""

from datetime import date, datetime

import factory
from factory.django import DjangoModelFactory

from members.enums import MatterKind, OpinionPurpose
from members.models import Delegate, Matter, MatterPaper, OpinionRequest, Suggestion
from office.actions.files import store_upload
from partybuild.lib.clock import ZONE
from tests.factories.branches import BranchFactory
from tests.factories.members import MemberFactory
from tests.factories.members_rooms import picture

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=ZONE)


class MatterFactory(DjangoModelFactory):
    """A request that was reported and waits for an answer."""

    class Meta:
        model = Matter

    organization = factory.SubFactory(BranchFactory)
    kind = MatterKind.REQUEST
    title = factory.Sequence(lambda n: f"事项{n}")
    happened_on = date(2026, 3, 2)
    reported_on = date(2026, 3, 2)


class MatterPaperFactory(DjangoModelFactory):
    """A paper of a matter."""

    class Meta:
        model = MatterPaper

    matter = factory.SubFactory(MatterFactory)
    file = factory.LazyFunction(lambda: store_upload(picture()))
    name = "会议纪要.png"
    added_at = NOW


class OpinionRequestFactory(DjangoModelFactory):
    """Asked by the superior, not answered yet."""

    class Meta:
        model = OpinionRequest

    member = factory.SubFactory(MemberFactory)
    organization = factory.SubFactory(BranchFactory)
    asker = factory.LazyAttribute(lambda request: request.organization.parent)
    purpose = OpinionPurpose.AWARD
    subject = "优秀共产党员"
    asked_on = date(2026, 3, 2)
    due_on = date(2026, 3, 9)


class SuggestionFactory(DjangoModelFactory):
    """Raised, not answered yet."""

    class Meta:
        model = Suggestion

    member = factory.SubFactory(MemberFactory)
    organization = factory.SubFactory(BranchFactory)
    handler = factory.LazyAttribute(lambda suggestion: suggestion.organization)
    text = "建议增加现场学习。"
    raised_on = date(2026, 3, 2)
    due_on = date(2026, 3, 17)


class DelegateFactory(DjangoModelFactory):
    """A delegate whose term ends in December 2026."""

    class Meta:
        model = Delegate

    member = factory.SubFactory(MemberFactory)
    organization = factory.SubFactory(BranchFactory)
    congress = "区第十三次党代表大会"
    unit = "区直属机关"
    elected_on = date(2021, 11, 1)
    starts_on = date(2021, 12, 1)
    term_ends_on = date(2026, 12, 1)
