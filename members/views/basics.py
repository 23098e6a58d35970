"""The register 基础台账: completeness of each member's basic data."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from branches.permissions import Permission
from branches.views.access import Request, need
from branches.views.lists import chosen, page_of
from branches.views.workbooks import exported
from members.forms.standings import BasicsFilterForm
from members.models import Membership
from members.queries.basics import branch_lines, incomplete_places, member_lines
from partybuild.lib import clock
from partybuild.lib.dates import day_text
from partybuild.lib.workbook import Sheet

_BY_MEMBER = ("姓名", "所在党支部", "党支部编码", "缺少的信息")
_BY_BRANCH = ("党支部", "编码", "党员", "资料完整", "资料不全", "缺少的信息")


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def basics_list(request: Request) -> HttpResponse:
    """Per branch how many are complete, and the members who are not with what they lack. Source: TJ 六, O04."""
    form = BasicsFilterForm(request.scope, request.GET)
    filters, today = chosen(form), clock.today()
    organization = filters["organization"] if filters else None
    branches = branch_lines(request.scope, today, organization) if filters is not None else []
    places = Membership.objects.none() if filters is None else incomplete_places(request.scope, today, organization)
    page = page_of(request, places)
    context = {
        "form": form,
        "branches": [one for one in branches if one.incomplete],
        "members": sum(one.members for one in branches),
        "complete": sum(one.complete for one in branches),
        "page": page,
        "lines": list(member_lines(list(page), today)),
        "can_open": request.scope.holds(Permission.VIEW_MEMBER),
    }
    return render(request, "members/basics/list.html", context, status=422 if filters is None else 200)


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def basics_export(request: Request) -> HttpResponseBase:
    """Both tables as a workbook; it holds no numbers, only which are missing."""
    filters = chosen(BasicsFilterForm(request.scope, request.GET))
    if filters is None:
        return render(request, "400.html", status=400)
    today = clock.today()
    organization = filters["organization"]
    note = f"截至{day_text(today)}"
    by_branch = [
        [one.name, one.code, one.members, one.complete, one.incomplete, one.fields]
        for one in branch_lines(request.scope, today, organization)
    ]
    by_member = [
        [line.place.member.name, line.place.organization.name, line.place.organization.code, line.missing]
        for line in member_lines(incomplete_places(request.scope, today, organization), today)
    ]
    return exported(
        request,
        "党员基础台账",
        Sheet("按党支部", _BY_BRANCH, by_branch, title="党员基础台账核对表", note=note),
        Sheet("按党员", _BY_MEMBER, by_member, title="资料不全的党员", note=note),
    )
