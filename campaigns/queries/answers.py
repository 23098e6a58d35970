"""Reads of answers: what an assignment asks, and what was answered, as plain data."""

from typing import Any

from branches.permissions import Permission, Scope
from campaigns.enums import ActivityStatus
from campaigns.models import Answer, AnswerMark, Assignment, Attachment
from campaigns.queries.activities import attachments_in_words
from campaigns.rules import answers as rules
from campaigns.rules.content import AnswerDraft, MarkLine


def may_read_answer(scope: Scope, answer: Answer) -> bool:
    """Whether this answer of an organisation in reach is shown: a draft only to those who may write it."""
    is_draft = answer.status == ActivityStatus.DRAFT
    permission = Permission.ANSWER_ASSIGNMENT if is_draft else Permission.VIEW_ASSIGNMENT
    return scope.allows(permission, answer.organization)


def question_of(assignment: Assignment) -> rules.Question:
    """What the assignment asks; one query."""
    items = list(assignment.task.checklist.values_list("pk", "needs_evidence"))
    return rules.Question(
        item_ids=tuple(pk for pk, _ in items),
        evidence_ids=frozenset(pk for pk, needs_evidence in items if needs_evidence),
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


def items_with_files(answer: Answer) -> set[int | None]:
    """The items to which something is attached; None for what belongs to the answer as a whole."""
    return set(Attachment.objects.filter(answer=answer).values_list("item_id", flat=True))


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
