"""Other beginnings of a draft: by hand, from Excel, from the campaign of another year."""

from io import BytesIO

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from branches.permissions import Permission
from branches.views.access import Request, need, own_or_404, visible_or_404
from branches.views.workbooks import workbook_response
from campaigns.actions.plan_drafts import copy_campaign, start_draft
from campaigns.actions.plan_sheets import SheetError, draft_from_workbook
from campaigns.forms.plan_drafts import BlankForm, SheetForm, YearForm
from campaigns.queries.campaign_overview import visible as visible_campaigns
from campaigns.rules.metrics import METRICS
from campaigns.rules.plan_drafts.sheets import COLUMNS, EXAMPLES
from campaigns.rules.plan_drafts.states import PlanDraftError
from campaigns.rules.plans import Plan
from partybuild.lib.periods import PeriodKind
from partybuild.lib.workbook import OutColumn, Sheet, write_table

require_form = require_http_methods(["GET", "HEAD", "POST"])
_WIDTHS = {"wording": 36, "checklist": 36, "title": 24, "metric": 24}


@require_form
@need(Permission.MANAGE_CAMPAIGN)
def plan_draft_blank(request: Request) -> HttpResponse:
    """An empty draft."""
    issuer = own_or_404(request)
    form = BlankForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        plan = Plan(code="DRAFT", name=form.cleaned_data["name"], year=form.cleaned_data["year"])
        try:
            draft = start_draft(by=request.actor, issuer=issuer, plan=plan)
        except PlanDraftError as error:
            form.add_error(None, str(error))
        else:
            return redirect("campaigns:plan_draft_detail", draft.pk)
    context = {"form": form, "issuer": issuer}
    return render(request, "campaigns/plan_drafts/blank.html", context, status=422 if form.is_bound else 200)


@require_form
@need(Permission.MANAGE_CAMPAIGN)
def plan_draft_sheet(request: Request) -> HttpResponse:
    """A draft from a workbook; wrong rows are listed and nothing is kept."""
    issuer, errors = own_or_404(request), []
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
    if form.is_bound and form.is_valid():
        try:
            draft = draft_from_workbook(by=request.actor, issuer=issuer, **form.cleaned_data)
        except PlanDraftError as error:
            errors = error.errors if isinstance(error, SheetError) else []
            form.add_error(error.field or None, str(error))
        else:
            messages.success(request, f"已导入：{draft}。请核对后生成创建活动。")
            return redirect("campaigns:plan_draft_detail", draft.pk)
    context = {"form": form, "issuer": issuer, "errors": errors, "columns": COLUMNS}
    return render(request, "campaigns/plan_drafts/sheet.html", context, status=422 if form.is_bound else 200)


@require_safe
@need(Permission.MANAGE_CAMPAIGN)
def plan_draft_template(request: Request) -> HttpResponseBase:
    """An empty workbook with our headings, examples, and what may stand in each column."""
    file = BytesIO()
    headings = [OutColumn(column.title, _WIDTHS.get(column.field, 12)) for column in COLUMNS]
    examples = zip((column.title for column in COLUMNS), *EXAMPLES, strict=True)
    metrics = [(each.name, f"{each.unit}，{each.subject.label}") for each in METRICS.values()]
    write_table(
        file,
        [
            Sheet("任务", headings, [], title="创建活动任务表"),
            Sheet("填写说明", ("列名", *(f"示例{number}" for number in range(1, len(EXAMPLES) + 1))), list(examples)),
            Sheet("可选计量", ("名称", "说明"), [*metrics, *((label, "周期") for label in PeriodKind.labels)]),
        ],
    )
    return workbook_response(file, "创建活动任务表.xlsx")


@require_form
@need(Permission.MANAGE_CAMPAIGN)
def campaign_copy(request: Request, pk: int) -> HttpResponse:
    """A draft of the same plan for another year."""
    campaign = visible_or_404(visible_campaigns(request.scope).select_related("issuer"), request, pk=pk)
    issuer = own_or_404(request)
    form = YearForm(request.POST if request.method == "POST" else None, initial={"year": campaign.year + 1})
    if form.is_bound and form.is_valid():
        year = form.cleaned_data["year"]
        try:
            draft = copy_campaign(by=request.actor, campaign=campaign, issuer=issuer, year=year)
        except PlanDraftError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"已复制到{year}年，日期已顺延。请核对后生成创建活动。")
            return redirect("campaigns:plan_draft_detail", draft.pk)
    context = {"form": form, "campaign": campaign, "issuer": issuer}
    return render(request, "campaigns/plan_drafts/copy.html", context, status=422 if form.is_bound else 200)
