"""Who may do what to a row of special work: its organisation, the superior, the member himself."""

from branches.models import Organization
from branches.permissions import Permission, Scope

CONCERNED = (Permission.DO_WORK, Permission.LEAD_WORK, Permission.VIEW_BOARD)
"""Rights of those whom faults of the work concern: who sees to it, leads it or oversees it."""


def own_organization(scope: Scope) -> Organization | None:
    """The organisation of the post in use."""
    return Organization.objects.filter(pk=scope.grant.organization_id).first() if scope.grant else None


def proposed_organization(scope: Scope) -> Organization | None:
    """Whom a form proposes: one's own organisation; a superior, who may mean any below, is proposed none."""
    own = own_organization(scope)
    leads_others = own is not None and not own.is_branch and scope.holds(Permission.LEAD_WORK)
    return None if leads_others else own


def does(scope: Scope, organization: Organization) -> bool:
    """Whether one works for the organisation."""
    return scope.allows(Permission.DO_WORK, organization)


def leads(scope: Scope, organization: Organization) -> bool:
    """Whether one leads the organisation: from above, or at the top of a tree oneself."""
    own = scope.grant.organization_id if scope.grant else None
    is_above = own != organization.pk or organization.parent_id is None
    return is_above and scope.allows(Permission.LEAD_WORK, organization)


def is_self(scope: Scope, member_id: int | None) -> bool:
    """Whether one is the member in question and may take part."""
    return member_id is not None and scope.member_id == member_id and scope.holds(Permission.TAKE_PART)
