"""The year of a member and of a branch on one page, and as a document (O08)."""

from io import BytesIO

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from branches.actions.exports import record_export
from branches.enums import OrganizationKind
from branches.models import Organization
from branches.permissions import Permission
from branches.views.access import Request, need, require, signed_in, visible_or_404
from desk.queries.branch_years import year_of_branch
from desk.queries.member_years import year_of_member
from desk.rules.years import Year, document_of
from members.models import Member
from partybuild.lib import clock
from partybuild.lib.official import CONTENT_TYPE, write_document

FIRST = 2000


@require_safe
@need(Permission.VIEW_OWN)
def own_year(request: Request) -> HttpResponse:
    """One's own running year; an account that is linked to nobody is told whom to ask."""
    if request.scope.member_id is None:
        return redirect("members:own_page")
    return redirect("desk:member_year", pk=request.scope.member_id, year=clock.today().year)


@require_safe
@signed_in
def member_year_now(request: Request, pk: int) -> HttpResponse:
    """The running year of a member."""
    return redirect("desk:member_year", pk=_member(request, pk).pk, year=clock.today().year)


@require_safe
@signed_in
def member_year(request: Request, pk: int, year: int) -> HttpResponse:
    """One member's year, for himself and for those who keep his roster."""
    member = _member(request, pk)
    shown = year_of_member(member, _year(year), request.scope)
    links = {
        "back": reverse("members:member_detail", args=[pk]),
        "document": reverse("desk:member_year_document", args=[pk, year]),
        "years": _years("desk:member_year", pk, year),
    }
    return render(request, "desk/years/detail.html", {"shown": shown, "whose": member.name, **links})


@require_safe
@signed_in
def member_year_document(request: Request, pk: int, year: int) -> HttpResponseBase:
    """The same as a document."""
    member = _member(request, pk)
    return _document(request, year_of_member(member, _year(year), request.scope), "党员个人档案")


@require_safe
@need(Permission.VIEW_ORGANIZATION)
def branch_year(request: Request, pk: int, year: int) -> HttpResponse:
    """One branch's year, for those in whose scope it lies."""
    branch = _branch(request, pk)
    shown = year_of_branch(branch, _year(year), request.scope)
    links = {
        "back": reverse("branches:organization_detail", args=[pk]),
        "document": reverse("desk:branch_year_document", args=[pk, year]),
        "years": _years("desk:branch_year", pk, year),
    }
    return render(request, "desk/years/detail.html", {"shown": shown, "whose": str(branch), **links})


@require_safe
@need(Permission.VIEW_ORGANIZATION)
def branch_year_document(request: Request, pk: int, year: int) -> HttpResponseBase:
    """The same as a document."""
    branch = _branch(request, pk)
    return _document(request, year_of_branch(branch, _year(year), request.scope), "党支部工作记录")


@require_safe
@need(Permission.VIEW_RECORD)
def branch_year_panel(request: Request, pk: int) -> HttpResponse:
    """The way to it from an organisation's page."""
    branch: Organization = visible_or_404(Organization.objects, request, pk=pk)
    require(request, Permission.VIEW_RECORD, branch)
    context = {"organization": branch, "year": clock.today().year, "is_branch": branch.is_branch}
    return render(request, "desk/years/_panel.html", context)


def _member(request: Request, pk: int) -> Member:
    return visible_or_404(Member.objects, request, pk=pk)


def _branch(request: Request, pk: int) -> Organization:
    """A branch of which the scope sees the records."""
    branch: Organization = visible_or_404(Organization.objects.filter(kind=OrganizationKind.BRANCH), request, pk=pk)
    require(request, Permission.VIEW_RECORD, branch)
    return branch


def _year(year: int) -> int:
    if not FIRST <= year <= clock.today().year:
        raise Http404
    return year


def _years(name: str, pk: int, shown: int) -> list[dict[str, object]]:
    """The running year and the four before it, and the one shown."""
    now = clock.today().year
    years = sorted({*range(now - 4, now + 1), shown}, reverse=True)
    return [{"label": f"{year}年", "url": reverse(name, args=[pk, year]), "current": year == shown} for year in years]


def _document(request: Request, shown: Year, mark: str) -> FileResponse:
    file = BytesIO()
    write_document(file, document_of(shown, mark, clock.today()))
    file.seek(0)
    record_export(by=request.actor, what=shown.title, count=1)
    return FileResponse(file, as_attachment=True, filename=f"{shown.title}.docx", content_type=CONTENT_TYPE)
