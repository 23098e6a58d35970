"""A task of a campaign: what it asks, where that comes from, and who has done it."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from branches.models import Organization
from branches.permissions import Permission
from branches.views.access import Request, need, visible_or_404
from branches.views.lists import chosen, page_of
from campaigns.enums import CampaignStatus
from campaigns.forms.tasks import TaskFilterForm
from campaigns.models import Target, Task
from campaigns.queries.campaign_overview import target_lines
from campaigns.queries.campaign_rights import may_manage
from campaigns.queries.progress_figures import target_counts
from campaigns.queries.task_matrix import matrix_of, organizations_of
from campaigns.rules.counts import Counts, total
from campaigns.rules.targets import asked_text, basis_text
from partybuild.lib import clock

PER_PAGE = 50


@require_safe
@need(Permission.VIEW_CAMPAIGN)
def task_detail(request: Request, pk: int) -> HttpResponse:
    """One task, with organisations × periods for the chosen target."""
    task = visible_or_404(Task.objects.select_related("campaign__issuer", "dimension", "parent"), request, pk=pk)
    form = TaskFilterForm(request.GET)
    filters = chosen(form)
    targets = list(task.targets.in_force().order_by("position"))
    counts = target_counts(request.scope, task)
    chosen_target = _chosen(targets, filters["target"] if filters else None)
    context = {
        "task": task,
        "campaign": task.campaign,
        "checklist": task.checklist.order_by("position"),
        "children": task.children.order_by("position"),
        "targets": [
            (line, basis_text(line.target.demand), counts.get(line.target.lineage, Counts()))
            for line in target_lines(targets)
        ],
        "counts": total(counts.values()),
        "may_open_tasks": request.scope.holds(Permission.VIEW_ASSIGNMENT),
        "may_amend": task.campaign.status == CampaignStatus.PUBLISHED and may_manage(request.scope, task.campaign),
        "former": [
            (target, asked_text(target.demand))
            for target in task.targets.filter(ended_on__isnull=False).order_by("ended_on", "pk")
        ],
        "chosen": chosen_target,
        "form": form,
        **_matrix(request, chosen_target, filters),
    }
    return render(request, "campaigns/tasks/detail.html", context, status=422 if filters is None else 200)


def _chosen(targets: list[Target], pk: int | None) -> Target | None:
    """The target that the address names, else the first one."""
    if pk is None:
        return targets[0] if targets else None
    found = next((target for target in targets if target.pk == pk), None)
    if found is None:
        raise Http404
    return found


def _matrix(request: Request, target: Target | None, filters: dict | None) -> dict[str, object]:
    """A page of organisations and their states."""
    today = clock.today()
    if target is None or filters is None:
        return {"page": page_of(request, Organization.objects.none()), "matrix": None}
    found = organizations_of(request.scope, target, today, words=filters["q"], shown=filters["shown"])
    page = page_of(request, found, PER_PAGE)
    return {"page": page, "matrix": matrix_of(target, list(page), today)}
