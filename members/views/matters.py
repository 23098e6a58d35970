"""Matters decided together and put before the superior (O11): list, one matter, new and changed, answered, papers."""

from io import BytesIO

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from branches.actions.exports import record_export
from branches.forms.refusals import add_refusal
from branches.models import Organization
from branches.permissions import Permission
from branches.queries.audit import history_of
from branches.views.access import Request, need, require, visible_or_404
from branches.views.lists import chosen, page_of
from branches.views.workbooks import workbook_response
from members.actions import matters as actions
from members.forms.matters import AnswerForm, MatterFilterForm, MatterForm, MatterNewForm, PaperForm
from members.models import Matter, MatterPaper
from members.queries.matters import export_rows, matter_findings, matters_for
from office.views.files import file_response
from partybuild.lib import clock
from partybuild.lib.workbook import Sheet, write_table

COLUMNS = (
    "序号", "党组织", "类别", "事项", "办理日期", "会议", "会议日期", "应到会", "实到会", "赞成", "反对", "弃权",
    "决定和内容", "报上级日期", "状态", "上级答复", "答复日期",
)  # fmt: skip


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def matter_list(request: Request) -> HttpResponse:
    """The matters of the scope, filtered."""
    form = MatterFilterForm(request.scope, request.GET)
    filters = chosen(form)
    rows = Matter.objects.none() if filters is None else matters_for(request.scope, **filters)
    context = {
        "form": form,
        "page": page_of(request, rows),
        "can_manage": request.scope.holds(Permission.MANAGE_PARTY_WORK),
    }
    return render(request, "members/matters/list.html", context, status=422 if filters is None else 200)


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def matter_export(request: Request) -> HttpResponseBase:
    """The list as it is filtered, as a workbook."""
    filters = chosen(MatterFilterForm(request.scope, request.GET))
    if filters is None:
        return render(request, "400.html", status=400)
    file = BytesIO()
    rows = export_rows(matters_for(request.scope, **filters).iterator(1000))
    count = write_table(file, [Sheet("议事事项", COLUMNS, rows, title="三重一大和请示报告台账")])
    record_export(by=request.actor, what="三重一大和请示报告", count=count)
    return workbook_response(file, f"三重一大和请示报告{clock.today():%Y%m%d}.xlsx")


@need(Permission.MANAGE_PARTY_WORK)
def matter_new(request: Request) -> HttpResponse:
    """Write a matter down."""
    grant = request.scope.grant
    own = Organization.objects.filter(pk=grant.organization_id).first() if grant else None
    form = MatterNewForm(request.scope, request.POST if request.method == "POST" else None, own)
    if request.method == "POST" and form.is_valid():
        try:
            matter = actions.register_matter(by=request.actor, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已登记。")
            return redirect("members:matter_detail", pk=matter.pk)
    return render(request, "members/matters/form.html", {"form": form}, status=422 if form.is_bound else 200)


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def matter_detail(request: Request, pk: int) -> HttpResponse:
    """One matter: the meeting, the vote, the decision, the way upwards."""
    return _detail(request, _matter(request, pk))


@need(Permission.MANAGE_PARTY_WORK)
def matter_edit(request: Request, pk: int) -> HttpResponse:
    """Change what was written down."""
    matter = _matter(request, pk, Permission.MANAGE_PARTY_WORK)
    form = MatterForm(request.POST if request.method == "POST" else None, matter)
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct_matter(by=request.actor, matter=matter, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已保存。")
            return redirect("members:matter_detail", pk=pk)
    context = {"form": form, "matter": matter}
    return render(request, "members/matters/form.html", context, status=422 if form.is_bound else 200)


@require_POST
@need(Permission.APPROVE_PARTY_WORK)
def matter_answer(request: Request, pk: int) -> HttpResponse:
    """The superior answers."""
    matter, form = _matter(request, pk, Permission.APPROVE_PARTY_WORK), AnswerForm(request.POST)
    if form.is_valid():
        try:
            actions.answer_matter(by=request.actor, matter=matter, answer=form.cleaned_data["answer"])
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已答复。")
            return redirect("members:matter_detail", pk=pk)
    return _detail(request, matter, answer_form=form)


@require_POST
@need(Permission.MANAGE_PARTY_WORK)
def matter_paper_add(request: Request, pk: int) -> HttpResponse:
    """Add minutes or a letter."""
    matter, form = _matter(request, pk, Permission.MANAGE_PARTY_WORK), PaperForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            actions.add_paper(by=request.actor, matter=matter, upload=form.cleaned_data["paper"])
        except ValidationError as error:
            add_refusal(form, error)
        else:
            return redirect("members:matter_detail", pk=pk)
    return _detail(request, matter, paper_form=form)


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def matter_paper(request: Request, pk: int) -> HttpResponseBase:
    """A paper."""
    paper = _paper(request, pk, Permission.VIEW_PARTY_WORK)
    return file_response(request, paper.file, paper.name, inline=True)


@require_POST
@need(Permission.MANAGE_PARTY_WORK)
def matter_paper_remove(request: Request, pk: int) -> HttpResponse:
    """Take a paper away."""
    paper = _paper(request, pk, Permission.MANAGE_PARTY_WORK)
    try:
        actions.remove_paper(by=request.actor, paper=paper)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("members:matter_detail", pk=paper.matter_id)


def _matter(request: Request, pk: int, permission: Permission = Permission.VIEW_PARTY_WORK) -> Matter:
    rows = Matter.objects.select_related("organization", "answered_by")
    matter: Matter = visible_or_404(rows, request, pk=pk)
    require(request, permission, matter.organization)
    return matter


def _paper(request: Request, pk: int, permission: Permission) -> MatterPaper:
    rows = MatterPaper.objects.select_related("file", "matter__organization")
    paper: MatterPaper = visible_or_404(rows, request, pk=pk)
    require(request, permission, paper.matter.organization)
    return paper


def _detail(
    request: Request, matter: Matter, answer_form: AnswerForm | None = None, paper_form: PaperForm | None = None
) -> HttpResponse:
    scope, organization, is_open = request.scope, matter.organization, matter.answered_on is None
    own = scope.grant.organization_id if scope.grant else None
    is_reporter = matter.reported_by_id is not None and matter.reported_by_id in (scope.user_id, scope.acting_for_id)
    may_answer = not is_reporter and (own != organization.pk or organization.parent_id is None)
    context = {
        "matter": matter,
        "findings": matter_findings(matter, clock.today()),
        "papers": matter.papers.select_related("file"),
        "can_manage": is_open and scope.allows(Permission.MANAGE_PARTY_WORK, organization),
        "can_answer": is_open
        and matter.reported_on is not None
        and may_answer
        and scope.allows(Permission.APPROVE_PARTY_WORK, organization),
        "answer_form": answer_form or AnswerForm(),
        "paper_form": paper_form or PaperForm(),
        "history": history_of(matter),
    }
    return render(request, "members/matters/detail.html", context, status=422 if answer_form or paper_form else 200)
