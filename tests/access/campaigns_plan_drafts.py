"""Expected codes of plan drafts."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from branches.models import Organization
from office.actions.files import store_upload
from office.models import StoredFile
from tests.access.table import NEVER, Row, World, only
from tests.factories.campaigns import CampaignFactory
from tests.factories.plan_drafts import PlanDraftFactory

# Numbers of the parts in the order in which the draft of the factory holds them.
HEAD, DIMENSION, TASK, DAY_TARGET, LIFE_TARGET = 1, 2, 3, 4, 5
SEEN = {"seen": "9"}
ONLY_STAFF = only(200, "staff")
PAGE = {"get": ONLY_STAFF, "post": only(422, "staff")}


def _draft(_: World, organization: Organization) -> dict[str, Any]:
    return {"pk": PlanDraftFactory(issuer=organization).pk}


def _dropped(_: World, organization: Organization) -> dict[str, Any]:
    return {"pk": PlanDraftFactory(issuer=organization, state="dropped").pk}


def _stored() -> StoredFile:
    return store_upload(SimpleUploadedFile("方案.txt", "机关党建提升行动方案".encode(), "text/plain"))


def _with_file(_: World, organization: Organization) -> dict[str, Any]:
    return {"pk": PlanDraftFactory(issuer=organization, file=_stored(), file_name="方案.txt").pk}


def _part(number: int, **more: Any) -> Any:
    return lambda world, organization: {**_draft(world, organization), "item": number, **more}


def _added(kind: str, parent: int = 0) -> Any:
    more = {"kind": kind, **({"parent": parent} if parent else {})}
    return lambda world, organization: {**_draft(world, organization), **more}


def _campaign(_: World, organization: Organization) -> dict[str, Any]:
    return {"pk": CampaignFactory(issuer=organization).pk}


STEP = {"get": NEVER, "post": only(302, "staff"), "data": SEEN, "place_method": "post"}
TABLE = {
    "campaigns:plan_draft_list": Row(get=ONLY_STAFF, post=NEVER),
    "campaigns:plan_draft_new": Row(**PAGE),
    "campaigns:plan_draft_blank": Row(**PAGE),
    "campaigns:plan_draft_sheet": Row(**PAGE),
    "campaigns:plan_draft_template": Row(get=ONLY_STAFF, post=NEVER),
    "campaigns:plan_draft_detail": Row(get=ONLY_STAFF, post=NEVER, at=_draft),
    "campaigns:plan_draft_publish": Row(get=ONLY_STAFF, post=only(422, "staff"), at=_draft, data=SEEN),
    "campaigns:plan_draft_drop": Row(get=ONLY_STAFF, post=only(302, "staff"), at=_draft),
    "campaigns:plan_draft_take_up": Row(get=NEVER, post=only(302, "staff"), at=_dropped, place_method="post"),
    "campaigns:plan_draft_file": Row(get=ONLY_STAFF, post=NEVER, at=_with_file),
    "campaigns:plan_item_add": Row(
        get=ONLY_STAFF, post=only(302, "staff"), at=_added("cadence"),
        data={**SEEN, "period": "month", "title": "月调度"},
    ),
    "campaigns:plan_item_add_under": Row(
        get=ONLY_STAFF, post=only(302, "staff"), at=_added("task", DIMENSION),
        data={**SEEN, "number": "3", "title": "联系群众", "parent": str(DIMENSION), "nature": "measure"},
    ),
    "campaigns:plan_item_edit": Row(
        get=ONLY_STAFF, post=only(302, "staff"), at=_part(DIMENSION), data={**SEEN, "name": "政治建设"}
    ),
    "campaigns:plan_item_split": Row(
        get=ONLY_STAFF, post=only(302, "staff"), at=_part(TASK), data={**SEEN, "title": "学习教育"}
    ),
    "campaigns:plan_item_confirm": Row(**STEP, at=_part(LIFE_TARGET)),
    "campaigns:plan_item_drop": Row(**STEP, at=_part(TASK)),
    "campaigns:plan_item_restore": Row(**STEP, at=_part(TASK)),
    "campaigns:plan_item_merge": Row(**STEP, at=_part(TASK)),
    "campaigns:campaign_copy": Row(
        get=ONLY_STAFF, post=only(302, "staff"), at=_campaign, data={"year": "2027"}, places={"staff": {"parent": 200}}
    ),
}  # fmt: skip
