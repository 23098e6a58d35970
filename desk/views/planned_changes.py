"""Changes of organisations that wait for their day: the list, those of one organisation, cancelling one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from branches.enums import PlannedKind
from branches.forms.refusals import add_refusal
from branches.models import Organization, PlannedChange
from branches.permissions import Permission, Scope
from branches.views.access import Request, need, require, visible_or_404
from branches.views.lists import chosen, page_of
from desk.actions.planned_changes import cancel_plan
from desk.forms.organizations import CancelPlanForm, PlanFilterForm
from partybuild.lib.dates import day_text

WITH_ROSTER = (PlannedKind.MERGE, PlannedKind.SPLIT)


@require_safe
@need(Permission.VIEW_ORGANIZATION)
def plan_list(request: Request) -> HttpResponse:
    """All within the scope; those that wait come first, the next one on top."""
    return _list(request, None)


@require_safe
@need(Permission.VIEW_ORGANIZATION)
def organization_plans(request: Request, pk: int) -> HttpResponse:
    """Those of one organisation."""
    return _list(request, visible_or_404(Organization.objects, request, pk=pk))


@need(Permission.MANAGE_ORGANIZATION)
def plan_cancel(request: Request, pk: int) -> HttpResponse:
    """Take a planned change back before its day."""
    rows = PlannedChange.objects.select_related("organization", "other")
    plan: PlannedChange = visible_or_404(rows, request, pk=pk)
    for permission in _needed(plan):
        require(request, permission, plan.organization)
    if not plan.is_waiting and request.method != "POST":
        raise Http404
    form = CancelPlanForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            cancel_plan(by=request.actor, plan=plan, note=form.cleaned_data["note"])
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, f"已取消{plan.organization}待生效的{plan.get_kind_display()}。")
            return redirect("desk:organization_plans", pk=plan.organization_id)
    facts = [("党组织", plan.organization.name), ("变更", plan.content), ("生效日期", day_text(plan.effective_on))]
    context = {
        "form": form,
        "title": f"取消{plan.organization}的{plan.get_kind_display()}", "facts": facts, "verb": "取消变更",
        "question": "取消后到期不再办理，登记内容和取消原因仍然保留。",
        "cancel_url": reverse("desk:organization_plans", args=[plan.organization_id]),
    }  # fmt: skip
    return render(request, "confirm.html", context, status=422 if form.is_bound else 200)


def _list(request: Request, organization: Organization | None) -> HttpResponse:
    form = PlanFilterForm(request.GET)
    context = {"form": form, "organization": organization}
    filters = chosen(form)
    if filters is None:
        return render(request, "desk/planned_changes/list.html", context, status=422)
    found = PlannedChange.objects.visible_to(request.scope).select_related("organization", "other", "planned_by")
    if organization is not None:
        found = found.filter(organization=organization)
    if filters["state"]:
        found = found.filter(state=filters["state"])
    page = page_of(request, found.order_by(F("ended_at").desc(nulls_first=True), "effective_on", "pk"))
    for plan in page:
        plan.may_cancel = _may_cancel(request.scope, plan)
    return render(request, "desk/planned_changes/list.html", context | {"page": page})


def _needed(plan: PlannedChange) -> tuple[Permission, ...]:
    roster = (Permission.MANAGE_MEMBER,) if plan.kind in WITH_ROSTER else ()
    return (Permission.MANAGE_ORGANIZATION, *roster)


def _may_cancel(scope: Scope, plan: PlannedChange) -> bool:
    return plan.is_waiting and all(scope.allows(permission, plan.organization) for permission in _needed(plan))
