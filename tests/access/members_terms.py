"""Expected codes of the register of elections."""

from typing import Any

from branches.enums import ImportKind
from branches.models import Organization
from members.models import Term, TermExtension
from tests.access.table import NEVER, Row, World, only
from tests.access.uploads import upload_rows
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


TABLE = {
    "members:term_list": Row(get=only(200, *READERS), post=NEVER),
    "members:term_export": Row(get=only(200, *READERS), post=NEVER),
    **upload_rows("members:term_import", "members:term_upload_", ImportKind.TERMS, *KEEPERS),
    # A workbook belongs to the one who sent it, whatever the rights of others.
    "members:term_detail": Row(get=only(200, *READERS), post=NEVER, at=_organization),
    "members:term_record": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS), at=_organization),
    "members:election_new": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS), at=_organization),
    "members:term_extension_new": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS), at=_with_term),
    "members:term_extension_answer": Row(get=only(200, "staff"), post=only(422, "staff"), at=_extension),
}
