"""More time for assignments, asked for and granted, one or many; and exemptions by hand. Source: X05, X06.

What is granted moves the due day, the days of grace and the cut-off together; with the due day the assignment moves to
the month in which it is counted. Closed rows never change.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from branches.actions import audit
from branches.enums import Role
from branches.permissions import Actor
from campaigns.actions import crediting, tallies
from campaigns.enums import AssignmentState
from campaigns.models import Assignment, Extension
from campaigns.queries.terms import grace_of
from campaigns.rules import extensions as rules
from campaigns.rules.extensions import ExtensionState, Held
from office.actions.notices import tell
from office.queries.calendar import workday_checker
from office.queries.notices import people_at
from office.queries.rules import rule_table
from partybuild.lib import clock, periods
from partybuild.lib.dates import day_text

_DATES = ["due_on", "due_month", "grace_until", "cut_off_on", "due_before"]


@dataclass
class Changed:
    """How many assignments were changed, and why others were not: reason → how many."""

    count: int = 0
    refused: dict[str, int] = field(default_factory=dict)

    def refuse(self, reason: str) -> None:
        """One more was left as it is."""
        self.refused[reason] = self.refused.get(reason, 0) + 1


@transaction.atomic
def ask_extension(*, by: Actor, assignment: Assignment, reason: str, wanted_on: date) -> Extension:
    """An organisation asks for more time; its superior unit is told. One request at a time."""
    assignment = _held([assignment.pk])[0]
    _refuse(assignment, wanted_on)
    if assignment.extensions.filter(state=ExtensionState.ASKED).exists():
        raise ValidationError("已有一份延期申请在等待批复。如需修改，请先撤回。")
    extension = Extension(
        assignment=assignment,
        reason=reason.strip(),
        due_before=assignment.due_on,
        wanted_on=wanted_on,
        asked_at=clock.now(),
        asked_by_id=by.user_id,
    )
    extension.full_clean(exclude=["asked_by", "answered_by"])
    extension.save()
    _note(by, "申请任务延期", assignment, extension.reason, wanted_on)
    tell(
        people=people_at([assignment.unit_id], [Role.STAFF]).get(assignment.unit_id, []),
        key=f"extension:{extension.pk}:asked",
        text=f"{assignment.organization}申请将“{assignment.target.title}”延期至{day_text(wanted_on)}，请批复。",
        url=reverse("campaigns:extension_list"),
    )
    return extension


@transaction.atomic
def take_back(*, by: Actor, extension: Extension) -> Extension:
    """The asker takes a request back that has not been answered."""
    extension = _waiting(extension)
    _answer(extension, ExtensionState.TAKEN_BACK, by, "")
    _note(by, "撤回任务延期申请", extension.assignment, "", None)
    return extension


@transaction.atomic
def answer_extension(
    *, by: Actor, extension: Extension, grant: bool, due_on: date | None = None, remark: str = ""
) -> Extension:
    """The superior grants the request, perhaps with another day, or refuses it with a word. Answered once."""
    _held([extension.assignment_id])
    extension = _waiting(extension)
    assignment = extension.assignment
    refuse_own(by, assignment)
    if not grant:
        if not remark.strip():
            raise ValidationError({"remark": "不同意延期的，请写明理由。"})
        _answer(extension, ExtensionState.REFUSED, by, remark)
        _note(by, "不同意任务延期", assignment, remark, None)
    else:
        day = due_on or extension.wanted_on
        _refuse(assignment, day)
        _answer(extension, ExtensionState.GRANTED, by, remark, day)
        _recount([assignment], _move([assignment], day))
        _note(by, "同意任务延期", assignment, remark or extension.reason, day)
    _tell_answer(extension)
    return extension


@transaction.atomic
def extend(*, by: Actor, assignment_ids: Collection[int], due_on: date, reason: str) -> Changed:
    """Give many assignments more time at once, unasked; those that cannot have it are left, with the reason."""
    changed = Changed()
    rows = []
    for assignment in _held(assignment_ids):
        if refusal := own_refusal(by, assignment) or _refusal(assignment, due_on):
            changed.refuse(refusal)
        else:
            rows.append(assignment)
    _grant_unasked(by, rows, due_on, reason)
    changed.count = len(rows)
    return changed


@transaction.atomic
def exempt(*, by: Actor, assignment_ids: Collection[int], reason: str) -> Changed:
    """Exempt many assignments by hand, with the reason; finished and closed ones are left as they are."""
    if not reason.strip():
        raise ValidationError({"reason": "请填写免报理由。"})
    changed = Changed()
    rows = []
    for assignment in _held(assignment_ids):
        if refusal := own_refusal(by, assignment) or rules.lock_reason(_held_of(assignment)):
            changed.refuse(refusal)
        else:
            rows.append(assignment)
    for assignment in rows:
        assignment.state, assignment.exempt_reason = AssignmentState.EXEMPT, reason.strip()[:128]
        assignment.exempt_by_id, assignment.completed_at = by.user_id, None
    Assignment.objects.bulk_update(rows, ["state", "exempt_reason", "exempt_by", "completed_at"], batch_size=500)
    Extension.objects.waiting().filter(assignment__in=rows).update(
        state=ExtensionState.TAKEN_BACK, answered_at=clock.now(), remark="任务已免报"
    )
    _finish(by, "任务免报", rows, reason, [row.due_month for row in rows])
    changed.count = len(rows)
    return changed


@transaction.atomic
def lift_exemption(*, by: Actor, assignment_ids: Collection[int]) -> Changed:
    """Ask again for what was exempted by hand; what a rule exempts stays so. Records of the period count at once."""
    changed = Changed()
    rows = []
    for assignment in _held(assignment_ids):
        if assignment.closed_at or assignment.state != AssignmentState.EXEMPT or assignment.exempt_by_id is None:
            changed.refuse("不是人工免报的任务，或所在月份已经结账。")
        elif assignment.organization.dissolved_on is not None:
            changed.refuse("党组织已撤销或并入其他党组织，任务不再恢复。")
        else:
            rows.append(assignment)
    for assignment in rows:
        assignment.state, assignment.exempt_reason, assignment.exempt_by_id = AssignmentState.OPEN, "", None
    Assignment.objects.bulk_update(rows, ["state", "exempt_reason", "exempt_by"], batch_size=500)
    crediting.credit_existing([row.pk for row in rows], sorted({row.organization_id for row in rows}))
    _finish(by, "取消任务免报", rows, "", [row.due_month for row in rows])
    changed.count = len(rows)
    return changed


def own_refusal(by: Actor, assignment: Assignment) -> str:
    """Nobody decides on his own organisation's deadline, except at the top of a tree."""
    is_own = by.organization_id == assignment.organization_id and assignment.unit_id != assignment.organization_id
    return "本党组织的任务由上级党组织办理延期和免报。" if is_own else ""


def refuse_own(by: Actor, assignment: Assignment) -> None:
    """Raises when the assignment is the actor's own organisation's."""
    if refusal := own_refusal(by, assignment):
        raise ValidationError(refusal)


def _held(assignment_ids: Collection[int]) -> list[Assignment]:
    """The rows, held until the transaction ends: organisations first, then assignments by id."""
    rows = Assignment.objects.filter(pk__in=assignment_ids)
    for organization_id in sorted(set(rows.values_list("organization_id", flat=True))):
        crediting.lock_organization(organization_id, for_dispatch=True)
    held = rows.order_by("pk").select_for_update(of=("self",))
    return list(held.select_related("organization", "target"))


def _held_of(assignment: Assignment) -> Held:
    return Held(assignment.state, assignment.due_on, assignment.closed_at is not None)


def _refusal(assignment: Assignment, wanted_on: date) -> str:
    longest = rule_table(clock.today()).int(rules.LONGEST_RULE)
    return rules.lock_reason(_held_of(assignment)) or rules.date_refusal(
        assignment.due_on, wanted_on, clock.today(), longest
    )


def _refuse(assignment: Assignment, wanted_on: date) -> None:
    if refusal := rules.lock_reason(_held_of(assignment)):
        raise ValidationError(refusal)
    if refusal := _refusal(assignment, wanted_on):
        raise ValidationError({"wanted_on": refusal})


def _waiting(extension: Extension) -> Extension:
    held = Extension.objects.select_for_update(of=("self",)).select_related(
        "assignment__organization", "assignment__target"
    )
    found = held.get(pk=extension.pk)
    if found.state != ExtensionState.ASKED:
        raise ValidationError(f"这份延期申请{found.get_state_display()}，不能再办理。")
    return found


def _answer(extension: Extension, state: ExtensionState, by: Actor, remark: str, due_on: date | None = None) -> None:
    extension.state, extension.due_on, extension.remark = state, due_on, remark.strip()
    extension.answered_at, extension.answered_by_id = clock.now(), by.user_id
    extension.save(update_fields=["state", "due_on", "remark", "answered_at", "answered_by"])


def _grant_unasked(by: Actor, rows: Sequence[Assignment], due_on: date, reason: str) -> None:
    """Waiting requests of these rows are answered with it."""
    now = clock.now()
    Extension.objects.waiting().filter(assignment__in=rows).update(
        state=ExtensionState.TAKEN_BACK, answered_at=now, answered_by=by.user_id, remark="上级已统一延期"
    )
    granted = [
        Extension(
            assignment=row, state=ExtensionState.GRANTED, reason=reason.strip()[:255], due_before=row.due_on,
            wanted_on=due_on, due_on=due_on, asked_at=now, answered_at=now, answered_by_id=by.user_id,
        )
        for row in rows
    ]  # fmt: skip
    if rows and not reason.strip():
        raise ValidationError({"reason": "请填写延期理由。"})
    Extension.objects.bulk_create(granted, batch_size=500)
    _finish(by, "任务延期", rows, reason, _move(rows, due_on), due_on)


def _move(rows: Sequence[Assignment], due_on: date) -> list[str]:
    """Write the new days; returns the months in which the rows were due before."""
    grace, is_workday = grace_of(rule_table(clock.today())), workday_checker()
    before = [row.due_month for row in rows]
    for row in rows:
        row.due_before = row.due_before or row.due_on
        row.due_on, row.due_month = due_on, f"{due_on:%Y-%m}"
        row.grace_until = periods.add_workdays(due_on, grace.grace_workdays, is_workday)
        row.cut_off_on = periods.add_workdays(due_on, grace.cut_off_workdays, is_workday)
    Assignment.objects.bulk_update(rows, _DATES, batch_size=500)
    return before


def _recount(rows: Sequence[Assignment], months: Iterable[str]) -> None:
    if rows:
        tallies.recount(
            {row.organization_id for row in rows},
            {row.due_month for row in rows} | set(months),
            {row.campaign_id for row in rows},
        )


def _finish(
    by: Actor, verb: str, rows: Sequence[Assignment], reason: str, months: Iterable[str], due_on: date | None = None
) -> None:
    """Counts, the trail and the word to the organisations, for what was done to many rows."""
    _recount(rows, months)
    for row in rows:
        _note(by, verb, row, reason, due_on)
    people = people_at({row.organization_id for row in rows}, [Role.SECRETARY])
    stamp = f"{clock.now():%Y%m%d%H%M%S}"
    for row in rows:
        tell(
            people=people.get(row.organization_id, []),
            key=f"assignment:{row.pk}:{stamp}",
            text=f"“{row.target.title}”{_told(verb, reason, due_on)}",
            url=reverse("campaigns:assignment_detail", args=[row.pk]),
        )


def _told(verb: str, reason: str, due_on: date | None) -> str:
    words = f"已延期至{day_text(due_on)}" if due_on else {"任务免报": "已免报"}.get(verb, "已取消免报，请按期完成")
    return f"{words}：{reason}。" if reason else f"{words}。"


def _tell_answer(extension: Extension) -> None:
    assignment = extension.assignment
    words = f"已延期至{day_text(extension.due_on)}" if extension.due_on else f"未同意延期：{extension.remark}"
    tell(
        people=people_at([assignment.organization_id], [Role.SECRETARY, Role.STAFF]).get(
            assignment.organization_id, []
        ),
        key=f"extension:{extension.pk}:answered",
        text=f"“{assignment.target.title}”{words}。",
        url=reverse("campaigns:assignment_detail", args=[assignment.pk]),
    )


def _note(by: Actor, verb: str, assignment: Assignment, note: str, due_on: date | None) -> None:
    detail = {"note": note} | ({"on": due_on.isoformat()} if due_on else {})
    audit.record(by=by, verb=verb, obj=assignment, organization=assignment.organization, detail=detail)
