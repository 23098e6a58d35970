"""激励关怀帮扶 (O14), for those who are named for it. Every look leaves a trace."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from branches.queries.audit import history_of
from branches.views.access import Request, signed_in, visible_or_404
from branches.views.lists import chosen, page_of
from branches.views.pages import Book, ListPage, ask, attempt, data_of
from branches.views.workbooks import exported
from members.actions import care as actions
from members.actions.restricted import note_list_seen
from members.enums import CareGroup, RestrictedKind
from members.forms.care import CareEndForm, CareFilterForm, CareForm, VisitForm
from members.forms.members import ReasonForm
from members.models import CareCase
from members.queries.care import cases_for, export_rows
from members.views.custody import held_or_403
from partybuild.lib import clock
from partybuild.lib.dates import day_text
from partybuild.lib.workbook import Sheet

COLUMNS = ("序号", "类别", "姓名", "党组织", "开始日期", "结束日期", "帮扶次数", "最近帮扶", "金额合计（元）")
CARE = ListPage(
    heading="激励关怀帮扶",
    template="members/care/list.html",
    url_name="members:care_list",
    book=Book(url_name="members:care_export", columns=COLUMNS),
    new_name="members:care_new",
    new_label="登记对象",
    none="还没有关怀帮扶对象",
    empty="困难、离退休、流动和需要心理关怀的党员可以登记在这里。",
    nothing_found="没有符合条件的对象",
    picture="people",
)


@require_safe
@signed_in
def care_list(request: Request) -> HttpResponse:
    """Who is cared for, with what was done."""
    held_or_403(request, RestrictedKind.CARE)
    form, today = CareFilterForm(request.scope, request.GET), clock.today()
    filters = chosen(form)
    rows = CareCase.objects.none() if filters is None else cases_for(request.scope, today, **filters)
    page = page_of(request, rows)
    group = (filters or {}).get("group", "")
    note_list_seen(by=request.actor, what="关怀帮扶", kind=group, count=page.paginator.count)
    context = CARE.context(may_add=True) | {
        "form": form, "page": page, "rows": page.object_list, "groups": CareGroup, "group": group,
        "seen_at": clock.now(),
    }  # fmt: skip
    return render(request, CARE.template, context, status=422 if filters is None else 200)


@signed_in
def care_export(request: Request) -> HttpResponseBase:
    """The register as a workbook, without the needs, for a reason that the trail keeps."""
    held_or_403(request, RestrictedKind.CARE)
    filters, today = chosen(CareFilterForm(request.scope, request.GET)), clock.today()
    if filters is None:
        return render(request, "400.html", status=400)
    form = ReasonForm(data_of(request))
    if request.method == "POST" and form.is_valid():
        rows = export_rows(cases_for(request.scope, today, **filters).iterator(1000))
        sheet = Sheet("关怀帮扶", COLUMNS, rows, title="关怀帮扶台账")
        return exported(request, "关怀帮扶台账", sheet, reason=form.cleaned_data["reason"])
    context = {
        "title": "导出关怀帮扶台账", "question": "导出的文件不含困难和需要的具体内容。请妥善保管，用后删除。",
        "form": form, "verb": "导出", "cancel_url": reverse("members:care_list"),
    }  # fmt: skip
    return render(request, "confirm.html", context, status=422 if form.is_bound else 200)


@signed_in
def care_new(request: Request) -> HttpResponse:
    """A member who needs care."""
    held_or_403(request, RestrictedKind.CARE)
    return ask(
        request, CareForm(request.scope, data_of(request)),
        lambda values: actions.open_case(by=request.actor, **values), done="已登记。", to=_page_of,
        title="登记关怀帮扶对象", back_url=reverse(CARE.url_name), back_label=CARE.heading, submit="登记",
    )  # fmt: skip


@require_safe
@signed_in
def care_detail(request: Request, pk: int) -> HttpResponse:
    """One member's need and the help given."""
    case = _case(request, pk)
    actions.note_case_seen(by=request.actor, case=case)
    return _shown(request, case, VisitForm())


@require_POST
@signed_in
def care_visit(request: Request, pk: int) -> HttpResponse:
    """Help was given."""
    case, form = _case(request, pk), VisitForm(request.POST)
    added = attempt(
        request, form, lambda values: actions.add_visit(by=request.actor, case=case, **values), done="已登记帮扶。",
        to=_page_of(case),
    )  # fmt: skip
    return added or _shown(request, case, form)


@signed_in
def care_end(request: Request, pk: int) -> HttpResponse:
    """Care is no longer needed."""
    case = _case(request, pk)
    facts = [("党员", case.member), ("类别", case.get_group_display()), ("开始日期", day_text(case.starts_on))]
    return ask(
        request, CareEndForm(data_of(request)), lambda values: actions.end_case(by=request.actor, case=case, **values),
        done="已结束。", to=_page_of(case), template="confirm.html", title="结束关怀帮扶", facts=facts, verb="结束",
        question="结束后按规则表规定的年限保存，到期销毁。", cancel_url=_page_of(case),
    )  # fmt: skip


def _page_of(case: CareCase) -> str:
    return reverse("members:care_detail", args=[case.pk])


def _shown(request: Request, case: CareCase, form: VisitForm) -> HttpResponse:
    context = {
        "case": case,
        "visits": case.visits.select_related("recorded_by"),
        "form": form,
        "history": history_of(case),
        "seen_at": clock.now(),
    }
    return render(request, "members/care/detail.html", context, status=422 if form.is_bound else 200)


def _case(request: Request, pk: int) -> CareCase:
    held_or_403(request, RestrictedKind.CARE)
    rows = CareCase.objects.select_related("member", "organization", "recorded_by")
    case: CareCase = visible_or_404(rows, request, pk=pk)
    return case
