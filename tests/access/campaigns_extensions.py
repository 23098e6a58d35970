"""Expected codes of extensions and exemptions."""

from typing import Any

from branches.models import Organization
from tests.access.table import NEVER, Row, World, only
from tests.factories.campaigns import ExtensionFactory, due

VIEWERS = ("staff", "secretary", "leader", "inspector")
# The right reaches the own organisation alone; what lies outside the scope is not there.
OUTSIDE = {"parent": 404, "sibling": 404, "foreign": 404}


def _assignment(_: World, organization: Organization) -> dict[str, Any]:
    return {"pk": due(organization, "activity.theme_day").pk}


def _extension(_: World, organization: Organization) -> dict[str, Any]:
    return {"pk": ExtensionFactory(assignment=due(organization, "activity.theme_day")).pk}


TABLE = {
    "campaigns:extension_list": Row(get=only(200, *VIEWERS), post=NEVER),
    "campaigns:extension_new": Row(
        get=only(200, "secretary"), post=only(422, "secretary"), at=_assignment,
        places={"staff": {"own": 200, "child": 403, **OUTSIDE}, "secretary": {"child": 403}},
    ),
    "campaigns:extension_take_back": Row(
        get=NEVER, post=only(302, "secretary"), at=_extension, place_method="post",
        places={"staff": {"own": 302, "child": 403, **OUTSIDE}, "secretary": {"child": 403}},
    ),
    "campaigns:extension_answer": Row(get=only(200, "staff"), post=only(422, "staff"), at=_extension),
    "campaigns:assignment_change": Row(get=only(302, "staff"), post=only(302, "staff")),
}  # fmt: skip
