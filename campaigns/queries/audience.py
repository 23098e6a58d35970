"""The organisations that a target addresses."""

from django.db.models import Exists, OuterRef, QuerySet

from branches.enums import OrganizationKind
from branches.models import Organization
from campaigns.enums import AudienceGroup
from campaigns.models import Target
from partybuild.lib import clock


def audience_of(target: Target, issuer: Organization) -> QuerySet[Organization]:
    """Those in force today under the issuer, of the target's kinds and group; as the dispatching statement sees it."""
    found = Organization.objects.below(issuer).in_force(clock.today()).filter(kind__in=target.audience_kinds)
    match AudienceGroup(target.audience_group):
        case AudienceGroup.DIRECT:
            return found.filter(parent=issuer)
        case AudienceGroup.ISSUER:
            return found.filter(pk=issuer.pk)
        case AudienceGroup.WITH_GROUPS:
            groups = Organization.objects.in_force(clock.today()).filter(
                parent=OuterRef("pk"), kind=OrganizationKind.GROUP
            )
            return found.filter(Exists(groups))
    return found
