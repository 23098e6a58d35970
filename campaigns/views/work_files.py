"""Files of special work: shown, taken off."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from branches.permissions import Permission
from branches.views.access import Request, need, require, visible_or_404
from branches.views.pages import do
from campaigns.actions.contacts import count_contact
from campaigns.actions.works import detach
from campaigns.models import Contact, WorkFile
from office.views.files import file_response

_PAGES = {
    "InfoItem": "info_detail", "Contact": "contact_detail", "Agreement": "agreement_detail", "Piece": "piece_detail",
}  # fmt: skip


@require_safe
@need(Permission.VIEW_WORK)
def work_file(request: Request, pk: int) -> HttpResponseBase:
    """A file of special work."""
    file: WorkFile = visible_or_404(WorkFile.objects.select_related("file"), request, pk=pk)
    return file_response(request, file.file, file.name, inline=True)


@require_POST
@need(Permission.DO_WORK)
def work_file_remove(request: Request, pk: int) -> HttpResponse:
    """Take a file off, while the row to which it belongs may be changed."""
    related = ("info_item__organization", "contact__organization", "agreement__organization", "piece__organization")
    file: WorkFile = visible_or_404(WorkFile.objects.select_related(*related), request, pk=pk)
    require(request, Permission.DO_WORK, file.organization)
    owner = file.owner

    def remove() -> None:
        if not getattr(owner, "is_open", False):
            raise ValidationError("该事项已经提交或者办结，不能移除材料。")
        detach(by=request.actor, file=file)
        if isinstance(owner, Contact):
            count_contact(owner)

    return do(request, remove, done="已移除。", to=address_of(owner))


def address_of(owner: Any) -> str:
    """Where the row to which a file belongs is shown."""
    return reverse(f"campaigns:{_PAGES[type(owner).__name__]}", args=[owner.pk])
