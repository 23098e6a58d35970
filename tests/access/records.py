"""Expected codes of activities, their files, reviews and answers; taken up by ``campaigns``."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from branches.enums import ImportKind
from branches.models import Organization
from campaigns.models import Activity, Answer
from office.actions.files import store_upload
from tests.access.table import NEVER, Row, World, only
from tests.access.uploads import upload_rows
from tests.factories.campaigns import (
    FILED_AT,
    ActivityFactory,
    AnswerFactory,
    AttachmentFactory,
    FiledActivityFactory,
    due,
)

VIEWERS = ("staff", "secretary", "leader", "inspector")
READERS = (*VIEWERS, "member")


def _own(code: int) -> dict[str, dict[str, int]]:
    """Staff writes records of its own organisation and of none below: 403 there, and 404 outside the scope."""
    return {"staff": {"own": code, "parent": 404, "sibling": 404, "foreign": 404}}


def _draft(_: World, organization: Organization) -> dict[str, Any]:
    return {"pk": ActivityFactory(organization=organization).pk}


def _filed(_: World, organization: Organization) -> dict[str, Any]:
    return {"pk": _waiting(organization).pk}


def _approved(_: World, organization: Organization) -> dict[str, Any]:
    return {"pk": FiledActivityFactory(organization=organization, status="approved").pk}


def _waiting(organization: Organization) -> Activity:
    unit = organization.parent or organization
    return FiledActivityFactory(organization=organization, needs_review=True, review_unit=unit)


def _file(world: World, organization: Organization) -> dict[str, Any]:
    file = store_upload(SimpleUploadedFile("计划.txt", "学习计划".encode(), "text/plain"))
    return {"pk": AttachmentFactory(activity=_waiting(organization), file=file, name="计划.txt").pk}


def _image(world: World, organization: Organization) -> dict[str, Any]:
    stream = BytesIO()
    Image.new("RGB", (8, 8)).save(stream, "PNG")
    file = store_upload(SimpleUploadedFile("现场.png", stream.getvalue(), "image/png"))
    return {"pk": AttachmentFactory(activity=_waiting(organization), file=file, name="现场.png").pk}


def _file_of_draft(_: World, organization: Organization) -> dict[str, Any]:
    return {"pk": AttachmentFactory(activity=ActivityFactory(organization=organization)).pk}


def _asked(_: World, organization: Organization) -> dict[str, Any]:
    return {"pk": due(organization, "manual").pk}


def _answered(_: World, organization: Organization) -> dict[str, Any]:
    return {"pk": _answer(organization).assignment_id}


def _to_review(_: World, organization: Organization) -> dict[str, Any]:
    return {"pk": _answer(organization).pk}


def _answer(organization: Organization) -> Answer:
    return AnswerFactory(
        assignment=due(organization, "manual"),
        status="filed",
        version=1,
        filed_at=FILED_AT,
        counts_from=FILED_AT,
        needs_review=True,
        review_unit=organization.parent or organization,
    )


_WRITTEN = {"kind": "theme_day", "held_on": "2026-03-12", "client_key": "4b0ff1c6-9d8e-4f0c-8a43-2f6e5f0f1a11"}
_APPROVE = {"decision": "approve", "version": "1"}
# The committee's own record is for the unit above it to decide on.
_NOT_ITS_OWN = {"staff": {"own": 422}}

ACTIVITIES = {
    **upload_rows(
        "campaigns:activity_import", "campaigns:activity_upload_", ImportKind.ACTIVITIES, "staff", "secretary"
    ),
    "campaigns:activity_list": Row(get=only(200, *READERS), post=NEVER),
    "campaigns:activity_export": Row(get=only(200, *READERS), post=NEVER),
    "campaigns:activity_create": Row(get=only(200, "staff", "secretary"), post=only(422, "staff", "secretary")),
    "campaigns:activity_detail": Row(get=only(200, *READERS), post=NEVER, at=_filed),
    "campaigns:activity_edit": Row(
        get=only(200, "secretary"), post=only(302, "secretary"), at=_draft, data={**_WRITTEN, "action": "save"},
        places=_own(200),
    ),
    "campaigns:activity_withdraw": Row(
        get=NEVER, post=only(302, "secretary"), at=_filed, places=_own(302), place_method="post"
    ),
    "campaigns:activity_amend": Row(
        get=NEVER, post=only(302, "secretary"), at=_approved, places=_own(302), place_method="post"
    ),
    "campaigns:activity_void": Row(
        get=only(200, "secretary"), post=only(302, "secretary"), at=_filed, data={"reason": "重复录入"},
        places=_own(200),
    ),
    "campaigns:activity_discard": Row(
        get=only(200, "secretary"), post=only(302, "secretary"), at=_draft, places=_own(200)
    ),
}  # fmt: skip

FILES = {
    "campaigns:attachment_add": Row(
        get=NEVER, post=only(422, "secretary"), at=_draft, places=_own(422), place_method="post"
    ),
    "campaigns:attachment": Row(get=only(200, *READERS), post=NEVER, at=_file),
    "campaigns:attachment_thumbnail": Row(get=only(200, *READERS), post=NEVER, at=_image),
    "campaigns:attachment_remove": Row(
        get=NEVER, post=only(302, "secretary"), at=_file_of_draft, places=_own(302), place_method="post"
    ),
}

ANSWERS = {
    "campaigns:assignment_answer": Row(
        get=only(200, *VIEWERS), post=only(302, "secretary"), at=_asked, data={"action": "save"}
    ),
    "campaigns:answer_withdraw": Row(
        get=NEVER, post=only(302, "secretary"), at=_answered, places=_own(302) | {"secretary": {"child": 403}},
        place_method="post",
    ),
    "campaigns:answer_amend": Row(
        get=NEVER, post=only(302, "secretary"), at=_answered, places=_own(302) | {"secretary": {"child": 403}},
        place_method="post",
    ),
    "campaigns:answer_drop": Row(
        get=NEVER, post=only(302, "secretary"), at=_answered, places=_own(302) | {"secretary": {"child": 403}},
        place_method="post",
    ),
    "campaigns:answer_attachment_add": Row(
        get=NEVER, post=only(422, "secretary"), at=_asked,
        places=_own(422) | {"secretary": {"child": 403}}, place_method="post",
    ),
}  # fmt: skip

REVIEWS = {
    "campaigns:review_desk": Row(get=only(200, "staff"), post=NEVER),
    "campaigns:review_bulk": Row(get=NEVER, post=only(422, "staff")),
    "campaigns:review_activity": Row(
        get=NEVER, post=only(302, "staff"), at=_filed, data=_APPROVE, places=_NOT_ITS_OWN, place_method="post"
    ),
    "campaigns:review_answer": Row(
        get=NEVER, post=only(302, "staff"), at=_to_review, data=_APPROVE, places=_NOT_ITS_OWN, place_method="post"
    ),
}

RECORDS = {**ACTIVITIES, **FILES, **ANSWERS, **REVIEWS}
