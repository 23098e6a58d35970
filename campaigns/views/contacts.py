"""Contact points, districts and pairings with their visits (C11)."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from branches.permissions import Permission
from branches.queries.audit import history_of
from branches.views.access import Request, need, require, visible_or_404
from branches.views.pages import Book, ListPage, data_of, export_list, files_of, show_list
from campaigns.actions import contacts as actions
from campaigns.forms.contacts import ContactFilterForm, ContactForm, ContactNewForm, PaperForm, SolveForm, VisitForm
from campaigns.forms.papers import EndForm
from campaigns.models import Contact, ContactVisit
from campaigns.queries import contacts as queries
from campaigns.rules.contacts import ARTEFACTS, artefacts
from campaigns.views.work_pages import ask
from partybuild.lib import clock

COLUMNS = (
    "序号", "党组织", "类别", "年度", "联系人", "联系对象", "对象类别", "开始日期", "结束日期", "走访次数", "发现问题",
    "已解决", "缺项", "成效",
)  # fmt: skip
CONTACTS = ListPage(
    heading="联系点和结对共建",
    template="campaigns/contacts/list.html",
    url_name="campaigns:contact_list",
    book=Book(url_name="campaigns:contact_export", columns=COLUMNS, name="联系点", title="联系点"),
    new_name="campaigns:contact_new",
    new_label="登记联系点",
    none="还没有联系点",
    empty="党组织登记后会显示在这里。",
    invite="书记联系点、片区联系、结对共建和挂钩联系登记在这里。",
)


@require_safe
@need(Permission.VIEW_WORK)
def contact_list(request: Request) -> HttpResponse:
    """The contacts of the scope with their gaps."""
    form = ContactFilterForm(request.scope, request.GET)
    return show_list(request, CONTACTS, form, queries.contacts_for, may_add=request.scope.holds(Permission.DO_WORK))


@require_safe
@need(Permission.VIEW_WORK)
def contact_export(request: Request) -> HttpResponseBase:
    """The list as it is filtered."""
    form = ContactFilterForm(request.scope, request.GET)
    return export_list(request, CONTACTS, form, queries.contacts_for, queries.export_rows)


@need(Permission.DO_WORK)
def contact_new(request: Request) -> HttpResponse:
    """Register a contact."""
    return ask(
        request, ContactNewForm(request.scope, data_of(request)),
        lambda values: actions.open_contact(by=request.actor, **values), done="已登记。", to=actions.page_of,
        title="登记联系点", back_url=reverse(CONTACTS.url_name), back_label=CONTACTS.heading,
    )  # fmt: skip


@require_safe
@need(Permission.VIEW_WORK)
def contact_detail(request: Request, pk: int) -> HttpResponse:
    """One contact: what it can show, its visits, the problems solved."""
    contact = _contact(request, pk, Permission.VIEW_WORK)
    files = list(contact.files.select_related("file"))
    there = artefacts(contact.shown)
    context = {
        "contact": contact,
        "files": files,
        "artefacts": [(slot.label, slot in there) for slot in ARTEFACTS],
        "gaps": contact.gaps,
        "visits": contact.visits.select_related("activity"),
        "can_edit": contact.is_open and request.scope.allows(Permission.DO_WORK, contact.organization),
        "form": PaperForm(),
        "history": history_of(contact),
    }
    return render(request, "campaigns/contacts/detail.html", context)


@need(Permission.DO_WORK)
def contact_edit(request: Request, pk: int) -> HttpResponse:
    """Correct a contact, or write down what came of it."""
    contact = _contact(request, pk)
    page = actions.page_of(contact)
    return ask(
        request, ContactForm(request.scope, data_of(request), contact),
        lambda values: actions.change_contact(by=request.actor, contact=contact, **values), done="已保存。", to=page,
        title="修改联系点", back_url=page, back_label=str(contact),
    )  # fmt: skip


@need(Permission.DO_WORK)
def contact_end(request: Request, pk: int) -> HttpResponse:
    """The contact is over."""
    contact = _contact(request, pk)
    page = actions.page_of(contact)
    form = EndForm(data_of(request), initial={"ended_on": clock.today()})
    return ask(
        request, form, lambda values: actions.end_contact(by=request.actor, contact=contact, **values),
        done="已结束。", to=page, title="结束联系", back_url=page, back_label=str(contact), submit="结束",
    )  # fmt: skip


@need(Permission.DO_WORK)
def contact_paper_add(request: Request, pk: int) -> HttpResponse:
    """Keep one of the artefacts."""
    contact = _contact(request, pk)
    page = actions.page_of(contact)
    return ask(
        request, PaperForm(data_of(request), files_of(request)),
        lambda values: actions.add_paper(by=request.actor, contact=contact, **values), done="已添加。", to=page,
        title="添加材料", back_url=page, back_label=str(contact), submit="添加",
    )  # fmt: skip


@need(Permission.DO_WORK)
def visit_new(request: Request, pk: int) -> HttpResponse:
    """Write a visit down."""
    contact = _contact(request, pk)
    page = actions.page_of(contact)
    return ask(
        request, VisitForm(contact, data_of(request)),
        lambda values: actions.add_visit(by=request.actor, contact=contact, **values), done="已登记走访。", to=page,
        title="登记走访", back_url=page, back_label=str(contact),
    )  # fmt: skip


@need(Permission.DO_WORK)
def visit_solve(request: Request, pk: int) -> HttpResponse:
    """Write down how the problem was solved."""
    visit: ContactVisit = visible_or_404(ContactVisit.objects.select_related("contact__organization"), request, pk=pk)
    require(request, Permission.DO_WORK, visit.contact.organization)
    page = actions.page_of(visit.contact)
    return ask(
        request, SolveForm(data_of(request)),
        lambda values: actions.solve_problem(by=request.actor, visit=visit, **values), done="已登记。", to=page,
        title="登记解决情况", back_url=page, back_label=str(visit.contact), note=visit.problem,
    )  # fmt: skip


def _contact(request: Request, pk: int, permission: Permission = Permission.DO_WORK) -> Contact:
    """The contact with its counts; who is only its partner may see it and no more."""
    rows = queries.with_counts(Contact.objects.select_related("organization", "leader", "partner_organization"))
    contact: Contact = visible_or_404(rows, request, pk=pk)
    if permission != Permission.VIEW_WORK:
        require(request, permission, contact.organization)
    return contact
