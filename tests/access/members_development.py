"""Expected codes of the files of development (O05)."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from branches.enums import OrganizationKind
from branches.models import Organization
from members.models import (
    DevelopmentFile,
    DevelopmentPaper,
    DevelopmentPerson,
    DevelopmentStep,
    PublicNotice,
)
from office.actions.files import store_upload
from tests.access.table import NEVER, Row, World, only
from tests.factories.branches import LONG_AGO, LONG_AGO_AT
from tests.factories.members import MemberFactory

READERS = ("staff", "secretary", "leader", "inspector")
KEEPERS = ("staff", "secretary")


def _file_of(organization: Organization) -> DevelopmentFile | None:
    if organization.kind != OrganizationKind.BRANCH:
        return None
    found = DevelopmentFile.objects.filter(organization=organization).first()
    return found or DevelopmentFile.objects.create(
        member=MemberFactory(kind="applicant", joined_on=None, converted_on=None), organization=organization,
        opened_on=LONG_AGO, opened_at=LONG_AGO_AT,
    )  # fmt: skip


def _file(world: World, organization: Organization) -> dict[str, Any] | None:
    file = _file_of(organization)
    return {"pk": file.pk} if file else None


def branch_step(world: World, organization: Organization) -> dict[str, Any] | None:
    file = _file_of(organization)
    return {"pk": file.pk, "code": "apply"} if file else None


def _of_file(model: Any, **fields: Any) -> Any:
    def at(world: World, organization: Organization) -> dict[str, Any] | None:
        file = _file_of(organization)
        if file is None:
            return None
        given = {name: value() if callable(value) else value for name, value in fields.items()}
        found = model.objects.filter(development=file).first()
        return {"pk": (found or model.objects.create(development=file, **given)).pk}

    return at


def _stored() -> Any:
    return store_upload(SimpleUploadedFile("申请书.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf"))


_step = _of_file(DevelopmentStep, code="talk", done_on=LONG_AGO, people="周敏", recorded_at=LONG_AGO_AT)
_notice = _of_file(
    PublicNotice, kind="candidate", starts_on=LONG_AGO, ends_on=LONG_AGO, workdays=1, place="公示栏",
    recorded_at=LONG_AGO_AT,
)  # fmt: skip
_paper = _of_file(
    DevelopmentPaper, code="apply", kind="入党申请书", name="申请书.pdf", file=_stored, added_at=LONG_AGO_AT
)
_person = _of_file(DevelopmentPerson, role="contact", starts_on=LONG_AGO, member=MemberFactory)

TABLE = {
    "members:development_list": Row(get=only(200, *READERS), post=NEVER),
    "members:development_export": Row(get=only(200, *READERS), post=NEVER),
    "members:development_new": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS)),
    "members:development_review": Row(get=only(200, *READERS), post=NEVER),
    "members:development_review_export": Row(get=only(200, *READERS), post=NEVER),
    "members:development_quotas": Row(get=only(200, *READERS), post=only(422, "staff")),
    "members:development_detail": Row(get=only(200, *READERS), post=NEVER, at=_file),
    "members:development_print": Row(get=only(200, *READERS), post=NEVER, at=_file),
    "members:development_notice": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS), at=_file),
    "members:development_observation": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS), at=_file),
    "members:development_paper_add": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS), at=_file),
    "members:development_edit": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS), at=_file),
    "members:development_close": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS), at=_file),
    "members:development_void": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS), at=_step),
    "members:development_objection": Row(get=only(200, *KEEPERS), post=only(302, *KEEPERS), at=_notice),
    "members:development_paper": Row(get=only(200, *KEEPERS), post=NEVER, at=_paper),
    "members:development_person": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS), at=_person),
}
