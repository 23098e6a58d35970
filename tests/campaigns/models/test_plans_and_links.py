"""Constraints of plans, information, contacts, agreements, lists, mass organisations, calls and their files."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from branches.models import User
from tests.factories.branches import UserFactory
from tests.factories.plans_and_links import (
    MADE_AT,
    AgreementFactory,
    BranchPlanFactory,
    CallFactory,
    ContactFactory,
    ContactVisitFactory,
    InfoItemFactory,
    MassOrganizationFactory,
    PieceFactory,
    PlanItemFactory,
    PointFactory,
    WorkFileFactory,
    WorkListFactory,
    WorkListItemFactory,
)

pytestmark = pytest.mark.django_db

REFUSED = [
    ("branch_plan_state_known", BranchPlanFactory, {"state": "lost", "submitted_at": MADE_AT}),
    ("branch_plan_year_range", BranchPlanFactory, {"year": 1999}),
    ("branch_plan_has_title", BranchPlanFactory, {"title": ""}),
    ("branch_plan_filed_has_time", BranchPlanFactory, {"state": "submitted"}),
    ("branch_plan_decided_has_time", BranchPlanFactory, {"state": "approved", "submitted_at": MADE_AT}),
    (
        "branch_plan_returned_says_why",
        BranchPlanFactory,
        {"state": "returned", "submitted_at": MADE_AT, "decided_at": MADE_AT},
    ),
    ("plan_item_kind_known", PlanItemFactory, {"kind": "picnic"}),
    ("plan_item_month_range", PlanItemFactory, {"month": 13}),
    ("plan_item_day_range", PlanItemFactory, {"day": 32}),
    ("plan_item_has_title", PlanItemFactory, {"title": ""}),
    ("info_item_kind_known", InfoItemFactory, {"kind": "rumour"}),
    (
        "info_item_state_known",
        InfoItemFactory,
        {"state": "lost", "submitted_at": MADE_AT, "submitted_on": MADE_AT.date()},
    ),
    ("info_item_has_title", InfoItemFactory, {"title": ""}),
    ("info_item_sent_has_time", InfoItemFactory, {"state": "submitted"}),
    (
        "info_item_level_when_adopted",
        InfoItemFactory,
        {"state": "adopted", "submitted_at": MADE_AT, "submitted_on": MADE_AT.date()},
    ),
    (
        "info_item_declined_says_why",
        InfoItemFactory,
        {"state": "declined", "submitted_at": MADE_AT, "submitted_on": MADE_AT.date()},
    ),
    (
        "info_item_published_has_day",
        InfoItemFactory,
        {"state": "published", "level": "own", "submitted_at": MADE_AT, "submitted_on": MADE_AT.date()},
    ),
    ("contact_kind_known", ContactFactory, {"kind": "friend"}),
    ("contact_partner_known", ContactFactory, {"partner_kind": "club"}),
    ("contact_has_partner", ContactFactory, {"partner": ""}),
    ("contact_point_has_leader", PointFactory, {"leader": None}),
    ("contact_dates_in_order", ContactFactory, {"ended_on": date(2026, 1, 9)}),
    ("contact_visit_has_visitors", ContactVisitFactory, {"visitors": ""}),
    ("contact_visit_solved_whole", ContactVisitFactory, {"solution": "已修好", "solved_on": date(2026, 2, 11)}),
    ("agreement_state_known", AgreementFactory, {"state": "lost", "sent_at": MADE_AT}),
    ("agreement_signature_whole", AgreementFactory, {"superior_signed_at": MADE_AT}),
    ("agreement_signed_by_both", AgreementFactory, {"state": "signed", "sent_at": MADE_AT}),
    ("agreement_sent_has_time", AgreementFactory, {"state": "sent"}),
    ("agreement_void_says_why", AgreementFactory, {"state": "void"}),
    ("work_list_kind_known", WorkListFactory, {"kind": "shopping"}),
    (
        "work_list_(state_known|confirmed_has_time)",  # either may be named first
        WorkListFactory,
        {"state": "lost", "confirmed_at": MADE_AT, "confirmed_on": MADE_AT.date()},
    ),
    ("work_list_person_named", WorkListFactory, {"kind": "leader"}),
    ("work_list_confirmed_has_time", WorkListFactory, {"state": "confirmed"}),
    ("work_list_item_has_words", WorkListItemFactory, {"what": ""}),
    ("mass_organization_kind_known", MassOrganizationFactory, {"kind": "choir"}),
    ("mass_organization_has_name", MassOrganizationFactory, {"name": ""}),
    (
        "mass_organization_dates_in_order",
        MassOrganizationFactory,
        {"founded_on": date(2026, 1, 2), "ended_on": date(2026, 1, 1)},
    ),
    (
        "mass_organization_term_in_order",
        MassOrganizationFactory,
        {"founded_on": date(2026, 1, 2), "term_ends_on": date(2026, 1, 1)},
    ),
    ("call_kind_known", CallFactory, {"kind": "song"}),
    ("call_audience_known", CallFactory, {"audience": "nobody"}),
    ("call_state_known", CallFactory, {"state": "lost"}),
    ("call_dates_in_order", CallFactory, {"closes_on": date(2026, 2, 28)}),
    ("call_has_title", CallFactory, {"title": ""}),
    ("piece_state_known", PieceFactory, {"state": "lost"}),
    ("piece_has_title", PieceFactory, {"title": ""}),
    ("work_file_has_one_owner", WorkFileFactory, {"contact": None}),
    ("work_file_slot_known", WorkFileFactory, {"slot": "song"}),
]


@pytest.mark.parametrize(("name", "make", "values"), REFUSED, ids=[row[0] for row in REFUSED])
def test_c06_to_c15_the_database_refuses_a_bad_row(name, make, values):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make(**values)


TWICE = [
    ("branch_plan_once", BranchPlanFactory, ("organization",), {}),
    ("contact_one_point_a_year", PointFactory, ("leader",), {}),
    ("agreement_once_a_year", AgreementFactory, ("organization",), {}),
    ("work_list_once", WorkListFactory, ("organization",), {}),
    ("mass_organization_once", MassOrganizationFactory, ("organization", "name"), {}),
    ("piece_once", PieceFactory, ("call", "organization", "title"), {}),
]


@pytest.mark.parametrize(("name", "make", "same", "values"), TWICE, ids=[row[0] for row in TWICE])
def test_c06_to_c15_the_database_refuses_a_second_one(name, make, same, values):
    first = make(**values)

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make(**{field: getattr(first, field) for field in same}, **values)


def test_c08_one_person_does_not_sign_for_both_sides():
    who: User = UserFactory()
    signed = {f"{side}_signed_by": who for side in ("superior", "own")} | {
        f"{side}_signed_at": MADE_AT for side in ("superior", "own")
    }

    with pytest.raises(IntegrityError, match="agreement_two_people"), transaction.atomic():
        AgreementFactory(state="sent", sent_at=MADE_AT, **signed)


def test_c08_nobody_agrees_with_himself():
    agreement = AgreementFactory()

    with pytest.raises(IntegrityError, match="agreement_two_sides"), transaction.atomic():
        AgreementFactory(organization=agreement.superior, superior=agreement.superior)
