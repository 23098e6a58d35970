"""Expected codes of the register of elections."""

from typing import Any

from branches.models import Organization, Upload
from members.models import Term, TermExtension
from tests.access.table import NEVER, Row, World, only
from tests.factories.branches import UploadFactory
from tests.factories.terms import TermExtensionFactory, TermFactory

READERS = ("staff", "secretary", "leader", "inspector")
KEEPERS = ("staff", "secretary")


def _organization(world: World, organization: Organization) -> dict[str, Any]:
    return {"pk": organization.pk}


def _term(organization: Organization) -> Term:
    found = Term.objects.filter(organization=organization).first()
    return found or TermFactory(organization=organization)


def _with_term(world: World, organization: Organization) -> dict[str, Any]:
    return {"pk": _term(organization).organization_id}


def _extension(world: World, organization: Organization) -> dict[str, Any]:
    found = TermExtension.objects.filter(term__organization=organization).first()
    return {"pk": (found or TermExtensionFactory(term=_term(organization))).pk}


def _upload(world: World) -> dict[str, Any]:
    user = world.users["staff"]
    found = Upload.objects.filter(user=user, kind="terms").first()
    return {"token": (found or UploadFactory(user=user, organization=world.committee, kind="terms")).token}


TABLE = {
    "members:term_list": Row(get=only(200, *READERS), post=NEVER),
    "members:term_export": Row(get=only(200, *READERS), post=NEVER),
    "members:term_import": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS)),
    "members:term_import_template": Row(get=only(200, *KEEPERS), post=NEVER),
    # A workbook belongs to the one who sent it, whatever the rights of others.
    "members:term_upload_detail": Row(get=only(200, "staff", secretary=404), post=NEVER, kwargs=_upload),
    "members:term_upload_confirm": Row(get=NEVER, post=only(422, "staff", secretary=404), kwargs=_upload),
    "members:term_upload_drop": Row(get=NEVER, post=only(302, "staff", secretary=404), kwargs=_upload),
    "members:term_upload_report": Row(get=only(404, "staff", secretary=404), post=NEVER, kwargs=_upload),
    "members:term_detail": Row(get=only(200, *READERS), post=NEVER, at=_organization),
    "members:term_record": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS), at=_organization),
    "members:election_new": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS), at=_organization),
    "members:term_extension_new": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS), at=_with_term),
    "members:term_extension_answer": Row(get=only(200, "staff"), post=only(422, "staff"), at=_extension),
}
