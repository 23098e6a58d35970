"""Each constraint of transfers and dues, held against a row that breaks it (O06, O07)."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from tests.factories.branches import BranchFactory, CommitteeFactory, UserFactory
from tests.factories.transfers import (
    AT,
    DuesBaseFactory,
    DuesEntryFactory,
    DuesLineFactory,
    DuesMonthFactory,
    DuesUseFactory,
    DuesUseProofFactory,
    TransferFactory,
)

pytestmark = pytest.mark.django_db
DAY, BEFORE = date(2026, 3, 10), date(2026, 3, 1)


def refused(name, make, /, **kwargs):
    """Whether the database refuses by the constraint of this name."""
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        make(**kwargs)
    assert name in str(error.value)


ENDED = {"state": "refused", "decided_on": DAY}


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("transfer_direction_known", {"direction": "up"}),
        ("transfer_state_known", {"state": "x", "decided_on": DAY}),
        ("transfer_has_both_sides", {"outside_name": "某机关"}),
        ("transfer_has_both_sides", {"direction": "out", "to_organization": None}),
        ("transfer_has_both_sides", {"direction": "in", "outside_name": "某机关"}),
        ("transfer_open_or_decided", {"decided_on": DAY}),
        ("transfer_open_or_decided", {"state": "refused"}),
        ("transfer_open_or_decided", {"expires_on": None}),
        ("transfer_accepted_has_day", {"state": "accepted", "decided_on": DAY}),
        ("transfer_accepted_has_day", {**ENDED, "effective_on": DAY}),
        ("transfer_pending_is_sent", {"sent_on": None}),
        ("transfer_pending_is_sent", {"state": "started"}),
        ("transfer_dates_in_order", {"sent_on": BEFORE}),
        ("transfer_dates_in_order", {"expires_on": BEFORE}),
        ("transfer_dates_in_order", {**ENDED, "decided_on": BEFORE}),
        ("transfer_letter_whole", {"letter_number": 1}),
    ],
)
def test_o06_transfer(name, fields):
    refused(name, TransferFactory, **fields)


def test_o06_it_goes_elsewhere():
    branch = BranchFactory()

    refused("transfer_goes_elsewhere", TransferFactory, from_organization=branch, to_organization=branch)


def test_o06_one_open_transfer_of_a_member():
    first = TransferFactory(**ENDED)
    TransferFactory(member=first.member)

    refused("transfer_one_open", TransferFactory, member=first.member)


def test_o06_approval_has_its_day():
    refused("transfer_approval_has_day", TransferFactory, approved_by=UserFactory())


def test_o06_a_letter_has_one_number():
    letter = {"issuer": CommitteeFactory(), "letter_year": 2026, "letter_number": 1}
    TransferFactory(**letter)

    refused("transfer_letter_once", TransferFactory, **letter)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("dues_base_kind_known", {"kind": "x"}),
        ("dues_base_state_known", {"state": "x"}),
        ("dues_base_amount", {"amount": Decimal(0)}),
        ("dues_base_amount", {"kind": "exempt", "reason": "困难", "approved_at": AT}),
        ("dues_base_from_month", {"effective_from": date(2026, 1, 2)}),
        ("dues_base_months_in_order", {"until": date(2025, 12, 1)}),
        ("dues_base_months_in_order", {"until": date(2026, 2, 2)}),
        ("dues_base_exemption_approved", {"kind": "exempt", "amount": 0, "reason": "困难"}),
        ("dues_base_exemption_approved", {"kind": "exempt", "amount": 0, "approved_at": AT}),
    ],
)
def test_o07_base(name, fields):
    refused(name, DuesBaseFactory, **fields)


def test_o07_bases_stand_once():
    ordinary = DuesBaseFactory()
    DuesBaseFactory(member=ordinary.member, state="superseded")
    DuesBaseFactory(member=ordinary.member, approved_at=AT)
    DuesBaseFactory(member=ordinary.member, state="asked")

    refused("dues_base_once_a_month", DuesBaseFactory, member=ordinary.member)
    refused("dues_base_approved_once", DuesBaseFactory, member=ordinary.member, approved_at=AT)
    refused("dues_base_one_asked", DuesBaseFactory, member=ordinary.member, state="asked")
    refused("dues_base_approval_has_time", DuesBaseFactory, approved_by=UserFactory())


def test_o07_month():
    month = DuesMonthFactory()

    refused("dues_month_once", DuesMonthFactory, organization=month.organization)
    refused("dues_month_is_month", DuesMonthFactory, month=date(2026, 2, 2))
    refused("dues_month_closing_has_time", DuesMonthFactory, closed_by=UserFactory())


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("dues_entry_kind_known", {"kind": "x"}),
        ("dues_entry_is_month", {"month": date(2026, 2, 2)}),
        ("dues_entry_not_negative", {"due": Decimal(-1)}),
        ("dues_entry_rate_where_rated", {"rate": None}),
        ("dues_entry_rate_where_rated", {"kind": "fixed"}),
        ("dues_entry_payment_has_day", {"paid": Decimal(1)}),
    ],
)
def test_o07_entry(name, fields):
    refused(name, DuesEntryFactory, **fields)


def test_o07_one_entry_of_a_member_and_month():
    refused("dues_entry_once_a_month", DuesEntryFactory, member=DuesEntryFactory().member)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("dues_line_kind_known", {"kind": "x", "note": "多收"}),
        ("dues_line_sign", {"amount": Decimal(-1)}),
        ("dues_line_sign", {"kind": "reversal", "note": "多收"}),
        ("dues_line_sign", {"kind": "adjustment", "amount": Decimal(0), "note": "多收"}),
        ("dues_line_correction_has_reason", {"kind": "reversal", "amount": Decimal(-1)}),
    ],
)
def test_o07_line(name, fields):
    refused(name, DuesLineFactory, **fields)


@pytest.mark.parametrize(
    ("name", "fields"),
    [("dues_use_amount", {"amount": 0}), ("dues_use_told", {"purpose": ""}), ("dues_use_told", {"evidence": ""})],
)
def test_o07_use(name, fields):
    refused(name, DuesUseFactory, **fields)


def test_o07_a_receipt_stands_once_with_its_use():
    proof = DuesUseProofFactory()

    refused("dues_use_proof_once", DuesUseProofFactory, use=proof.use, file=proof.file)
