"""Reads of answers: what an assignment asks, and what was answered, as plain data."""

from typing import Any

from branches.permissions import Permission, Scope
from campaigns.enums import ActivityStatus
from campaigns.models import Answer, AnswerMark, Assignment, Attachment
from campaigns.queries.activities import attachments_in_words
from campaigns.rules import answers as rules
from campaigns.rules.content import AnswerDraft, MarkLine


def answer_of(assignment: Assignment) -> Answer | None:
    """The answer to an assignment, if one was begun."""
    return Answer.objects.given().select_related("filed_by").filter(assignment=assignment).first()


def correction_of(answer: Answer | None) -> Answer | None:
    """The correction of it that is being written or waits for the reviewer."""
    rows = Answer.objects.correcting().select_related("corrects").filter(corrects=answer)
    return rows.first() if answer is not None and answer.status == ActivityStatus.APPROVED else None


def may_read_answer(scope: Scope, answer: Answer) -> bool:
    """Whether this answer of an organisation in reach is shown: a draft only to those who may write it."""
    is_draft = answer.status == ActivityStatus.DRAFT
    permission = Permission.ANSWER_ASSIGNMENT if is_draft else Permission.VIEW_ASSIGNMENT
    return scope.allows(permission, answer.organization)


def question_of(assignment: Assignment) -> rules.Question:
    """What the assignment asks; one query."""
    items = list(assignment.task.checklist.values_list("pk", "needs_evidence", "slots"))
    return rules.Question(
        item_ids=tuple(pk for pk, _, _ in items),
        evidence_ids=frozenset(pk for pk, needs_evidence, _ in items if needs_evidence),
        slots={pk: tuple(slots) for pk, _, slots in items if slots},
        is_open=assignment.task.is_open,
        asks_amount=rules.asks_amount(assignment.metric),
        people=assignment.members_expected if assignment.is_personal else None,
    )


def draft_of(answer: Answer) -> AnswerDraft:
    """A saved answer as the rules see it; one query."""
    marks = (
        MarkLine(mark.state, mark.item_id, "" if mark.item_id else mark.text, mark.note) for mark in answer.marks.all()
    )
    return AnswerDraft(tuple(marks), answer.amount, answer.note)


def filled_places(answer: Answer) -> dict[int | None, set[str]]:
    """Item → the named materials that are there, an empty name for others; None for the answer as a whole."""
    found: dict[int | None, set[str]] = {}
    for item_id, place in Attachment.objects.filter(answer=answer).values_list("item_id", "place"):
        found.setdefault(item_id, set()).add(place)
    return found


def snapshot(answer: Answer) -> dict[str, Any]:
    """What the answer says in words, to be kept with a version."""
    marks = answer.marks.select_related("item")
    asked = rules.asks_amount(answer.assignment.metric) and answer.amount is not None
    unit = "人" if answer.assignment.is_personal else answer.assignment.target.unit
    return {
        "marks": [{"key": _mark(mark), "text": _mark(mark)} for mark in marks],
        "amount": f"{answer.amount.normalize():f} {unit}" if asked and answer.amount is not None else "",
        "note": answer.note,
        "attachments": attachments_in_words(answer.attachments.select_related("file")),
    }


def _mark(mark: AnswerMark) -> str:
    return f"{mark}：{mark.get_state_display()}" + (f"（{mark.note}）" if mark.note else "")
