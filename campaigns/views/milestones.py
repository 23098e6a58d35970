"""The day of a milestone that the plan leaves open."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from branches.permissions import Permission
from branches.views.access import Request, need
from campaigns.actions.milestones import set_milestone_day
from campaigns.forms.milestones import MilestoneForm
from campaigns.models import Milestone
from campaigns.queries.campaign_overview import visible
from campaigns.rules.campaigns import CampaignError
from partybuild.lib import dates


@require_http_methods(["GET", "HEAD", "POST"])
@need(Permission.MANAGE_CAMPAIGN)
def milestone_edit(request: Request, pk: int) -> HttpResponse:
    """Fix the day, or change the one that was fixed."""
    milestones = Milestone.objects.filter(campaign__in=visible(request.scope)).select_related("campaign__issuer")
    milestone = get_object_or_404(milestones, pk=pk)
    if not request.scope.allows(Permission.MANAGE_CAMPAIGN, milestone.campaign.issuer):
        raise PermissionDenied
    if not milestone.is_day_open:
        raise Http404
    form = MilestoneForm(request.POST if request.method == "POST" else None, initial={"due_on": milestone.due_on})
    if request.method == "POST" and form.is_valid():
        due_on = form.cleaned_data["due_on"]
        try:
            set_milestone_day(by=request.actor, milestone=milestone, due_on=due_on)
        except CampaignError as error:
            form.add_error("due_on", str(error))
        else:
            messages.success(request, f"{milestone}：{dates.day_text(due_on)}。")
            return redirect("campaigns:campaign_detail", milestone.campaign_id)
    context = {"milestone": milestone, "campaign": milestone.campaign, "form": form}
    return render(request, "campaigns/campaigns/milestone.html", context, status=422 if form.is_bound else 200)
