"""Expected codes of what people say of the burden."""

from typing import Any

from branches.enums import Role
from branches.models import Organization
from tests.access.table import NEVER, Row, World, only
from tests.factories.campaigns import FeedbackFactory

SPEAKERS = tuple(Role.values)


def _feedback(_: World, organization: Organization) -> dict[str, Any]:
    return {"pk": FeedbackFactory(organization=organization).pk}


TABLE = {
    "campaigns:feedback_list": Row(get=only(200, *SPEAKERS), post=NEVER),
    "campaigns:feedback_new": Row(get=only(200, *SPEAKERS), post=only(422, *SPEAKERS)),
    "campaigns:feedback_export": Row(get=only(200, "staff"), post=NEVER),
    "campaigns:feedback_detail": Row(
        get=only(200, "staff", **dict.fromkeys([role for role in SPEAKERS if role != "staff"], 404)),
        post=only(422, "staff", **dict.fromkeys([role for role in SPEAKERS if role != "staff"], 404)),
        at=_feedback,
        places={"secretary": {"own": 404, "child": 404}},
    ),
}
