"""Activity rooms (N15): list, one room, new and changed, checked, given up, pictures."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from branches.enums import OrganizationKind
from branches.models import Organization
from branches.permissions import Permission
from branches.queries.audit import history_of
from branches.views.access import Request, need, require, visible_or_404
from branches.views.pages import Book, ListPage, ask, attempt, data_of, do, export_list, show_list
from members.actions import rooms as actions
from members.forms.rooms import PhotoForm, RoomCheckForm, RoomEndForm, RoomFilterForm, RoomForm
from members.models import Room, RoomPhoto
from members.queries import rooms as queries
from members.queries.rooms import room_items, room_lines
from office.views.files import file_response
from partybuild.lib import clock

COLUMNS = ("序号", "党支部", "党支部编码", "活动室", "地点", "启用时间", "状态", "尚缺条件", "核验意见")
ROOMS = ListPage(
    heading="党员活动室",
    template="members/rooms/list.html",
    url_name="members:room_list",
    book=Book(url_name="members:room_export", columns=COLUMNS, title="党员活动室建设情况表"),
    none="没有党支部",
    empty="本组织及下级设立党支部后会显示在这里。",
    nothing_found="没有符合条件的党支部",
)
FORM = "members/rooms/form.html"


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def room_list(request: Request) -> HttpResponse:
    """The branches of the scope with their rooms; a branch without one is listed too."""
    form = RoomFilterForm(request.scope, request.GET)
    can_manage = request.scope.holds(Permission.MANAGE_PARTY_WORK)
    return show_list(request, ROOMS, form, queries.room_list, can_manage=can_manage)


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def room_export(request: Request) -> HttpResponseBase:
    """The list as it is filtered, as a workbook."""
    form = RoomFilterForm(request.scope, request.GET)
    return export_list(request, ROOMS, form, queries.room_list, queries.export_rows)


@need(Permission.MANAGE_PARTY_WORK)
def room_new(request: Request, pk: int) -> HttpResponse:
    """A branch sets up a room."""
    branch: Organization = visible_or_404(
        Organization.objects.filter(kind=OrganizationKind.BRANCH, dissolved_on__isnull=True), request, pk=pk
    )
    require(request, Permission.MANAGE_PARTY_WORK, branch)
    return ask(
        request, RoomForm(room_items(clock.today()), data_of(request)),
        lambda values: actions.set_up_room(by=request.actor, organization=branch, **values),
        done="已登记，等待上级党组织核验。", to=lambda room: _page_of(room.pk), template=FORM, branch=branch,
    )  # fmt: skip


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def room_detail(request: Request, pk: int) -> HttpResponse:
    """One room: what it has, what it lacks, the superior's word, pictures."""
    return _detail(request, _room(request, pk))


@need(Permission.MANAGE_PARTY_WORK)
def room_edit(request: Request, pk: int) -> HttpResponse:
    """Change what is known of a room."""
    room = _room(request, pk, Permission.MANAGE_PARTY_WORK)
    return ask(
        request, RoomForm(room_items(clock.today()), data_of(request), room),
        lambda values: actions.describe_room(by=request.actor, room=room, **values), done="已保存。",
        to=_page_of(pk), template=FORM, branch=room.organization, room=room,
    )  # fmt: skip


@require_POST
@need(Permission.APPROVE_PARTY_WORK)
def room_check(request: Request, pk: int) -> HttpResponse:
    """The superior confirms a room or sends it back."""
    room, form = _room(request, pk, Permission.APPROVE_PARTY_WORK), RoomCheckForm(request.POST)
    checked = attempt(
        request, form, lambda values: actions.check_room(by=request.actor, room=room, **values),
        done="核验结果已保存。", to=_page_of(pk),
    )  # fmt: skip
    return checked or _detail(request, room, check_form=form)


@need(Permission.MANAGE_PARTY_WORK)
def room_end(request: Request, pk: int) -> HttpResponse:
    """Give a room up."""
    room = _room(request, pk, Permission.MANAGE_PARTY_WORK)
    return ask(
        request, RoomEndForm(data_of(request)),
        lambda values: actions.give_up_room(by=request.actor, room=room, **values), done=f"{room}已停用。",
        to=reverse(ROOMS.url_name), template="confirm.html", title=f"停用{room.name}", verb="停用", danger=True,
        question="停用后不能再修改，原有记录保留。", cancel_url=_page_of(pk),
    )  # fmt: skip


@require_POST
@need(Permission.MANAGE_PARTY_WORK)
def room_photo_add(request: Request, pk: int) -> HttpResponse:
    """Add a picture to a room."""
    room, form = _room(request, pk, Permission.MANAGE_PARTY_WORK), PhotoForm(request.POST, request.FILES)
    added = attempt(
        request, form, lambda values: actions.add_photo(by=request.actor, room=room, upload=values["photo"]),
        to=_page_of(pk),
    )  # fmt: skip
    return added or _detail(request, room, photo_form=form)


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def room_photo(request: Request, pk: int) -> HttpResponseBase:
    """A picture."""
    photo = _photo(request, pk, Permission.VIEW_PARTY_WORK)
    return file_response(request, photo.file, photo.name, inline=True)


@require_POST
@need(Permission.MANAGE_PARTY_WORK)
def room_photo_remove(request: Request, pk: int) -> HttpResponse:
    """Take a picture away."""
    photo = _photo(request, pk, Permission.MANAGE_PARTY_WORK)
    return do(request, lambda: actions.remove_photo(by=request.actor, photo=photo), to=_page_of(photo.room_id))


def _page_of(pk: int) -> str:
    return reverse("members:room_detail", args=[pk])


def _room(request: Request, pk: int, permission: Permission = Permission.VIEW_PARTY_WORK) -> Room:
    rooms = Room.objects.select_related("organization", "checked_by")
    room: Room = visible_or_404(rooms, request, pk=pk)
    require(request, permission, room.organization)
    return room


def _photo(request: Request, pk: int, permission: Permission) -> RoomPhoto:
    rooms = Room.objects.visible_to(request.scope)
    photos = RoomPhoto.objects.filter(room__in=rooms).select_related("file", "room__organization")
    photo = get_object_or_404(photos, pk=pk)
    require(request, permission, photo.room.organization)
    return photo


def _detail(
    request: Request, room: Room, check_form: RoomCheckForm | None = None, photo_form: PhotoForm | None = None
) -> HttpResponse:
    scope, organization = request.scope, room.organization
    is_own = scope.grant is not None and scope.grant.organization_id == organization.pk
    context = {
        "room": room,
        "line": room_lines([room])[0],
        "items": [(item, item.code in room.present) for item in room_items(clock.today())],
        "photos": room.photos.select_related("file"),
        "can_manage": room.ends_on is None and scope.allows(Permission.MANAGE_PARTY_WORK, organization),
        "can_check": room.ends_on is None and not is_own and scope.allows(Permission.APPROVE_PARTY_WORK, organization),
        "check_form": check_form or RoomCheckForm(),
        "photo_form": photo_form or PhotoForm(),
        "history": history_of(room),
    }
    return render(request, "members/rooms/detail.html", context, status=422 if check_form or photo_form else 200)
