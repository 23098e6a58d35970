"""Expected codes of talks and trainings that are due."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from branches.models import Organization
from members.models import Duty, DutyProof
from office.actions.files import store_upload
from tests.access.table import NEVER, Row, World, only
from tests.factories.restricted import DutyFactory, DutyProofFactory

READERS = ("staff", "secretary", "leader", "inspector")
KEEPERS = ("staff", "secretary")


def _duty_of(organization: Organization) -> Duty:
    return Duty.objects.filter(organization=organization).first() or DutyFactory(organization=organization)


def _duty(world: World, organization: Organization) -> dict[str, Any]:
    return {"pk": _duty_of(organization).pk}


def _proof(world: World, organization: Organization) -> dict[str, Any]:
    duty = _duty_of(organization)
    found: DutyProof | None = duty.proofs.first()
    file = store_upload(SimpleUploadedFile("名单.txt", "参加人员".encode(), "text/plain"))
    return {"pk": (found or DutyProofFactory(duty=duty, file=file)).pk}


TABLE = {
    "members:duty_list": Row(get=only(200, *READERS), post=NEVER),
    "members:duty_export": Row(get=only(200, *READERS), post=NEVER),
    "members:occasion_new": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS)),
    "members:duty_detail": Row(get=only(200, *READERS), post=NEVER, at=_duty),
    # Readers who are not the talker look and do not fulfil.
    "members:duty_done": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS), at=_duty),
    "members:duty_talker": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS), at=_duty),
    "members:duty_waive": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS), at=_duty),
    "members:duty_proof": Row(get=only(200, *READERS), post=NEVER, at=_proof),
    "members:member_names": Row(get=only(200, "staff", "secretary", "leader"), post=NEVER),
}
