"""Expected codes of entries (个人报送)."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from branches.enums import ImportKind
from branches.models import Organization
from campaigns.models import EntryFile
from office.actions.files import store_upload
from tests.access.table import NEVER, Row, World, only
from tests.access.uploads import upload_rows
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
    **upload_rows("campaigns:entry_import", "campaigns:entry_upload_", ImportKind.ENTRIES, *DOERS),
}  # fmt: skip
