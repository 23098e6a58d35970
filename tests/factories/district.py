"""A small district for tests of records: a 工委, a 机关党委, a branch with three members, staff and a secretary."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from branches.models import Organization, User
from branches.permissions import Actor
from campaigns.actions.activities import save_draft
from campaigns.models import Activity, Assignment, Campaign
from campaigns.rules.content import ActivityDraft, AttendanceLine
from members.models import Member
from tests.factories.branches import BranchFactory, CommitteeFactory, OrganizationFactory, actor, make_user_with_post
from tests.factories.campaigns import CampaignFactory, due
from tests.factories.members import make_roster

MINUTES = (
    "一、集体学习条例第四章，由组织委员领学。二、全体党员重温入党誓词。"
    "三、围绕服务企业怎么更快开展讨论，形成三条改进措施，由组织委员负责跟进，下月通报进展情况。"
)


@dataclass
class District:
    """Who and what the tests of records stand on; the clock stands on 12 March 2026 unless moved."""

    root: Organization = field(default_factory=OrganizationFactory)
    committee: Organization = field(init=False)
    branch: Organization = field(init=False)
    members: list[Member] = field(init=False)
    campaign: Campaign = field(init=False)
    secretary: User = field(init=False)
    staff: User = field(init=False)

    def __post_init__(self) -> None:
        self.committee = CommitteeFactory(parent=self.root)
        self.branch = BranchFactory(parent=self.committee)
        self.members = make_roster(self.branch, 3)
        self.campaign = CampaignFactory(issuer=self.root, review_policy="flagged")
        self.secretary = make_user_with_post("secretary", self.branch)
        self.staff = make_user_with_post("staff", self.committee)

    @property
    def by(self) -> Actor:
        return actor(self.secretary)

    @property
    def reviewer(self) -> Actor:
        return actor(self.staff)

    def due(self, metric: str = "activity.theme_day", **fields: Any) -> Assignment:
        return due(self.branch, metric, self.campaign, **fields)

    def draft(self, *, present: int = 3, **changes: Any) -> ActivityDraft:
        """A 主题党日 in order; so many of the members are there, the others on a journey."""
        lines = tuple(
            AttendanceLine(member.pk, place < present, "" if place < present else "travel", can_vote=True)
            for place, member in enumerate(self.members)
        )
        values = {
            "kind": "theme_day",
            "held_on": date(2026, 3, 12),
            "title": "3 月主题党日",
            "hours": Decimal(2),
            "minutes": MINUTES,
            "attendance": lines,
        }
        return ActivityDraft(**(values | changes))

    def saved(self, client_key: UUID | None = None, **changes: Any) -> Activity:
        return save_draft(
            by=self.by, organization=self.branch, client_key=client_key or uuid4(), draft=self.draft(**changes)
        )
