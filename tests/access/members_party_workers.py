"""Expected codes of the register of party staff."""

from typing import Any

from branches.models import Organization
from members.models import PartyWorker
from tests.access.table import NEVER, Row, World, only
from tests.factories.terms import PartyWorkerFactory

READERS = ("staff", "secretary", "leader", "inspector")
KEEPERS = ("staff", "secretary")


def _worker(world: World, organization: Organization) -> dict[str, Any]:
    found = PartyWorker.objects.filter(organization=organization).first()
    return {"pk": (found or PartyWorkerFactory(organization=organization)).pk}


TABLE = {
    "members:party_worker_list": Row(get=only(200, *READERS), post=NEVER),
    "members:party_worker_gaps": Row(get=only(200, *READERS), post=NEVER),
    "members:party_worker_export": Row(get=only(200, *READERS), post=NEVER),
    "members:party_worker_new": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS)),
    "members:party_worker_detail": Row(get=only(200, *READERS), post=NEVER, at=_worker),
    "members:party_worker_edit": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS), at=_worker),
    "members:party_worker_end": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS), at=_worker),
}
