"""Contact points, districts and pairings: opened, visited, shown, ended. C11; TS, TJ, SX, WX, MF."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from branches.actions import audit
from branches.models import Organization
from branches.permissions import Actor
from campaigns.actions.fact_credits import refresh
from campaigns.actions.works import attach, held, lock_organization, tell_place
from campaigns.enums import ActivityKind
from campaigns.models import Activity, Contact, ContactVisit, WorkFile
from campaigns.rules.contacts import WITH_LEADER, ContactKind
from campaigns.rules.works import placed
from partybuild.lib import clock

METRICS = ("contact.point", "contact.pairing")
FIELDS = ("year", "leader", "partner_kind", "partner_organization", "partner", "aim", "effect", "starts_on")


@transaction.atomic
def open_contact(*, by: Actor, organization: Organization, kind: str, **values: Any) -> Contact:
    """Register a contact; a secretary has one contact point a year. ``values`` are those of ``FIELDS``."""
    organization = lock_organization(organization)
    contact = Contact(organization=organization, kind=kind, created_at=clock.now())
    _fill(contact, values)
    same = Contact.objects.running().filter(
        organization=organization, kind=kind, year=contact.year, partner=contact.partner, leader=contact.leader
    )
    if found := same.first():
        return found
    if kind in WITH_LEADER and (
        Contact.objects.running().filter(kind=kind, leader=contact.leader, year=contact.year).exists()
    ):
        raise ValidationError({"leader": "该同志本年度已有联系点，请先结束原来的联系点。"})
    contact.save()
    audit.record(by=by, verb="登记联系点", obj=contact, organization=organization)
    if contact.partner_organization_id and contact.partner_organization_id != organization.pk:
        who = f"{contact.leader}同志" if contact.leader else str(organization)
        text = f"{who}将{contact.partner}作为{contact.year}年度{contact.get_kind_display()}，请做好对接。"
        tell_place([contact.partner_organization_id], f"contact:{contact.pk}:opened", text, url=page_of(contact))
    _count(contact)
    return contact


@transaction.atomic
def change_contact(*, by: Actor, contact: Contact, **values: Any) -> Contact:
    """Correct a contact, or write down what came of it."""
    contact = _running(contact)
    if all(getattr(contact, field) == values[field] for field in values):
        return contact
    _fill(contact, values)
    other = Contact.objects.running().filter(kind=contact.kind, leader=contact.leader, year=contact.year)
    if contact.kind in WITH_LEADER and other.exclude(pk=contact.pk).exists():
        raise ValidationError({"leader": "该同志本年度已有联系点，请先结束原来的联系点。"})
    contact.save()
    audit.record(by=by, verb="修改联系点", obj=contact, organization=contact.organization)
    _count(contact)
    return contact


@transaction.atomic
def end_contact(*, by: Actor, contact: Contact, ended_on: date) -> Contact:
    """The contact is over; what was done stays."""
    contact = _running(contact)
    if ended_on < contact.starts_on or ended_on > clock.today():
        raise ValidationError({"ended_on": "结束日期应在开始日期之后，且不晚于今天。"})
    contact.ended_on = ended_on
    contact.save(update_fields=["ended_on"])
    audit.record(by=by, verb="结束联系点", obj=contact, organization=contact.organization)
    _count(contact)
    return contact


@transaction.atomic
def add_paper(*, by: Actor, contact: Contact, upload: Any, slot: str) -> WorkFile:
    """Keep one of the artefacts, or another file."""
    contact = _running(contact)
    file = attach(by=by, owner=contact, upload=upload, slot=slot, field="upload")
    _count(contact)
    return file


@transaction.atomic
def add_visit(
    *,
    by: Actor,
    contact: Contact,
    visited_on: date,
    visitors: str,
    note: str = "",
    problem: str = "",
    activity: Activity | None = None,
) -> ContactVisit:
    """Write a visit down; one that is a record of an activity already is linked to it. The same twice is one."""
    contact = _running(contact)
    if visited_on > clock.today() or visited_on < contact.starts_on:
        raise ValidationError({"visited_on": "走访日期应在开始日期之后，且不晚于今天。"})
    if activity is not None and ContactVisit.objects.filter(activity=activity).exclude(contact=contact).exists():
        raise ValidationError({"activity": "该活动记录已登记为另一个联系点的走访。"})
    same = contact.visits.filter(visited_on=visited_on, visitors=visitors.strip(), activity=activity)
    if found := same.first():
        return found
    visit = ContactVisit(
        contact=contact, visited_on=visited_on, visitors=visitors.strip(), note=note.strip(), problem=problem.strip(),
        activity=activity, created_at=clock.now(),
    )  # fmt: skip
    visit.full_clean(exclude=["contact"])
    visit.save()
    audit.record(by=by, verb="登记走访", obj=contact, organization=contact.organization, detail={"note": str(visit)})
    _count(contact)
    return visit


@transaction.atomic
def solve_problem(*, by: Actor, visit: ContactVisit, solution: str, solved_on: date) -> ContactVisit:
    """Write down how a problem found on a visit was solved; a second time changes nothing."""
    contact = _running(visit.contact)
    visit = held(visit)
    if visit.solved_on is not None:
        return visit
    if not visit.problem:
        raise ValidationError("这次走访没有登记问题。")
    if not solution.strip():
        raise ValidationError({"solution": "请填写解决情况。"})
    if not visit.visited_on <= solved_on <= clock.today():
        raise ValidationError({"solved_on": "解决日期应在走访日期之后，且不晚于今天。"})
    visit.solution, visit.solved_on = solution.strip(), solved_on
    visit.full_clean(exclude=["contact", "activity"])
    visit.save(update_fields=["solution", "solved_on"])
    audit.record(by=by, verb="解决联系点问题", obj=contact, organization=contact.organization)
    return visit


def may_be_visit(activity: Activity, contact: Contact) -> bool:
    """Whether a record can be the visit: of the organisation, of the right kind, in force."""
    return activity.organization_id == contact.organization_id and activity.kind == ActivityKind.CONTACT_VISIT


def count_contact(contact: Contact) -> None:
    """Count anew the tasks that its artefacts may move."""
    _count(contact)


def page_of(contact: Contact) -> str:
    """Where the contact is shown."""
    return reverse("campaigns:contact_detail", args=[contact.pk])


def _running(contact: Contact) -> Contact:
    contact = held(contact, "organization")
    if not contact.is_open:
        raise ValidationError("该联系已经结束，不能再修改。")
    return contact


def _fill(contact: Contact, values: dict[str, Any]) -> None:
    for field in FIELDS:
        if field in values:
            setattr(contact, field, values[field])
    if contact.partner_organization_id and not contact.partner:
        contact.partner = str(contact.partner_organization)
    if not contact.partner:
        raise ValidationError({"partner": "请填写联系对象，或者选择联系的党组织。"})
    if contact.kind in WITH_LEADER and contact.leader_id is None:
        raise ValidationError({"leader": "党建联系点由书记或者领导干部包抓，请填写联系人。"})
    if contact.starts_on.year > contact.year:
        raise ValidationError({"starts_on": "开始日期不能晚于所选年度。"})
    contact.full_clean(exclude=["organization"], validate_constraints=False)


def _count(contact: Contact) -> None:
    day = placed(contact.starts_on, contact.year)
    if contact.kind in (ContactKind.POINT, ContactKind.PAIRING):
        refresh(METRICS, [contact.organization_id], on=day)
