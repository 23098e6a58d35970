"""A person's own notices."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from branches.views.access import Request, signed_in
from branches.views.lists import page_of
from office.actions.notices import read_notices
from office.models import Notice


@require_safe
@signed_in
def notice_list(request: Request) -> HttpResponse:
    """What one was told, newest first; ``unread=1`` leaves out what was read."""
    rows = Notice.objects.of(request.scope.user_id)
    unread = rows.unread().count()
    is_unread_only = request.GET.get("unread") == "1"
    page = page_of(request, rows.unread() if is_unread_only else rows)
    return render(
        request, "office/notices/list.html", {"page": page, "unread": unread, "is_unread_only": is_unread_only}
    )


@require_POST
@signed_in
def notice_open(request: Request, pk: int) -> HttpResponse:
    """Mark a notice as read and go to what it is about."""
    notice = get_object_or_404(Notice.objects.of(request.scope.user_id), pk=pk)
    read_notices(by=request.actor, pks=[notice.pk])
    return redirect(notice.url or "office:notice_list")


@require_POST
@signed_in
def notice_read_all(request: Request) -> HttpResponse:
    """Mark all as read."""
    read_notices(by=request.actor)
    return redirect("office:notice_list")
