"""Changes of organisations for the demonstration: a renaming and a split, so that the history has something to show."""

from datetime import date
from random import Random

from django.core.exceptions import ValidationError
from django.db.models import Count, Q

from branches.enums import OrganizationKind
from branches.models import Organization
from branches.permissions import Actor
from desk.actions.organizations import rename, split
from members.models import Membership

SMALLEST = 9
"""A branch that is split keeps at least six members."""


def fill_organizations(random: Random, root: Organization, on: date) -> int:
    """Rename a branch and split the largest one, effective on the day; how many changes were made."""
    live = Count("memberships", filter=Q(memberships__ends_on__isnull=True))
    branches = list(
        Organization.objects.below(root)
        .filter(kind=OrganizationKind.BRANCH, dissolved_on=None, parent__kind=OrganizationKind.COMMITTEE)
        .annotate(size=live)
        .order_by("-size", "pk")[:20]
    )
    if len(branches) < 2 or branches[0].size < SMALLEST:
        return 0
    return _split(random, branches[0], on) + _rename(random.choice(branches[1:]), on)


def _split(random: Random, branch: Organization, on: date) -> int:
    places = Membership.objects.filter(organization=branch, ends_on=None, member__offices__isnull=True)
    members = sorted(places.filter(starts_on__lte=on, member__user__isnull=True).values_list("member", flat=True))
    chosen = random.sample(members, len(members) // 3)
    fields = {"name": f"{branch.name.removesuffix('委员会')}青年支部委员会", "short_name": f"{branch.label}青年支部"}
    return _try(split, organization=branch, fields=fields, members=chosen, effective_on=on,
                reason="党员人数较多，经上级党委批准分设")  # fmt: skip


def _rename(branch: Organization, on: date) -> int:
    name = (
        branch.name.replace("机关", "局机关", 1)
        if "局机关" not in branch.name
        else branch.name.replace("局机关", "机关", 1)
    )
    return _try(rename, organization=branch, name=name, short_name=branch.short_name, effective_on=on,
                reason="机构改革后单位名称调整")  # fmt: skip


def _try(deed: object, **arguments: object) -> int:
    """What the rules of the day do not allow is left out."""
    try:
        deed(by=Actor.system(), **arguments)  # type: ignore[operator]
    except ValidationError:
        return 0
    return 1
