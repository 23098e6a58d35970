"""Writes on the tree of organisations. What also touches upper floors (moving, merging) is composed in ``desk``."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction

from branches.actions import audit
from branches.models import Organization, OrganizationChange
from branches.models.organization import ChangeKind
from branches.permissions import Actor
from branches.rules.names import initials
from branches.rules.organizations import child_path, refusal_of_parent
from partybuild.lib import clock
from partybuild.lib.dates import day_text

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
        refuse_dissolved(parent)
    refuse_parent(kind, parent)
    pk = next_ids(1)[0]
    organization = Organization(
        pk=pk, parent=parent, path=child_path(parent.path if parent else "", pk), kind=kind, name=name,
        code=code or default_code(pk), short_name=short_name, department=department, contact=contact, phone=phone,
        founded_on=founded_on, position=position, initials=initials(name),
    )  # fmt: skip
    organization.full_clean(exclude=["path", "parent"])
    organization.save(force_insert=True)
    note_change(organization, ChangeKind.FOUNDED, founded_on, {}, {"name": name})
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
    refuse_dissolved(organization)
    before = {field: getattr(organization, field) for field in changes}
    changed = {field: value for field, value in changes.items() if before[field] != value}
    if not changed:
        return organization
    if "name" in changed:
        refuse_day(organization, effective_on or clock.today(), ChangeKind.RENAMED)
    for field, value in changed.items():
        setattr(organization, field, value)
    organization.initials = initials(organization.name)
    organization.full_clean(exclude=["path", "parent"])
    organization.save(update_fields=[*changed, "initials"])
    kind = ChangeKind.RENAMED if "name" in changed else ChangeKind.EDITED
    old, new = _plain({field: before[field] for field in changed}), _plain(changed)
    note_change(organization, kind, effective_on, old, new)
    # The values may be a contact's: they stay in the change, the trail names the fields.
    audit.record(by=by, verb="修改党组织", obj=organization, organization=organization, detail={"fields": [*changed]})
    return organization


@transaction.atomic
def rename_organization(
    *, by: Actor, organization: Organization, name: str, short_name: str, effective_on: date, reason: str = ""
) -> OrganizationChange:
    """From the day on it has another name; what was written under the old one stays as it is."""
    organization = Organization.objects.select_for_update().get(pk=organization.pk)
    if (organization.name, organization.short_name) == (name, short_name):
        raise ValidationError({"name": "名称没有变化。"})
    refuse_day(organization, effective_on, ChangeKind.RENAMED)
    before = {"name": organization.name, "short_name": organization.short_name}
    organization.name, organization.short_name, organization.initials = name, short_name, initials(name)
    organization.full_clean(exclude=["path", "parent"])
    organization.save(update_fields=["name", "short_name", "initials"])
    after = {"name": name, "short_name": short_name}
    change = note_change(organization, ChangeKind.RENAMED, effective_on, before, after, reason=reason)
    detail = {"on": effective_on.isoformat(), "before": before["name"], "after": name, "note": reason}
    audit.record(by=by, verb="党组织更名", obj=organization, organization=organization, detail=detail)
    return change


def refuse_day(organization: Organization, on: date, kind: str = "") -> None:
    """A change takes effect while the organisation is there, by today, and not before the last one of its kind."""
    if on > clock.today():
        raise ValidationError({"effective_on": "生效日期不能晚于今天。将来的变更请在生效当天办理。"})
    refuse_dissolved(organization)
    if organization.founded_on is not None and on < organization.founded_on:
        raise ValidationError(
            {"effective_on": f"{organization}成立于{day_text(organization.founded_on)}，生效日期不能更早。"}
        )
    later = organization.changes.filter(kind=kind, effective_on__gt=on).first() if kind else None
    if later is not None:
        words = f"{organization}在{day_text(later.effective_on)}办理过{later.get_kind_display()}，生效日期不能更早。"
        raise ValidationError({"effective_on": words})


def refuse_dissolved(organization: Organization) -> None:
    """What is dissolved takes part in nothing new."""
    if organization.dissolved_on is not None:
        raise ValidationError(f"{organization}已于{day_text(organization.dissolved_on)}撤销。")


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


def refuse_parent(kind: str, parent: Organization | None) -> None:
    """Refuse a kind that may not stand under this superior (None: at the top)."""
    if reason := refusal_of_parent(kind, parent.kind if parent else None):
        raise ValidationError({"kind": f"{reason}。"})


def note_change(
    organization: Organization,
    kind: str,
    effective_on: date | None,
    before: dict[str, Any],
    after: dict[str, Any],
    *,
    other: Organization | None = None,
    reason: str = "",
) -> OrganizationChange:
    """Write a change into the history of the tree."""
    return OrganizationChange.objects.create(
        organization=organization, kind=kind, effective_on=effective_on or clock.today(), before=before, after=after,
        other=other, reason=reason, recorded_at=clock.now(),
    )  # fmt: skip


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as JSON takes them."""
    return {field: value.isoformat() if isinstance(value, date) else value for field, value in values.items()}
