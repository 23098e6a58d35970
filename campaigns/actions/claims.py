"""Tasks that a branch offers and members claim (C09): TJ 三（三）."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from branches.actions import audit
from branches.models import Organization
from branches.permissions import Actor
from campaigns.actions.work_notes import check_move, write_note
from campaigns.models import Claim, ClaimTask
from campaigns.queries.supervisors import doers_of
from campaigns.rules.projects import CLAIM_MOVES, ClaimState, has_place
from members.models import Member
from members.queries.roster import roster_on
from office.actions.notices import tell
from partybuild.lib import clock
from partybuild.lib.dates import day_text


@transaction.atomic
def publish_task(
    *,
    by: Actor,
    organization: Organization,
    kind: str,
    title: str,
    places: int,
    claim_by: date,
    due_on: date,
    content: str = "",
) -> ClaimTask:
    """A branch offers a task to its members, who are told. The same title on the same day is one."""
    organization = Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    today, title = clock.today(), title.strip()
    if found := ClaimTask.objects.filter(organization=organization, title=title, published_on=today).first():
        return found
    if claim_by < today:
        raise ValidationError({"claim_by": "认领截止日期不能早于今天。"})
    if due_on < claim_by:
        raise ValidationError({"due_on": "完成期限不能早于认领截止日期。"})
    task = ClaimTask(
        organization=organization, kind=kind, title=title, content=content.strip(), places=places, claim_by=claim_by,
        due_on=due_on, published_on=today,
    )  # fmt: skip
    task.full_clean()
    task.save()
    audit.record(by=by, verb="发布认领任务", obj=task, organization=organization)
    people = roster_on(organization, today).filter(user__isnull=False).values_list("user_id", flat=True)
    text = f"{organization}发布{task.get_kind_display()}“{task}”，请于{day_text(claim_by)}前认领。"
    tell(people=people, key=f"claim_task:{task.pk}", text=text, url=page_of(task), due_on=claim_by)
    return task


@transaction.atomic
def close_task(*, by: Actor, task: ClaimTask) -> ClaimTask:
    """No more claims; those under way go on. A second time changes nothing."""
    task = _locked(task)
    if task.closed_on is None:
        task.closed_on = clock.today()
        task.save(update_fields=["closed_on"])
        audit.record(by=by, verb="结束认领任务", obj=task, organization=task.organization)
    return task


@transaction.atomic
def claim_task(*, by: Actor, task: ClaimTask, member: Member) -> Claim:
    """A member takes a place, or the branch for him; a second time changes nothing."""
    task = _locked(task)
    standing = task.claims.standing()
    if found := standing.filter(member=member).first():
        return found
    if task.closed_on is not None or task.claim_by < clock.today():
        raise ValidationError("该任务已经截止认领。")
    if not has_place(task.places, standing.count()):
        raise ValidationError("该任务的认领名额已满。")
    if not roster_on(task.organization, clock.today()).filter(pk=member.pk).exists():
        raise ValidationError({"member": "认领人应是本党组织名册中的党员。"})
    claim = Claim.objects.create(task=task, member=member, claimed_at=clock.now())
    write_note(by=by, about=claim, organization=task.organization, verb="claim", label="认领任务")
    return claim


@transaction.atomic
def move_claim(*, by: Actor, claim: Claim, verb: str, text: str = "", files: Iterable[Any] = ()) -> Claim:
    """The member reports or gives up, the branch confirms or sends back; nobody confirms what he did himself."""
    rows = Claim.objects.select_for_update(of=("self",)).select_related("task__organization", "member")
    claim = rows.get(pk=claim.pk)
    organization = claim.task.organization
    claim.state = check_move(
        by=by, moves=CLAIM_MOVES, verb=verb, state=claim.state, text=text, organization=organization, own_leads=True
    )
    wanted = CLAIM_MOVES[verb]
    if wanted.leads and by.member_id == claim.member_id:
        raise ValidationError("不能确认本人认领的任务，请由支部其他负责人确认。")
    claim.confirmed_on = clock.today() if claim.state == ClaimState.CONFIRMED else None
    claim.save(update_fields=["state", "confirmed_on"])
    note = write_note(
        by=by, about=claim, organization=organization, verb=verb, label=wanted.label, text=text, uploads=files
    )
    people = [claim.member.user_id] if wanted.leads and claim.member.user_id else []
    if not wanted.leads:
        people = doers_of(organization.pk)
    said = f"{claim.member}认领的“{claim.task}”：{wanted.label}，请查看。"
    tell(people=people, key=f"claim:{claim.pk}:{note.pk}", text=said, url=page_of(claim.task))
    return claim


def page_of(task: ClaimTask) -> str:
    """Where the task is shown."""
    return reverse("campaigns:claim_task_detail", args=[task.pk])


def _locked(task: ClaimTask) -> ClaimTask:
    return ClaimTask.objects.select_for_update(of=("self",)).select_related("organization").get(pk=task.pk)
