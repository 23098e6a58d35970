"""The tree's own part of a move, a merger, a split, a dissolution. Taken alone these steps leave rosters, tasks and
scores behind: only compositions (``desk.actions``) may import them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from branches.actions import audit
from branches.actions.organizations import (
    create_organization,
    lock_trees,
    note_change,
    refuse_day,
    refuse_dissolved,
    refuse_parent,
)
from branches.models import Organization, OrganizationChange
from branches.models.organization import ChangeKind
from branches.permissions import Actor
from branches.rules.organizations import child_path
from partybuild.lib.dates import day_text

Effects = list[tuple[str, int]]


def lock_organizations(*organizations: Organization) -> None:
    """Hold the trees, then these organisations and all below them in the order of their ids, and read them anew."""
    lock_trees(*organizations)
    ids: set[int] = set()
    for organization in organizations:
        organization.refresh_from_db()
        ids.update(Organization.objects.below(organization).values_list("pk", flat=True))
    list(Organization.objects.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True).values_list("pk"))


@transaction.atomic
def move_organization(
    *, by: Actor, organization: Organization, parent: Organization, effective_on: date, reason: str = ""
) -> OrganizationChange | None:
    """New superior, new paths below; None when it stands there already.

    The day must be such that the tree of every day since stays a tree: neither the organisation nor anything above its
    new superior has been moved after it.
    """
    lock_trees(organization, parent)
    organization.refresh_from_db()
    parent.refresh_from_db()
    if parent.path.startswith(organization.path):
        raise ValidationError({"parent": "不能移到自己或自己的下级党组织之下。"})
    refuse_parent(organization.kind, parent)
    if organization.parent_id == parent.pk:
        return None
    if organization.parent is None:
        raise ValidationError("最上级党组织不能调整隶属关系。")
    refuse_day(organization, effective_on, ChangeKind.MOVED)
    _refuse_superior(parent, effective_on)
    old_parent = organization.parent
    before = {"parent": str(old_parent), "parent_id": organization.parent_id}
    _write_paths(organization, parent)
    after = {"parent": str(parent), "parent_id": parent.pk}
    change = note_change(organization, ChangeKind.MOVED, effective_on, before, after, reason=reason)
    detail = {"on": effective_on.isoformat(), "before": before, "after": after, "note": reason}
    audit.record(by=by, verb="调整隶属关系", obj=organization, organization=organization, detail=detail)
    return change


@transaction.atomic
def absorb_organization(
    *, by: Actor, organization: Organization, successor: Organization, effective_on: date, reason: str = ""
) -> tuple[OrganizationChange, list[Organization]]:
    """An organisation ends on the day and its successor takes over what stands below it; the change and those."""
    if organization.pk == successor.pk or successor.path.startswith(organization.path):
        raise ValidationError({"successor": "不能并入自己或自己的下级党组织。"})
    if organization.kind != successor.kind:
        raise ValidationError({"successor": f"{organization.get_kind_display()}只能并入同类党组织。"})
    if organization.kind == "group" and organization.parent_id != successor.parent_id:
        raise ValidationError({"successor": "党小组只能并入同一党支部的党小组。"})
    _refuse_end(by, organization, effective_on)
    refuse_day(successor, effective_on)
    taken = []
    for child in Organization.objects.filter(parent=organization, dissolved_on=None).order_by("pk"):
        move_organization(by=by, organization=child, parent=successor, effective_on=effective_on, reason=reason)
        taken.append(child)
    _refuse_left_behind(organization, effective_on)
    _end(organization, effective_on)
    change = note_change(
        organization, ChangeKind.MERGED, effective_on, {}, {"name": successor.name}, other=successor, reason=reason
    )
    before = {"name_of_other": organization.name}
    note_change(successor, ChangeKind.ABSORBED, effective_on, before, {}, other=organization, reason=reason)
    detail = {"on": effective_on.isoformat(), "successor": successor.pk, "note": reason}
    audit.record(by=by, verb="合并党组织", obj=organization, organization=organization, detail=detail)
    return change, taken


@transaction.atomic
def split_organization(
    *,
    by: Actor,
    organization: Organization,
    fields: Mapping[str, Any],
    children: Sequence[Organization] = (),
    effective_on: date,
    reason: str = "",
) -> tuple[OrganizationChange, Organization]:
    """A new organisation of the same kind beside this one, founded on the day, with these of its subordinates."""
    refuse_day(organization, effective_on)
    if organization.parent is None:
        raise ValidationError("最上级党组织不能拆分。")
    _refuse_superior(organization.parent, effective_on)
    made = create_organization(
        by=by, parent=organization.parent, kind=organization.kind, founded_on=effective_on,
        position=organization.position, **fields,
    )  # fmt: skip
    for child in children:
        if child.parent_id != organization.pk:
            raise ValidationError({"children": f"{child}不是{organization}的下级党组织。"})
        move_organization(by=by, organization=child, parent=made, effective_on=effective_on, reason=reason)
    after = {"name": made.name}
    change = note_change(
        organization, ChangeKind.SPLIT, effective_on, {}, after, other=made, reason=reason
    )  # fmt: skip
    note_change(made, ChangeKind.SPLIT_OFF, effective_on, {}, {}, other=organization, reason=reason)
    detail = {"on": effective_on.isoformat(), "made": made.pk, "note": reason}
    audit.record(by=by, verb="拆分党组织", obj=organization, organization=organization, detail=detail)
    return change, made


@transaction.atomic
def dissolve_organization(
    *, by: Actor, organization: Organization, effective_on: date, reason: str = ""
) -> OrganizationChange:
    """From the day on it is no more; refused while anything stands below it."""
    _refuse_end(by, organization, effective_on)
    if live := Organization.objects.filter(parent=organization, dissolved_on=None).count():
        raise ValidationError(f"{organization}还有 {live} 个下级党组织，请先调整、合并或撤销下级党组织。")
    _refuse_left_behind(organization, effective_on)
    _end(organization, effective_on)
    change = note_change(organization, ChangeKind.DISSOLVED, effective_on, {}, {}, reason=reason)
    detail = {"on": effective_on.isoformat(), "note": reason}
    audit.record(by=by, verb="撤销党组织", obj=organization, organization=organization, detail=detail)
    return change


def note_effects(change: OrganizationChange, effects: Iterable[tuple[str, int]]) -> OrganizationChange:
    """Keep with the change what followed from it on all floors; what did not happen is left out."""
    change.effects = [[words, number] for words, number in effects if number]
    change.save(update_fields=["effects"])
    return change


def _write_paths(organization: Organization, parent: Organization) -> None:
    old_path, new_path = organization.path, child_path(parent.path, organization.pk)
    Organization.objects.below(organization).update(
        path=Concat(Value(new_path), Substr(F("path"), len(old_path) + 1)),
    )
    organization.parent, organization.path = parent, new_path
    organization.save(update_fields=["parent"])


def _end(organization: Organization, on: date) -> None:
    organization.dissolved_on = on
    organization.save(update_fields=["dissolved_on"])


def _refuse_superior(parent: Organization, on: date) -> None:
    refuse_dissolved(parent)
    if parent.founded_on is not None and on < parent.founded_on:
        raise ValidationError({"effective_on": f"{parent}成立于{day_text(parent.founded_on)}，生效日期不能更早。"})
    chain = [*parent.ancestor_ids, parent.pk]
    later = OrganizationChange.objects.filter(organization__in=chain, kind=ChangeKind.MOVED, effective_on__gt=on)
    if found := later.select_related("organization").first():
        words = f"{found.organization}的隶属关系在{day_text(found.effective_on)}调整过，生效日期不能更早。"
        raise ValidationError({"effective_on": words})


def _refuse_end(by: Actor, organization: Organization, on: date) -> None:
    if organization.parent is None:
        raise ValidationError("最上级党组织不能撤销或并入其他党组织。")
    if by.organization_id == organization.pk:
        raise ValidationError("不能撤销或合并自己任职的党组织，请由上级党组织办理。")
    refuse_day(organization, on, ChangeKind.MOVED)


def _refuse_left_behind(organization: Organization, on: date) -> None:
    """No day on which something stood below an organisation that was no more."""
    moved = OrganizationChange.objects.filter(
        kind=ChangeKind.MOVED, before__parent_id=organization.pk, effective_on__gt=on
    ).order_by("-effective_on")
    ended = Organization.objects.filter(parent=organization, dissolved_on__gt=on).order_by("-dissolved_on")
    days = [change.effective_on for change in moved[:1]] + [one.dissolved_on for one in ended[:1] if one.dissolved_on]
    if days:
        words = f"下级党组织到{day_text(max(days))}才调出或撤销，生效日期不能更早。"
        raise ValidationError({"effective_on": words})
