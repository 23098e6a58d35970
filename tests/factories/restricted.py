"""Restricted records, those named to see them, duties and care.

user = make_custodian(branch, "talk")              # a leader of the branch named for talk notes
RestrictedRecordFactory(organization=branch)       # a talk note
DutyFactory(organization=branch)                   # a talk after a change of post, due on 2026-03-12
"""

from datetime import date, datetime
from typing import Any

import factory
from factory.django import DjangoModelFactory

from branches.models import Organization, User
from members.enums import CareGroup, DutyKind, OccasionKind, RestrictedKind
from members.models import (
    CareCase,
    CareVisit,
    Custodian,
    Duty,
    DutyProof,
    Occasion,
    RecordPaper,
    RestrictedRecord,
)
from partybuild.lib.clock import ZONE
from tests.factories.branches import LONG_AGO, BranchFactory, PostFactory, make_user_with_post
from tests.factories.members import MemberFactory
from tests.factories.office import StoredFileFactory

RECORDED_AT = datetime(2026, 3, 5, 9, 0, tzinfo=ZONE)
HAPPENED_ON = date(2026, 3, 5)


class CustodianFactory(DjangoModelFactory):
    """A post that is named for talk notes since 2020."""

    class Meta:
        model = Custodian

    post = factory.SubFactory(PostFactory)
    kind = RestrictedKind.TALK
    starts_on = LONG_AGO
    named_at = RECORDED_AT


class RestrictedRecordFactory(DjangoModelFactory):
    """A talk note, kept until 2029."""

    class Meta:
        model = RestrictedRecord

    kind = RestrictedKind.TALK
    member = factory.SubFactory(MemberFactory)
    organization = factory.SubFactory(BranchFactory)
    happened_on = HAPPENED_ON
    content = "谈话要点若干"
    keep_until = date(2029, 3, 5)
    recorded_at = RECORDED_AT


class DisciplineFactory(RestrictedRecordFactory):
    """A warning with its effect until September 2026."""

    kind = RestrictedKind.DISCIPLINE
    content = "违纪事实若干"
    sanction = "warning"
    effective_on = HAPPENED_ON
    impact_until = date(2026, 9, 5)
    keep_until = date(2031, 9, 5)


class RecordPaperFactory(DjangoModelFactory):
    class Meta:
        model = RecordPaper

    record = factory.SubFactory(RestrictedRecordFactory)
    file = factory.SubFactory(StoredFileFactory)
    name = "材料.pdf"
    added_at = RECORDED_AT


class OccasionFactory(DjangoModelFactory):
    """A change of post on 5 March 2026."""

    class Meta:
        model = Occasion

    kind = OccasionKind.POST_CHANGE
    member = factory.SubFactory(MemberFactory)
    organization = factory.SubFactory(BranchFactory)
    happened_on = HAPPENED_ON
    recorded_at = RECORDED_AT


class DutyFactory(DjangoModelFactory):
    """The talk that the change of post makes due; ``sensitive=True`` gives a misfortune in the family instead."""

    class Meta:
        model = Duty

    class Params:
        sensitive = False

    kind = DutyKind.TALK
    organization = factory.SubFactory(BranchFactory)
    member = factory.SubFactory(MemberFactory)
    occasion = factory.LazyAttribute(
        lambda duty: OccasionFactory(
            member=duty.member,
            organization=duty.organization,
            kind=OccasionKind.MISFORTUNE if duty.sensitive else OccasionKind.POST_CHANGE,
            detail="家中老人重病" if duty.sensitive else "",
        )
    )
    due_on = date(2026, 3, 12)


class DutyProofFactory(DjangoModelFactory):
    class Meta:
        model = DutyProof

    duty = factory.SubFactory(DutyFactory)
    file = factory.SubFactory(StoredFileFactory)
    name = "培训名单.pdf"
    added_at = RECORDED_AT


class CareCaseFactory(DjangoModelFactory):
    """A member in hardship since 2020."""

    class Meta:
        model = CareCase

    member = factory.SubFactory(MemberFactory)
    organization = factory.SubFactory(BranchFactory)
    group = CareGroup.HARDSHIP
    need = "长期患病，生活困难"
    starts_on = LONG_AGO
    recorded_at = RECORDED_AT


class CareVisitFactory(DjangoModelFactory):
    class Meta:
        model = CareVisit

    case = factory.SubFactory(CareCaseFactory)
    visited_on = HAPPENED_ON
    help = "走访慰问"
    recorded_at = RECORDED_AT


def make_custodian(organization: Organization, *kinds: str, role: str = "leader", **user: Any) -> User:
    """An account with a post at the organisation that is named for these kinds (all without any)."""
    made = make_user_with_post(role, organization, **user)
    for kind in kinds or RestrictedKind.values:
        CustodianFactory(post=made.posts.get(), kind=kind)
    return made
