"""Transfers at the moment at which all floors follow: accepted, receipt recorded, admitted from outside."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from branches.enums import OrganizationKind
from branches.forms.refusals import add_refusal
from branches.models import Organization
from branches.permissions import Permission
from branches.views.access import Request, need, visible_or_404
from desk.actions.transfers import accept_transfer, admit_from_outside, record_receipt
from members.forms.transfers import AdmitForm, ReceiptForm
from members.models import Transfer


@require_POST
@need(Permission.MANAGE_PARTY_WORK)
def transfer_accept(request: Request, pk: int) -> HttpResponse:
    """The receiving branch takes the member onto its roster, from today on."""
    transfer = _transfer(request, pk, side="to_organization")
    try:
        accept_transfer(by=request.actor, transfer=transfer)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"已接收，{transfer.member.name}从今天起编入{transfer.to_organization}。")
    return redirect("members:transfer_detail", pk=pk)


@need(Permission.MANAGE_PARTY_WORK)
def transfer_receipt(request: Request, pk: int) -> HttpResponse:
    """The receipt of a letter has come back: the member leaves the roster."""
    transfer = _transfer(request, pk, side="from_organization")
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    detail_url = reverse("members:transfer_detail", args=[pk])
    if request.method == "POST" and form.is_valid():
        try:
            record_receipt(by=request.actor, transfer=transfer, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, f"已登记回执，{transfer.member.name}已转出。")
            return redirect(detail_url)
    context = {
        "title": "登记组织关系回执",
        "question": "登记后，党员不再列入本支部名册，在本支部的党内职务同时结束。",
        "facts": [("党员", transfer.member.name), ("转往", transfer.destination), ("介绍信", transfer.letter_label)],
        "form": form,
        "verb": "登记",
        "cancel_url": detail_url,
    }
    return render(request, "confirm.html", context, status=422 if form.is_bound else 200)


@need(Permission.MANAGE_PARTY_WORK)
def transfer_admit(request: Request) -> HttpResponse:
    """Somebody comes from outside with a letter."""
    data = request.POST if request.method == "POST" else None
    form = AdmitForm(request.scope, data, initial={"to": _own_branch(request)})
    if request.method == "POST" and form.is_valid():
        try:
            made = admit_from_outside(
                by=request.actor, to=form.cleaned_data["to"], on=form.cleaned_data["on"], letter=form.letter(),
                person=form.person(),
            )  # fmt: skip
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, f"已接收，{made.member.name}编入{made.to_organization}。")
            return redirect("members:transfer_detail", pk=made.pk)
    return render(request, "desk/transfers/admit.html", {"form": form}, status=422 if form.is_bound else 200)


def _transfer(request: Request, pk: int, *, side: str) -> Transfer:
    """One that the person sees; 403 unless he keeps the roster of that side."""
    sides = Transfer.objects.select_related("member", "from_organization", "to_organization")
    transfer: Transfer = visible_or_404(sides, request, pk=pk)
    organization: Organization | None = getattr(transfer, side)
    if organization is None or not request.scope.allows(Permission.MANAGE_PARTY_WORK, organization):
        raise PermissionDenied
    return transfer


def _own_branch(request: Request) -> Organization | None:
    if request.scope.grant is None:
        return None
    own = Organization.objects.visible_to(request.scope, Permission.MANAGE_PARTY_WORK)
    return own.filter(path=request.scope.grant.path, kind=OrganizationKind.BRANCH).first()
