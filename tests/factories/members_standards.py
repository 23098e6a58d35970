"""Risk points, sheets of standards and weak branches.

RiskPointFactory(organization=committee)          # found on 2026-03-02, never reviewed
StandardSheetFactory(organization=branch)         # of 2026 with two items and an open slot
WeakBranchFactory(organization=branch)            # listed on 2026-03-02, without a plan
"""

from datetime import date, datetime

import factory
from factory.django import DjangoModelFactory

from members.enums import RiskLevel, RiskVerdict
from members.models import (
    PlanStep,
    RiskPoint,
    RiskReview,
    StandardItem,
    StandardProof,
    StandardSheet,
    WeakBranch,
)
from office.actions.files import store_upload
from partybuild.lib.clock import ZONE
from tests.factories.branches import BranchFactory
from tests.factories.members import MemberFactory
from tests.factories.members_rooms import picture

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=ZONE)


class RiskPointFactory(DjangoModelFactory):
    class Meta:
        model = RiskPoint

    organization = factory.SubFactory(BranchFactory)
    post = "经费管理岗"
    field = "经费使用"
    link = factory.Sequence(lambda n: f"支付环节{n}")
    description = "报销审核不严。"
    level = RiskLevel.MIDDLE
    measures = "双人复核，按月公开。"
    responsible = factory.SubFactory(MemberFactory)
    found_on = date(2026, 3, 2)


class RiskReviewFactory(DjangoModelFactory):
    class Meta:
        model = RiskReview

    risk = factory.SubFactory(RiskPointFactory)
    reviewed_on = date(2026, 3, 2)
    verdict = RiskVerdict.VALID
    recorded_at = NOW


class StandardItemFactory(DjangoModelFactory):
    class Meta:
        model = StandardItem

    sheet = factory.SubFactory("tests.factories.members_standards.StandardSheetFactory")
    code = factory.Sequence(lambda n: f"standardised.{n + 100}")
    label = "组织生活规范化"
    source = "规范化党支部"
    position = 1


class StandardSheetFactory(DjangoModelFactory):
    class Meta:
        model = StandardSheet
        skip_postgeneration_save = True

    organization = factory.SubFactory(BranchFactory)
    year = 2026

    @factory.post_generation
    def items(self, create, extracted, **kwargs):
        """Two items and one slot that nobody has worded yet."""
        StandardItemFactory(sheet=self, code="standardised.1", label="领导班子规范化")
        StandardItemFactory(sheet=self, code="standardised.2", position=2)
        StandardItemFactory(sheet=self, code="seven.1", label="第一项：待填写", position=3, is_open=True)


class StandardProofFactory(DjangoModelFactory):
    class Meta:
        model = StandardProof

    item = factory.SubFactory(StandardItemFactory)
    file = factory.LazyFunction(lambda: store_upload(picture("会议照片.png")))
    name = "会议照片.png"
    added_at = NOW


class WeakBranchFactory(DjangoModelFactory):
    class Meta:
        model = WeakBranch

    organization = factory.SubFactory(BranchFactory)
    listed_on = date(2026, 3, 2)
    reasons = "组织生活不经常。"


class PlanStepFactory(DjangoModelFactory):
    class Meta:
        model = PlanStep

    weak = factory.SubFactory(WeakBranchFactory)
    year = factory.LazyAttribute(lambda step: step.target_on.year)
    measure = factory.Sequence(lambda n: f"补齐班子，第{n}步")
    target_on = date(2026, 6, 30)
