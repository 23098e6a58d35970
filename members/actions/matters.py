"""Matters decided together and put before the superior: registered, corrected, reported, answered (O11)."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from branches.actions import audit
from branches.enums import Role
from branches.models import Organization
from branches.permissions import Actor
from members.enums import MatterKind
from members.models import Matter, MatterPaper
from members.rules.matters import Meeting, figure_errors
from office.actions.files import store_upload
from office.actions.notices import tell
from office.queries.notices import people_at
from office.queries.rules import rule_table
from partybuild.lib import clock

MOST_PAPERS = 20
_LONGEST_NAME = 255
_FIGURES = ("expected", "present", "votes_for", "votes_against", "votes_abstain")
FIELDS = ("kind", "title", "happened_on", "meeting", "held_on", *_FIGURES, "decision", "reported_on")


@transaction.atomic
def register_matter(*, by: Actor, organization: Organization, **values: Any) -> Matter:
    """An organisation writes a matter down; one that is reported reaches the superior at once. The same twice is one.

    ``values`` are those of ``FIELDS``.
    """
    organization = Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    matter = Matter(organization=organization)
    _fill(by, matter, values)
    known = Matter.objects.filter(
        organization=organization, kind=matter.kind, title=matter.title, happened_on=matter.happened_on
    )
    if found := known.first():
        return found
    matter.save()
    audit.record(by=by, verb="登记议事事项", obj=matter, organization=organization)
    _tell_superior(matter)
    return matter


@transaction.atomic
def correct_matter(*, by: Actor, matter: Matter, **values: Any) -> Matter:
    """Change what was written down, until the superior has answered."""
    matter = _held(matter)
    changed = [field for field in FIELDS if field in values and getattr(matter, field) != values[field]]
    if not changed:
        return matter
    _fill(by, matter, values)
    matter.save()
    audit.record(by=by, verb="修改议事事项", obj=matter, organization=matter.organization, detail={"fields": changed})
    _tell_superior(matter)
    return matter


@transaction.atomic
def answer_matter(*, by: Actor, matter: Matter, answer: str) -> Matter:
    """The superior answers what was put before it; nobody answers his own organisation, at the top of a tree a second
    person does, not who reported it."""
    matter = _held(matter)
    organization, answer = matter.organization, answer.strip()
    if by.organization_id == organization.pk and organization.parent_id is not None:
        raise ValidationError("请示报告由上级党组织答复，不能答复本组织的事项。")
    if matter.reported_by_id is not None and matter.reported_by_id in (by.user_id, by.acting_for_id):
        raise ValidationError("应由上报事项以外的另一名同志答复。")
    if matter.reported_on is None:
        raise ValidationError("该事项尚未报上级，不能答复。")
    if not answer:
        raise ValidationError({"answer": "请填写答复。"})
    if matter.reported_on > clock.today():
        raise ValidationError("报上级日期还没有到，不能答复。")
    matter.answer, matter.answered_on, matter.answered_by_id = answer, clock.today(), by.user_id
    matter.save(update_fields=["answer", "answered_on", "answered_by"])
    audit.record(by=by, verb="答复请示报告", obj=matter, organization=organization)
    people = people_at([organization.pk], [Role.STAFF, Role.SECRETARY]).get(organization.pk, [])
    text = f"上级党组织已答复“{matter}”，请查看并按答复办理。"
    tell(people=people, key=f"matter:{matter.pk}:answered", text=text, url=page_of(matter))
    return matter


@transaction.atomic
def add_paper(*, by: Actor, matter: Matter, upload: Any) -> MatterPaper:
    """Keep minutes or a letter with a matter; the same one twice is one."""
    file = store_upload(upload)
    matter = _held(matter)
    name = upload.name[-_LONGEST_NAME:]
    if found := matter.papers.filter(file=file, name=name).first():
        return found
    if matter.papers.count() >= MOST_PAPERS:
        raise ValidationError({"paper": f"一个事项最多保存 {MOST_PAPERS} 份附件。"})
    paper = MatterPaper.objects.create(
        matter=matter, file=file, name=name, added_at=clock.now(), added_by_id=by.user_id
    )
    audit.record(by=by, verb="添加会议纪要", obj=matter, organization=matter.organization, detail={"note": name})
    return paper


@transaction.atomic
def remove_paper(*, by: Actor, paper: MatterPaper) -> None:
    """Take a paper off its matter."""
    matter = _held(paper.matter)
    audit.record(by=by, verb="移除会议纪要", obj=matter, organization=matter.organization, detail={"note": paper.name})
    paper.delete()


def page_of(matter: Matter) -> str:
    """Where the matter is shown."""
    return reverse("members:matter_detail", args=[matter.pk])


def _fill(by: Actor, matter: Matter, values: dict[str, Any]) -> None:
    for field in FIELDS:
        if field in values:
            setattr(matter, field, values[field])
    today = clock.today()
    if errors := figure_errors(Meeting(*(getattr(matter, field) for field in _FIGURES))):
        raise ValidationError(errors)
    if bool(matter.meeting) != bool(matter.held_on):
        raise ValidationError({"held_on": "会议和会议日期要一并填写。"})
    for field in ("happened_on", "held_on", "reported_on"):
        if (day := getattr(matter, field)) and day > today:
            raise ValidationError({field: "日期不能晚于今天。"})
    if "reported_on" in values:
        matter.reported_by_id = by.user_id if matter.reported_on else None
    matter.due_on = _due_day(matter)
    matter.full_clean()


def _due_day(matter: Matter) -> date | None:
    if matter.reported_on is None or matter.kind != MatterKind.REQUEST:
        return None
    return matter.reported_on + timedelta(days=rule_table(clock.today()).int("matter.answer_days"))


def _tell_superior(matter: Matter) -> None:
    organization = matter.organization
    if matter.reported_on is None or organization.parent_id is None:
        return
    people = people_at([organization.parent_id], [Role.STAFF]).get(organization.parent_id, [])
    wish = "请研究答复" if matter.kind == MatterKind.REQUEST else "请查看"
    text = f"{organization}报来{matter.get_kind_display()}“{matter}”，{wish}。"
    tell(people=people, key=f"matter:{matter.pk}:reported", text=text, url=page_of(matter), due_on=matter.due_on)


def _held(matter: Matter) -> Matter:
    """The matter under a lock; one that was answered is not changed any more."""
    matter = Matter.objects.select_for_update(of=("self",)).select_related("organization").get(pk=matter.pk)
    if matter.answered_on is not None:
        raise ValidationError("上级党组织已经答复，不能再修改。")
    return matter
