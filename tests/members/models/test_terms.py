"""The database refuses bad terms, requests, approvals and party staff (N19, O03, O12)."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from tests.factories.branches import BranchFactory, CommitteeFactory
from tests.factories.members import MemberFactory
from tests.factories.terms import (
    PartyWorkerFactory,
    StructureApprovalFactory,
    StructureTaskFactory,
    TermExtensionFactory,
    TermFactory,
)

pytestmark = pytest.mark.django_db

DAY, NEXT = date(2026, 3, 5), date(2026, 3, 6)
COUNTS = {"expected": 10, "present": 9, "voters": 8, "voters_present": 7}


def refuses(name, make):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make()


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("term_years_in_range", {"years": 0, "due_on": date(2027, 3, 1)}),
        ("term_due_after_election", {"due_on": date(2024, 3, 1)}),
        ("term_extended_past_due", {"extended_to": date(2027, 3, 1)}),
        ("term_dates_in_order", {"ended_on": date(2024, 3, 1)}),
        ("term_counts_together", {"expected": 10}),
        ("term_counts_agree", {**COUNTS, "present": 11}),
        ("term_counts_agree", {**COUNTS, "voters": 11}),
        ("term_counts_agree", {**COUNTS, "voters_present": 9}),
        ("term_counts_agree", {**COUNTS, "present": 6}),
    ],
)
def test_n19_a_bad_term(name, values):
    refuses(name, lambda: TermFactory(**values))


def test_n19_counts_that_agree_are_kept():
    assert TermFactory(**COUNTS).voters_present == 7


def test_n19_one_live_term_and_one_term_a_day():
    term = TermFactory()

    refuses("term_one_live", lambda: TermFactory(organization=term.organization, elected_on=DAY))
    refuses("term_once", lambda: TermFactory(organization=term.organization, ended_on=DAY))


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("term_extension_state_known", {"state": "lost", "answered_at": datetime(2026, 3, 5, tzinfo=UTC)}),
        ("term_extension_answer_has_time", {"state": "approved"}),
        ("term_extension_answer_has_time", {"answered_at": datetime(2026, 3, 5, tzinfo=UTC)}),
        ("term_extension_has_reason", {"reason": ""}),
    ],
)
def test_n19_a_bad_request(name, values):
    refuses(name, lambda: TermExtensionFactory(**values))


def test_n19_one_request_waits():
    waiting = TermExtensionFactory()

    refuses("term_extension_one_waiting", lambda: TermExtensionFactory(term=waiting.term))


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("structure_task_code_known", {"code": "lost"}),
        ("structure_task_dates_in_order", {"asked_on": NEXT, "due_on": DAY}),
        ("structure_task_closed_how", {"closed_on": DAY}),
        ("structure_task_closed_how", {"closed_how": "passed"}),
        ("structure_task_answer_has_text", {"answered_on": DAY}),
    ],
)
def test_o03_a_bad_task(name, values):
    refuses(name, lambda: StructureTaskFactory(**values))


def test_o03_one_task_runs_about_a_finding():
    task = StructureTaskFactory()

    refuses("structure_task_one_running", lambda: StructureTaskFactory(organization=task.organization))


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("structure_approval_code_known", {"code": "lost"}),
        ("structure_approval_has_document", {"document": ""}),
        ("structure_approval_dates_in_order", {"approved_on": NEXT, "ends_on": DAY}),
    ],
)
def test_o03_a_bad_approval(name, values):
    refuses(name, lambda: StructureApprovalFactory(**values))


def test_o03_one_approval_holds():
    approval = StructureApprovalFactory()

    refuses("structure_approval_one_live", lambda: StructureApprovalFactory(organization=approval.organization))


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("party_worker_kind_known", {"kind": "lost", "duty": "office"}),
        ("party_worker_duty_known", {"duty": "lost"}),
        ("party_worker_dates_in_order", {"starts_on": NEXT, "ends_on": DAY}),
        ("party_worker_deputy_is_full_time", {"kind": "part_time"}),
    ],
)
def test_o12_a_bad_entry(name, values):
    refuses(name, lambda: PartyWorkerFactory(**values))


def test_o12_once_and_one_secretary_of_the_discipline_committee():
    committee, member = CommitteeFactory(), MemberFactory()
    PartyWorkerFactory(organization=committee, member=member, duty="discipline_secretary")

    refuses(
        "party_worker_once",
        lambda: (
            PartyWorkerFactory(organization=committee, member=member, duty="office")
            and PartyWorkerFactory(organization=committee, member=member, duty="office")
        ),
    )
    refuses(
        "party_worker_one_discipline_secretary",
        lambda: PartyWorkerFactory(organization=committee, duty="discipline_secretary"),
    )


def test_n19_another_organisation_has_its_own():
    TermFactory()

    assert TermFactory(organization=BranchFactory()).pk
