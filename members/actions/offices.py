"""Party offices that members hold; they give no right in the portal."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from branches.actions import audit
from branches.models import Organization
from branches.permissions import Actor
from members.actions.occasions import office_ended, office_opened
from members.enums import OfficeKind
from members.models import Member, Office


@transaction.atomic
def open_office(
    *, by: Actor, member: Member, organization: Organization, kind: str, starts_on: date, title: str = ""
) -> Office:
    """A member takes up a party office; an organisation has one secretary at a time, a person an office once.

    The change of post makes talks, and of a new secretary a training, due (N18, N29).
    """
    organization = Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    if organization.dissolved_on is not None:
        raise ValidationError({"organization": f"{organization}已撤销，不能再任职。"})
    held = Office.objects.filter(organization=organization, kind=kind, ends_on__isnull=True).select_related("member")
    if kind == OfficeKind.SECRETARY and (current := held.first()):
        raise ValidationError({"kind": f"{organization}现任书记为{current.member}，请先办理离任。"})
    if held.filter(member=member, title=title).exists():
        raise ValidationError({"kind": f"{member}已担任该职务。"})
    office = Office(member=member, organization=organization, kind=kind, title=title, starts_on=starts_on)
    office.full_clean()
    office.save()
    office_opened(by=by, office=office)
    audit.record(by=by, verb="任职", obj=office, organization=organization, detail={"on": starts_on.isoformat()})
    return office


@transaction.atomic
def end_office(*, by: Actor, office: Office, ends_on: date) -> Office:
    """A member leaves a party office; on ``ends_on`` he no longer holds it."""
    office = Office.objects.select_for_update().get(pk=office.pk)
    if office.ends_on is not None:
        raise ValidationError({"ends_on": "该职务已经离任。"})
    if ends_on < office.starts_on:
        raise ValidationError({"ends_on": "离任时间不能早于任职时间。"})
    office.ends_on = ends_on
    office.save(update_fields=["ends_on"])
    office_ended(by=by, office=office)
    audit.record(by=by, verb="离任", obj=office, organization=office.organization, detail={"on": ends_on.isoformat()})
    return office
