"""Marks, requests for correction, searches and dated changes of members."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from members.enums import StandingKind
from members.models import Correction, MemberChange, SearchNote, Standing
from tests.factories.branches import BranchFactory
from tests.factories.members import MemberFactory


class StandingFactory(DjangoModelFactory):
    """Out of reach since the beginning of 2026."""

    class Meta:
        model = Standing

    member = factory.SubFactory(MemberFactory)
    kind = StandingKind.LOST
    starts_on = date(2026, 1, 1)


class SearchNoteFactory(DjangoModelFactory):
    class Meta:
        model = SearchNote

    standing = factory.SubFactory(StandingFactory)
    on = date(2026, 2, 1)
    way = "电话"
    result = "无人接听"
    noted_at = datetime(2026, 2, 1, tzinfo=UTC)


class CorrectionFactory(DjangoModelFactory):
    """Somebody asks for another job title."""

    class Meta:
        model = Correction

    member = factory.SubFactory(MemberFactory)
    organization = factory.SubFactory(BranchFactory)
    field = "job"
    wanted = "一级科员"
    asked_at = datetime(2026, 2, 1, tzinfo=UTC)


class MemberChangeFactory(DjangoModelFactory):
    class Meta:
        model = MemberChange

    member = factory.SubFactory(MemberFactory)
    field = "job"
    before = "科员"
    after = "一级科员"
    effective_on = date(2026, 2, 1)
    recorded_at = datetime(2026, 2, 1, tzinfo=UTC)
