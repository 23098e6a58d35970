"""Expected codes of the risk points."""

from typing import Any

from branches.models import Organization
from members.models import RiskPoint
from tests.access.table import NEVER, Row, World, only
from tests.factories.members_standards import RiskPointFactory

READERS = ("staff", "secretary", "leader", "inspector")
KEEPERS = ("staff", "secretary")


def _risk(world: World, organization: Organization) -> dict[str, Any]:
    found = RiskPoint.objects.filter(organization=organization).first()
    return {"pk": (found or RiskPointFactory(organization=organization)).pk}


REVIEW = {"reviewed_on": "2026-05-06", "verdict": "valid"}

TABLE = {
    "members:risk_list": Row(get=only(200, *READERS), post=NEVER),
    "members:risk_export": Row(get=only(200, *READERS), post=NEVER),
    "members:risk_new": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS)),
    "members:risk_detail": Row(get=only(200, *READERS), post=NEVER, at=_risk),
    "members:risk_edit": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS), at=_risk),
    "members:risk_review": Row(get=NEVER, post=only(302, *KEEPERS), at=_risk, data=REVIEW, place_method="post"),
}
