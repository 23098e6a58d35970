"""Requests to put the structure right, explanations and their end; approvals by the superior. O03."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from branches.actions import audit
from branches.enums import Role
from branches.models import Organization
from branches.permissions import Actor
from members.actions.terms import lock
from members.enums import FindingCode, TaskClosing
from members.models import StructureApproval, StructureTask
from members.queries.structure import findings_under
from members.rules.structure import APPROVABLE
from office.actions.notices import tell
from office.queries.notices import people_at
from office.queries.rules import rule_table
from partybuild.lib import clock
from partybuild.lib.dates import day_text


@transaction.atomic
def ask_to_put_right(
    *, by: Actor, under: Organization, marked: Iterable[tuple[int, str]], due_on: date, note: str = ""
) -> Sequence[StructureTask]:
    """Ask organisations below ``under`` to put these findings (organisation id, code) right by a day.

    What the check no longer finds, and what has been asked already, is left out; the organisations are told.
    """
    today = clock.today()
    if due_on < today:
        raise ValidationError({"due_on": "整改期限不能早于今天。"})
    wanted = set(marked)
    ids = sorted({pk for pk, _ in wanted})
    list(Organization.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk"))
    found = {(line.place.pk, line.finding.code.value): line for line in findings_under(under.path, today)}
    asked = set(StructureTask.objects.running().filter(organization__in=ids).values_list("organization", "code"))
    tasks = [
        StructureTask(
            organization_id=pk, code=code, words=found[pk, code].finding.words, asked_on=today, due_on=due_on,
            asked_by_id=by.user_id, note=note.strip(),
        )
        for pk, code in sorted(wanted & set(found) - asked)
    ]  # fmt: skip
    StructureTask.objects.bulk_create(tasks)
    people = people_at(ids, [Role.STAFF, Role.SECRETARY])
    for task in StructureTask.objects.filter(pk__in=[task.pk for task in tasks]).select_related("organization"):
        audit.record(
            by=by, verb="下发设置问题整改", obj=task, organization=task.organization,
            detail={"note": task.words, "on": due_on.isoformat()},
        )  # fmt: skip
        _tell(task, "asked", f"请于{day_text(due_on)}前整改：{task.words}。", people.get(task.organization_id, []))
    return tasks


@transaction.atomic
def answer_task(*, by: Actor, task: StructureTask, answer: str) -> StructureTask:
    """The organisation explains how it stands; the superior then accepts or returns it."""
    task = _running(task)
    if not answer.strip():
        raise ValidationError({"answer": "请填写情况说明。"})
    if task.answered_on is not None and task.answer == answer.strip():
        return task
    task.answer, task.answered_on, task.answered_by_id, task.remark = answer.strip(), clock.today(), by.user_id, ""
    task.save(update_fields=["answer", "answered_on", "answered_by", "remark"])
    audit.record(by=by, verb="说明设置问题", obj=task, organization=task.organization, detail={"note": task.answer})
    return task


@transaction.atomic
def accept_answer(*, by: Actor, task: StructureTask, remark: str = "") -> StructureTask:
    """The superior accepts the explanation, which ends the request. Nobody accepts his own organisation's."""
    task = _answered(by, task)
    _close(by, task, TaskClosing.ACCEPTED, clock.today(), remark.strip())
    return task


@transaction.atomic
def return_answer(*, by: Actor, task: StructureTask, remark: str) -> StructureTask:
    """The superior does not accept the explanation and says why; the request runs on."""
    task = _answered(by, task)
    if not remark.strip():
        raise ValidationError({"remark": "请写明退回的原因。"})
    task.answered_on, task.remark = None, remark.strip()
    task.save(update_fields=["answered_on", "remark"])
    audit.record(by=by, verb="退回设置问题说明", obj=task, organization=task.organization, detail={"note": task.remark})
    people = people_at([task.organization_id], [Role.STAFF, Role.SECRETARY])
    text = f"情况说明已退回：{task.remark}。请整改或者重新说明。"
    _tell(task, f"returned:{clock.now():%Y%m%d%H%M%S}", text, people.get(task.organization_id, []))
    return task


@transaction.atomic
def close_passed(*, by: Actor, on: date) -> int:
    """End the requests whose finding the check no longer makes; how many."""
    running = StructureTask.objects.running().select_for_update(of=("self",)).select_related("organization")
    tasks = list(running.order_by("pk"))
    if not tasks:
        return 0
    found = {(line.place.pk, line.finding.code.value) for line in findings_under("", on)}
    passed = [task for task in tasks if (task.organization_id, task.code) not in found]
    for task in passed:
        _close(by, task, TaskClosing.PASSED, on)
    return len(passed)


def remind_structure_tasks(*, by: Actor, on: date) -> int:
    """End what has been put right; then tell those whose day is near, or past, once for each occasion."""
    close_passed(by=by, on=on)
    near = on + timedelta(days=rule_table(on).int("structure.remind_days"))
    tasks = StructureTask.objects.running().filter(due_on__lte=near, answered_on__isnull=True)
    tasks = tasks.select_related("organization")
    people = people_at({task.organization_id for task in tasks}, [Role.STAFF, Role.SECRETARY], on)
    told = 0
    for task in tasks:
        is_late = task.due_on < on
        words = "整改期限已过" if is_late else f"整改期限为{day_text(task.due_on)}"
        text = f"{words}：{task.words}。请整改或者说明情况。"
        told += _tell(task, "late" if is_late else "near", text, people.get(task.organization_id, []))
    return told


@transaction.atomic
def approve_structure(
    *, by: Actor, organization: Organization, code: str, approved_on: date, document: str
) -> StructureApproval:
    """The superior approves that an organisation is set up although its size asks otherwise."""
    organization = lock(organization)
    _refuse_own(by, organization)
    if code not in APPROVABLE:
        raise ValidationError({"code": "这一项不能以批准代替整改。"})
    if approved_on > clock.today():
        raise ValidationError({"approved_on": "批准时间晚于今天。"})
    if StructureApproval.objects.filter(organization=organization, code=code, ends_on__isnull=True).exists():
        raise ValidationError({"code": "这一项已经登记批准。"})
    approval = StructureApproval(
        organization=organization, code=code, approved_on=approved_on, document=document.strip()
    )
    approval.full_clean()
    approval.save()
    audit.record(
        by=by, verb="批准设置", obj=approval, organization=organization,
        detail={"note": f"{FindingCode(code).label}：{approval.document}"},
    )  # fmt: skip
    return approval


@transaction.atomic
def end_approval(*, by: Actor, approval: StructureApproval, ends_on: date) -> StructureApproval:
    """An approval no longer holds from a day on."""
    organization = lock(approval.organization)
    _refuse_own(by, organization)
    approval = StructureApproval.objects.select_for_update().get(pk=approval.pk)
    if approval.ends_on is not None:
        raise ValidationError({"ends_on": "这项批准已经终止。"})
    if ends_on < approval.approved_on:
        raise ValidationError({"ends_on": "终止时间不能早于批准时间。"})
    approval.ends_on = ends_on
    approval.save(update_fields=["ends_on"])
    audit.record(
        by=by, verb="终止设置批准", obj=approval, organization=organization, detail={"on": ends_on.isoformat()}
    )
    return approval


def _running(task: StructureTask) -> StructureTask:
    lock(task.organization)
    task = StructureTask.objects.select_for_update(of=("self",)).select_related("organization").get(pk=task.pk)
    if task.closed_on is not None:
        raise ValidationError("这项整改已经办结。")
    return task


def _answered(by: Actor, task: StructureTask) -> StructureTask:
    task = _running(task)
    if task.answered_on is None:
        raise ValidationError("还没有收到情况说明。")
    _refuse_own(by, task.organization, task.answered_by_id)
    return task


def _refuse_own(by: Actor, organization: Organization, other_than: int | None = None) -> None:
    """Nobody decides on his own organisation; at the top of a tree a second person does."""
    if by.is_system or by.organization_id != organization.pk:
        return
    if organization.parent_id is not None:
        raise ValidationError("本组织的事项由上级党组织办理。")
    if other_than is not None and by.user_id == other_than:
        raise ValidationError("应由填写说明以外的另一名同志办理。")


def _close(by: Actor, task: StructureTask, how: TaskClosing, on: date, remark: str = "") -> None:
    task.closed_on, task.closed_how, task.closed_by_id, task.remark = on, how, by.user_id, remark
    task.save(update_fields=["closed_on", "closed_how", "closed_by", "remark"])
    audit.record(
        by=by, verb=f"办结设置问题整改：{how.label}", obj=task, organization=task.organization,
        detail={"note": remark or task.words},
    )  # fmt: skip


def _tell(task: StructureTask, occasion: str, text: str, people: Iterable[int]) -> int:
    return tell(
        people=people, key=f"structure_task:{task.pk}:{occasion}", text=f"{task.organization}{text}",
        url=f"/members/structure/tasks/{task.pk}/", due_on=task.due_on,
    )  # fmt: skip
