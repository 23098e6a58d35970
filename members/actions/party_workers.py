"""Writes on the register of party staff. O12."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from branches.actions import audit
from branches.models import Organization
from branches.permissions import Actor
from members.actions.terms import lock
from members.enums import PartyWorkerDuty, PartyWorkerKind
from members.models import Member, PartyWorker
from partybuild.lib import clock

EDITABLE = ("kind", "duty", "position", "rank", "starts_on", "resume")


@transaction.atomic
def add_party_worker(*, by: Actor, member: Member, organization: Organization, **fields: Any) -> PartyWorker:
    """A member takes up party work. ``fields`` are of ``EDITABLE``; kind, duty and first day at least."""
    organization = lock(organization)
    worker = PartyWorker(member=member, organization=organization, **_known(fields))
    _check(worker)
    worker.save()
    audit.record(
        by=by, verb="登记党务干部", obj=worker, organization=organization, detail={"on": worker.starts_on.isoformat()}
    )
    return worker


@transaction.atomic
def edit_party_worker(*, by: Actor, worker: PartyWorker, changes: Mapping[str, Any]) -> PartyWorker:
    """Change fields of ``EDITABLE``; no change leaves no trace."""
    organization = lock(worker.organization)
    worker = PartyWorker.objects.select_for_update().get(pk=worker.pk)
    changed = [field for field, value in _known(changes).items() if getattr(worker, field) != value]
    if not changed:
        return worker
    for field in changed:
        setattr(worker, field, changes[field])
    _check(worker)
    worker.save(update_fields=changed)
    audit.record(by=by, verb="修改党务干部", obj=worker, organization=organization, detail={"fields": changed})
    return worker


@transaction.atomic
def end_party_worker(*, by: Actor, worker: PartyWorker, ends_on: date) -> PartyWorker:
    """A member gives up party work; on ``ends_on`` he no longer does it."""
    organization = lock(worker.organization)
    worker = PartyWorker.objects.select_for_update().get(pk=worker.pk)
    if worker.ends_on is not None:
        raise ValidationError({"ends_on": "已经登记离任。"})
    if ends_on < worker.starts_on:
        raise ValidationError({"ends_on": "离任时间不能早于任职时间。"})
    if ends_on > clock.today():
        raise ValidationError({"ends_on": "离任时间晚于今天。"})
    worker.ends_on = ends_on
    worker.save(update_fields=["ends_on"])
    audit.record(by=by, verb="党务干部离任", obj=worker, organization=organization, detail={"on": ends_on.isoformat()})
    return worker


def _known(fields: Mapping[str, Any]) -> dict[str, Any]:
    if unknown := set(fields) - set(EDITABLE):
        raise ValueError(f"not editable: {sorted(unknown)}")
    return dict(fields)


def _check(worker: PartyWorker) -> None:
    """The facts against one another, and against who holds what already."""
    if worker.starts_on > clock.today():
        raise ValidationError({"starts_on": "任职时间晚于今天。"})
    if worker.ends_on is not None and worker.starts_on > worker.ends_on:
        raise ValidationError({"starts_on": "任职时间不能晚于离任时间。"})
    if worker.duty == PartyWorkerDuty.DEPUTY_SECRETARY and worker.kind != PartyWorkerKind.FULL_TIME:
        raise ValidationError({"kind": "专职副书记应为专职。"})
    if worker.ends_on is None:
        _refuse_taken(worker)
    worker.full_clean(exclude=["member", "organization"], validate_constraints=False)


def _refuse_taken(worker: PartyWorker) -> None:
    held = PartyWorker.objects.filter(organization=worker.organization, duty=worker.duty, ends_on__isnull=True)
    held = held.exclude(pk=worker.pk).select_related("member")
    if held.filter(member=worker.member).exists():
        raise ValidationError({"duty": f"{worker.member}已担任该岗位。"})
    if worker.duty == PartyWorkerDuty.DISCIPLINE_SECRETARY and (current := held.first()):
        raise ValidationError({"duty": f"现任机关纪委书记为{current.member}，请先办理离任。"})
