"""The register 基础台账: which basic data of members are missing, per member and per organisation."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from branches.models import Organization
from branches.permissions import Permission, Scope
from members.models import Membership
from members.models.member import MembershipQuerySet
from members.queries.completeness import asked_fields, incomplete, lacks, missing_of
from members.rules.completeness import LABELS, labels_of
from members.rules.registers import Figures
from partybuild.lib import clock


@dataclass(frozen=True)
class BranchLine:
    """A branch: its members, those whose data are complete, and what is missing how often."""

    name: str
    code: str
    members: int
    incomplete: int
    fields: str

    @property
    def complete(self) -> int:
        return self.members - self.incomplete


@dataclass(frozen=True)
class MemberLine:
    """A member and the fields that he lacks."""

    place: Membership
    missing: str


def _places(scope: Scope, on: date, organization: Organization | None) -> MembershipQuerySet:
    found = Membership.objects.visible_to(scope, Permission.VIEW_PARTY_WORK).counted(on)
    return found.filter(organization__path__startswith=organization.path) if organization else found


def branch_lines(scope: Scope, on: date, organization: Organization | None = None) -> list[BranchLine]:
    """The branches in the order of the tree; two queries."""
    asked = asked_fields(on)
    counts = {f"lacks_{field}": Count("pk", filter=lacks(field, on, "member__")) for field in asked}
    rows: Any = (
        _places(scope, on, organization)
        .values("organization__path", "organization__name", "organization__code")
        .annotate(members=Count("pk"), bad=Count("pk", filter=incomplete(on, "member__", asked)), **counts)
        .order_by("organization__path")
    )
    return [
        BranchLine(
            row["organization__name"], row["organization__code"], row["members"], row["bad"],
            "、".join(f"{LABELS[field]} {row[f'lacks_{field}']}" for field in asked if row[f"lacks_{field}"]),
        )
        for row in rows
    ]  # fmt: skip


def incomplete_places(scope: Scope, on: date, organization: Organization | None = None) -> MembershipQuerySet:
    """Places of members who lack something, by branch and name."""
    found = _places(scope, on, organization).filter(incomplete(on, "member__"))
    return found.select_related("member", "organization").order_by("organization__path", "member__initials", "pk")


def member_lines(places: MembershipQuerySet | list[Membership], on: date) -> Iterator[MemberLine]:
    """Each with what he lacks; one query for the rules."""
    asked = asked_fields(on)
    for place in places:
        yield MemberLine(place, labels_of(missing_of(place.member, asked, on)))


def basics_figures(scope: Scope) -> Figures:
    """What the hub shows; two queries."""
    today = clock.today()
    total = Q(pk__isnull=False)
    row = _places(scope, today, None).aggregate(
        total=Count("pk", filter=total), bad=Count("pk", filter=incomplete(today, "member__"))
    )
    return Figures(row["total"], row["bad"], "人基本信息不全")
