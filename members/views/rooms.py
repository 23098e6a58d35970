"""Activity rooms (N15): list, one room, new and changed, checked, given up, pictures."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from branches.actions.exports import record_export
from branches.enums import OrganizationKind
from branches.forms.refusals import add_refusal
from branches.models import Organization
from branches.permissions import Permission
from branches.queries.audit import history_of
from branches.views.access import Request, need, require, visible_or_404
from branches.views.lists import chosen, page_of
from branches.views.workbooks import workbook_response
from members.actions import rooms as actions
from members.forms.rooms import PhotoForm, RoomCheckForm, RoomEndForm, RoomFilterForm, RoomForm
from members.models import Room, RoomPhoto
from members.queries.rooms import RoomLine, branches_of, room_items, room_lines
from office.views.files import file_response
from partybuild.lib import clock
from partybuild.lib.workbook import Sheet, write_table

COLUMNS = ("序号", "党支部", "党支部编码", "活动室", "地点", "启用时间", "状态", "尚缺条件", "核验意见")
Line = tuple[Organization, RoomLine | None]


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def room_list(request: Request) -> HttpResponse:
    """The branches of the scope with their rooms; a branch without one is listed too."""
    form = RoomFilterForm(request.scope, request.GET)
    lines = _lines(request, form)
    context = {
        "form": form,
        "page": page_of(request, lines or []),
        "can_manage": request.scope.holds(Permission.MANAGE_PARTY_WORK),
    }
    return render(request, "members/rooms/list.html", context, status=422 if lines is None else 200)


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def room_export(request: Request) -> HttpResponseBase:
    """The list as it is filtered, as a workbook."""
    lines = _lines(request, RoomFilterForm(request.scope, request.GET))
    if lines is None:
        return render(request, "400.html", status=400)
    file = BytesIO()
    count = write_table(file, [Sheet("党员活动室", COLUMNS, _rows(lines), title="党员活动室建设情况表")])
    record_export(by=request.actor, what="党员活动室", count=count)
    return workbook_response(file, f"党员活动室{clock.today():%Y%m%d}.xlsx")


@need(Permission.MANAGE_PARTY_WORK)
def room_new(request: Request, pk: int) -> HttpResponse:
    """A branch sets up a room."""
    branch: Organization = visible_or_404(
        Organization.objects.filter(kind=OrganizationKind.BRANCH, dissolved_on__isnull=True), request, pk=pk
    )
    require(request, Permission.MANAGE_PARTY_WORK, branch)
    form = RoomForm(room_items(clock.today()), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            room = actions.set_up_room(by=request.actor, organization=branch, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已登记，等待上级党组织核验。")
            return redirect("members:room_detail", pk=room.pk)
    context = {"form": form, "branch": branch}
    return render(request, "members/rooms/form.html", context, status=422 if form.is_bound else 200)


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def room_detail(request: Request, pk: int) -> HttpResponse:
    """One room: what it has, what it lacks, the superior's word, pictures."""
    return _detail(request, _room(request, pk))


@need(Permission.MANAGE_PARTY_WORK)
def room_edit(request: Request, pk: int) -> HttpResponse:
    """Change what is known of a room."""
    room = _room(request, pk, Permission.MANAGE_PARTY_WORK)
    form = RoomForm(room_items(clock.today()), request.POST if request.method == "POST" else None, room)
    if request.method == "POST" and form.is_valid():
        try:
            actions.describe_room(by=request.actor, room=room, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已保存。")
            return redirect("members:room_detail", pk=pk)
    context = {"form": form, "branch": room.organization, "room": room}
    return render(request, "members/rooms/form.html", context, status=422 if form.is_bound else 200)


@require_POST
@need(Permission.APPROVE_PARTY_WORK)
def room_check(request: Request, pk: int) -> HttpResponse:
    """The superior confirms a room or sends it back."""
    room, form = _room(request, pk, Permission.APPROVE_PARTY_WORK), RoomCheckForm(request.POST)
    if form.is_valid():
        try:
            actions.check_room(by=request.actor, room=room, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "核验结果已保存。")
            return redirect("members:room_detail", pk=pk)
    return _detail(request, room, check_form=form)


@need(Permission.MANAGE_PARTY_WORK)
def room_end(request: Request, pk: int) -> HttpResponse:
    """Give a room up."""
    room = _room(request, pk, Permission.MANAGE_PARTY_WORK)
    form = RoomEndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.give_up_room(by=request.actor, room=room, ends_on=form.cleaned_data["ends_on"])
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, f"{room}已停用。")
            return redirect("members:room_list")
    context = {"form": form, "room": room}
    return render(request, "members/rooms/end.html", context, status=422 if form.is_bound else 200)


@require_POST
@need(Permission.MANAGE_PARTY_WORK)
def room_photo_add(request: Request, pk: int) -> HttpResponse:
    """Add a picture to a room."""
    room, form = _room(request, pk, Permission.MANAGE_PARTY_WORK), PhotoForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            actions.add_photo(by=request.actor, room=room, upload=form.cleaned_data["photo"])
        except ValidationError as error:
            add_refusal(form, error)
        else:
            return redirect("members:room_detail", pk=pk)
    return _detail(request, room, photo_form=form)


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
    try:
        actions.remove_photo(by=request.actor, photo=photo)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("members:room_detail", pk=photo.room_id)


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


def _lines(request: Request, form: RoomFilterForm) -> list[Line] | None:
    """Branch and room, a branch without a room with None; None when the filters cannot be read."""
    filters = chosen(form)
    if filters is None:
        return None
    reached = branches_of(request.scope)
    if filters["organization"]:
        reached = reached.below(filters["organization"])
    branches: list[Any] = list(reached)
    judged = {line.room.pk: line for line in room_lines([room for each in branches for room in each.rooms_in_use])}
    lines: list[Line] = []
    for branch in branches:
        own = [judged[room.pk] for room in branch.rooms_in_use]
        if filters["state"] == "wanting" and any(line.is_complete for line in own):
            continue
        lines += [(branch, line) for line in own] or [(branch, None)]
    return [line for line in lines if _is_asked_for(line[1], filters["state"])]


def _is_asked_for(line: RoomLine | None, state: str) -> bool:
    if state == "waiting":
        return line is not None and line.room.checked_at is None
    if state == "good":
        return line is not None and line.is_complete
    return True


def _rows(lines: Iterable[Line]) -> Iterable[list[object]]:
    for number, (branch, line) in enumerate(lines, 1):
        if line is None:
            yield [number, branch.name, branch.code, "", "", None, "未登记", "", ""]
            continue
        room = line.room
        missing = "、".join(item.label for item in line.missing)
        yield [
            number, branch.name, branch.code, room.name, room.place, room.starts_on, line.state, missing,
            room.check_remark,
        ]  # fmt: skip
