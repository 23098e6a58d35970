"""Activity rooms: set up, described, checked by the superior, given up (N15)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from branches.actions import audit
from branches.models import Organization
from branches.permissions import Actor
from members.models import Room, RoomPhoto
from office.actions.files import store_upload
from partybuild.lib import clock

MOST_PHOTOS = 12
_LONGEST_NAME = 255


@transaction.atomic
def set_up_room(
    *,
    by: Actor,
    organization: Organization,
    name: str,
    starts_on: date,
    place: str = "",
    present: Iterable[str] = (),
    remark: str = "",
) -> Room:
    """A branch sets up a room and says what is there."""
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    room = Room(
        organization=organization, name=name, place=place, starts_on=starts_on, present=sorted(set(present)),
        remark=remark,
    )  # fmt: skip
    room.full_clean()
    room.save()
    audit.record(by=by, verb="登记活动室", obj=room, organization=organization)
    return room


@transaction.atomic
def describe_room(
    *, by: Actor, room: Room, name: str, place: str, starts_on: date, present: Iterable[str], remark: str
) -> Room:
    """Change what is known of a room. Other items than before take the superior's check back."""
    room = _held(room)
    items = sorted(set(present))
    values = {"name": name, "place": place, "starts_on": starts_on, "present": items, "remark": remark}
    changed = [field for field, value in values.items() if getattr(room, field) != value]
    if not changed:
        return room
    for field in changed:
        setattr(room, field, values[field])
    if "present" in changed:
        room.is_confirmed, room.checked_at, room.checked_by, room.check_remark = False, None, None, ""
    room.full_clean()
    room.save()
    audit.record(by=by, verb="修改活动室", obj=room, organization=room.organization, detail={"fields": changed})
    return room


@transaction.atomic
def check_room(*, by: Actor, room: Room, is_confirmed: bool, remark: str = "") -> Room:
    """The superior confirms what the branch said, or sends it back with a remark. Nobody checks his own (N15)."""
    room = _held(room)
    if by.organization_id == room.organization_id and room.organization.parent_id is not None:
        raise ValidationError("活动室由上级党组织核验，不能核验本组织的活动室。")
    if not is_confirmed and not remark:
        raise ValidationError({"remark": "请写明哪些条件与实际不符。"})
    room.is_confirmed, room.check_remark = is_confirmed, remark
    room.checked_at, room.checked_by_id = clock.now(), by.user_id
    room.save(update_fields=["is_confirmed", "check_remark", "checked_at", "checked_by"])
    verb = "核验活动室" if is_confirmed else "退回活动室"
    audit.record(by=by, verb=verb, obj=room, organization=room.organization, detail={"note": remark})
    return room


@transaction.atomic
def give_up_room(*, by: Actor, room: Room, ends_on: date) -> Room:
    """From this day on the branch has the room no more."""
    room = _held(room)
    if ends_on < room.starts_on:
        raise ValidationError({"ends_on": "停用时间不能早于启用时间。"})
    room.ends_on = ends_on
    room.save(update_fields=["ends_on"])
    audit.record(by=by, verb="停用活动室", obj=room, organization=room.organization)
    return room


@transaction.atomic
def add_photo(*, by: Actor, room: Room, upload: Any) -> RoomPhoto:
    """Keep a picture with a room; the same one twice is one."""
    file = store_upload(upload)
    if not file.is_image:
        raise ValidationError({"photo": "请选择图片文件（JPG、PNG）。"})
    room = _held(room)
    name = upload.name[-_LONGEST_NAME:]
    if found := room.photos.filter(file=file, name=name).first():
        return found
    if room.photos.count() >= MOST_PHOTOS:
        raise ValidationError({"photo": f"一个活动室最多保存 {MOST_PHOTOS} 张照片。"})
    photo = RoomPhoto.objects.create(room=room, file=file, name=name, added_at=clock.now(), added_by_id=by.user_id)
    audit.record(by=by, verb="添加活动室照片", obj=room, organization=room.organization, detail={"note": name})
    return photo


@transaction.atomic
def remove_photo(*, by: Actor, photo: RoomPhoto) -> None:
    """Take a picture off its room."""
    room = _held(photo.room)
    audit.record(by=by, verb="移除活动室照片", obj=room, organization=room.organization, detail={"note": photo.name})
    photo.delete()


def _held(room: Room) -> Room:
    """The room under a lock; one that was given up is not changed any more."""
    room = Room.objects.select_for_update(of=("self",)).select_related("organization").get(pk=room.pk)
    if room.ends_on is not None:
        raise ValidationError("该活动室已停用，不能再修改。")
    return room
