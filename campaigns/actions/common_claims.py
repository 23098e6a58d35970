"""Common problems that a plan names: claimed by each organisation, or said not to be there (R02)."""

from django.core.exceptions import ValidationError
from django.db import transaction

from branches.actions import audit
from branches.models import Organization
from branches.permissions import Actor
from campaigns.actions.answers import file_answer, save_answer
from campaigns.actions.problem_rows import lock_organization, recount
from campaigns.actions.problems import raise_problem
from campaigns.enums import AssignmentState, TaskNature
from campaigns.models import Assignment, CommonClaim, Task
from campaigns.rules.activities import RecordError
from campaigns.rules.answers import DONE, MANUAL, NOT_APPLICABLE
from campaigns.rules.content import AnswerDraft, MarkLine
from campaigns.rules.problems import Deadline, Origin
from partybuild.lib import clock

_LONGEST = 500


@transaction.atomic
def claim_common(
    *,
    by: Actor,
    task: Task,
    organization: Organization,
    applies: bool,
    word: str,
    deadline: str = Deadline.IMMEDIATE,
) -> CommonClaim:
    """An organisation claims a common problem, which makes a problem of its ledger, or says with a word that it has
    none. What was said not to be there can be claimed later; what was claimed stays claimed.

    Its task of the plan, if it has one, is answered by this.
    """
    if task.nature != TaskNature.PROBLEM:
        raise ValidationError("这项任务不是共性问题。")
    word = word.strip()
    if not word:
        raise ValidationError({"word": "请写明具体表现。" if applies else "请写明自查情况和依据。"})
    organization = lock_organization(organization)
    claim = CommonClaim.objects.filter(task=task, organization=organization).first()
    if claim is not None and claim.applies:
        return claim
    claim = claim or CommonClaim(task=task, organization=organization)
    claim.applies, claim.word, claim.declared_at, claim.declared_by_id = applies, word, clock.now(), by.user_id
    if applies:
        text = f"{task.title}：{word}"[:_LONGEST]
        claim.problem = raise_problem(
            by=by, organization=organization, text=text, origin=Origin.COMMON, campaign=task.campaign, task=task,
            deadline=deadline, origin_key=f"common:{task.pk}:{organization.pk}",
        )  # fmt: skip
    claim.clean_fields(exclude=["declared_by"])
    claim.save()
    verb = "认领共性问题" if applies else "申明不存在共性问题"
    audit.record(by=by, verb=verb, obj=claim, organization=organization, detail={"note": f"{task.title}：{word}"[:255]})
    _answer_tasks(by, claim)
    if claim.problem:
        recount(claim.problem)
    return claim


def _answer_tasks(by: Actor, claim: CommonClaim) -> None:
    """Answer the organisation's tasks of this item with what was said; one that asks for more stays a draft."""
    rows = Assignment.objects.filter(
        task=claim.task, organization=claim.organization, metric=MANUAL, closed_at__isnull=True
    ).exclude(state__in=[AssignmentState.EXEMPT, AssignmentState.DONE])
    items = list(claim.task.checklist.values_list("pk", flat=True))
    state = DONE if claim.applies else NOT_APPLICABLE
    marks = [MarkLine(DONE, item) for item in items[:-1]] + [
        MarkLine(state, item, "", claim.word) for item in items[-1:]
    ]
    note = f"已认领：{claim.word}" if claim.applies else f"经对照检查不存在：{claim.word}"
    for assignment in rows.order_by("pk"):
        try:
            with transaction.atomic():
                answer = save_answer(by=by, assignment=assignment, draft=AnswerDraft(tuple(marks), None, note))
                file_answer(by=by, answer=answer)
        except RecordError:
            continue
