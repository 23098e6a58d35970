"""Expected codes of care and help: for the post that is named (``members_restricted`` names the staff's)."""

from typing import Any

from branches.models import Organization
from members.models import CareCase
from tests.access.table import NEVER, Row, World, only
from tests.factories.restricted import CareCaseFactory


def _case(world: World, organization: Organization) -> dict[str, Any]:
    found = CareCase.objects.filter(organization=organization).first()
    return {"pk": (found or CareCaseFactory(organization=organization)).pk}


TABLE = {
    "members:care_list": Row(get=only(200, "staff"), post=NEVER),
    "members:care_export": Row(get=only(200, "staff"), post=only(422, "staff")),
    "members:care_new": Row(get=only(200, "staff"), post=only(422, "staff")),
    "members:care_detail": Row(get=only(200, "staff"), post=NEVER, at=_case),
    "members:care_visit": Row(get=NEVER, post=only(422, "staff"), at=_case, place_method="post"),
    "members:care_end": Row(get=only(200, "staff"), post=only(422, "staff"), at=_case),
}
