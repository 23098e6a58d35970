"""Expected codes of the structure check."""

from typing import Any

from branches.models import Organization
from members.models import StructureApproval, StructureTask
from tests.access.table import NEVER, Row, World, only
from tests.factories.terms import StructureApprovalFactory, StructureTaskFactory

READERS = ("staff", "secretary", "leader", "inspector")
KEEPERS = ("staff", "secretary")


def _organization(world: World, organization: Organization) -> dict[str, Any]:
    return {"pk": organization.pk}


def _task(world: World, organization: Organization) -> dict[str, Any]:
    found = StructureTask.objects.filter(organization=organization).first()
    return {"pk": (found or StructureTaskFactory(organization=organization)).pk}


def _approval(world: World, organization: Organization) -> dict[str, Any]:
    found = StructureApproval.objects.filter(organization=organization).first()
    return {"pk": (found or StructureApprovalFactory(organization=organization)).pk}


TABLE = {
    "members:structure_list": Row(get=only(200, *READERS), post=NEVER),
    "members:structure_export": Row(get=only(200, *READERS), post=NEVER),
    "members:structure_ask": Row(get=NEVER, post=only(422, "staff")),
    "members:structure_detail": Row(get=only(200, *READERS), post=NEVER, at=_organization),
    "members:structure_approval_new": Row(get=only(200, "staff"), post=only(422, "staff"), at=_organization),
    "members:structure_approval_end": Row(get=only(200, "staff"), post=only(422, "staff"), at=_approval),
    "members:structure_task_list": Row(get=only(200, *READERS), post=NEVER),
    "members:structure_task_detail": Row(get=only(200, *READERS), post=NEVER, at=_task),
    "members:structure_task_answer": Row(get=NEVER, post=only(422, *KEEPERS), at=_task, place_method="post"),
    "members:structure_task_judge": Row(get=NEVER, post=only(422, "staff"), at=_task, place_method="post"),
}
