"""The 25 steps: each taken once and in order, declared void only while nothing stands on it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction

from branches.actions import audit
from branches.models import Organization
from branches.permissions import Actor
from members.actions.changes import note_changes
from members.actions.development.files import end, held, settle
from members.actions.memberships import assign_group
from members.enums import DevelopmentOutcome, MemberKind, PersonRole
from members.models import DevelopmentFile, DevelopmentPaper, DevelopmentPerson, DevelopmentStep, Member
from members.queries.development import progress_of, terms_on
from members.queries.roster import voters_on
from members.rules.development import BY_CODE, PERSON_STEPS, STEPS, Step, StepForm, Terms, refusal
from office.actions.files import store_sealed
from office.queries.files import is_content_of
from partybuild.lib import clock

# What somebody is from a step on.
KINDS = {"activist": MemberKind.ACTIVIST, "candidate": MemberKind.CANDIDATE}
_LONGEST_NAME = 255


@dataclass(frozen=True)
class Paper:
    """A material handed in with a step; without an upload the paper itself lies in the person's folder."""

    kind: str
    upload: Any = None


@transaction.atomic
def take_step(
    *,
    by: Actor,
    file: DevelopmentFile,
    code: str,
    done_on: date,
    people: str,
    notes: str = "",
    papers: Sequence[Paper] = (),
    members: Collection[Member] = (),
    group: Organization | None = None,
) -> DevelopmentStep:
    """Take one step that asks for no vote and no decision.

    ``members`` are the 培养联系人 or 入党介绍人, full members of the branch; ``group`` the 党小组 of step 19.
    """
    step = BY_CODE[code]
    if step.form in (StepForm.VOTE, StepForm.DECISION):
        raise ValueError(f"{code} is taken by a vote or a decision")
    file = held(file)
    made = record_step(by=by, file=file, step=step, done_on=done_on, people=people, notes=notes, papers=papers)
    if step.form is StepForm.PEOPLE:
        _appoint(file, step, done_on, members)
    if step.form is StepForm.PLACE and group is not None:
        place = file.member.memberships.filter(ends_on=None).select_related("organization", "member").first()
        if place is not None:
            assign_group(by=by, membership=place, group=group)
    if code in KINDS:
        change_kind(by, file, KINDS[code], done_on)
    settle(file)
    if code == STEPS[-1].code:
        end(by=by, file=file, outcome=DevelopmentOutcome.CONVERTED, on=done_on)
    return made


@transaction.atomic
def void_step(*, by: Actor, step: DevelopmentStep, reason: str) -> DevelopmentStep:
    """Declare a step void that was recorded by mistake: only the last one, and none that changed what somebody is."""
    file = held(step.development)
    step = DevelopmentStep.objects.select_for_update().get(pk=step.pk)
    rule = BY_CODE[step.code]
    if step.voided_at is not None:
        raise ValidationError("该步骤已作废。")
    if not reason.strip():
        raise ValidationError({"reason": "请填写作废原因。"})
    if rule.form in (StepForm.VOTE, StepForm.DECISION):
        raise ValidationError(f"{rule.title}以票决或者审批为准，不能作废。")
    refuse_foreign(by, file, rule)
    done = set(file.steps.valid().values_list("code", flat=True))
    if later := [one for one in STEPS if step.code in one.after and one.code in done]:
        raise ValidationError(f"{later[0].title}已在其后办理，请先作废后面的步骤。")
    cancel(by=by, file=file, codes=[step.code], reason=reason.strip())
    if step.code in KINDS:
        kind = MemberKind.ACTIVIST if step.code == "candidate" else MemberKind.APPLICANT
        change_kind(by, file, kind, step.done_on)
    settle(file)
    step.refresh_from_db()
    return step


@transaction.atomic
def add_paper(*, by: Actor, file: DevelopmentFile, code: str, paper: Paper) -> DevelopmentPaper:
    """A material that comes later, or one more of a step."""
    file = held(file)
    made = keep_paper(by, file, code, paper)
    audit.record(by=by, verb="补充发展党员材料", obj=file, organization=file.organization, detail={"note": made.name})
    return made


def record_step(
    *, by: Actor, file: DevelopmentFile, step: Step, done_on: date, people: str, notes: str = "",
    papers: Sequence[Paper] = (),
) -> DevelopmentStep:  # fmt: skip
    """Check a step of a locked file against all rules and keep it."""
    refuse_foreign(by, file, step)
    for paper in papers:
        keep_paper(by, file, step.code, paper)
    terms = terms_on(done_on)
    given = set(file.papers.filter(code=step.code).values_list("kind", flat=True))
    found = refusal(step, done_on, progress_of(file, terms), terms, today=clock.today(), papers=given)
    if found is not None:
        field, text = found
        raise ValidationError({field or NON_FIELD_ERRORS: text})
    if not people.strip():
        raise ValidationError({"people": f"请填写{step.people}。"})
    made = DevelopmentStep.objects.create(
        development=file, code=step.code, done_on=done_on, people=people.strip(), notes=notes.strip(),
        recorded_at=clock.now(), recorded_by_id=by.user_id,
    )  # fmt: skip
    audit.record(
        by=by, verb=f"办理{step.label}", obj=file, organization=file.organization,
        detail={"code": step.code, "on": done_on.isoformat()},
    )  # fmt: skip
    return made


def cancel(*, by: Actor, file: DevelopmentFile, codes: Collection[str], reason: str) -> None:
    """Declare these steps of a locked file void."""
    for step in file.steps.valid().filter(code__in=list(codes)):
        step.voided_at, step.voided_by_id, step.void_reason = clock.now(), by.user_id, reason
        step.save(update_fields=["voided_at", "voided_by", "void_reason"])
        audit.record(
            by=by, verb=f"作废{step.step.label}", obj=file, organization=file.organization, detail={"note": reason}
        )


def change_kind(by: Actor, file: DevelopmentFile, kind: MemberKind, on: date, **changes: date | None) -> None:
    """What the person is from the day on; ``changes`` are joined_on and converted_on. Each is kept with its date."""
    member = Member.objects.select_for_update(no_key=True).get(pk=file.member_id)
    values: dict[str, Any] = {"kind": kind, **changes}
    noted = [(member, field, getattr(member, field), value) for field, value in values.items()]
    for field, value in values.items():
        setattr(member, field, value)
    member.save(update_fields=[*values])
    note_changes(by=by, changes=[one for one in noted if one[2] != one[3]], effective_on=on)
    detail = {"note": kind.label, "on": on.isoformat()}
    audit.record(by=by, verb="变更人员类别", obj=member, organization=file.organization, detail=detail)
    file.member = member


def refuse_foreign(by: Actor, file: DevelopmentFile, step: Step) -> None:
    """What the superior decides is not decided by the branch itself."""
    own = by.organization_id == file.organization_id and file.organization.parent_id is not None
    if step.is_superior and own:
        raise ValidationError(f"{step.title}由上级党委办理，本支部不能办理。")


def keep_paper(by: Actor, file: DevelopmentFile, code: str, paper: Paper) -> DevelopmentPaper:
    """Keep a material with a file; what lies in the folder is noted once, and a file sent twice kept once."""
    name = paper.upload.name[-_LONGEST_NAME:] if paper.upload is not None else f"{paper.kind}（纸质）"
    same = file.papers.filter(code=code, kind=paper.kind, name=name, file__isnull=paper.upload is None)
    for made in same.select_related("file"):
        if made.file is None or is_content_of(paper.upload, made.file):
            return made
    return DevelopmentPaper.objects.create(
        development=file, code=code, kind=paper.kind, name=name, added_at=clock.now(), added_by_id=by.user_id,
        file=store_sealed(paper.upload) if paper.upload is not None else None,
    )  # fmt: skip


def _appoint(file: DevelopmentFile, step: Step, on: date, members: Collection[Member]) -> None:
    """培养联系人 and 入党介绍人: enough full members of the branch."""
    role, terms = PERSON_STEPS[step.code], terms_on(on)
    if text := persons_problem(file, role, on, members, terms):
        raise ValidationError({"members": text})
    DevelopmentPerson.objects.bulk_create(
        DevelopmentPerson(development=file, member=member, role=role, starts_on=on) for member in members
    )


def persons_problem(
    file: DevelopmentFile, role: PersonRole, on: date, members: Collection[Member], terms: Terms
) -> str:
    """Why these people cannot be the contacts or introducers; empty when they can."""
    least = terms.contacts if role is PersonRole.CONTACT else terms.introducers
    chosen = {member.pk for member in members}
    if len(chosen) < least:
        return f"{role.label}应为{least}名以上正式党员。"
    full = set(voters_on(file.organization, on).filter(pk__in=chosen).values_list("pk", flat=True))
    if others := [member.name for member in members if member.pk not in full]:
        return f"{role.label}应为本支部正式党员：{'、'.join(others)}不是。"
    return ""


@transaction.atomic
def replace_person(*, by: Actor, person: DevelopmentPerson, member: Member, on: date) -> DevelopmentPerson:
    """Another full member takes over as contact or introducer from a day on."""
    file = held(person.development)
    person = DevelopmentPerson.objects.select_for_update().get(pk=person.pk)
    if person.ends_on is not None or person.member_id == member.pk:
        raise ValidationError({"member": "请选择另一名正式党员。"})
    if on < person.starts_on or on > clock.today():
        raise ValidationError({"on": "日期应在指定日期之后，且不晚于今天。"})
    if file.persons.filter(role=person.role, member=member, ends_on=None).exists():
        raise ValidationError({"member": f"{member}已是{person.get_role_display()}。"})
    if not voters_on(file.organization, on).filter(pk=member.pk).exists():
        raise ValidationError({"member": f"{person.get_role_display()}应为本支部正式党员。"})
    person.ends_on = on
    person.save(update_fields=["ends_on"])
    made = DevelopmentPerson.objects.create(development=file, member=member, role=person.role, starts_on=on)
    audit.record(
        by=by, verb=f"更换{made.get_role_display()}", obj=file, organization=file.organization,
        detail={"note": f"{person.member} → {member}"},
    )  # fmt: skip
    return made
