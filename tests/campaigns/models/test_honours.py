"""What the database refuses of topics, projects, claims, contests, awards, needs, pledges and their notes."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from campaigns.models import Award, Criterion, CriterionAnswer, WorkNote
from tests.factories.campaigns_honours import (
    NOW,
    ApplicationFactory,
    AwardFactory,
    ClaimFactory,
    ClaimTaskFactory,
    ContestFactory,
    NeedFactory,
    NoteFileFactory,
    PledgeFactory,
    ProjectFactory,
    TopicFactory,
    WorkNoteFactory,
)

pytestmark = pytest.mark.django_db
EARLY = date(2026, 1, 1)

BAD = {
    "topic_whole": lambda: TopicFactory(kinds=[]),
    "topic_kinds_known": lambda: TopicFactory(kinds=["club"]),
    "topic_dates_in_order": lambda: TopicFactory(claim_by=EARLY),
    "project_state_known": lambda: ProjectFactory(state="gone"),
    "project_whole": lambda: ProjectFactory(goal=""),
    "project_dates_in_order": lambda: ProjectFactory(ends_on=EARLY),
    "project_accepted_has_time": lambda: ProjectFactory(state="accepted", result="完成"),
    "project_submitted_has_result": lambda: ProjectFactory(state="pending"),
    "claim_task_kind_known": lambda: ClaimTaskFactory(kind="other"),
    "claim_task_whole": lambda: ClaimTaskFactory(places=0),
    "claim_task_dates": lambda: ClaimTaskFactory(due_on=EARLY),
    "claim_state_known": lambda: ClaimFactory(state="gone"),
    "claim_confirmed_has_day": lambda: ClaimFactory(state="confirmed"),
    "contest_subject_known": lambda: ContestFactory(subject="team"),
    "contest_state_known": lambda: ContestFactory(state="gone"),
    "contest_kinds_known": lambda: ContestFactory(kinds=["club"]),
    "contest_whole": lambda: ContestFactory(ends_on=EARLY),
    "contest_quota_positive": lambda: ContestFactory(quota=0),
    "criterion_has_text": lambda: Criterion.objects.create(contest=ContestFactory(), position=9, text=""),
    "application_state_known": lambda: ApplicationFactory(state="gone"),
    "application_has_statement": lambda: ApplicationFactory(statement=""),
    "application_post_has_holder": lambda: ApplicationFactory(post_name="服务窗口"),
    "application_verified_has_time": lambda: ApplicationFactory(state="met"),
    "award_has_title": lambda: AwardFactory(title=""),
    "award_revoked_with_reason": lambda: AwardFactory(revoked_on=date(2026, 4, 1)),
    "need_kind_known": lambda: NeedFactory(kind="other"),
    "need_asker_kind_known": lambda: NeedFactory(asker_kind="other"),
    "need_whole": lambda: NeedFactory(due_on=EARLY),
    "need_done_with_result": lambda: NeedFactory(state="done", done_on=date(2026, 3, 9)),
    "need_rated_whole": lambda: NeedFactory(state="rated", done_on=date(2026, 3, 9), result="装好"),
    "need_closed_has_day": lambda: NeedFactory(
        state="closed", done_on=date(2026, 3, 9), result="装好", satisfaction="good", rated_on=date(2026, 3, 9)
    ),
    "need_link_whole": lambda: NeedFactory(rating_hash="0" * 64, rating_until=date(2026, 3, 24)),
    "pledge_kind_known": lambda: PledgeFactory(kind="other"),
    "pledge_state_known": lambda: PledgeFactory(state="gone"),
    "pledge_whole": lambda: PledgeFactory(due_on=EARLY),
    "pledge_project_named": lambda: PledgeFactory(kind="project"),
    "pledge_published_has_day": lambda: PledgeFactory(published_on=None),
    "pledge_reported_whole": lambda: PledgeFactory(state="reported"),
    "pledge_closed_has_day": lambda: PledgeFactory(state="broken"),
    "work_note_of_one_thing": lambda: WorkNote.objects.create(verb="progress", label="记录进展", at=NOW),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_rows_are_refused(name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        BAD[name]()


def test_an_unknown_state_of_a_need_is_refused():
    """Also by the constraints that pair the states with their days, which the database looks at first."""
    with pytest.raises(IntegrityError, match=r"violates check constraint .need_"), transaction.atomic():
        NeedFactory(state="gone")


def test_a_link_leads_to_one_need_alone():
    done = {"state": "done", "result": "装好", "done_on": date(2026, 3, 9)}
    NeedFactory(rating_hash="0" * 64, rating_until=date(2026, 3, 24), **done)
    with pytest.raises(IntegrityError, match="need_link_once"), transaction.atomic():
        NeedFactory(rating_hash="0" * 64, rating_until=date(2026, 3, 24), **done)


def test_a_note_belongs_to_one_thing_alone():
    with pytest.raises(IntegrityError, match="work_note_of_one_thing"), transaction.atomic():
        WorkNoteFactory(need=NeedFactory())


def test_unmet_criteria_need_a_remark():
    answer = CriterionAnswer.objects.get(application=ApplicationFactory())
    answer.is_met = False
    with pytest.raises(IntegrityError, match="criterion_unmet_has_remark"), transaction.atomic():
        answer.save()


def twice(factory, **fields):
    def make():
        first = factory(**fields)
        factory(**{name: getattr(first, name) for name in TWICE_BY[factory]})

    return make


TWICE_BY = {
    TopicFactory: ("issuer", "year", "title"),
    ProjectFactory: ("organization", "year", "title"),
    ClaimTaskFactory: ("organization", "title", "published_on"),
    ClaimFactory: ("task", "member"),
    ContestFactory: ("issuer", "year", "title"),
    ApplicationFactory: ("contest", "organization"),
    PledgeFactory: ("organization", "member", "kind", "year", "text"),
}
NAMES = {
    TopicFactory: "topic_once", ProjectFactory: "project_once", ClaimTaskFactory: "claim_task_once",
    ClaimFactory: "claim_once", ContestFactory: "contest_once", ApplicationFactory: "application_once",
    PledgeFactory: "pledge_once",
}  # fmt: skip


@pytest.mark.parametrize("factory", TWICE_BY, ids=lambda factory: NAMES[factory])
def test_the_same_twice_is_refused(factory):
    with pytest.raises(IntegrityError, match=NAMES[factory]), transaction.atomic():
        twice(factory)()


def test_one_title_for_an_application_one_mark_for_a_criterion_one_file_for_a_note():
    award = AwardFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Award.objects.create(
            application=award.application, organization=award.organization, issuer=award.issuer, title="再次",
            awarded_on=award.awarded_on,
        )  # fmt: skip
    answer = CriterionAnswer.objects.first()
    with pytest.raises(IntegrityError, match="criterion_answer_once"), transaction.atomic():
        CriterionAnswer.objects.create(application=answer.application, criterion=answer.criterion)
    with pytest.raises(IntegrityError, match="criterion_position_once"), transaction.atomic():
        Criterion.objects.create(contest=answer.criterion.contest, position=1, text="再一条")
    file = NoteFileFactory()
    with pytest.raises(IntegrityError, match="note_file_once"), transaction.atomic():
        NoteFileFactory(note=file.note, file=file.file)
