"""Campaigns from the plan to the credit.

target = TargetFactory(task__campaign=CampaignFactory(issuer=root), metric="activity.theme_day", period="month")
AssignmentFactory(target=target, organization=branch)            # due in March 2026
ActivityFactory(organization=branch)                             # a draft of 12 March 2026
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

import factory
from factory.django import DjangoModelFactory

from branches.models import Organization
from campaigns.enums import ActivityKind, ActivityStatus, Basis, CampaignStatus, Decision, Subject
from campaigns.models import (
    Activity,
    ActivityVersion,
    Answer,
    AnswerMark,
    Assignment,
    Attachment,
    Attendance,
    Cadence,
    Campaign,
    ChecklistItem,
    Credit,
    Dimension,
    Extension,
    Feedback,
    LeadingGroupSeat,
    Milestone,
    Review,
    Stage,
    Tally,
    Target,
    Task,
    Template,
)
from partybuild.lib.clock import ZONE
from partybuild.lib.periods import PeriodKind
from tests.factories.branches import BranchFactory, OrganizationFactory, UserFactory
from tests.factories.members import MemberFactory
from tests.factories.office import StoredFileFactory

NEW_YEAR = date(2026, 1, 1)
HELD_ON = date(2026, 3, 12)
FILED_AT = datetime(2026, 3, 12, 17, 0, tzinfo=ZONE)
RULES_SINCE = date(2020, 1, 1)


class TemplateFactory(DjangoModelFactory):
    class Meta:
        model = Template

    code = factory.Sequence(lambda n: f"T{n}")
    name = "四型机关"
    data = factory.LazyFunction(dict)
    digest = "0" * 64
    loaded_at = FILED_AT


class CampaignFactory(DjangoModelFactory):
    """A campaign of 2026, published at New Year by a 工委."""

    class Meta:
        model = Campaign

    code = factory.Sequence(lambda n: f"C{n}")
    year = 2026
    issuer = factory.SubFactory(OrganizationFactory)
    name = "四型机关"
    status = CampaignStatus.PUBLISHED
    published_on = NEW_YEAR
    created_at = FILED_AT


class DimensionFactory(DjangoModelFactory):
    class Meta:
        model = Dimension

    campaign = factory.SubFactory(CampaignFactory)
    name = "政治机关"
    position = factory.Sequence(lambda n: n % 30_000)


class MilestoneFactory(DjangoModelFactory):
    class Meta:
        model = Milestone

    campaign = factory.SubFactory(CampaignFactory)
    due_on = date(2026, 6, 30)
    title = "完成年中调研评估"
    position = 1


class StageFactory(DjangoModelFactory):
    class Meta:
        model = Stage

    campaign = factory.SubFactory(CampaignFactory)
    name = "学习教育"
    position = 1


class CadenceFactory(DjangoModelFactory):
    class Meta:
        model = Cadence

    campaign = factory.SubFactory(CampaignFactory)
    period = PeriodKind.MONTH
    title = "月调度"
    position = 1


class LeadingGroupSeatFactory(DjangoModelFactory):
    class Meta:
        model = LeadingGroupSeat

    campaign = factory.SubFactory(CampaignFactory)
    role = "组长"
    holder = "工委书记"
    position = 1


class TaskFactory(DjangoModelFactory):
    class Meta:
        model = Task

    campaign = factory.SubFactory(CampaignFactory)
    dimension = factory.SubFactory(DimensionFactory, campaign=factory.SelfAttribute("..campaign"))
    number = factory.Sequence(lambda n: f"2.{n}")
    title = "规范组织生活"
    source = "二（一）1"
    position = factory.Sequence(lambda n: n % 30_000)


class ChecklistItemFactory(DjangoModelFactory):
    class Meta:
        model = ChecklistItem

    task = factory.SubFactory(TaskFactory)
    text = factory.Sequence(lambda n: f"建立清单{n}")
    position = factory.Sequence(lambda n: n % 30_000)


class TargetFactory(DjangoModelFactory):
    """主题党日, once a month, of every branch."""

    class Meta:
        model = Target

    task = factory.SubFactory(TaskFactory)
    lineage = factory.LazyFunction(uuid4)
    title = "主题党日"
    metric = "activity.theme_day"
    subject = Subject.ORGANIZATION
    period = PeriodKind.MONTH
    at_least = Decimal(1)
    unit = "次"
    basis = Basis.STATED
    audience_kinds = ["branch"]
    position = 1


class AssignmentFactory(DjangoModelFactory):
    """Due from a branch in March 2026; its unit is the branch's parent."""

    class Meta:
        model = Assignment

    target = factory.SubFactory(TargetFactory)
    task = factory.SelfAttribute("target.task")
    campaign = factory.SelfAttribute("target.task.campaign")
    lineage = factory.SelfAttribute("target.lineage")
    metric = factory.SelfAttribute("target.metric")
    subject = factory.SelfAttribute("target.subject")
    needed = factory.SelfAttribute("target.at_least")
    organization = factory.SubFactory(BranchFactory)
    unit = factory.LazyAttribute(lambda row: row.organization.parent or row.organization)
    path = factory.SelfAttribute("organization.path")
    period = "2026-03"
    starts_on = date(2026, 3, 1)
    ends_on = date(2026, 3, 31)
    due_on = date(2026, 3, 31)
    due_month = "2026-03"
    grace_until = date(2026, 4, 8)
    cut_off_on = date(2026, 4, 13)
    rule_version = RULES_SINCE
    dispatched_at = datetime(2026, 3, 1, tzinfo=ZONE)


class ExtensionFactory(DjangoModelFactory):
    """A branch asks for ten days more."""

    class Meta:
        model = Extension

    assignment = factory.SubFactory(AssignmentFactory)
    reason = "书记外出学习，四月上旬补开。"
    due_before = factory.SelfAttribute("assignment.due_on")
    wanted_on = date(2026, 4, 10)
    asked_at = datetime(2026, 3, 25, 9, 0, tzinfo=ZONE)


class FeedbackFactory(DjangoModelFactory):
    """Somebody of a branch finds that he is asked twice."""

    class Meta:
        model = Feedback

    author = factory.SubFactory(UserFactory)
    organization = factory.SubFactory(BranchFactory)
    kind = "repeated"
    text = "主题党日的签到表已经上传，考核时不必再传一遍。"
    page = "/campaigns/activities/"
    said_at = FILED_AT


class TallyFactory(DjangoModelFactory):
    class Meta:
        model = Tally

    organization = factory.SubFactory(BranchFactory)
    campaign = factory.SubFactory(CampaignFactory)
    due_month = "2026-03"
    path = factory.SelfAttribute("organization.path")


class ActivityFactory(DjangoModelFactory):
    """A draft of a 主题党日 on 12 March 2026."""

    class Meta:
        model = Activity

    organization = factory.SubFactory(BranchFactory)
    client_key = factory.LazyFunction(uuid4)
    kind = ActivityKind.THEME_DAY
    title = "3 月主题党日"
    held_on = HELD_ON
    hours = Decimal(2)
    minutes = (
        "一、集体学习条例第四章，由组织委员领学。二、全体党员重温入党誓词。"
        "三、围绕服务企业怎么更快讨论，形成三条改进措施，由组织委员负责跟进，下月通报进展情况。"
    )
    created_at = FILED_AT
    saved_at = FILED_AT


class FiledActivityFactory(ActivityFactory):
    """A record that counts and waits for nobody; the row alone, without version and credits."""

    status = ActivityStatus.FILED
    version = 1
    filed_at = FILED_AT
    counts_from = FILED_AT


class ActivityVersionFactory(DjangoModelFactory):
    class Meta:
        model = ActivityVersion

    activity = factory.SubFactory(FiledActivityFactory)
    number = 1
    content = factory.LazyFunction(dict)
    filed_at = FILED_AT


class AttendanceFactory(DjangoModelFactory):
    class Meta:
        model = Attendance

    activity = factory.SubFactory(ActivityFactory)
    member = factory.SubFactory(MemberFactory)
    can_vote = True


class AnswerFactory(DjangoModelFactory):
    """An answer being written."""

    class Meta:
        model = Answer

    assignment = factory.SubFactory(AssignmentFactory, target__metric="manual", target__unit="项")
    saved_at = FILED_AT


class AnswerMarkFactory(DjangoModelFactory):
    class Meta:
        model = AnswerMark

    answer = factory.SubFactory(AnswerFactory)
    item = factory.SubFactory(ChecklistItemFactory, task=factory.SelfAttribute("..answer.assignment.task"))
    state = AnswerMark.State.DONE


class AttachmentFactory(DjangoModelFactory):
    class Meta:
        model = Attachment

    activity = factory.SubFactory(ActivityFactory)
    file = factory.SubFactory(StoredFileFactory)
    name = "签到表.pdf"
    added_at = FILED_AT


class CreditFactory(DjangoModelFactory):
    class Meta:
        model = Credit

    assignment = factory.SubFactory(AssignmentFactory)
    activity = factory.SubFactory(FiledActivityFactory, organization=factory.SelfAttribute("..assignment.organization"))
    amount = Decimal(1)
    counted = True
    rule_version = RULES_SINCE
    updated_at = FILED_AT


class ReviewFactory(DjangoModelFactory):
    class Meta:
        model = Review

    activity = factory.SubFactory(FiledActivityFactory)
    version = 1
    decision = Decision.APPROVE
    reviewer = factory.SubFactory(UserFactory)
    organization = factory.SelfAttribute("activity.organization.parent")
    decided_at = FILED_AT


def due(organization: Organization, metric: str, campaign: Campaign | None = None, **fields: Any) -> Assignment:
    """An assignment of March 2026 that this metric measures, in a campaign of the organisation's root."""
    campaign = campaign or CampaignFactory(issuer=organization)
    target = TargetFactory(task__campaign=campaign, metric=metric, title=fields.pop("title", "主题党日"))
    return AssignmentFactory(target=target, organization=organization, **fields)
