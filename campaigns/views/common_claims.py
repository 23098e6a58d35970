"""Common problems of a plan (R02): one's own word on each, and how far the organisations in reach are."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from branches.forms.refusals import add_refusal
from branches.models import Organization
from branches.permissions import Permission
from branches.views.access import Request, need, require
from branches.views.lists import chosen, page_of
from campaigns.actions.common_claims import claim_common
from campaigns.enums import CampaignStatus, TaskNature
from campaigns.forms.common_claims import CommonClaimForm, CommonFilterForm
from campaigns.models import Task
from campaigns.queries.common_claims import common_lines, common_tasks, coverage_lines, plans_with_common


@require_safe
@need(Permission.VIEW_WORK)
def common_list(request: Request) -> HttpResponse:
    """The common problems of a plan with the word of one's own organisation, and the coverage below."""
    form, plans = CommonFilterForm(request.scope, request.GET), plans_with_common(request.scope)
    filters = chosen(form)
    campaign = (filters or {}).get("campaign") or plans.first()
    context: dict[str, Any] = {"form": form, "campaign": campaign, "has_more_plans": plans.count() > 1}
    if campaign is not None:
        tasks, own = common_tasks(campaign), _own(request)
        coverage = coverage_lines(request.scope, campaign, tasks)
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
    own = _own(request)
    require(request, Permission.DO_WORK, own)
    form = CommonClaimForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            claim = claim_common(by=request.actor, task=task, organization=own, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            if claim.problem_id:
                messages.success(request, "已认领，请填写责任人和整改措施。")
                return redirect("campaigns:problem_claim", pk=claim.problem_id)
            messages.success(request, "已申明不存在。")
            return redirect("campaigns:common_list")
    context = {"form": form, "task": task, "own": own}
    return render(request, "campaigns/common_claims/form.html", context, status=422 if form.is_bound else 200)


def _own(request: Request) -> Organization:
    assert request.scope.grant is not None
    return get_object_or_404(Organization, pk=request.scope.grant.organization_id)
