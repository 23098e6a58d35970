"""Each constraint on marks, changes, requests and searches, held against a row that breaks it."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from members.models.change import PRIVATE_FIELDS
from tests.factories.members import MemberFactory
from tests.factories.members_roster import CorrectionFactory, MemberChangeFactory, SearchNoteFactory, StandingFactory

pytestmark = pytest.mark.django_db

EARLY, LATE = date(2026, 1, 1), date(2026, 1, 2)


def refused(name, make, /, **kwargs):
    """Whether the database refuses by the constraint of this name."""
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        make(**kwargs)
    assert name in str(error.value)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("standing_kind_known", {"kind": "gone"}),
        ("standing_cause_of_leaving", {"kind": "historical", "cause": ""}),
        ("standing_cause_of_leaving", {"kind": "lost", "cause": "died"}),
        ("standing_place_of_mobile", {"kind": "mobile", "place": ""}),
        ("standing_place_of_mobile", {"kind": "lost", "place": "上海"}),
        ("standing_dates_in_order", {"starts_on": LATE, "ends_on": EARLY}),
    ],
)
def test_standing(name, fields):
    refused(name, StandingFactory, **fields)


def test_a_mark_of_a_kind_is_open_once():
    lost = StandingFactory(ends_on=LATE)
    StandingFactory(member=lost.member)
    StandingFactory(member=lost.member, kind="mobile", place="上海")

    refused("standing_one_open", StandingFactory, member=lost.member)


@pytest.mark.parametrize("field", PRIVATE_FIELDS)
def test_a_change_keeps_no_personal_data(field):
    refused("change_keeps_no_personal_data", MemberChangeFactory, field=field, before="", after="13800000000")
    refused("change_keeps_no_personal_data", MemberChangeFactory, field=field, before="13800000000", after="")


def test_a_person_under_development_has_not_joined():
    MemberFactory(kind="activist", joined_on=None, converted_on=None)

    refused("member_joined_not_before_accepted", MemberFactory, kind="applicant", converted_on=None)


@pytest.mark.parametrize("fields", [{"id_number_hash": "x"}, {"phone_hash": "x"}, {"born_on": EARLY}])
def test_who_is_anonymised_cannot_be_found(fields):
    gone = {"anonymised_on": LATE, "id_number_hash": None, "phone_hash": None, "born_on": None, "id_number": ""}

    refused("member_anonymised_whole", MemberFactory, **{**gone, **fields})


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("correction_state_known", {"state": "lost", "answered_at": datetime(2026, 3, 1, tzinfo=UTC)}),
        ("correction_answered_whole", {"answered_at": datetime(2026, 3, 1, tzinfo=UTC)}),
        ("correction_answered_whole", {"state": "adopted"}),
        (
            "correction_answered_after_asking",
            {"state": "adopted", "answered_at": datetime(2026, 1, 1, tzinfo=UTC)},
        ),
        ("correction_returned_with_answer", {"state": "returned", "answered_at": datetime(2026, 3, 1, tzinfo=UTC)}),
    ],
)
def test_correction(name, fields):
    refused(name, CorrectionFactory, **fields)


def test_a_field_waits_once():
    waiting = CorrectionFactory()
    CorrectionFactory(member=waiting.member, field="education")

    refused("correction_one_pending", CorrectionFactory, member=waiting.member)


@pytest.mark.parametrize("fields", [{"way": ""}, {"result": ""}])
def test_search(fields):
    refused("search_says_how_and_what", SearchNoteFactory, **fields)
