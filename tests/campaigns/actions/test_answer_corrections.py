"""Corrections of approved answers: the old answer counts until the new one is approved."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from branches.models import AuditEntry
from branches.queries.access import scope_of
from campaigns.actions.answers import file_answer, save_answer, withdraw_answer
from campaigns.actions.attachments import add_attachment
from campaigns.actions.corrections import amend, drop
from campaigns.actions.reviews import approve, return_for_rework
from campaigns.models import Answer, Assignment, Credit
from campaigns.queries.activity_detail import changes_of
from campaigns.queries.recount import differences
from campaigns.queries.reviews import waiting_answers
from campaigns.rules.activities import RecordError
from campaigns.rules.content import AnswerDraft, MarkLine
from partybuild.lib.clock import ZONE
from tests.factories.campaigns import ChecklistItemFactory
from tests.factories.district import District

pytestmark = pytest.mark.django_db


@pytest.fixture
def district(move_clock) -> District:
    move_clock(datetime(2026, 3, 12, 12, 0, tzinfo=ZONE))
    made = District()
    made.campaign.review_policy = "every"
    made.campaign.save()
    return made


@pytest.fixture
def asked(district) -> Assignment:
    assignment = district.due("manual", title="落实责任制")
    for text in ("制定计划", "明确分工"):
        ChecklistItemFactory(task=assignment.task, text=text)
    return assignment


def draft(assignment: Assignment, *states: str, note: str = "已报备案。") -> AnswerDraft:
    pairs = zip(assignment.task.checklist.all(), states, strict=True)
    return AnswerDraft(tuple(MarkLine(state, item.pk) for item, state in pairs), note=note)


@pytest.fixture
def approved(district, asked) -> Answer:
    answer = save_answer(by=district.by, assignment=asked, draft=draft(asked, "done", "done"))
    file = SimpleUploadedFile("计划.txt", "年度计划".encode(), "text/plain")
    add_attachment(by=district.by, record=answer, upload=file)
    return approve(by=district.reviewer, record=file_answer(by=district.by, answer=answer), version=1)


def rewritten(district: District, asked: Assignment, *states: str) -> Answer:
    """The correction with another content, filed."""
    correction = save_answer(by=district.by, assignment=asked, draft=draft(asked, *states, note="分工尚未明确。"))
    return file_answer(by=district.by, answer=correction)


def figures(asked: Assignment) -> tuple[str, Decimal]:
    asked.refresh_from_db()
    return asked.state, asked.done


def test_x07_a_correction_of_an_answer_begins_as_a_copy_beside_it(district, asked, approved):
    correction = amend(by=district.by, record=approved)

    approved.refresh_from_db()
    assert (approved.status, correction.status, correction.corrects) == ("approved", "draft", approved)
    assert (correction.note, correction.marks.count()) == (approved.note, 2)
    assert [each.name for each in correction.attachments.all()] == ["计划.txt"]
    assert not Credit.objects.filter(answer=correction).exists()
    assert AuditEntry.objects.filter(verb="更正任务填报", object_id=approved.pk).count() == 1
    assert amend(by=district.by, record=approved).pk == correction.pk


@pytest.mark.parametrize("status", ["draft", "filed", "returned"])
def test_x07_only_an_approved_answer_is_corrected(district, asked, status):
    answer = save_answer(by=district.by, assignment=asked, draft=draft(asked, "done", "done"))
    if status != "draft":
        answer = file_answer(by=district.by, answer=answer)
    if status == "returned":
        answer = return_for_rework(by=district.reviewer, record=answer, version=1, remark="请补充。")
    with pytest.raises(RecordError, match="不能更正"):
        amend(by=district.by, record=answer)


def test_x07_the_old_answer_counts_until_the_new_one_is_approved(district, asked, approved, move_clock):
    amend(by=district.by, record=approved)
    move_clock("2026-03-13T09:00:00+08:00")
    filed = rewritten(district, asked, "done", "not_done")

    assert (filed.status, filed.needs_review, figures(asked)) == ("amending", True, ("done", Decimal(1)))
    assert [change.label for change in changes_of(filed)] != []
    assert list(waiting_answers(scope_of(district.staff, date(2026, 3, 13)))) == [filed]
    first = approved.counts_from
    approve(by=district.reviewer, record=filed, version=1)

    approved.refresh_from_db()
    filed.refresh_from_db()
    assert (approved.status, approved.version, approved.note, filed.status) == (
        "approved", 2, "分工尚未明确。", "amended",
    )  # fmt: skip
    assert figures(asked) == ("progress", Decimal("0.5"))
    assert (approved.counts_from, approved.attachments.count(), approved.marks.count()) == (first, 1, 2)
    assert AuditEntry.objects.filter(verb="并入更正任务填报", object_id=approved.pk).count() == 1
    assert differences("2026-03") == []


def test_x07_a_returned_correction_of_an_answer_leaves_it_and_is_filed_again(district, asked, approved):
    amend(by=district.by, record=approved)
    filed = rewritten(district, asked, "done", "not_done")
    return_for_rework(by=district.reviewer, record=filed, version=1, remark="请说明原因。")
    assert figures(asked) == ("done", Decimal(1))

    again = rewritten(district, asked, "not_done", "not_done")
    approve(by=district.reviewer, record=again, version=2)

    assert (again.pk, figures(asked)) == (filed.pk, ("open", Decimal(0)))


def test_x07_a_correction_of_an_answer_is_withdrawn_and_given_up(district, asked, approved):
    amend(by=district.by, record=approved)
    filed = rewritten(district, asked, "done", "not_done")
    withdrawn = withdraw_answer(by=district.by, answer=filed)
    drop(by=district.by, correction=withdrawn)

    approved.refresh_from_db()
    assert (approved.status, figures(asked)) == ("approved", ("done", Decimal(1)))
    second = amend(by=district.by, record=approved)
    assert second.pk != filed.pk
    with pytest.raises(RecordError, match="只有更正"):
        drop(by=district.by, correction=approved)


def test_x07_who_filed_the_answer_does_not_decide_on_its_correction(district, asked, approved):
    """Here by another's hand: the correction is filed by a colleague, the answer was by the reviewer himself."""
    approved.versions.update(filed_by=district.staff)
    amend(by=district.by, record=approved)
    filed = rewritten(district, asked, "done", "not_done")

    assert list(waiting_answers(scope_of(district.staff, date(2026, 3, 13)))) == []
    with pytest.raises(RecordError):
        approve(by=district.reviewer, record=filed, version=1)
