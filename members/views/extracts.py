"""All that the portal holds about one member as a workbook: for himself, and for those who keep his roster."""

from io import BytesIO

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from branches.models import Organization
from branches.permissions import Permission
from branches.views.access import Request, need, signed_in
from branches.views.workbooks import workbook_response
from members.actions.members import note_extract
from members.forms.members import ReasonForm
from members.models import Member
from members.queries.extracts import extract_of
from members.rules.extracts import WITHHELD
from members.views.corrections import own_member
from members.views.members import managed_or_404
from partybuild.lib import clock
from partybuild.lib.dates import day_text
from partybuild.lib.workbook import Sheet, write_table


@require_POST
@signed_in
def own_extract(request: Request) -> HttpResponseBase:
    """One's own data."""
    member = own_member(request)
    if member is None:
        raise PermissionDenied
    place = member.memberships.filter(ends_on=None).select_related("organization").first()
    return _workbook(request, member, place.organization if place else None, "本人导出")


@need(Permission.MANAGE_MEMBER)
def member_extract(request: Request, pk: int) -> HttpResponseBase:
    """The data of a member whose roster one keeps, for a reason that the trail keeps."""
    member, place = managed_or_404(request, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _workbook(request, member, place.organization, form.cleaned_data["reason"])
    return _ask(request, form, member)


def _ask(request: Request, form: ReasonForm, member: Member) -> HttpResponse:
    context = {
        "title": f"导出{member}的全部数据",
        "question": "文件含完整号码和平台保存的全部记录，请只交给本人或按规定使用，用后删除。",
        "form": form,
        "verb": "导出",
        "cancel_url": reverse("members:member_detail", args=[member.pk]),
    }
    return render(request, "confirm.html", context, status=422 if form.is_bound else 200)


def _workbook(request: Request, member: Member, organization: Organization | None, reason: str) -> HttpResponseBase:
    file, today = BytesIO(), clock.today()
    note = f"截至{day_text(today)}　不含{'、'.join(WITHHELD.values())}，需要时请向党组织申请"
    sheets = [
        Sheet(part.name, part.columns, part.rows, title=f"{member} {part.name}", note=note if number == 0 else "")
        for number, part in enumerate(extract_of(member))
    ]
    write_table(file, sheets)
    note_extract(by=request.actor, member=member, organization=organization, reason=reason)
    return workbook_response(file, f"个人数据{today:%Y%m%d}.xlsx")
