"""The day of a milestone that the plan leaves open, and what it asks organisations for."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from branches.permissions import Permission
from branches.views.access import Request, need
from campaigns.actions.milestones import ask_deliverable, set_milestone_day
from campaigns.forms.milestones import DeliverableForm, MilestoneForm
from campaigns.models import Milestone
from campaigns.queries.campaign_overview import visible
from campaigns.queries.campaign_rights import may_manage
from campaigns.rules.campaigns import CampaignError
from partybuild.lib import dates


@require_http_methods(["GET", "HEAD", "POST"])
@need(Permission.VIEW_CAMPAIGN)
def milestone_edit(request: Request, pk: int) -> HttpResponse:
    """Fix the day, or change the one that was fixed."""
    milestone = _milestone(request, pk)
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
    return _page(request, milestone, form, "确定日期", milestone.note or "文件没有写明日期")


@require_http_methods(["GET", "HEAD", "POST"])
@need(Permission.VIEW_CAMPAIGN)
def milestone_ask(request: Request, pk: int) -> HttpResponse:
    """Ask organisations for what the milestone is to bring."""
    milestone = _milestone(request, pk)
    initial = {"deliverable": milestone.deliverable}
    form = DeliverableForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            ask_deliverable(by=request.actor, milestone=milestone, **form.cleaned_data)
        except CampaignError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "已列为任务，下发后由各党组织报送。")
            return redirect("campaigns:campaign_detail", milestone.campaign_id)
    due = f"{dates.day_text(milestone.due_on)}前报送" if milestone.due_on else "请先确定日期"
    return _page(request, milestone, form, "要求报送", f"{due}；列为任务后自动下发、审核和统计")


def _milestone(request: Request, pk: int) -> Milestone:
    milestones = Milestone.objects.filter(campaign__in=visible(request.scope)).select_related("campaign__issuer")
    milestone = get_object_or_404(milestones, pk=pk)
    if not may_manage(request.scope, milestone.campaign):
        raise PermissionDenied
    return milestone


def _page(
    request: Request, milestone: Milestone, form: MilestoneForm | DeliverableForm, verb: str, told: str
) -> HttpResponse:
    context = {"milestone": milestone, "campaign": milestone.campaign, "form": form, "verb": verb, "told": told}
    return render(request, "campaigns/campaigns/milestone.html", context, status=422 if form.is_bound else 200)
