"""Problems that are put right, clean-ups, what members report.

ProblemFactory(organization=branch)                      # raised by the superior on 2 March 2026, due 1 April
WorkingFactory(organization=branch)                      # claimed, with one measure that is not done
ReadyFactory(organization=branch)                        # measure done, evidence there: closing may be asked for
"""

from datetime import date, datetime

import factory
from factory.django import DjangoModelFactory

from campaigns.models import Cleanup, CleanupCheck, Problem, ProblemPaper, Snapshot, Step
from campaigns.rules.cleanups import CleanupState
from campaigns.rules.problems import Origin, State
from office.actions.files import store_upload
from partybuild.lib.clock import ZONE
from tests.factories.branches import BranchFactory, OrganizationFactory, UserFactory
from tests.factories.members_rooms import picture

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=ZONE)
RAISED_ON, DUE_ON = date(2026, 3, 2), date(2026, 4, 1)


class ProblemFactory(DjangoModelFactory):
    """Raised by the superior, not claimed yet."""

    class Meta:
        model = Problem

    organization = factory.SubFactory(BranchFactory)
    origin = Origin.COMMENT
    text = factory.Sequence(lambda n: f"组织生活记录不完整{n}")
    raised_on = RAISED_ON
    raised_at = factory.LazyAttribute(lambda problem: problem.organization.parent)
    due_on = DUE_ON
    created_at = NOW


class StepFactory(DjangoModelFactory):
    """A measure that is not done."""

    class Meta:
        model = Step

    problem = factory.SubFactory(ProblemFactory)
    text = factory.Sequence(lambda n: f"补齐记录{n}")
    person = "周敏"
    due_on = DUE_ON


class ProblemPaperFactory(DjangoModelFactory):
    """Evidence."""

    class Meta:
        model = ProblemPaper

    problem = factory.SubFactory(ProblemFactory)
    file = factory.LazyFunction(lambda: store_upload(picture()))
    name = "整改照片.png"
    added_at = NOW


class WorkingFactory(ProblemFactory):
    """Claimed, with one measure that is not done."""

    class Meta:
        skip_postgeneration_save = True

    state = State.WORKING
    claimed_on = date(2026, 3, 3)
    leader = "沈若宁"
    responsible = "周敏"

    @factory.post_generation
    def measure(self, create, extracted, **kwargs):
        StepFactory(problem=self)


class ReadyFactory(ProblemFactory):
    """Its measure is done and evidence is there."""

    class Meta:
        skip_postgeneration_save = True

    state = State.WORKING
    claimed_on = date(2026, 3, 3)
    leader = "沈若宁"
    responsible = "周敏"

    @factory.post_generation
    def measure(self, create, extracted, **kwargs):
        StepFactory(problem=self, done_on=date(2026, 3, 4))
        ProblemPaperFactory(problem=self)


class ClosedFactory(WorkingFactory):
    """Struck off."""

    class Meta:
        skip_postgeneration_save = True

    state = State.CLOSED
    asked_on = date(2026, 3, 20)
    closed_on = date(2026, 3, 20)


class CleanupFactory(DjangoModelFactory):
    """Running in March 2026, in branches, against two kinds of problem."""

    class Meta:
        model = Cleanup

    issuer = factory.SubFactory(OrganizationFactory)
    name = factory.Sequence(lambda n: f"作风专项整治{n}")
    classes = factory.LazyFunction(lambda: ["治庸", "治懒"])
    starts_on = date(2026, 3, 1)
    check_by = date(2026, 3, 31)
    ends_on = date(2026, 6, 30)
    audience_kinds = factory.LazyFunction(lambda: ["branch"])
    state = CleanupState.RUNNING
    created_at = NOW


class CleanupCheckFactory(DjangoModelFactory):
    """Nothing found."""

    class Meta:
        model = CleanupCheck

    cleanup = factory.SubFactory(CleanupFactory)
    organization = factory.SubFactory(BranchFactory)
    name = "治庸"
    is_found = False
    word = "经自查未发现。"
    checked_at = NOW


class SnapshotFactory(DjangoModelFactory):
    """Reported by a member, not answered."""

    class Meta:
        model = Snapshot

    organization = factory.SubFactory(BranchFactory)
    user = factory.SubFactory(UserFactory)
    text = "活动室资料摆放凌乱。"
    reported_on = RAISED_ON
    due_on = date(2026, 3, 9)
