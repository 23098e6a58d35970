"""四查 over the files of a scope, the structure of a year's intake, and 控制总量."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from branches.actions.exports import record_export
from branches.forms.refusals import add_refusal
from branches.permissions import Permission
from branches.views.access import Request, need, require
from branches.views.lists import chosen
from branches.views.workbooks import workbook_response
from members.actions.development.quotas import set_quota
from members.forms.development import QuotaForm, ReviewFilterForm
from members.queries.development_pages import Review, quota_rows, review_of
from partybuild.lib import clock
from partybuild.lib.workbook import Sheet, write_table

COLUMNS = ("序号", "党支部", "姓名", "阶段", "检查内容", "步骤", "发现的问题")
STRUCTURE_COLUMNS = ("项目", "人数", "发展总数")


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def development_review(request: Request) -> HttpResponse:
    """What 四查 finds in the files of the year, and the structure of the intake."""
    form = ReviewFilterForm(request.scope, request.GET)
    review = _review(request, form)
    context = {"form": form, "review": review, "can_set_quota": request.scope.holds(Permission.APPROVE_PARTY_WORK)}
    return render(request, "members/development/review.html", context, status=422 if review is None else 200)


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def development_review_export(request: Request) -> HttpResponseBase:
    """The same as a workbook."""
    review = _review(request, ReviewFilterForm(request.scope, request.GET))
    if review is None:
        return render(request, "400.html", status=400)
    file = BytesIO()
    title = f"{review.year}年发展党员“四查”情况表"
    shares = [(share.label, share.count, share.total) for share in review.shares]
    count = write_table(
        file,
        [Sheet("四查", COLUMNS, _rows(review), title=title), Sheet("发展结构", STRUCTURE_COLUMNS, shares)],
    )
    record_export(by=request.actor, what="发展党员四查情况", count=count)
    return workbook_response(file, f"发展党员四查{clock.today():%Y%m%d}.xlsx")


@need(Permission.VIEW_PARTY_WORK)
def development_quotas(request: Request) -> HttpResponse:
    """控制总量 of a year: what is set, what is used; those who approve set it."""
    can_set = request.scope.holds(Permission.APPROVE_PARTY_WORK)
    if request.method == "POST":
        require(request, Permission.APPROVE_PARTY_WORK, request.scope.grant)  # type: ignore[arg-type]
    year = clock.today().year
    form = QuotaForm(request.scope, request.POST if request.method == "POST" else None, initial={"year": year})
    if request.method == "POST" and form.is_valid():
        try:
            quota = set_quota(by=request.actor, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, f"已保存：{quota}。")
            return redirect("members:development_quotas")
    years = [(one, list(quota_rows(request.scope, one))) for one in (year + 1, year, year - 1)]
    context = {"years": [(one, rows) for one, rows in years if rows], "form": form if can_set else None}
    return render(request, "members/development/quotas.html", context, status=422 if form.is_bound else 200)


def _review(request: Request, form: ReviewFilterForm) -> Review | None:
    filters = chosen(form)
    return None if filters is None else review_of(request.scope, **filters)


def _rows(review: Review) -> Iterator[list[Any]]:
    number = 0
    for file, findings in review.rows:
        for finding in findings:
            number += 1
            step = finding.step
            yield [
                number, file.organization.name, file.member.name, file.stage_label, finding.area.value,
                f"{step.number} {step.label}" if step else None, finding.words,
            ]  # fmt: skip
