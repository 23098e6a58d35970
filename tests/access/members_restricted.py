"""Expected codes of restricted records: of all roles only the post that is named gets anywhere."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from branches.models import Organization
from branches.permissions import Actor
from members.actions.restricted import add_paper
from members.enums import RestrictedKind
from members.models import Custodian, RestrictedRecord
from tests.access.table import NEVER, Row, World, only
from tests.factories.branches import PostFactory
from tests.factories.restricted import CustodianFactory, RestrictedRecordFactory

REASON = {"reason": "年度核查"}


def build(world: World) -> None:
    """The staff's post is named for everything; the secretary's, with the same usual rights, for nothing."""
    user = world.users["staff"]
    assert user is not None
    for kind in RestrictedKind:
        CustodianFactory(post=user.posts.get(), kind=kind)


def _record_of(organization: Organization) -> RestrictedRecord:
    found = RestrictedRecord.objects.filter(organization=organization).first()
    return found or RestrictedRecordFactory(organization=organization)


def _record(world: World, organization: Organization) -> dict[str, Any]:
    return {"pk": _record_of(organization).pk}


def _paper(world: World, organization: Organization) -> dict[str, Any]:
    record = _record_of(organization)
    found = record.papers.first()
    upload = SimpleUploadedFile("材料.txt", "第一页".encode(), "text/plain")
    return {"pk": (found or add_paper(by=Actor.system(), record=record, upload=upload)).pk}


def _custodian(world: World) -> dict[str, Any]:
    found = Custodian.objects.filter(post__organization=world.branch).first()
    return {"pk": (found or CustodianFactory(post=PostFactory(organization=world.branch))).pk}


TABLE = {
    "members:custodian_list": Row(get=only(200, "secadmin"), post=NEVER),
    "members:custodian_new": Row(get=only(200, "secadmin"), post=only(422, "secadmin")),
    "members:custodian_end": Row(get=only(200, "secadmin"), post=only(422, "secadmin"), kwargs=_custodian),
    "members:restricted_list": Row(get=only(200, "staff"), post=NEVER),
    "members:discipline_list": Row(get=only(200, "staff"), post=NEVER),
    "members:restricted_export": Row(get=only(200, "staff"), post=only(422, "staff")),
    "members:restricted_new": Row(get=only(200, "staff"), post=only(422, "staff")),
    "members:restricted_detail": Row(get=only(200, "staff"), post=NEVER, at=_record),
    "members:restricted_open": Row(get=NEVER, post=only(200, "staff"), at=_record, data=REASON, place_method="post"),
    "members:restricted_paper_add": Row(get=NEVER, post=only(302, "staff"), at=_record, place_method="post"),
    "members:restricted_paper": Row(get=only(200, "staff"), post=NEVER, at=_paper),
    "members:restricted_destroy": Row(get=only(200, "staff"), post=only(422, "staff"), at=_record),
}
