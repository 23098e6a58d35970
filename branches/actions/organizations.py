"""Writes on the tree of organisations. What also touches upper floors (moving, merging) is composed in ``desk``."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from branches.actions import audit
from branches.models import Organization, OrganizationChange
from branches.permissions import Actor
from branches.rules.names import initials
from branches.rules.organizations import child_path, refusal_of_parent
from partybuild.lib import clock

EDITABLE = ("name", "short_name", "code", "department", "contact", "phone", "founded_on", "position")
# First half of the advisory lock's key; the second is the id of the tree's root.
_TREE_LOCK = 0x7EE


@transaction.atomic
def create_organization(
    *,
    by: Actor,
    parent: Organization | None,
    kind: str,
    name: str,
    code: str = "",
    short_name: str = "",
    department: str = "",
    contact: str = "",
    phone: str = "",
    founded_on: date | None = None,
    position: int = 0,
) -> Organization:
    """A new organisation under ``parent`` (None: the top of a tree); its kind must be allowed there.

    Without a code it gets one from its id.
    """
    if parent is not None:
        lock_trees(parent)
        parent.refresh_from_db()
    _refuse_parent(kind, parent)
    pk = next_ids(1)[0]
    organization = Organization(
        pk=pk, parent=parent, path=child_path(parent.path if parent else "", pk), kind=kind, name=name,
        code=code or default_code(pk), short_name=short_name, department=department, contact=contact, phone=phone,
        founded_on=founded_on, position=position, initials=initials(name),
    )  # fmt: skip
    organization.full_clean(exclude=["path", "parent"])
    organization.save(force_insert=True)
    _change(organization, OrganizationChange.Kind.FOUNDED, founded_on, {}, {"name": name})
    audit.record(by=by, verb="新增党组织", obj=organization, organization=organization)
    return organization


@transaction.atomic
def edit_organization(
    *, by: Actor, organization: Organization, changes: Mapping[str, Any], effective_on: date | None = None
) -> Organization:
    """Change fields of ``EDITABLE``; another name is a renaming with its day. What is the same leaves no trace."""
    if unknown := set(changes) - set(EDITABLE):
        raise ValueError(f"not editable: {sorted(unknown)}")
    organization = Organization.objects.select_for_update().get(pk=organization.pk)
    before = {field: getattr(organization, field) for field in changes}
    changed = {field: value for field, value in changes.items() if before[field] != value}
    if not changed:
        return organization
    for field, value in changed.items():
        setattr(organization, field, value)
    organization.initials = initials(organization.name)
    organization.full_clean(exclude=["path", "parent"])
    organization.save(update_fields=[*changed, "initials"])
    kind = OrganizationChange.Kind.RENAMED if "name" in changed else OrganizationChange.Kind.EDITED
    old, new = _plain({field: before[field] for field in changed}), _plain(changed)
    _change(organization, kind, effective_on, old, new)
    # The values may be a contact's: they stay in the change, the trail names the fields.
    audit.record(by=by, verb="修改党组织", obj=organization, organization=organization, detail={"fields": [*changed]})
    return organization


@transaction.atomic
def move_organization(
    *, by: Actor, organization: Organization, parent: Organization, effective_on: date | None = None
) -> Organization:
    """The tree's own step of a move: new superior, new paths below. Not to be used alone: upper floors follow."""
    lock_trees(organization, parent)
    organization.refresh_from_db()
    parent.refresh_from_db()
    if parent.path.startswith(organization.path):
        raise ValidationError({"parent": "不能移到自己或自己的下级党组织之下。"})
    _refuse_parent(organization.kind, parent)
    if organization.parent_id == parent.pk:
        return organization
    old_parent, old_path = organization.parent, organization.path
    new_path = child_path(parent.path, organization.pk)
    Organization.objects.below(organization).update(
        path=Concat(Value(new_path), Substr(F("path"), len(old_path) + 1)),
    )
    organization.parent, organization.path = parent, new_path
    organization.save(update_fields=["parent"])
    before = {"parent": str(old_parent or ""), "path": old_path}
    after = {"parent": str(parent), "path": new_path}
    _change(organization, OrganizationChange.Kind.MOVED, effective_on, before, after)
    audit.record(
        by=by, verb="调整隶属关系", obj=organization, organization=organization,
        detail={"before": before, "after": after},
    )  # fmt: skip
    return organization


def lock_trees(*organizations: Organization) -> None:
    """Hold the trees of these organisations until the transaction ends: no path in them changes meanwhile."""
    roots = sorted({int(organization.path.split("/", 1)[0]) for organization in organizations})
    with connection.cursor() as cursor:
        for root in roots:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_TREE_LOCK, root % 2**31])


def next_ids(count: int) -> list[int]:
    """Fresh ids of organisations, so that a path can be written with its row."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('branches_organization', 'id')) FROM generate_series(1, %s)",
            [count],
        )
        return [row[0] for row in cursor.fetchall()]


def default_code(pk: int) -> str:
    """The code of an organisation that came without one."""
    return f"Z{pk:08d}"


def _refuse_parent(kind: str, parent: Organization | None) -> None:
    if reason := refusal_of_parent(kind, parent.kind if parent else None):
        raise ValidationError({"kind": f"{reason}。"})


def _change(
    organization: Organization, kind: str, effective_on: date | None, before: dict[str, Any], after: dict[str, Any]
) -> None:
    OrganizationChange.objects.create(
        organization=organization, kind=kind, effective_on=effective_on or clock.today(), before=before, after=after,
        recorded_at=clock.now(),
    )  # fmt: skip


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as JSON takes them."""
    return {field: value.isoformat() if isinstance(value, date) else value for field, value in values.items()}
