"""Activity rooms: set up, described, checked, given up (N15)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError

from branches.enums import Role
from members.actions import rooms
from members.models import Room, RoomPhoto
from members.queries.rooms import room_lines
from tests.factories.branches import BranchFactory, actor, make_user_with_post
from tests.factories.members_rooms import EVERYTHING, RoomFactory, picture

pytestmark = pytest.mark.django_db
START = date(2026, 3, 2)


@pytest.fixture
def branch():
    return BranchFactory()


@pytest.fixture
def secretary(branch):
    return actor(make_user_with_post(Role.SECRETARY, branch))


@pytest.fixture
def superior(branch):
    return actor(make_user_with_post(Role.STAFF, branch.parent))


def test_n15_a_room_stands_up_when_complete_and_confirmed(secretary, superior, branch):
    room = rooms.set_up_room(by=secretary, organization=branch, name="活动室", starts_on=START, present=EVERYTHING[:-1])
    (line,) = room_lines([room])
    assert ([item.label for item in line.missing], line.state, line.is_complete) == (["先锋展示窗口"], "待核验", False)

    room = rooms.describe_room(
        by=secretary, room=room, name="活动室", place="三楼", starts_on=START, present=EVERYTHING, remark=""
    )
    room = rooms.check_room(by=superior, room=room, is_confirmed=True)

    (line,) = room_lines([room])
    assert (line.state, line.is_complete, room.checked_by_id) == ("达标", True, superior.user_id)


def test_n15_other_items_ask_for_a_new_check(secretary, superior):
    room = rooms.check_room(by=superior, room=RoomFactory(organization=branch_of(secretary)), is_confirmed=True)
    room = rooms.describe_room(
        by=secretary, room=room, name=room.name, place="四楼", starts_on=room.starts_on, present=room.present, remark=""
    )
    assert room.is_confirmed
    room = rooms.describe_room(
        by=secretary, room=room, name=room.name, place="四楼", starts_on=room.starts_on, present=["a1"], remark=""
    )
    assert (room.is_confirmed, room.checked_at) == (False, None)


def branch_of(by):
    from branches.models import Organization

    return Organization.objects.get(pk=by.organization_id)


def test_n15_nobody_checks_his_own(branch):
    own = actor(make_user_with_post(Role.STAFF, branch))
    room = RoomFactory(organization=branch)
    with pytest.raises(ValidationError, match="上级党组织核验"):
        rooms.check_room(by=own, room=room, is_confirmed=True)


def test_n15_sent_back_takes_a_remark(superior, branch):
    room = RoomFactory(organization=branch)
    with pytest.raises(ValidationError):
        rooms.check_room(by=superior, room=room, is_confirmed=False)
    room = rooms.check_room(by=superior, room=room, is_confirmed=False, remark="没有图书角。")
    assert room_lines([room])[0].state == "已退回"


def test_one_that_was_given_up_changes_no_more(secretary, branch):
    room = rooms.give_up_room(by=secretary, room=RoomFactory(organization=branch), ends_on=START)
    with pytest.raises(ValidationError, match="已停用"):
        rooms.give_up_room(by=secretary, room=room, ends_on=START)
    rooms.set_up_room(by=secretary, organization=branch, name=room.name, starts_on=START)
    assert Room.objects.in_use().count() == 1


def test_pictures_are_kept_once_and_only_pictures(secretary, branch):
    room = RoomFactory(organization=branch)
    first = rooms.add_photo(by=secretary, room=room, upload=picture())
    assert rooms.add_photo(by=secretary, room=room, upload=picture()) == first
    with pytest.raises(ValidationError):
        rooms.add_photo(by=secretary, room=room, upload=SimpleUploadedFile("a.txt", b"text", "text/plain"))
    rooms.remove_photo(by=secretary, photo=first)
    assert not RoomPhoto.objects.exists()


@pytest.mark.parametrize("wrong", [{"name": ""}, {"ends_on": date(2000, 1, 1)}, {"is_confirmed": True}])
def test_the_database_refuses(wrong):
    with pytest.raises(IntegrityError):
        RoomFactory(**wrong)


def test_the_database_keeps_one_room_of_a_name(branch):
    RoomFactory(organization=branch)
    with pytest.raises(IntegrityError):
        RoomFactory(organization=branch)
