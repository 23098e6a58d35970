"""Each constraint of restricted records, duties and care, held against a row that breaks it."""

from datetime import date, datetime

import pytest

from members.models import Occasion
from partybuild.lib.clock import ZONE
from tests.factories.members import MemberFactory, MembershipFactory, OfficeFactory
from tests.factories.restricted import (
    CareCaseFactory,
    CareVisitFactory,
    CustodianFactory,
    DisciplineFactory,
    DutyFactory,
    OccasionFactory,
    RestrictedRecordFactory,
)
from tests.members.models.test_constraints import refused

pytestmark = pytest.mark.django_db

EARLY, LATE = date(2020, 1, 1), date(2020, 1, 2)
EMPTY = {"content": None, "basis": None, "measure": None}
GONE = {"destroyed_at": datetime(2030, 1, 1, tzinfo=ZONE), "member": None, **EMPTY}


@pytest.mark.parametrize(
    ("name", "make", "fields"),
    [
        ("custodian_kind_known", CustodianFactory, {"kind": "x"}),
        ("custodian_dates_in_order", CustodianFactory, {"starts_on": LATE, "ends_on": EARLY}),
        ("restricted_kind_known", RestrictedRecordFactory, {"kind": "care"}),
        ("restricted_form_known", RestrictedRecordFactory, {"kind": "form", "form": "x"}),
        ("restricted_sanction_known", DisciplineFactory, {"sanction": "x"}),
        ("restricted_form_paired", RestrictedRecordFactory, {"kind": "form"}),
        ("restricted_form_paired", RestrictedRecordFactory, {"form": "first"}),
        ("restricted_sanction_paired", DisciplineFactory, {"sanction": ""}),
        ("restricted_sanction_paired", RestrictedRecordFactory, {"sanction": "warning"}),
        ("restricted_impact_in_order", DisciplineFactory, {"impact_until": date(2026, 3, 4)}),
        ("restricted_impact_in_order", DisciplineFactory, {"effective_on": None}),
        ("restricted_kept_after", RestrictedRecordFactory, {"keep_until": date(2026, 3, 4)}),
        ("restricted_destroyed_is_empty", RestrictedRecordFactory, {"member": None}),
        ("restricted_destroyed_is_empty", RestrictedRecordFactory, {**GONE, "content": "x"}),
        ("restricted_destroyed_is_empty", RestrictedRecordFactory, {**GONE, "basis": "x"}),
        ("occasion_kind_known", OccasionFactory, {"kind": "x"}),
        ("duty_kind_known", DutyFactory, {"kind": "x"}),
        ("duty_done_or_waived", DutyFactory, {"done_on": LATE, "waived_on": LATE, "waived_reason": "x"}),
        ("duty_waived_with_reason", DutyFactory, {"waived_on": LATE}),
        ("duty_waived_with_reason", DutyFactory, {"waived_reason": "x"}),
        ("care_group_known", CareCaseFactory, {"group": "x"}),
        ("care_dates_in_order", CareCaseFactory, {"starts_on": LATE, "ends_on": EARLY}),
        ("care_amount_not_negative", CareVisitFactory, {"amount": -1}),
    ],
)
def test_a_row_that_cannot_be(name, make, fields):
    refused(name, make, **fields)


def test_what_is_destroyed_is_empty():
    assert RestrictedRecordFactory(**GONE).pk


def test_a_post_is_named_for_a_kind_once():
    custodian = CustodianFactory()

    refused("custodian_open_once", CustodianFactory, post=custodian.post)


def test_a_member_is_cared_for_in_a_group_once():
    case = CareCaseFactory()

    refused("care_open_once", CareCaseFactory, member=case.member)


def test_an_occasion_makes_a_kind_of_duty_once():
    duty = DutyFactory()

    refused("duty_once", DutyFactory, occasion=duty.occasion)


def test_a_record_belongs_to_what_is_done():
    refused("duty_record_when_done", DutyFactory, record=RestrictedRecordFactory())


def test_an_event_is_an_occasion_once():
    office, membership, record = OfficeFactory(), MembershipFactory(), DisciplineFactory()
    for fields in ({"office": office}, {"membership": membership}, {"record": record}):
        OccasionFactory(**fields, member=MemberFactory())
    OccasionFactory(office=office, is_ending=True)

    refused("occasion_office_once", OccasionFactory, office=office)
    refused("occasion_membership_once", OccasionFactory, membership=membership)
    refused("occasion_record_once", OccasionFactory, record=record)
    assert Occasion.objects.count() == 4
