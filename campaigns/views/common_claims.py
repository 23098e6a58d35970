"""Common problems of a plan (R02): one's own word on each, and how far the organisations in reach are."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from branches.permissions import Permission
from branches.views.access import Request, need, own_or_404, require
from branches.views.lists import chosen, page_of
from branches.views.pages import ask, data_of
from campaigns.actions.common_claims import claim_common
from campaigns.enums import CampaignStatus, TaskNature
from campaigns.forms.common_claims import CommonClaimForm, CommonFilterForm
from campaigns.models import CommonClaim, Task
from campaigns.queries.common_claims import (
    common_lines,
    common_tasks,
    lines_of_others,
    plans_to_answer,
    plans_with_common,
)


@require_safe
@need(Permission.VIEW_WORK)
def common_list(request: Request) -> HttpResponse:
    """The common problems of a plan with the word of one's own organisation, and the coverage below."""
    plans, waiting = plans_with_common(request.scope), dict(plans_to_answer(request.scope))
    first = next(iter(waiting), None) or plans.first()
    form = CommonFilterForm(request.scope, request.GET or {"campaign": first and first.pk})
    filters = chosen(form)
    campaign = (filters or {}).get("campaign") or first
    context: dict[str, Any] = {"form": form, "campaign": campaign, "has_more_plans": plans.count() > 1}
    context["left"], context["left_in_all"] = waiting.get(campaign, 0) if campaign else 0, sum(waiting.values())
    if campaign is not None:
        tasks, own = common_tasks(campaign), own_or_404(request)
        coverage = lines_of_others(request.scope, campaign, tasks, own)
        context |= {
            "own": own,
            "lines": common_lines(tasks, own) if campaign.issuer_id != own.pk else [],
            "can_claim": request.scope.allows(Permission.DO_WORK, own) and campaign.issuer_id != own.pk,
            "count": len(tasks),
            "complete": sum(not line.left for line in coverage),
            "page": page_of(request, coverage),
        }
    return render(request, "campaigns/common_claims/list.html", context, status=422 if filters is None else 200)


@need(Permission.DO_WORK)
def common_claim(request: Request, pk: int) -> HttpResponse:
    """One's own organisation claims a common problem, or says that it has none."""
    rows = Task.objects.visible_to(request.scope).select_related("campaign__issuer")
    task = get_object_or_404(rows, pk=pk, nature=TaskNature.PROBLEM)
    if task.campaign.status == CampaignStatus.DRAFT:
        raise Http404
    own = own_or_404(request)
    require(request, Permission.DO_WORK, own)
    return ask(
        request, CommonClaimForm(data_of(request)),
        lambda values: claim_common(by=request.actor, task=task, organization=own, **values),
        done=lambda claim: "已认领，请填写责任人和整改措施。" if claim.problem_id else "已申明不存在。", to=_next_page,
        template="campaigns/common_claims/form.html", task=task, own=own,
    )  # fmt: skip


def _next_page(claim: CommonClaim) -> str:
    if claim.problem_id:
        return reverse("campaigns:problem_claim", args=[claim.problem_id])
    return reverse("campaigns:common_list")
