"""Topics and projects (一支一项, C09): set, taken on, supervised, accepted; and the files with notes."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.permissions import Permission
from branches.queries.audit import history_of
from branches.views.access import Request, need, own_or_404, require, visible_or_404
from branches.views.pages import Book, ListPage, data_of, do, export_list, show_list
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
from campaigns.views.work_pages import act, allowed_move, ask, verb_forms
from office.views.files import file_response
from partybuild.lib import clock

COLUMNS = (
    "序号", "党组织", "年度", "项目名称", "题目", "主要内容", "预期目标", "责任人", "开始日期", "完成期限", "状态",
    "完成情况", "验收日期", "等次",
)  # fmt: skip
TOPIC_COLUMNS = (
    "序号", "出题单位", "年度", "题目", "内容和要求", "面向", "发布日期", "领办截止日期", "领办项目数", "结束日期",
)  # fmt: skip
PROJECTS = ListPage(
    heading="一支一项项目",
    template="campaigns/projects/list.html",
    url_name="campaigns:project_list",
    book=Book(url_name="campaigns:project_export", columns=COLUMNS),
    new_name="campaigns:project_new",
    new_label="领办项目",
    empty="党支部领办项目后会显示在这里。",
)
TOPICS = ListPage(
    heading="项目题目",
    template="campaigns/projects/topics.html",
    url_name="campaigns:topic_list",
    book=Book(url_name="campaigns:topic_export", columns=TOPIC_COLUMNS),
    new_name="campaigns:topic_new",
    new_label="发布题目",
    empty="上级党组织发布题目后会显示在这里。",
)
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
    own, topic = own_or_404(request), _topic_asked(request)
    year = topic.year if topic else clock.today().year
    return ask(
        request, ProjectForm(own, data_of(request), topic=topic),
        lambda values: actions.take_on(by=request.actor, organization=own, topic=topic, year=year, **values),
        done="已领办，上级党组织会收到通知。", to=actions.page_of, title="领办项目",
        back_url=reverse(PROJECTS.url_name), back_label=PROJECTS.heading,
        note=f"题目：{topic}（{topic.issuer}）" if topic else "",
    )  # fmt: skip


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
    page = actions.page_of(project)
    return ask(
        request, ProjectForm(project.organization, data_of(request), project=project),
        lambda values: actions.change_project(by=request.actor, project=project, **values), done="已保存。", to=page,
        title="修改项目", back_url=page, back_label=project,
    )  # fmt: skip


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
        of=project, to=actions.page_of(project), kind=KINDS.get(verb, MoveForm),
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
    own = own_or_404(request)
    return ask(
        request, TopicForm(data_of(request)),
        lambda values: actions.publish_topic(by=request.actor, issuer=own, **values),
        done="已发布，下级党组织会收到通知。", to=_page_of_topic, title="发布题目", submit="发布",
        back_url=reverse(TOPICS.url_name), back_label=TOPICS.heading,
    )  # fmt: skip


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
    to = _page_of_topic(topic)
    return do(request, lambda: actions.close_topic(by=request.actor, topic=topic), done="题目已结束领办。", to=to)


@require_safe
@need(Permission.VIEW_WORK)
def note_file(request: Request, pk: int) -> HttpResponseBase:
    """A file with a note of any row that one sees."""
    paper: NoteFile = visible_or_404(NoteFile.objects.select_related("file"), request, pk=pk)
    return file_response(request, paper.file, paper.name, inline=True)


def _page_of_topic(topic: Topic) -> str:
    return reverse("campaigns:topic_detail", args=[topic.pk])


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
