"""What the database refuses of problems, measures, clean-ups, claims of common problems and members' reports."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from campaigns.models import CommonClaim, ProblemEvent, SnapshotPhoto
from campaigns.rules.problems import State
from office.actions.files import store_upload
from tests.factories.branches import BranchFactory
from tests.factories.campaigns import TaskFactory
from tests.factories.members_rooms import picture
from tests.factories.problems import (
    NOW,
    CleanupCheckFactory,
    CleanupFactory,
    ClosedFactory,
    ProblemFactory,
    ProblemPaperFactory,
    SnapshotFactory,
    StepFactory,
    WorkingFactory,
)

pytestmark = pytest.mark.django_db
EARLY, DAY = date(2026, 1, 1), date(2026, 3, 9)


def claim(**fields):
    given = {"task": TaskFactory, "organization": BranchFactory, "applies": False, "word": "本支部不存在。"} | fields
    made = {name: value() if callable(value) else value for name, value in given.items()}
    return CommonClaim.objects.create(declared_at=NOW, **made)


def event(verb):
    return ProblemEvent.objects.create(problem=ProblemFactory(), verb=verb, happened_on=DAY, recorded_at=NOW)


def paper(model, **fields):
    return model.objects.create(name="照片.png", added_at=NOW, **fields)


BAD = {
    "problem_origin_known": lambda: ProblemFactory(origin="rumour"),
    "problem_deadline_known": lambda: ProblemFactory(deadline="whenever"),
    "problem_state_known": lambda: ProblemFactory(state="gone", claimed_on=DAY),
    "problem_has_text": lambda: ProblemFactory(text=""),
    "problem_dates_in_order": lambda: ProblemFactory(due_on=EARLY),
    "problem_claimed_has_day": lambda: WorkingFactory(claimed_on=None),
    "problem_asked_has_day": lambda: WorkingFactory(state=State.ASKED),
    "problem_closed_has_day": lambda: ClosedFactory(closed_on=None),
    "problem_reopened_has_time": lambda: WorkingFactory(reopened=1),
    "problem_cleanup_with_class": lambda: ProblemFactory(cleanup=CleanupFactory()),
    "step_has_text": lambda: StepFactory(text=""),
    "problem_event_verb_known": lambda: event("dance"),
    "problem_paper_slot_known": lambda: ProblemPaperFactory(slot="other"),
    "cleanup_state_known": lambda: CleanupFactory(state="gone"),
    "cleanup_dates_in_order": lambda: CleanupFactory(check_by=EARLY),
    "cleanup_has_classes": lambda: CleanupFactory(classes=[]),
    "cleanup_ended_has_day": lambda: CleanupFactory(state="ended"),
    "cleanup_check_has_word": lambda: CleanupCheckFactory(word=""),
    "common_claim_has_word": lambda: claim(word=""),
    "common_claim_applies_has_problem": lambda: claim(applies=True),
    "snapshot_state_known": lambda: SnapshotFactory(state="gone", answered_on=DAY),
    "snapshot_has_text": lambda: SnapshotFactory(text=""),
    "snapshot_answered_has_day": lambda: SnapshotFactory(state="declined"),
    "snapshot_taken_has_problem": lambda: SnapshotFactory(state="taken", answered_on=DAY),
}
OTHER_HALF = {
    "problem_closed_has_day": lambda: WorkingFactory(closed_on=DAY),
    "problem_reopened_has_time": lambda: WorkingFactory(reopened_at=NOW),
    "problem_cleanup_with_class": lambda: ProblemFactory(cleanup_class="治庸"),
    "cleanup_dates_in_order": lambda: CleanupFactory(ends_on=EARLY),
    "cleanup_ended_has_day": lambda: CleanupFactory(ended_on=DAY),
    "common_claim_applies_has_problem": lambda: claim(problem=ProblemFactory),
    "snapshot_answered_has_day": lambda: SnapshotFactory(answered_on=DAY),
    "snapshot_taken_has_problem": lambda: SnapshotFactory(problem=ProblemFactory()),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_rows_are_refused(name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        BAD[name]()


@pytest.mark.parametrize("name", OTHER_HALF)
def test_the_other_half_of_a_pair_is_refused_too(name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        OTHER_HALF[name]()


def test_r01_a_problem_is_raised_once_from_one_thing():
    ProblemFactory(origin_key="finding:1")
    with pytest.raises(IntegrityError, match="origin_key"), transaction.atomic():
        ProblemFactory(origin_key="finding:1")


def test_a_measure_is_named_once():
    step = StepFactory()
    with pytest.raises(IntegrityError, match="step_text_once"), transaction.atomic():
        StepFactory(problem=step.problem, text=step.text)


def test_evidence_lies_once_with_a_problem():
    first = ProblemPaperFactory()
    with pytest.raises(IntegrityError, match="problem_paper_once"), transaction.atomic():
        ProblemPaperFactory(problem=first.problem, file=first.file)


def test_r06_a_clean_up_begins_once():
    first = CleanupFactory()
    with pytest.raises(IntegrityError, match="cleanup_once"), transaction.atomic():
        CleanupFactory(issuer=first.issuer, name=first.name)


def test_r06_an_organization_checks_a_class_once():
    first = CleanupCheckFactory()
    with pytest.raises(IntegrityError, match="cleanup_check_once"), transaction.atomic():
        CleanupCheckFactory(cleanup=first.cleanup, organization=first.organization)


def test_r02_an_organization_answers_a_common_problem_once():
    first = claim()
    with pytest.raises(IntegrityError, match="common_claim_once"), transaction.atomic():
        claim(task=first.task, organization=first.organization)


def test_r02_a_problem_belongs_to_one_claim():
    first = claim(applies=True, problem=ProblemFactory)
    with pytest.raises(IntegrityError, match="problem_id"), transaction.atomic():
        claim(applies=True, problem=first.problem)


def test_r01_a_problem_belongs_to_one_report():
    first = SnapshotFactory(state="taken", answered_on=DAY, problem=ProblemFactory())
    with pytest.raises(IntegrityError, match="problem_id"), transaction.atomic():
        SnapshotFactory(state="taken", answered_on=DAY, problem=first.problem)


def test_a_picture_lies_once_with_a_report():
    snapshot, file = SnapshotFactory(), store_upload(picture())
    paper(SnapshotPhoto, snapshot=snapshot, file=file)
    with pytest.raises(IntegrityError, match="snapshot_photo_once"), transaction.atomic():
        paper(SnapshotPhoto, snapshot=snapshot, file=file)
