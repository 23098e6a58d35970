"""What members report with a picture (随手拍): list, new, one of them with its answer, its pictures."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from branches.forms.refusals import add_refusal
from branches.models import Organization
from branches.permissions import Permission
from branches.views.access import Request, need, require, visible_or_404
from branches.views.lists import chosen, page_of
from campaigns.actions import snapshots as actions
from campaigns.forms.snapshots import SnapshotAnswerForm, SnapshotFilterForm, SnapshotForm
from campaigns.models import Snapshot, SnapshotPhoto
from campaigns.queries.snapshots import snapshot_list as listed
from office.views.files import file_response


@require_safe
@need(Permission.VIEW_WORK)
def snapshot_list(request: Request) -> HttpResponse:
    """A member's own reports; for the others those of the organisations in reach."""
    form = SnapshotFilterForm(request.GET)
    filters = chosen(form)
    found = Snapshot.objects.none() if filters is None else listed(request.scope, **filters)
    context = {"form": form, "page": page_of(request, found), "can_report": request.scope.holds(Permission.TAKE_PART)}
    return render(request, "campaigns/snapshots/list.html", context, status=422 if filters is None else 200)


@need(Permission.TAKE_PART)
def snapshot_new(request: Request) -> HttpResponse:
    """A member reports what he saw in his own organisation."""
    assert request.scope.grant is not None
    own = get_object_or_404(Organization, pk=request.scope.grant.organization_id)
    is_post = request.method == "POST"
    form = SnapshotForm(request.POST if is_post else None, request.FILES if is_post else None)
    if is_post and form.is_valid():
        try:
            snapshot = actions.report_snapshot(by=request.actor, organization=own, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已提交，办理结果会通知您。")
            return redirect("campaigns:snapshot_detail", pk=snapshot.pk)
    context = {"form": form, "own": own}
    return render(request, "campaigns/snapshots/form.html", context, status=422 if form.is_bound else 200)


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
    form = SnapshotAnswerForm(request.POST)
    if form.is_valid():
        answer, deadline = form.cleaned_data["answer"], form.cleaned_data["deadline"]
        try:
            if form.cleaned_data["decision"] == "take":
                problem = actions.take_up(
                    by=request.actor, snapshot=snapshot, text="", deadline=deadline, answer=answer
                )
                messages.success(request, "已受理，请认领并填写整改措施。")
                return redirect("campaigns:problem_claim", pk=problem.pk)
            actions.decline(by=request.actor, snapshot=snapshot, answer=answer)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已答复。")
            return redirect("campaigns:snapshot_detail", pk=pk)
    return _page(request, snapshot, form)


@require_safe
@need(Permission.VIEW_WORK)
def snapshot_photo(request: Request, pk: int) -> HttpResponseBase:
    """A picture."""
    rows = SnapshotPhoto.objects.select_related("file")
    photo: SnapshotPhoto = visible_or_404(rows, request, pk=pk)
    return file_response(request, photo.file, photo.name, inline=True)


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
