"""What members report with a picture (随手拍): list, new, one of them with its answer, its pictures."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from branches.permissions import Permission
from branches.views.access import Request, need, own_or_404, require, visible_or_404
from branches.views.pages import Book, ListPage, ask, attempt, data_of, export_list, files_of, show_list
from campaigns.actions import snapshots as actions
from campaigns.forms.snapshots import SnapshotAnswerForm, SnapshotFilterForm, SnapshotForm
from campaigns.models import Problem, Snapshot, SnapshotPhoto
from campaigns.queries import snapshots as queries
from office.views.files import file_response

COLUMNS = (
    "序号", "党组织", "反映人", "问题", "地点", "反映日期", "答复期限", "状态", "答复", "答复日期", "整改情况",
    "销号日期",
)  # fmt: skip
SNAPSHOTS = ListPage(
    heading="随手拍",
    template="campaigns/snapshots/list.html",
    url_name="campaigns:snapshot_list",
    book=Book(url_name="campaigns:snapshot_export", columns=COLUMNS),
    new_name="campaigns:snapshot_new",
    new_label="反映问题",
    none="没有随手拍反映的问题",
    empty="党员反映的问题会显示在这里，由所在党组织受理或者答复。",
    invite="发现身边的问题，拍一张照片、写一句话，党组织会受理或者答复。",
)


@require_safe
@need(Permission.VIEW_WORK)
def snapshot_list(request: Request) -> HttpResponse:
    """A member's own reports; for the others those of the organisations in reach."""
    form, may_add = SnapshotFilterForm(request.GET), request.scope.holds(Permission.TAKE_PART)
    return show_list(request, SNAPSHOTS, form, queries.snapshot_list, may_add=may_add)


@require_safe
@need(Permission.VIEW_WORK)
def snapshot_export(request: Request) -> HttpResponseBase:
    """The list as it is filtered, as a workbook."""
    return export_list(request, SNAPSHOTS, SnapshotFilterForm(request.GET), queries.snapshot_list, queries.export_rows)


@need(Permission.TAKE_PART)
def snapshot_new(request: Request) -> HttpResponse:
    """A member reports what he saw in his own organisation."""
    own = own_or_404(request)
    return ask(
        request, SnapshotForm(data_of(request), files_of(request)),
        lambda values: actions.report_snapshot(by=request.actor, organization=own, **values),
        done="已提交，办理结果会通知您。", to=_address, template="campaigns/snapshots/form.html", own=own,
    )  # fmt: skip


@require_safe
@need(Permission.VIEW_WORK)
def snapshot_detail(request: Request, pk: int) -> HttpResponse:
    """One report with its pictures and the answer."""
    return _page(request, _snapshot(request, pk), SnapshotAnswerForm())


@require_POST
@need(Permission.DO_WORK)
def snapshot_answer(request: Request, pk: int) -> HttpResponse:
    """The organisation takes it up or says why not."""
    snapshot = _snapshot(request, pk)
    require(request, Permission.DO_WORK, snapshot.organization)

    def answer(values: dict[str, Any]) -> Problem | None:
        given = {"by": request.actor, "snapshot": snapshot, "answer": values["answer"]}
        if values["decision"] == "take":
            return actions.take_up(**given, text="", deadline=values["deadline"])
        actions.decline(**given)
        return None

    form = SnapshotAnswerForm(request.POST)
    return attempt(
        request, form, answer, done=lambda problem: "已受理，请认领并填写整改措施。" if problem else "已答复。",
        to=lambda problem: reverse("campaigns:problem_claim", args=[problem.pk]) if problem else _address(snapshot),
    ) or _page(request, snapshot, form)  # fmt: skip


@require_safe
@need(Permission.VIEW_WORK)
def snapshot_photo(request: Request, pk: int) -> HttpResponseBase:
    """A picture."""
    rows = SnapshotPhoto.objects.select_related("file")
    photo: SnapshotPhoto = visible_or_404(rows, request, pk=pk)
    return file_response(request, photo.file, photo.name, inline=True)


def _address(snapshot: Snapshot) -> str:
    return reverse("campaigns:snapshot_detail", args=[snapshot.pk])


def _snapshot(request: Request, pk: int) -> Snapshot:
    rows = Snapshot.objects.select_related("organization", "user", "problem", "answered_by")
    snapshot: Snapshot = visible_or_404(rows, request, pk=pk)
    return snapshot


def _page(request: Request, snapshot: Snapshot, form: SnapshotAnswerForm) -> HttpResponse:
    is_waiting = snapshot.state == Snapshot.State.WAITING
    context = {
        "snapshot": snapshot,
        "photos": snapshot.photos.select_related("file"),
        "can_answer": is_waiting and request.scope.allows(Permission.DO_WORK, snapshot.organization),
        "form": form,
    }
    return render(request, "campaigns/snapshots/detail.html", context, status=422 if form.is_bound else 200)
