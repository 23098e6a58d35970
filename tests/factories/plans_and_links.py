"""Plans, information, contacts, agreements, lists, mass organisations and calls.

PlanItemFactory(plan=BranchPlanFactory(organization=branch))   # a 主题党日 of March in a draft for 2026
AgreementFactory(organization=committee)                       # a draft of its superior
"""

from datetime import date, datetime

import factory
from factory.django import DjangoModelFactory

from campaigns.enums import ActivityKind
from campaigns.models import (
    Agreement,
    BranchPlan,
    Call,
    Contact,
    ContactVisit,
    InfoItem,
    MassOrganization,
    Piece,
    PlanItem,
    WorkFile,
    WorkList,
    WorkListItem,
)
from campaigns.rules.branch_plans import PlanState
from campaigns.rules.contacts import ContactKind, PartnerKind
from campaigns.rules.info_items import InfoKind, InfoState
from campaigns.rules.mass_work import CallKind, MassKind
from campaigns.rules.work_lists import WorkListKind
from partybuild.lib.clock import ZONE
from tests.factories.branches import BranchFactory, CommitteeFactory, OrganizationFactory
from tests.factories.members import MemberFactory
from tests.factories.office import StoredFileFactory

MADE_AT = datetime(2026, 3, 2, 10, 0, tzinfo=ZONE)


class BranchPlanFactory(DjangoModelFactory):
    """A draft for 2026."""

    class Meta:
        model = BranchPlan

    organization = factory.SubFactory(BranchFactory)
    year = 2026
    title = "2026年度党建工作计划"
    text = "围绕中心工作开展组织生活。"
    created_at = MADE_AT


class FiledPlanFactory(BranchPlanFactory):
    """One that waits for the superior."""

    state = PlanState.SUBMITTED
    submitted_at = MADE_AT


class ApprovedPlanFactory(FiledPlanFactory):
    """One that the superior has approved."""

    state = PlanState.APPROVED
    decided_at = MADE_AT


class PlanItemFactory(DjangoModelFactory):
    """A 主题党日 in March."""

    class Meta:
        model = PlanItem

    plan = factory.SubFactory(BranchPlanFactory)
    month = 3
    kind = ActivityKind.THEME_DAY
    title = "学习雷锋主题党日"


class InfoItemFactory(DjangoModelFactory):
    """A draft that goes to the superior of its branch."""

    class Meta:
        model = InfoItem

    organization = factory.SubFactory(BranchFactory)
    receiver = factory.LazyAttribute(lambda row: row.organization.parent or row.organization)
    kind = InfoKind.INFORMATION
    title = factory.Sequence(lambda n: f"支部开展志愿服务{n}")
    text = "支部组织党员到社区开展志愿服务。"
    created_at = MADE_AT


class SentInfoFactory(InfoItemFactory):
    """One that was sent on 2 March 2026."""

    state = InfoState.SUBMITTED
    submitted_at = MADE_AT
    submitted_on = MADE_AT.date()


class ContactFactory(DjangoModelFactory):
    """A pairing with a community, without any paper."""

    class Meta:
        model = Contact

    organization = factory.SubFactory(BranchFactory)
    kind = ContactKind.PAIRING
    year = 2026
    partner_kind = PartnerKind.COMMUNITY
    partner = factory.Sequence(lambda n: f"幸福社区{n}")
    starts_on = date(2026, 1, 10)
    created_at = MADE_AT


class PointFactory(ContactFactory):
    """The contact point of a leader."""

    kind = ContactKind.POINT
    leader = factory.SubFactory(MemberFactory)


class ContactVisitFactory(DjangoModelFactory):
    class Meta:
        model = ContactVisit

    contact = factory.SubFactory(ContactFactory)
    visited_on = date(2026, 2, 10)
    visitors = "周敏"
    created_at = MADE_AT


class AgreementFactory(DjangoModelFactory):
    """A draft for 2026 between a committee and its superior."""

    class Meta:
        model = Agreement

    organization = factory.SubFactory(CommitteeFactory)
    superior = factory.LazyAttribute(lambda row: row.organization.parent)
    year = 2026
    title = "2026年度机关党建工作目标责任书"
    text = "落实全面从严治党责任。"
    created_at = MADE_AT


class WorkListFactory(DjangoModelFactory):
    """A draft of 责任清单 for 2026."""

    class Meta:
        model = WorkList

    organization = factory.SubFactory(BranchFactory)
    kind = WorkListKind.DUTY
    year = 2026
    created_at = MADE_AT


class WorkListItemFactory(DjangoModelFactory):
    class Meta:
        model = WorkListItem

    work_list = factory.SubFactory(WorkListFactory)
    what = "规范组织生活：主题党日"
    post = "党支部书记"


class MassOrganizationFactory(DjangoModelFactory):
    class Meta:
        model = MassOrganization

    organization = factory.SubFactory(BranchFactory)
    kind = MassKind.UNION
    name = factory.Sequence(lambda n: f"机关工会{n}")


class CallFactory(DjangoModelFactory):
    """A draft of the 工委, for March 2026."""

    class Meta:
        model = Call

    issuer = factory.SubFactory(OrganizationFactory)
    kind = CallKind.REVIEW
    title = factory.Sequence(lambda n: f"读书征文{n}")
    opens_on = date(2026, 3, 1)
    closes_on = date(2026, 3, 31)
    created_at = MADE_AT


class PieceFactory(DjangoModelFactory):
    class Meta:
        model = Piece

    call = factory.SubFactory(CallFactory, state="open")
    organization = factory.SubFactory(BranchFactory)
    title = factory.Sequence(lambda n: f"读后感{n}")
    text = "读后有感。"
    sent_at = MADE_AT


class WorkFileFactory(DjangoModelFactory):
    """A paper of a pairing."""

    class Meta:
        model = WorkFile

    contact = factory.SubFactory(ContactFactory)
    file = factory.SubFactory(StoredFileFactory)
    name = "共建协议.pdf"
    slot = "agreement"
    added_at = MADE_AT
