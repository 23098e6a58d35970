"""Topics and projects (一支一项, C09): set, taken on, supervised, accepted; and the files with notes."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.permissions import Permission
from branches.queries.audit import history_of
from branches.views.access import Request, need, require, visible_or_404
from campaigns.actions import projects as actions
from campaigns.forms.projects import PROJECT_STATES, TOPIC_STATES, AcceptForm, ProjectForm, TopicForm
from campaigns.forms.works import MoveForm, WorkFilterForm
from campaigns.models import NoteFile, Project, Topic
from campaigns.models.project import PROJECT_KINDS
from campaigns.queries import projects as queries
from campaigns.queries.work_notes import notes_of
from campaigns.queries.work_rights import does, leads, own_organization
from campaigns.rules.projects import PROJECT_MOVES, ProjectState
from campaigns.rules.work_moves import verbs_in
from campaigns.views.work_pages import (
    ListPage,
    act,
    allowed_move,
    export_list,
    run,
    saved,
    show_form,
    show_list,
    verb_forms,
)
from office.views.files import file_response
from partybuild.lib import clock

PROJECTS = ListPage(
    "一支一项项目", "campaigns/projects/list.html", "campaigns:project_list", "党支部领办项目后会显示在这里。",
    (
        "序号", "党组织", "年度", "项目名称", "题目", "主要内容", "预期目标", "责任人", "开始日期", "完成期限", "状态",
        "完成情况", "验收日期", "等次",
    ),
    "campaigns:project_export", "campaigns:project_new", "领办项目",
)  # fmt: skip
TOPICS = ListPage(
    "项目题目", "campaigns/projects/topics.html", "campaigns:topic_list", "上级党组织发布题目后会显示在这里。",
    (
        "序号", "出题单位", "年度", "题目", "内容和要求", "面向", "发布日期", "领办截止日期", "领办项目数", "结束日期",
    ),
    "campaigns:topic_export", "campaigns:topic_new", "发布题目",
)  # fmt: skip
KINDS: dict[str, type[MoveForm]] = {"accept": AcceptForm}


@require_safe
@need(Permission.VIEW_WORK)
def project_list(request: Request) -> HttpResponse:
    """The projects of the scope, filtered."""
    form = WorkFilterForm(request.scope, request.GET, states=PROJECT_STATES)
    return show_list(request, PROJECTS, form, queries.projects_for, may_add=_may_take(request))


@require_safe
@need(Permission.VIEW_WORK)
def project_export(request: Request) -> HttpResponseBase:
    """The list as it is filtered, as a workbook."""
    form = WorkFilterForm(request.scope, request.GET, states=PROJECT_STATES)
    return export_list(request, PROJECTS, form, queries.projects_for, queries.export_rows)


@require_http_methods(["GET", "HEAD", "POST"])
@need(Permission.DO_WORK)
def project_new(request: Request) -> HttpResponse:
    """A branch takes a project on, from a topic (``?topic=``) or of its own."""
    if not _may_take(request):
        raise PermissionDenied
    own = own_organization(request.scope)
    topic = _topic_asked(request)
    form = ProjectForm(own, request.POST if request.method == "POST" else None, topic=topic)
    if own and form.is_bound:
        year = topic.year if topic else clock.today().year
        project = saved(
            request, form,
            lambda: actions.take_on(by=request.actor, organization=own, topic=topic, year=year, **form.cleaned_data),
            "已领办，上级党组织会收到通知。",
        )  # fmt: skip
        if project:
            return redirect("campaigns:project_detail", pk=project.pk)
    note = f"题目：{topic}（{topic.issuer}）" if topic else ""
    crumbs = [(PROJECTS.heading, reverse(PROJECTS.url_name))]
    return show_form(request, form, heading="领办项目", back=reverse(PROJECTS.url_name), crumbs=crumbs, note=note)


@require_safe
@need(Permission.VIEW_WORK)
def project_detail(request: Request, pk: int) -> HttpResponse:
    """One project with what was done on it, and the verbs that one may do now."""
    project = _project(request, pk)
    organization = project.organization
    verbs = verbs_in(
        PROJECT_MOVES, project.state, does=does(request.scope, organization), leads=leads(request.scope, organization)
    )
    context = {
        "project": project,
        "notes": notes_of(project),
        "verbs": verb_forms(PROJECT_MOVES, verbs, "campaigns:project_act", pk, KINDS),
        "can_edit": project.state == ProjectState.RUNNING and does(request.scope, organization),
        "is_late": project.state == ProjectState.RUNNING and project.ends_on < clock.today(),
        "history": history_of(project),
    }
    return render(request, "campaigns/projects/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@need(Permission.DO_WORK)
def project_edit(request: Request, pk: int) -> HttpResponse:
    """Change the words, the person or the dates of a project."""
    project = _project(request, pk)
    require(request, Permission.DO_WORK, project.organization)
    form = ProjectForm(project.organization, request.POST if request.method == "POST" else None, project=project)
    if form.is_bound and saved(
        request, form,
        lambda: actions.change_project(by=request.actor, project=project, **form.cleaned_data), "已保存。",
    ):  # fmt: skip
        return redirect("campaigns:project_detail", pk=pk)
    crumbs = [(str(project), actions.page_of(project))]
    return show_form(request, form, heading="修改项目", back=actions.page_of(project), crumbs=crumbs)


@require_POST
@need(Permission.DO_WORK, Permission.LEAD_WORK)
def project_act(request: Request, pk: int, verb: str) -> HttpResponse:
    """Do one of the verbs of the table."""
    project = _project(request, pk)
    organization = project.organization
    wanted = allowed_move(
        PROJECT_MOVES, verb, does=does(request.scope, organization), leads=leads(request.scope, organization)
    )
    return act(
        request, wanted,
        lambda **given: actions.move_project(by=request.actor, project=project, verb=verb, **given),
        actions.page_of(project), KINDS.get(verb, MoveForm),
    )  # fmt: skip


@require_safe
@need(Permission.VIEW_WORK)
def topic_list(request: Request) -> HttpResponse:
    """The topics that one's own organisation has set, and those addressed to it."""
    form = WorkFilterForm(request.scope, request.GET, states=TOPIC_STATES)
    return show_list(request, TOPICS, form, queries.topics_for, may_add=request.scope.holds(Permission.LEAD_WORK))


@require_safe
@need(Permission.VIEW_WORK)
def topic_export(request: Request) -> HttpResponseBase:
    """The list as it is filtered, as a workbook."""
    form = WorkFilterForm(request.scope, request.GET, states=TOPIC_STATES)
    return export_list(request, TOPICS, form, queries.topics_for, queries.topic_rows)


@require_http_methods(["GET", "HEAD", "POST"])
@need(Permission.LEAD_WORK)
def topic_new(request: Request) -> HttpResponse:
    """Set a topic for those below."""
    form = TopicForm(request.POST if request.method == "POST" else None)
    own = own_organization(request.scope)
    if own and form.is_bound:
        topic = saved(
            request, form, lambda: actions.publish_topic(by=request.actor, issuer=own, **form.cleaned_data),
            "已发布，下级党组织会收到通知。",
        )  # fmt: skip
        if topic:
            return redirect("campaigns:topic_detail", pk=topic.pk)
    crumbs = [(TOPICS.heading, reverse(TOPICS.url_name))]
    back = reverse(TOPICS.url_name)
    return show_form(request, form, heading="发布题目", back=back, crumbs=crumbs, submit="发布")


@require_safe
@need(Permission.VIEW_WORK)
def topic_detail(request: Request, pk: int) -> HttpResponse:
    """One topic: who has taken a project on from it, and who has not."""
    topic: Topic = visible_or_404(Topic.objects.select_related("issuer"), request, pk=pk)
    is_open = topic.closed_on is None and topic.claim_by >= clock.today()
    manages = request.scope.allows(Permission.LEAD_WORK, topic.issuer)
    context = {
        "topic": topic,
        "is_open": is_open,
        "projects": queries.projects_of_topic(request.scope, topic),
        "missing": queries.not_yet(request.scope, topic),
        "manages": manages,
        "can_close": topic.closed_on is None and manages,
        "can_take": _may_take(request) and queries.open_to(request.scope).filter(pk=pk).exists(),
        "history": history_of(topic),
    }
    return render(request, "campaigns/projects/topic.html", context)


@require_POST
@need(Permission.LEAD_WORK)
def topic_close(request: Request, pk: int) -> HttpResponse:
    """Nobody may take it on any more."""
    topic: Topic = visible_or_404(Topic.objects.select_related("issuer"), request, pk=pk)
    require(request, Permission.LEAD_WORK, topic.issuer)
    run(request, lambda: actions.close_topic(by=request.actor, topic=topic), "题目已结束领办。")
    return redirect("campaigns:topic_detail", pk=pk)


@require_safe
@need(Permission.VIEW_WORK)
def note_file(request: Request, pk: int) -> HttpResponseBase:
    """A file with a note of any row that one sees."""
    paper: NoteFile = visible_or_404(NoteFile.objects.select_related("file"), request, pk=pk)
    return file_response(request, paper.file, paper.name, inline=True)


def _project(request: Request, pk: int) -> Project:
    rows = Project.objects.select_related("organization", "responsible", "topic__issuer")
    project: Project = visible_or_404(rows, request, pk=pk)
    return project


def _may_take(request: Request) -> bool:
    own = own_organization(request.scope) if request.scope.holds(Permission.DO_WORK) else None
    return own is not None and own.kind in PROJECT_KINDS


def _topic_asked(request: Request) -> Topic | None:
    asked = request.GET.get("topic", "")
    if not (asked.isascii() and asked.isdigit()):
        return None
    return Topic.objects.visible_to(request.scope).select_related("issuer").filter(pk=int(asked[:9])).first()
