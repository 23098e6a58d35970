"""Mass organisations and their activities (C15)."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from branches.permissions import Permission
from branches.queries.audit import history_of
from branches.views.access import Request, need, require, visible_or_404
from branches.views.pages import Book, ListPage, data_of, do, export_list, show_list
from campaigns.actions import mass_work as actions
from campaigns.forms.mass_work import LinkForm, MassFilterForm, MassForm, MassNewForm
from campaigns.forms.papers import EndForm
from campaigns.models import MassOrganization
from campaigns.queries import mass_work as queries
from campaigns.rules.mass_work import term_words
from campaigns.views.work_pages import ask
from partybuild.lib import clock

COLUMNS = ("序号", "党组织", "类别", "名称", "负责人", "成员人数", "成立时间", "任期届满", "本年活动")
MASSES = ListPage(
    heading="群团组织",
    template="campaigns/mass_work/list.html",
    url_name="campaigns:mass_list",
    book=Book(url_name="campaigns:mass_export", columns=COLUMNS, title="群团组织"),
    new_name="campaigns:mass_new",
    new_label="登记群团组织",
    none="还没有群团组织",
    empty="党组织登记后会显示在这里。",
    invite="工会、共青团和妇女组织登记在这里，活动记录可以关联到它们。",
)


@require_safe
@need(Permission.VIEW_WORK)
def mass_list(request: Request) -> HttpResponse:
    """The mass organisations of the scope."""
    form = MassFilterForm(request.scope, request.GET)
    return show_list(request, MASSES, form, queries.masses_for, may_add=request.scope.holds(Permission.DO_WORK))


@require_safe
@need(Permission.VIEW_WORK)
def mass_export(request: Request) -> HttpResponseBase:
    """The list as it is filtered."""
    form = MassFilterForm(request.scope, request.GET)
    return export_list(request, MASSES, form, queries.masses_for, queries.export_masses)


@need(Permission.DO_WORK)
def mass_new(request: Request) -> HttpResponse:
    """Register one."""
    return ask(
        request, MassNewForm(request.scope, data_of(request)),
        lambda values: actions.register_mass(by=request.actor, **values), done="已登记。", to=_page,
        title="登记群团组织", back_url=reverse(MASSES.url_name), back_label=MASSES.heading,
    )  # fmt: skip


@require_safe
@need(Permission.VIEW_WORK)
def mass_detail(request: Request, pk: int) -> HttpResponse:
    """One mass organisation with its activities."""
    mass = _mass(request, pk, Permission.VIEW_WORK)
    can_edit = mass.ended_on is None and request.scope.allows(Permission.DO_WORK, mass.organization)
    context = {
        "mass": mass,
        "term": term_words(mass.term_ends_on, clock.today()),
        "activities": mass.activities.order_by("-held_on", "-pk"),
        "can_edit": can_edit,
        "form": LinkForm(mass) if can_edit else None,
        "history": history_of(mass),
    }
    return render(request, "campaigns/mass_work/detail.html", context)


@need(Permission.DO_WORK)
def mass_edit(request: Request, pk: int) -> HttpResponse:
    """Correct what is known."""
    mass = _mass(request, pk)
    return ask(
        request, MassForm(request.scope, data_of(request), mass),
        lambda values: actions.change_mass(by=request.actor, mass=mass, **values), done="已保存。", to=_page(mass),
        title="修改群团组织", back_url=_page(mass), back_label=mass.name,
    )  # fmt: skip


@need(Permission.DO_WORK)
def mass_end(request: Request, pk: int) -> HttpResponse:
    """It is no more."""
    mass = _mass(request, pk)
    form = EndForm(data_of(request), initial={"ended_on": clock.today()})
    return ask(
        request, form, lambda values: actions.end_mass(by=request.actor, mass=mass, **values), done="已撤销。",
        to=_page(mass), title="撤销群团组织", back_url=_page(mass), back_label=mass.name, submit="撤销",
    )  # fmt: skip


@need(Permission.DO_WORK)
def mass_link(request: Request, pk: int) -> HttpResponse:
    """A record is its activity."""
    mass = _mass(request, pk)
    return ask(
        request, LinkForm(mass, data_of(request)),
        lambda values: actions.link_activity(by=request.actor, mass=mass, **values), done="已关联。", to=_page(mass),
        title="关联活动", back_url=_page(mass), back_label=mass.name, submit="关联",
    )  # fmt: skip


@require_POST
@need(Permission.DO_WORK)
def mass_unlink(request: Request, pk: int, activity: int) -> HttpResponse:
    """It was not its activity."""
    mass = _mass(request, pk)
    record = get_object_or_404(mass.activities, pk=activity)
    return do(
        request, lambda: actions.unlink_activity(by=request.actor, mass=mass, activity=record), done="已取消关联。",
        to=_page(mass),
    )  # fmt: skip


def _page(mass: MassOrganization) -> str:
    return reverse("campaigns:mass_detail", args=[mass.pk])


def _mass(request: Request, pk: int, permission: Permission = Permission.DO_WORK) -> MassOrganization:
    mass: MassOrganization = visible_or_404(MassOrganization.objects.select_related("organization"), request, pk=pk)
    require(request, permission, mass.organization)
    return mass
