"""Transfers of membership and dues.

transfer = TransferFactory(from_organization=branch, to_organization=other)   # a pending one inside the tree
DuesBaseFactory(member=member, amount=Decimal(6000))                          # 在职, from January 2026
DuesEntryFactory(member=member, organization=branch, month=date(2026, 2, 1))  # 90.00 due, nothing paid
"""

from datetime import date, datetime
from decimal import Decimal

import factory
from django.core.files.uploadedfile import SimpleUploadedFile
from factory.django import DjangoModelFactory

from members.enums import DuesKind, DuesLineKind, TransferDirection, TransferState
from members.models import DuesBase, DuesEntry, DuesLine, DuesMonth, DuesUse, DuesUseProof, Transfer
from office.actions.files import store_upload
from partybuild.lib.clock import ZONE
from tests.factories.branches import BranchFactory
from tests.factories.members import MemberFactory, MembershipFactory

AT = datetime(2026, 1, 4, 9, 0, tzinfo=ZONE)


class TransferFactory(DjangoModelFactory):
    """From one branch to another, sent on 2 March 2026 and open until the end of May."""

    class Meta:
        model = Transfer

    from_organization = factory.SubFactory(BranchFactory)
    to_organization = factory.SubFactory(BranchFactory)
    member = factory.LazyAttribute(
        lambda row: (
            MembershipFactory(organization=row.from_organization).member if row.from_organization else MemberFactory()
        )
    )
    direction = TransferDirection.INSIDE
    reason = "工作调动"
    state = TransferState.PENDING
    asker = factory.SelfAttribute("from_organization")
    started_on = date(2026, 3, 2)
    sent_on = date(2026, 3, 2)
    expires_on = date(2026, 5, 31)


class DuesBaseFactory(DjangoModelFactory):
    """在职, 6000 yuan a month from January 2026."""

    class Meta:
        model = DuesBase

    member = factory.SubFactory(MemberFactory)
    kind = DuesKind.WORKING
    amount = Decimal(6000)
    effective_from = date(2026, 1, 1)
    recorded_at = AT


class DuesMonthFactory(DjangoModelFactory):
    class Meta:
        model = DuesMonth

    organization = factory.SubFactory(BranchFactory)
    month = date(2026, 2, 1)
    opened_at = AT


class DuesEntryFactory(DjangoModelFactory):
    """90 yuan due for February 2026, nothing paid."""

    class Meta:
        model = DuesEntry

    organization = factory.SubFactory(BranchFactory)
    member = factory.LazyAttribute(lambda row: MembershipFactory(organization=row.organization).member)
    month = date(2026, 2, 1)
    kind = DuesKind.WORKING
    base = Decimal(6000)
    rate = Decimal("0.015")
    due = Decimal("90.00")


class DuesLineFactory(DjangoModelFactory):
    class Meta:
        model = DuesLine

    entry = factory.SubFactory(DuesEntryFactory)
    kind = DuesLineKind.PAYMENT
    amount = Decimal("90.00")
    on = date(2026, 2, 10)
    recorded_at = AT


class DuesUseFactory(DjangoModelFactory):
    class Meta:
        model = DuesUse

    organization = factory.SubFactory(BranchFactory)
    used_on = date(2026, 2, 20)
    purpose = "购买党员学习资料"
    amount = Decimal("320.00")
    evidence = "记字第 12 号"
    recorded_at = AT


def receipt(name: str = "收据.txt", content: bytes = "收款收据".encode()) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "text/plain")


class DuesUseProofFactory(DjangoModelFactory):
    class Meta:
        model = DuesUseProof

    use = factory.SubFactory(DuesUseFactory)
    file = factory.LazyFunction(lambda: store_upload(receipt()))
    name = "收据.txt"
    added_at = AT
