"""Expected codes of changes of organisations that wait for their day."""

from typing import Any

from branches.models import Organization, PlannedChange
from tests.access.table import NEVER, Row, World, only
from tests.factories.branches import PlannedChangeFactory

EVERYBODY = ("staff", "secretary", "leader", "member", "inspector", "sysadmin", "secadmin", "auditor")
MANAGERS = ("staff", "sysadmin")


def _organization(world: World, organization: Organization) -> dict[str, Any]:
    return {"pk": organization.pk}


def _plan(world: World, organization: Organization) -> dict[str, Any]:
    found = PlannedChange.objects.filter(organization=organization).first()
    return {"pk": (found or PlannedChangeFactory(organization=organization)).pk}


TABLE = {
    "desk:plan_list": Row(get=only(200, *EVERYBODY), post=NEVER),
    "desk:organization_plans": Row(get=only(200, *EVERYBODY), post=NEVER, at=_organization),
    "desk:plan_cancel": Row(get=only(200, *MANAGERS), post=only(422, *MANAGERS), at=_plan),
}
