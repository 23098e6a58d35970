"""Expected codes of entries (个人报送)."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from branches.enums import ImportKind
from branches.models import Organization
from campaigns.models import EntryFile
from office.actions.files import store_upload
from tests.access.table import NEVER, Row, World, only
from tests.factories.branches import UploadFactory
from tests.factories.campaigns import FILED_AT
from tests.factories.campaigns_entries import REFLECTION, EntryFactory

READERS = ("staff", "secretary", "leader", "inspector")
DOERS = ("staff", "secretary")


def _entry(world: World, organization: Organization) -> dict[str, Any]:
    return {"pk": EntryFactory(organization=organization).pk}


def _verb(world: World, organization: Organization) -> dict[str, Any]:
    return {"pk": EntryFactory(organization=organization).pk, "verb": "confirm"}


def _file(world: World, organization: Organization) -> dict[str, Any]:
    upload = SimpleUploadedFile("承诺书.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")
    entry, file = EntryFactory(organization=organization), store_upload(upload)
    return {"pk": EntryFile.objects.create(entry=entry, file=file, name="承诺书.pdf", added_at=FILED_AT).pk}


def _upload(world: World) -> dict[str, Any]:
    if "entry_upload" not in world.things:
        world.things["entry_upload"] = UploadFactory(
            user=world.users["staff"], organization=world.committee, kind=ImportKind.ENTRIES
        )
    return {"token": world.things["entry_upload"].token}


DATA = {"kind": "book", "held_on": "2020-03-12", "title": "《乡土中国》", "text": REFLECTION}
OUTSIDE = {"parent": 404, "sibling": 404, "foreign": 404}
MINE = {"member": 404}  # Another one's, of the own branch.

TABLE = {
    "campaigns:entry_list": Row(get=only(200, *READERS, "member"), post=NEVER),
    "campaigns:entry_export": Row(get=only(200, *READERS, "member"), post=NEVER),
    "campaigns:entry_new": Row(
        get=only(200, *DOERS, "member"), post=only(422, *DOERS, "member"), data={"kind": "dance"}
    ),
    "campaigns:entry_detail": Row(get=only(200, *READERS, **MINE), post=NEVER, at=_entry),
    "campaigns:entry_edit": Row(
        get=only(200, "secretary", **MINE), post=only(422, "secretary", **MINE), at=_entry, data={"kind": "dance"},
        places={"staff": {"own": 200, **OUTSIDE}},
    ),
    "campaigns:entry_act": Row(
        get=NEVER, post=only(302, "secretary", **MINE), at=_verb, place_method="post",
        places={"staff": {"own": 302, **OUTSIDE}},
    ),
    "campaigns:entry_file": Row(get=only(200, *READERS, **MINE), post=NEVER, at=_file),
    "campaigns:entry_import": Row(get=only(200, *DOERS), post=only(422, *DOERS)),
    "campaigns:entry_import_template": Row(get=only(200, *DOERS), post=NEVER),
    "campaigns:entry_upload_detail": Row(get=only(200, "staff", secretary=404), post=NEVER, kwargs=_upload),
    "campaigns:entry_upload_confirm": Row(get=NEVER, post=only(422, "staff", secretary=404), kwargs=_upload),
    "campaigns:entry_upload_drop": Row(get=NEVER, post=only(302, "staff", secretary=404), kwargs=_upload),
    "campaigns:entry_upload_report": Row(get=only(404, "staff", secretary=404), post=NEVER, kwargs=_upload),
}  # fmt: skip
