"""Expected codes of the activity rooms and the figures of a year."""

from typing import Any

from branches.enums import ImportKind, OrganizationKind
from branches.models import Organization
from members.models import Room
from tests.access.table import NEVER, Row, World, only
from tests.access.uploads import upload_rows
from tests.factories.members_rooms import RoomFactory, RoomPhotoFactory

READERS = ("staff", "secretary", "leader", "inspector")
KEEPERS = ("staff", "secretary")


def _room_of(organization: Organization) -> Room | None:
    if organization.kind != OrganizationKind.BRANCH:
        return None
    return Room.objects.filter(organization=organization).first() or RoomFactory(organization=organization)


def _room(world: World, organization: Organization) -> dict[str, Any] | None:
    room = _room_of(organization)
    return {"pk": room.pk} if room else None


def _photo(world: World, organization: Organization) -> dict[str, Any] | None:
    room = _room_of(organization)
    return {"pk": (room.photos.first() or RoomPhotoFactory(room=room)).pk} if room else None


def _branch(world: World, organization: Organization) -> dict[str, Any] | None:
    return {"pk": organization.pk} if organization.kind == OrganizationKind.BRANCH else None


def _unit(world: World, organization: Organization) -> dict[str, Any] | None:
    return {"pk": organization.pk, "year": 2026} if organization.is_committee else None


TABLE = {
    "members:year_facts_list": Row(get=only(200, *READERS), post=NEVER),
    "members:year_facts_export": Row(get=only(200, *READERS), post=NEVER),
    **upload_rows("members:year_facts_import", "members:year_facts_upload_", ImportKind.YEAR_FACTS, *KEEPERS),
    # A secretary sees no committee.
    "members:year_facts_edit": Row(
        get=only(200, "staff", "leader", "inspector", secretary=404),
        post=only(302, "staff", leader=403, inspector=403, secretary=404),
        kwargs=lambda world: {"pk": world.committee.pk, "year": 2026},
    ),
    "members:room_list": Row(get=only(200, *READERS), post=NEVER),
    "members:room_export": Row(get=only(200, *READERS), post=NEVER),
    "members:room_new": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS), at=_branch),
    "members:room_detail": Row(get=only(200, *READERS), post=NEVER, at=_room),
    "members:room_edit": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS), at=_room),
    "members:room_check": Row(get=NEVER, post=only(422, "staff"), at=_room, place_method="post"),
    "members:room_end": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS), at=_room),
    "members:room_photo_add": Row(get=NEVER, post=only(422, *KEEPERS), at=_room, place_method="post"),
    "members:room_photo": Row(get=only(200, *READERS), post=NEVER, at=_photo),
    "members:room_photo_remove": Row(get=NEVER, post=only(302, *KEEPERS), at=_photo, place_method="post"),
}
