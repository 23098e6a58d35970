"""The roster as a workbook, and its summary on an organisation's page."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from branches.enums import OrganizationKind
from branches.models import Organization
from branches.permissions import Permission
from branches.views.access import Request, need, require, visible_or_404
from branches.views.lists import chosen
from branches.views.workbooks import exported
from members.forms.members import MemberFilterForm, ReasonForm
from members.queries.members import export_rows, roster_list
from members.queries.roster import COMMITTEE_KINDS, figures_on, offices_on
from partybuild.lib import clock
from partybuild.lib.dates import day_text
from partybuild.lib.htmx import is_htmx
from partybuild.lib.workbook import Sheet

COLUMNS = (
    "序号", "姓名", "性别", "民族", "籍贯", "出生日期", "身份证号", "学历", "学位", "人员类别", "所在党支部",
    "党支部编码", "党小组", "入党时间", "转正时间", "参加工作时间", "工作岗位", "党内职务", "手机号码", "固定电话",
    "家庭住址", "备注",
)  # fmt: skip


@require_safe
@need(Permission.VIEW_MEMBER)
def member_export(request: Request) -> HttpResponseBase:
    """The list, filtered as it is shown, with masked numbers."""
    return _export(request, full=False)


@need(Permission.MANAGE_MEMBER)
def member_export_full(request: Request) -> HttpResponseBase:
    """The list with full numbers, for a reason that the trail keeps."""
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _export(request, full=True, reason=form.cleaned_data["reason"])
    context = {
        "title": "导出含完整号码的名册",
        "question": "导出的文件含身份证号、电话和住址，请妥善保管，用后删除。",
        "form": form,
        "verb": "导出",
        "cancel_url": reverse("members:member_list"),
    }
    return render(request, "confirm.html", context, status=422 if form.is_bound else 200)


def _export(request: Request, *, full: bool, reason: str = "") -> HttpResponseBase:
    filters = chosen(MemberFilterForm(request.scope, request.GET))
    if filters is None:
        return render(request, "400.html", status=400)
    permission = Permission.MANAGE_MEMBER if full else Permission.VIEW_MEMBER
    today = clock.today()
    places = roster_list(request.scope, today, sort="organization", permission=permission, **filters)
    note = f"截至{day_text(today)}" if full else f"截至{day_text(today)}　号码已隐去中间部分"
    what = "党员名册（含完整号码）" if full else "党员名册"
    return exported(
        request,
        what,
        Sheet("党员名册", COLUMNS, export_rows(places, today, full=full), title="党员名册", note=note),
        file_name=f"党员名册{today:%Y%m%d}",
        reason=reason,
    )


@require_safe
@need(Permission.VIEW_MEMBER)
def organization_roster(request: Request, pk: int) -> HttpResponse:
    """Counts and committee for the page of an organisation; without htmx the list itself."""
    organization: Organization = visible_or_404(Organization.objects, request, pk=pk)
    require(request, Permission.VIEW_MEMBER, organization)
    if not is_htmx(request):
        return redirect(f"{reverse('members:member_list')}?{urlencode({'organization': organization.code})}")
    today = clock.today()
    context = {
        "organization": organization,
        "figures": figures_on(organization, today),
        "offices": offices_on(organization, today),
        "lacks_secretary": organization.kind == OrganizationKind.BRANCH
        and not offices_on(organization, today, COMMITTEE_KINDS[:1]).exists(),
    }
    return render(request, "members/members/_panel.html", context)
