"""Documents: what the database refuses, and who sees them."""

import pytest
from django.db import IntegrityError

from branches.permissions import Scope
from branches.queries.access import scope_of
from office.enums import DocumentStatus
from office.models import Document
from partybuild.lib import clock
from tests.factories.branches import BranchFactory, CommitteeFactory, OrganizationFactory, make_user_with_post
from tests.factories.office import DocumentFactory, RunFactory

pytestmark = pytest.mark.django_db
ISSUED = {"status": DocumentStatus.ISSUED, "number": 1, "issued_at": "2026-04-02T10:00:00+08:00"}


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"kind": "novel"}, "document_kind_known"),
        ({"status": "lost"}, "document_status_known"),
        ({**ISSUED, "number": None}, "document_issued_has_number"),
        ({**ISSUED, "issued_at": None}, "document_issued_has_number"),
        ({**ISSUED, "status": DocumentStatus.SIGNED}, "document_issued_has_number"),
    ],
)
def test_bad_rows(fields, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        DocumentFactory(**fields)


def test_a_number_twice():
    first = DocumentFactory(**ISSUED)

    with pytest.raises(IntegrityError, match="document_number_once"):
        DocumentFactory(issuer=first.issuer, **ISSUED)


def test_a_title_twice_in_a_run():
    first = DocumentFactory(run=RunFactory())
    DocumentFactory(issuer=first.issuer)

    with pytest.raises(IntegrityError, match="document_run_once"):
        DocumentFactory(issuer=first.issuer, run=first.run)


def test_who_sees_what():
    root = OrganizationFactory()
    committee, sibling = CommitteeFactory(parent=root), CommitteeFactory(parent=root)
    branch, foreign = BranchFactory(parent=committee), OrganizationFactory()
    for issuer in (root, committee, sibling, branch, foreign):
        DocumentFactory(issuer=issuer, title=f"{issuer.pk} 草稿")
        DocumentFactory(issuer=issuer, title=f"{issuer.pk} 印发", **ISSUED)

    def seen_by(role: str, organization) -> set[str]:
        scope = scope_of(make_user_with_post(role, organization), clock.today())
        return {document.title for document in Document.objects.visible_to(scope)}

    both = {each: {f"{each.pk} 草稿", f"{each.pk} 印发"} for each in (root, committee, sibling, branch, foreign)}
    assert seen_by("staff", committee) == both[committee] | both[branch] | {f"{root.pk} 印发"}
    assert seen_by("secretary", branch) == {f"{each.pk} 印发" for each in (branch, committee, root)}
    assert seen_by("leader", root) == both[root] | both[committee] | both[sibling] | both[branch]
    assert seen_by("sysadmin", root) == set()
    assert list(Document.objects.visible_to(Scope())) == []
