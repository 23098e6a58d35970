"""Organisations: the tree, one organisation, founding and editing."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from branches.actions.organizations import create_organization, edit_organization
from branches.forms.organizations import HistoryForm, NewOrganizationForm, OrganizationFilterForm, OrganizationForm
from branches.forms.refusals import add_refusal
from branches.models import Organization, OrganizationChange, Post
from branches.permissions import Permission, Scope
from branches.queries.audit import history_of
from branches.queries.organizations import OFFERED, chain_of, children_of, export_rows, search, tops_of
from branches.queries.tree_history import PastTree
from branches.rules.organizations import kinds_under
from branches.views.access import Request, need, require, visible_or_404
from branches.views.lists import chosen, page_of
from branches.views.panels import columns_of, deeds_of, panels_of, put_figures
from branches.views.workbooks import exported
from partybuild.lib import clock
from partybuild.lib.dates import day_text
from partybuild.lib.workbook import Sheet

COLUMNS = (
    "党组织编码", "党组织名称", "简称", "组织类别", "上级党组织", "上级党组织编码", "书记", "联系人", "联系电话",
    "成立时间", "任命时间", "应换届时间", "实际换届时间", "撤销时间", "所在单位情况",
)  # fmt: skip
SHOWN_BELOW = 200


@require_safe
@need(Permission.VIEW_ORGANIZATION)
def organization_list(request: Request) -> HttpResponse:
    """The tree, opened level by level; with a filter a flat list."""
    if "under" in request.GET:
        return _branch(request)
    form = OrganizationFilterForm(request.GET)
    filters = chosen(form)
    context = {"form": form, "can_manage": request.scope.holds(Permission.MANAGE_ORGANIZATION)}
    if filters is None:
        return render(request, "branches/organizations/list.html", context, status=422)
    dissolved = filters.pop("dissolved")
    found = search(request.scope, clock.today(), **filters)
    if any(filters.values()):
        return render(request, "branches/organizations/list.html", context | {"page": page_of(request, found)})
    tops = list(tops_of(request.scope, clock.today(), dissolved=dissolved))
    nodes = [(top, _below(request, top, dissolved, [top])) for top in tops]
    context["dissolved"] = dissolved
    return render(request, "branches/organizations/list.html", context | {"nodes": nodes, "count": found.count()})


def _branch(request: Request) -> HttpResponse:
    """One level of the tree, as htmx asks for it when a node is opened."""
    under = request.GET["under"]
    node: Organization = visible_or_404(Organization.objects, request, pk=int(under) if under.isdecimal() else 0)
    dissolved = "dissolved" in request.GET
    context = {"node": node, "children": _below(request, node, dissolved), "dissolved": dissolved}
    return render(request, "branches/organizations/_level.html", context)


def _below(
    request: Request, node: Organization, dissolved: bool = False, also: Sequence[Organization] = ()
) -> list[Organization]:
    today = clock.today()
    children = list(children_of(node, request.scope, today, dissolved=dissolved)[:SHOWN_BELOW])
    put_figures(node, [*also, *children], request.scope, today)
    return children


@require_safe
@need(Permission.VIEW_ORGANIZATION)
def organization_detail(request: Request, pk: int) -> HttpResponse:
    """One organisation: its facts, its superiors, what stands below it, who acts for it, what was done to it."""
    organization: Organization = visible_or_404(Organization.objects.select_related("parent"), request, pk=pk)
    today = clock.today()
    scope = request.scope
    can_manage = organization.dissolved_on is None and scope.allows(Permission.MANAGE_ORGANIZATION, organization)
    context = {
        "organization": organization,
        "chain": [(one, scope.allows(Permission.VIEW_ORGANIZATION, one)) for one in chain_of(organization)],
        "children": _below(request, organization),
        "posts": Post.objects.in_force(today).filter(organization=organization).select_related("user").order_by("pk"),
        "changes": _changes(organization, scope),
        "plans": organization.planned_changes.waiting().select_related("other"),
        "panels": panels_of(organization, scope),
        "deeds": deeds_of(organization, scope),
        "history": history_of(organization),
        "can_manage": can_manage,
        "can_add": can_manage and bool(kinds_under(organization.kind)),
    }
    return render(request, "branches/organizations/detail.html", context)


def _changes(organization: Organization, scope: Scope) -> list[tuple[OrganizationChange, bool]]:
    """What happened to it, each with whether the page of the other side can be read."""
    rows = organization.changes.select_related("other")[:20]
    return [(row, row.other is not None and scope.allows(Permission.VIEW_ORGANIZATION, row.other)) for row in rows]


@require_safe
@need(Permission.VIEW_ORGANIZATION)
def organization_history(request: Request) -> HttpResponse:
    """The tree as it stood on a day, opened level by level."""
    form = HistoryForm(request.GET)
    filters = chosen(form)
    if filters is None:
        return render(request, "branches/organizations/history.html", {"form": form}, status=422)
    tree = PastTree(request.scope, filters["on"])
    context: dict[str, object] = {"form": form, "on": tree.on, "count": tree.count}
    if "under" in request.GET:
        under = request.GET["under"]
        node = tree.node(int(under) if under.isdecimal() else 0)
        if node is None:
            raise Http404
        context |= {"node": node, "children": tree.below(node.pk)}
        return render(request, "branches/organizations/_past_level.html", context)
    top = tree.top()
    context |= {"node": top, "children": tree.below(top.pk) if top else []}
    return render(request, "branches/organizations/history.html", context)


@need(Permission.MANAGE_ORGANIZATION)
def organization_new(request: Request) -> HttpResponse:
    """Found an organisation under the one that the address names."""
    under = request.GET.get("parent", "")
    parent: Organization = visible_or_404(Organization.objects, request, pk=int(under) if under.isdecimal() else 0)
    require(request, Permission.MANAGE_ORGANIZATION, parent)
    form = NewOrganizationForm(parent, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = create_organization(by=request.actor, parent=parent, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, f"已新增{made.get_kind_display()}：{made.name}。")
            return redirect("branches:organization_detail", pk=made.pk)
    context = {"form": form, "parent": parent, **_way_back(parent)}
    return render(request, "branches/organizations/form.html", context, status=422 if form.is_bound else 200)


@need(Permission.MANAGE_ORGANIZATION)
def organization_edit(request: Request, pk: int) -> HttpResponse:
    """Change what is written down about an organisation."""
    organization: Organization = visible_or_404(Organization.objects, request, pk=pk)
    require(request, Permission.MANAGE_ORGANIZATION, organization)
    form = OrganizationForm(request.POST if request.method == "POST" else None, instance=organization)
    if request.method == "POST" and form.is_valid():
        try:
            edit_organization(by=request.actor, organization=organization, changes=form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已保存。")
            return redirect("branches:organization_detail", pk=pk)
    context = {"form": form, "organization": organization, **_way_back(organization)}
    return render(request, "branches/organizations/form.html", context, status=422 if form.is_bound else 200)


def _way_back(organization: Organization) -> dict[str, object]:
    return {"shown": organization, "cancel_url": reverse("branches:organization_detail", args=[organization.pk])}


@require_safe
@need(Permission.VIEW_ORGANIZATION)
def organization_names(request: Request) -> HttpResponse:
    """Names to choose from while somebody types, as far as the right asked for reaches."""
    text = request.GET.get(request.htmx.trigger_name or "q", "").replace("\0", "")[:64]
    wanted = request.GET.get("permission", "")
    permission = next((one for one in Permission if one.value == wanted), Permission.VIEW_ORGANIZATION)
    found = search(request.scope, clock.today(), q=text, permission=permission)[:OFFERED] if text.strip() else []
    return render(request, "branches/organizations/_names.html", {"found": found})


@require_safe
@need(Permission.VIEW_ORGANIZATION)
def organization_export(request: Request) -> HttpResponseBase:
    """The list, filtered as it is shown, as a workbook that can be imported again."""
    form = OrganizationFilterForm(request.GET)
    filters = chosen(form)
    if filters is None:
        return render(request, "400.html", status=400)
    filters.pop("dissolved")
    today = clock.today()
    found = search(request.scope, today, **filters)
    known = columns_of(list(found.values_list("pk", flat=True)), request.scope, today)
    rows = export_rows(found, known, COLUMNS)
    return exported(
        request, "党组织名册", Sheet("党组织", COLUMNS, rows, title="党组织名册", note=f"截至{day_text(today)}")
    )
