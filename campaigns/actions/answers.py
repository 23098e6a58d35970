"""Writes on answers to assignments: save, file, withdraw."""

from django.db import transaction

from branches.permissions import Actor
from campaigns.actions import records
from campaigns.enums import AssignmentState, MeasuredBy
from campaigns.models import Answer, AnswerMark, Assignment
from campaigns.queries.answers import draft_of, filled_places, question_of, snapshot
from campaigns.queries.likeness import alike, likeness_of
from campaigns.rules import answers as rules
from campaigns.rules import metrics, reviews
from campaigns.rules.activities import OvertakenError, RecordError, Verb, next_status
from campaigns.rules.content import AnswerDraft
from campaigns.rules.windows import Window, is_overtaken
from office.queries.rules import rule_table
from partybuild.lib import clock, dates


@transaction.atomic
def save_answer(
    *,
    by: Actor,
    assignment: Assignment,
    draft: AnswerDraft,
    is_silent: bool = False,
    window: Window | None = None,
) -> Answer:
    """Save what is being written; an assignment has one answer, however many windows it is written in. Where an
    approved one is being corrected, it is the correction that is written.

    Refused for an assignment that records measure, for an exempt one, and where another ``window`` has saved something
    else meanwhile.
    """
    if metrics.get(assignment.metric).measured_by != MeasuredBy.CHECKLIST:
        raise RecordError("这项任务由活动记录或台账自动计数，不用填报。")
    if assignment.state == AssignmentState.EXEMPT:
        raise RecordError(f"这项任务免报：{assignment.exempt_reason}。")
    answer, is_new = Answer.objects.get_or_create(
        assignment=assignment, corrects=None, defaults={"saved_at": clock.now()}
    )
    answer = records.held_row(Answer.objects.correcting().filter(corrects=answer).first() or answer)
    next_status(answer.status, Verb.SAVE, is_correction=answer.is_correction)
    if not is_new and is_overtaken(window, answer.saved_in, answer.saved_at) and not _says(answer, draft):
        raise OvertakenError(dates.moment_text(answer.saved_at))
    answer.saved_in = window.key if window else None
    answer.amount = draft.amount
    if not rules.asks_amount(assignment.metric):
        answer.amount = rules.amount_of_checklist(draft.marks, assignment.needed) if draft.marks else None
    answer.note = draft.note
    answer.saved_at = clock.now()
    answer.save(update_fields=["amount", "note", "saved_at", "saved_in"])
    _write_marks(answer, draft)
    if is_new or not is_silent:
        records.note(answer, "新建" if is_new else "保存", by=by)
    return answer


def _says(answer: Answer, draft: AnswerDraft) -> bool:
    """Whether the answer already says what the form says; the amount of a plain checklist follows from it."""
    saved = draft_of(answer)
    amounts = {saved.amount, draft.amount} if rules.asks_amount(answer.assignment.metric) else {None}
    return {*saved.marks} == {*draft.marks} and saved.note == draft.note and len(amounts) == 1


def _write_marks(answer: Answer, draft: AnswerDraft) -> None:
    answer.marks.all().delete()
    AnswerMark.objects.bulk_create(
        AnswerMark(answer=answer, item_id=mark.item_id, text=mark.text, state=mark.state, note=mark.note)
        for mark in draft.marks
    )


@transaction.atomic
def file_answer(*, by: Actor, answer: Answer) -> Answer:
    """File a saved answer; refused while items are open, reasons or compulsory material are missing."""
    answer = records.hold(answer)
    assignment = answer.assignment
    draft = draft_of(answer)
    missing = rules.lacking(question_of(assignment), draft, filled_places(answer))
    if missing:
        raise RecordError(missing)
    not_done = sum(mark.state == rules.NOT_DONE for mark in draft.marks)
    flags = reviews.answer_flags(
        not_done,
        has_note=bool(answer.note.strip()),
        has_files=answer.attachments.exists(),
        alike=alike(answer, likeness_of(answer, rule_table(clock.today()))),
    )
    records.file(
        answer,
        by=by,
        content=snapshot(answer),
        flags=flags,
        assignment_ids=[assignment.pk],
        sample_key=f"answer-{answer.pk}",
    )
    return answer


@transaction.atomic
def withdraw_answer(*, by: Actor, answer: Answer) -> Answer:
    """Take a filed answer back, as long as nobody has decided on it."""
    answer = records.hold(answer)
    records.withdraw(answer, by=by)
    return answer
