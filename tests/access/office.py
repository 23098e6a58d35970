"""Expected codes of the office floor."""

from typing import Any

from branches.models import Organization
from office.models import Document, Notice
from partybuild.lib import heartbeat
from tests.access.table import NEVER, Row, World, everyone, only
from tests.factories.office import DocumentFactory, NoticeFactory

READERS = ("staff", "secretary", "leader", "inspector", "member")
# A draft is work of the staff and their leaders; for other readers it does not exist.
OF_A_DRAFT = only(200, "staff", "leader", secretary=404, inspector=404, member=404)


def _draft_of(organization: Organization) -> Document:
    found = Document.objects.filter(issuer=organization).first()
    return found or DocumentFactory(issuer=organization)


def _document(world: World, organization: Organization) -> dict[str, Any]:
    return {"pk": _draft_of(organization).pk}


def _step(world: World, organization: Organization) -> dict[str, Any]:
    return {"pk": _draft_of(organization).pk, "verb": "check"}


def _rule(world: World) -> dict[str, Any]:
    return {"code": "funds.per_head"}


def _notice_of_staff(world: World) -> dict[str, Any]:
    user = world.users["staff"]
    assert user is not None
    found = Notice.objects.filter(user=user).first()
    return {"pk": (found or NoticeFactory(user=user)).pk}


def _with_a_worker(world: World) -> dict[str, Any]:
    heartbeat.beat()
    return {}


TABLE = {
    "office:healthz": Row(get=everyone(200), post=NEVER, kwargs=_with_a_worker),
    "office:document_list": Row(get=only(200, *READERS), post=NEVER),
    "office:document_detail": Row(get=OF_A_DRAFT, post=NEVER, at=_document),
    "office:document_download": Row(get=OF_A_DRAFT, post=NEVER, at=_document),
    "office:document_step": Row(get=NEVER, post=only(302, "staff"), at=_step, place_method="post"),
    "office:notice_list": Row(get=everyone(200, anonymous=302), post=NEVER),
    "office:notice_read_all": Row(get=NEVER, post=everyone(302)),
    # A notice is its reader's alone, whatever the rights of others.
    "office:notice_open": Row(get=NEVER, post=everyone(404, anonymous=302, staff=302), kwargs=_notice_of_staff),
    "office:rule_list": Row(get=only(200, "staff", "sysadmin"), post=NEVER),
    # The staff of the walk sits below the top of the tree: it looks, and the keepers of the rules change.
    "office:rule_detail": Row(get=only(200, "staff", "sysadmin"), post=everyone(403, anonymous=302), kwargs=_rule),
    "office:calendar": Row(get=only(200, "staff", "sysadmin"), post=everyone(403, anonymous=302)),
}
