"""Files of development: opened by an application, closed, handed over with the person; settled after each change."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from branches.actions import audit
from branches.enums import OrganizationKind
from branches.models import Organization
from branches.permissions import Actor
from members.actions.members import create_person, edit_member
from members.actions.memberships import lock_roster
from members.enums import UNDER_DEVELOPMENT, DevelopmentOutcome, MemberKind
from members.models import DevelopmentFile, Member
from members.queries.development import progress_of, terms_on
from members.rules.development import Body, possible, stage_of
from members.rules.development_dues import dues
from partybuild.lib import clock


@transaction.atomic
def open_file(
    *,
    by: Actor,
    organization: Organization,
    opened_on: date,
    member: Member | None = None,
    is_front_line: bool = False,
    **person: Any,
) -> DevelopmentFile:
    """A branch begins a file with an application: of a new person (``person``), or of one who applied before.

    The application itself is the first step and is taken by ``take_step``.
    """
    organization = lock_roster(organization)
    if organization.kind != OrganizationKind.BRANCH or organization.dissolved_on is not None:
        raise ValidationError({"organization": "发展党员由党支部办理，请选择党支部。"})
    if opened_on > clock.today():
        raise ValidationError({"opened_on": "申请日期不能晚于今天。"})
    if member is None:
        member = create_person(by=by, organization=organization, kind=MemberKind.APPLICANT, **person)
    member = Member.objects.select_for_update().get(pk=member.pk)
    if member.kind not in UNDER_DEVELOPMENT:
        raise ValidationError({"member": f"{member}已是{member.get_kind_display()}。"})
    if found := DevelopmentFile.objects.open().filter(member=member).select_related("organization").first():
        raise ValidationError({"member": f"{member}在{found.organization}已有在办的发展党员档案。"})
    file = DevelopmentFile.objects.create(
        member=member, organization=organization, opened_on=opened_on, is_front_line=is_front_line,
        opened_at=clock.now(), opened_by_id=by.user_id,
    )  # fmt: skip
    audit.record(by=by, verb="建立发展党员档案", obj=file, organization=organization)
    return settle(file)


@transaction.atomic
def edit_facts(*, by: Actor, file: DevelopmentFile, is_front_line: bool, **changes: Any) -> DevelopmentFile:
    """Correct what is known of a person whose file is in hand; fields of the roster, and the front line."""
    file = held(file)
    file.member = edit_member(by=by, member=file.member, organization=file.organization, changes=changes)
    if file.is_front_line != is_front_line:
        file.is_front_line = is_front_line
        file.save(update_fields=["is_front_line"])
        audit.record(by=by, verb="修改发展党员档案", obj=file, organization=file.organization)
    return file


@transaction.atomic
def move_file(*, by: Actor, member: Member, to: Organization) -> DevelopmentFile | None:
    """The file follows the person to another branch (a transfer): what is done stays done. None without a file."""
    file = DevelopmentFile.objects.select_for_update().open().filter(member=member).first()
    if file is None or file.organization_id == to.pk:
        return file
    left = file.organization
    file.organization = to
    file.save(update_fields=["organization"])
    audit.record(by=by, verb="移交发展党员档案", obj=file, organization=to, detail={"note": f"{left} → {to}"})
    return file


def held(file: DevelopmentFile) -> DevelopmentFile:
    """The file, its branch locked before itself; refuses when it has ended."""
    lock_roster(file.organization)
    file = (
        DevelopmentFile.objects.select_for_update(of=("self",)).select_related("member", "organization").get(pk=file.pk)
    )
    if not file.is_open:
        raise ValidationError(f"该档案已办结（{file.get_outcome_display()}），不能再改动。")
    return file


def end(*, by: Actor, file: DevelopmentFile, outcome: str, on: date, reason: str = "") -> DevelopmentFile:
    """Close a file that is locked."""
    file.outcome, file.closed_on, file.close_reason = outcome, on, reason
    file.next_code = file.waits_for = file.due_code = ""
    file.due_on = None
    file.save()
    audit.record(
        by=by, verb="办结发展党员档案", obj=file, organization=file.organization,
        detail={"note": f"{DevelopmentOutcome(outcome).label} {reason}".strip()},
    )  # fmt: skip
    return file


def settle(file: DevelopmentFile) -> DevelopmentFile:
    """Say anew in which stage an open file is, what comes next, whom it waits for and what is due first."""
    terms = terms_on(clock.today())
    progress = progress_of(file, terms)
    steps = possible(progress.done)
    nearest = next(iter(dues(progress, terms)), None)
    file.stage = stage_of(progress.done)
    file.next_code = steps[0].code if steps else ""
    waits = Body.SUPERIOR if any(step.is_superior for step in steps) else Body.BRANCH
    file.waits_for = waits.name if steps else ""
    file.due_on = nearest.due_on if nearest else None
    file.due_code = nearest.code if nearest else ""
    file.save(update_fields=["stage", "next_code", "waits_for", "due_on", "due_code", "extension"])
    return file
