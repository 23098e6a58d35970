"""Matters decided together and put before the superior (O11): list, one matter, new and changed, answered, papers."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from branches.models import Organization
from branches.permissions import Permission
from branches.queries.audit import history_of
from branches.views.access import Request, need, require, visible_or_404
from branches.views.pages import Book, ListPage, ask, attempt, data_of, do, export_list, show_list
from members.actions import matters as actions
from members.forms.matters import AnswerForm, MatterFilterForm, MatterForm, MatterNewForm, PaperForm
from members.models import Matter, MatterPaper
from members.queries.matters import export_rows, matter_findings, matters_for
from office.views.files import file_response
from partybuild.lib import clock

COLUMNS = (
    "序号", "党组织", "类别", "事项", "办理日期", "会议", "会议日期", "应到会", "实到会", "赞成", "反对", "弃权",
    "决定和内容", "报上级日期", "状态", "上级答复", "答复日期",
)  # fmt: skip
MATTERS = ListPage(
    heading="三重一大和请示报告",
    template="members/matters/list.html",
    url_name="members:matter_list",
    book=Book(url_name="members:matter_export", columns=COLUMNS, sheet="议事事项"),
    new_name="members:matter_new",
    new_label="登记事项",
    none="还没有登记事项",
    empty="党组织登记后会显示在这里。",
    invite="集体决定的重大事项和向上级的请示、报告登记在这里。",
    nothing_found="没有符合条件的事项",
)
FORM = "members/matters/form.html"


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def matter_list(request: Request) -> HttpResponse:
    """The matters of the scope, filtered."""
    form = MatterFilterForm(request.scope, request.GET)
    return show_list(request, MATTERS, form, matters_for, may_add=request.scope.holds(Permission.MANAGE_PARTY_WORK))


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def matter_export(request: Request) -> HttpResponseBase:
    """The list as it is filtered, as a workbook."""
    return export_list(request, MATTERS, MatterFilterForm(request.scope, request.GET), matters_for, export_rows)


@need(Permission.MANAGE_PARTY_WORK)
def matter_new(request: Request) -> HttpResponse:
    """Write a matter down."""
    grant = request.scope.grant
    own = Organization.objects.filter(pk=grant.organization_id).first() if grant else None
    return ask(
        request, MatterNewForm(request.scope, data_of(request), own),
        lambda values: actions.register_matter(by=request.actor, **values), done="已登记。", to=actions.page_of,
        template=FORM,
    )  # fmt: skip


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def matter_detail(request: Request, pk: int) -> HttpResponse:
    """One matter: the meeting, the vote, the decision, the way upwards."""
    return _detail(request, _matter(request, pk))


@need(Permission.MANAGE_PARTY_WORK)
def matter_edit(request: Request, pk: int) -> HttpResponse:
    """Change what was written down."""
    matter = _matter(request, pk, Permission.MANAGE_PARTY_WORK)
    return ask(
        request, MatterForm(data_of(request), matter),
        lambda values: actions.correct_matter(by=request.actor, matter=matter, **values), done="已保存。",
        to=actions.page_of(matter), template=FORM, matter=matter,
    )  # fmt: skip


@require_POST
@need(Permission.APPROVE_PARTY_WORK)
def matter_answer(request: Request, pk: int) -> HttpResponse:
    """The superior answers."""
    matter, form = _matter(request, pk, Permission.APPROVE_PARTY_WORK), AnswerForm(request.POST)
    answered = attempt(
        request, form, lambda values: actions.answer_matter(by=request.actor, matter=matter, **values),
        done="已答复。", to=actions.page_of(matter),
    )  # fmt: skip
    return answered or _detail(request, matter, answer_form=form)


@require_POST
@need(Permission.MANAGE_PARTY_WORK)
def matter_paper_add(request: Request, pk: int) -> HttpResponse:
    """Add minutes or a letter."""
    matter, form = _matter(request, pk, Permission.MANAGE_PARTY_WORK), PaperForm(request.POST, request.FILES)
    added = attempt(
        request, form, lambda values: actions.add_paper(by=request.actor, matter=matter, upload=values["paper"]),
        to=actions.page_of(matter),
    )  # fmt: skip
    return added or _detail(request, matter, paper_form=form)


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
    page = reverse("members:matter_detail", args=[paper.matter_id])
    return do(request, lambda: actions.remove_paper(by=request.actor, paper=paper), to=page)


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
