"""Terms of committees, structure tasks and party staff.

TermFactory(organization=branch, elected_on=date(2024, 3, 1))     # due three years later
"""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from members.enums import FindingCode, PartyWorkerDuty, PartyWorkerKind
from members.models import PartyWorker, StructureApproval, StructureTask, Term, TermExtension
from members.rules.terms import due_day
from tests.factories.branches import BranchFactory, CommitteeFactory
from tests.factories.members import MemberFactory


class TermFactory(DjangoModelFactory):
    """The term of a branch, elected in March 2024."""

    class Meta:
        model = Term

    organization = factory.SubFactory(BranchFactory)
    elected_on = date(2024, 3, 1)
    years = 3
    due_on = factory.LazyAttribute(lambda term: due_day(term.elected_on, term.years))


class TermExtensionFactory(DjangoModelFactory):
    """A request that waits."""

    class Meta:
        model = TermExtension

    term = factory.SubFactory(TermFactory)
    reason = "机构改革期间人员尚未到位"
    asked_to = factory.LazyAttribute(lambda extension: due_day(extension.term.due_on, 1))
    asked_at = datetime(2026, 3, 1, tzinfo=UTC)


class StructureTaskFactory(DjangoModelFactory):
    """A branch is asked to elect a secretary."""

    class Meta:
        model = StructureTask

    organization = factory.SubFactory(BranchFactory)
    code = FindingCode.NO_SECRETARY
    words = "没有书记"
    asked_on = date(2026, 3, 1)
    due_on = date(2026, 3, 31)


class StructureApprovalFactory(DjangoModelFactory):
    """A 机关党委 with few members, approved."""

    class Meta:
        model = StructureApproval

    organization = factory.SubFactory(CommitteeFactory)
    code = FindingCode.COMMITTEE_SMALL
    approved_on = date(2020, 1, 1)
    document = "区直工委〔2020〕1号"


class PartyWorkerFactory(DjangoModelFactory):
    """A 专职副书记 of a 机关党委 since 2024."""

    class Meta:
        model = PartyWorker

    member = factory.SubFactory(MemberFactory)
    organization = factory.SubFactory(CommitteeFactory)
    kind = PartyWorkerKind.FULL_TIME
    duty = PartyWorkerDuty.DEPUTY_SECRETARY
    starts_on = date(2024, 3, 1)
