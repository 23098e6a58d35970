"""The database refuses bad rows of activities, attendance, attachments, answers and reviews."""

import pytest
from django.db import IntegrityError, transaction

from campaigns.models import AnswerVersion
from tests.factories.campaigns import (
    FILED_AT,
    ActivityFactory,
    ActivityVersionFactory,
    AnswerFactory,
    AnswerMarkFactory,
    AttachmentFactory,
    AttendanceFactory,
    FiledActivityFactory,
    ReviewFactory,
)

pytestmark = pytest.mark.django_db


def review_twice() -> None:
    review = ReviewFactory()
    ReviewFactory(activity=review.activity)


def review_answer_twice() -> None:
    answer = AnswerFactory()
    for _ in range(2):
        ReviewFactory(activity=None, answer=answer, organization=answer.assignment.unit)


def attendance_twice() -> None:
    row = AttendanceFactory()
    AttendanceFactory(activity=row.activity, member=row.member)


def mark_twice() -> None:
    mark = AnswerMarkFactory()
    AnswerMarkFactory(answer=mark.answer, item=mark.item)


def version_twice() -> None:
    version = ActivityVersionFactory()
    ActivityVersionFactory(activity=version.activity)


def answer_version_twice() -> None:
    answer = AnswerFactory()
    for _ in range(2):
        AnswerVersion.objects.create(answer=answer, number=1, content={}, filed_at=FILED_AT)


def answer_twice() -> None:
    answer = AnswerFactory()
    AnswerFactory(assignment=answer.assignment)


def two_corrections_at_once() -> None:
    answer = AnswerFactory(status="approved", filed_at=FILED_AT, counts_from=FILED_AT)
    for _ in range(2):
        AnswerFactory(assignment=answer.assignment, corrects=answer)


def correction_that_counts() -> None:
    answer = AnswerFactory(status="approved", filed_at=FILED_AT, counts_from=FILED_AT)
    AnswerFactory(
        assignment=answer.assignment, corrects=answer, status="filed", filed_at=FILED_AT, counts_from=FILED_AT
    )


@pytest.mark.parametrize(
    "constraint, make",
    [
        ("activity_kind_known", lambda: ActivityFactory(kind="dance")),
        ("activity_parts_known", lambda: ActivityFactory(parts=["dance"])),
        ("activity_status_known", lambda: FiledActivityFactory(status="lost")),
        ("activity_hours_range", lambda: ActivityFactory(hours=-1)),
        ("activity_filed_has_time", lambda: ActivityFactory(status="filed")),
        ("activity_void_has_reason", lambda: FiledActivityFactory(status="void")),
        ("activity_version_once", version_twice),
        ("attendance_once", attendance_twice),
        ("attendance_reason_known", lambda: AttendanceFactory(is_present=False, reason="rain")),
        ("attendance_reason_if_absent", lambda: AttendanceFactory(is_present=True, reason="sick")),
        ("attachment_has_one_owner", lambda: AttachmentFactory(answer=AnswerFactory())),
        ("attachment_slot_known", lambda: AttachmentFactory(slot="photo")),
        ("answer_status_known", lambda: AnswerFactory(status="lost", filed_at=FILED_AT, counts_from=FILED_AT)),
        ("answer_filed_has_time", lambda: AnswerFactory(status="filed")),
        ("answer_version_once", answer_version_twice),
        ("answer_once_for_an_assignment", answer_twice),
        ("answer_corrected_once_at_a_time", two_corrections_at_once),
        ("answer_correction_never_counts", correction_that_counts),
        ("answer_mark_once", mark_twice),
        ("answer_mark_has_text", lambda: AnswerMarkFactory(item=None, text="")),
        ("answer_mark_not_applicable_has_reason", lambda: AnswerMarkFactory(state="not_applicable")),
        ("answer_mark_state_known", lambda: AnswerMarkFactory(state="maybe")),
        ("review_decision_known", lambda: ReviewFactory(decision="ignore")),
        ("review_has_one_record", lambda: ReviewFactory(answer=AnswerFactory())),
        ("review_return_has_remark", lambda: ReviewFactory(decision="return")),
        ("review_activity_once", review_twice),
        ("review_answer_once", review_answer_twice),
    ],
)
def test_a_bad_row_is_refused(constraint, make):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make()


def test_a_client_key_names_one_activity():
    activity = ActivityFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        ActivityFactory(client_key=activity.client_key)
