"""Expected codes of amendments."""

from typing import Any

from branches.models import Organization
from tests.access.campaigns import SEEN_FROM_ABOVE
from tests.access.table import Row, World, only
from tests.factories.campaigns import CampaignFactory, TargetFactory


def _target(_: World, organization: Organization) -> dict[str, Any]:
    return {"pk": TargetFactory(task__campaign=CampaignFactory(issuer=organization)).pk}


ABOVE = SEEN_FROM_ABOVE
TABLE = {
    "campaigns:target_amend": Row(get=only(200, "staff"), post=only(422, "staff"), at=_target, places=ABOVE),
    "campaigns:target_end": Row(get=only(200, "staff"), post=only(422, "staff"), at=_target, places=ABOVE),
}
