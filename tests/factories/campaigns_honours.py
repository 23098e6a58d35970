"""Topics, projects, claims, contests, applications, awards, needs and pledges.

ProjectFactory(organization=branch)                       # of its own, under way till June
ApplicationFactory(contest=contest, organization=branch)  # waits for the superior, one answer per criterion
"""

from datetime import date, datetime

import factory
from factory.django import DjangoModelFactory

from branches.enums import OrganizationKind
from campaigns.models import (
    Application,
    Award,
    Claim,
    ClaimTask,
    Contest,
    Criterion,
    CriterionAnswer,
    Need,
    NoteFile,
    Pledge,
    Project,
    Topic,
    WorkNote,
)
from campaigns.rules.contests import ApplicationState, ContestState, ContestSubject
from campaigns.rules.needs import AskerKind, NeedKind
from campaigns.rules.pledges import PledgeKind, PledgeState
from campaigns.rules.projects import ClaimKind
from office.actions.files import store_upload
from partybuild.lib.clock import ZONE
from tests.factories.branches import BranchFactory, CommitteeFactory
from tests.factories.members import MemberFactory
from tests.factories.members_rooms import picture

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=ZONE)
DAY = date(2026, 3, 2)
BRANCHES = [OrganizationKind.BRANCH]


class TopicFactory(DjangoModelFactory):
    """For branches, to be taken on by the end of March."""

    class Meta:
        model = Topic

    issuer = factory.SubFactory(CommitteeFactory)
    year = 2026
    title = factory.Sequence(lambda n: f"优化窗口服务{n}")
    kinds = factory.LazyFunction(lambda: [*BRANCHES])
    claim_by = date(2026, 3, 31)
    published_on = DAY


class ProjectFactory(DjangoModelFactory):
    """A branch's own project, under way till June."""

    class Meta:
        model = Project

    organization = factory.SubFactory(BranchFactory)
    year = 2026
    title = factory.Sequence(lambda n: f"窗口服务提升{n}")
    goal = "办理时限压缩三分之一"
    responsible = factory.SubFactory(MemberFactory)
    starts_on = DAY
    ends_on = date(2026, 6, 30)
    taken_at = NOW


class ClaimTaskFactory(DjangoModelFactory):
    """Three places in a service task."""

    class Meta:
        model = ClaimTask

    organization = factory.SubFactory(BranchFactory)
    kind = ClaimKind.SERVICE
    title = factory.Sequence(lambda n: f"社区便民服务{n}")
    places = 3
    claim_by = date(2026, 3, 31)
    due_on = date(2026, 6, 30)
    published_on = DAY


class ClaimFactory(DjangoModelFactory):
    """Claimed, nothing reported."""

    class Meta:
        model = Claim

    task = factory.SubFactory(ClaimTaskFactory)
    member = factory.SubFactory(MemberFactory)
    claimed_at = NOW


class ContestFactory(DjangoModelFactory):
    """A published contest of organisations, open in March, with one criterion that asks for evidence."""

    class Meta:
        model = Contest
        skip_postgeneration_save = True

    issuer = factory.SubFactory(CommitteeFactory)
    year = 2026
    title = factory.Sequence(lambda n: f"四强支部{n}")
    subject = ContestSubject.ORGANIZATION
    kinds = factory.LazyFunction(lambda: [*BRANCHES])
    starts_on = date(2026, 3, 1)
    ends_on = date(2026, 3, 31)
    state = ContestState.PUBLISHED

    @factory.post_generation
    def criteria(self, create, texts, **kwargs):
        for position, text in enumerate(("组织生活正常开展",) if texts is None else texts, 1):
            Criterion.objects.create(contest=self, position=position, text=text, evidence="会议记录")


class ApplicationFactory(DjangoModelFactory):
    """Of an organisation, waiting to be verified."""

    class Meta:
        model = Application
        skip_postgeneration_save = True

    contest = factory.SubFactory(ContestFactory)
    organization = factory.SubFactory(BranchFactory)
    statement = "工作扎实，作用突出。"
    state = ApplicationState.RECOMMENDED
    applied_at = NOW

    @factory.post_generation
    def answers(self, create, value, **kwargs):
        for criterion in self.contest.criteria.all():
            CriterionAnswer.objects.create(application=self, criterion=criterion, evidence="见会议记录")


class AwardFactory(DjangoModelFactory):
    """Given to an organisation."""

    class Meta:
        model = Award

    application = factory.SubFactory(ApplicationFactory, state=ApplicationState.AWARDED, verified_at=NOW)
    organization = factory.SelfAttribute("application.organization")
    issuer = factory.SelfAttribute("application.contest.issuer")
    member = factory.SelfAttribute("application.member")
    title = factory.SelfAttribute("application.contest.title")
    awarded_on = DAY


class NeedFactory(DjangoModelFactory):
    """Of the masses, taken in and seen to by one branch, due at the end of March."""

    class Meta:
        model = Need

    organization = factory.SubFactory(BranchFactory)
    owner = factory.SelfAttribute("organization")
    kind = NeedKind.MASSES
    asker_kind = AskerKind.MASSES
    title = factory.Sequence(lambda n: f"加装扶手{n}")
    raised_on = DAY
    due_on = date(2026, 3, 31)


class PledgeFactory(DjangoModelFactory):
    """Public, of a member, to be kept within the year."""

    class Meta:
        model = Pledge

    organization = factory.SubFactory(BranchFactory)
    member = factory.SubFactory(MemberFactory)
    kind = PledgeKind.DEED
    year = 2026
    text = factory.Sequence(lambda n: f"每月参加一次志愿服务{n}")
    made_on = DAY
    due_on = date(2026, 12, 31)
    state = PledgeState.PUBLISHED
    published_on = DAY


class WorkNoteFactory(DjangoModelFactory):
    """A line of a project's history."""

    class Meta:
        model = WorkNote

    project = factory.SubFactory(ProjectFactory)
    verb = "progress"
    label = "记录进展"
    text = "已完成调研。"
    at = NOW


class NoteFileFactory(DjangoModelFactory):
    """A picture with it."""

    class Meta:
        model = NoteFile

    note = factory.SubFactory(WorkNoteFactory)
    file = factory.LazyFunction(lambda: store_upload(picture("现场.png")))
    name = "现场.png"
    added_at = NOW
