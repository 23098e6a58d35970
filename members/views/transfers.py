"""Transfers of membership: list, one with its steps, starting, sending back. Accepting is on the floor above."""

from typing import Any

from django.apps import apps
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from branches.forms.refusals import add_refusal
from branches.permissions import Permission
from branches.queries.audit import history_of
from branches.views.access import Request, need, visible_or_404
from branches.views.lists import chosen, page_of
from branches.views.workbooks import exported
from members.actions import transfers as actions
from members.forms.transfers import InsideForm, NoteForm, OutsideForm, TransferFilterForm
from members.models import Transfer
from members.queries.letters import letter_file, reply_file
from members.queries.transfers import (
    SIDES,
    candidates,
    export_rows,
    offered_branches,
    sees_person,
    steps_of,
    transfer_list,
    waiting_count,
)
from members.views.members import managed_or_404
from office.views.files import bytes_response
from partybuild.lib import clock
from partybuild.lib.dates import day_text
from partybuild.lib.official import CONTENT_TYPE
from partybuild.lib.workbook import Sheet

COLUMNS = (
    "序号", "姓名", "类型", "转出党组织", "转入党组织", "原因", "介绍信编号", "发起日期", "发出日期", "接收期限",
    "状态", "办结日期", "生效日期", "办理意见",
)  # fmt: skip


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def transfer_list_page(request: Request) -> HttpResponse:
    """Those that begin in the scope or are addressed to it."""
    form = TransferFilterForm(request.scope, request.GET)
    filters = chosen(form)
    transfers = Transfer.objects.none() if filters is None else transfer_list(request.scope, **filters)
    context = {
        "form": form,
        "page": page_of(request, transfers),
        "sides": SIDES,
        "side": (filters or {}).get("side", ""),
        "waiting": waiting_count(request.scope),
        "can_manage": request.scope.holds(Permission.MANAGE_PARTY_WORK),
        "urls": _urls_above(),
        "today": clock.today(),
    }
    return render(request, "members/transfers/list.html", context, status=422 if filters is None else 200)


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def transfer_export(request: Request) -> HttpResponseBase:
    """The list, filtered as it is shown, as a workbook."""
    filters = chosen(TransferFilterForm(request.scope, request.GET))
    if filters is None:
        return render(request, "400.html", status=400)
    today = clock.today()
    rows = export_rows(transfer_list(request.scope, **filters))
    return exported(
        request,
        "组织关系转接台账",
        Sheet("组织关系转接", COLUMNS, rows, title="组织关系转接台账", note=f"截至{day_text(today)}"),
    )


@require_safe
@need(Permission.MANAGE_PARTY_WORK)
def transfer_pick(request: Request) -> HttpResponse:
    """Choose the member who is to be transferred."""
    q = request.GET.get("q", "").replace("\0", "")[:64]
    context = {"q": q, "members": candidates(request.scope, clock.today(), q)}
    return render(request, "members/transfers/pick.html", context)


@need(Permission.MANAGE_PARTY_WORK)
def transfer_new(request: Request, pk: int) -> HttpResponse:
    """Start the transfer of a member: inside the tree, or with ``?direction=out`` to an organisation outside."""
    member, place = managed_or_404(request, pk)
    is_out = request.GET.get("direction") == "out"
    data = request.POST if request.method == "POST" else None
    form = OutsideForm(data) if is_out else InsideForm(request.scope, data)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.start_transfer(by=request.actor, member=member, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, f"已发起{member.name}的组织关系转接，现在{made.state_label}。")
            return redirect("members:transfer_detail", pk=made.pk)
    context = {"form": form, "member": member, "place": place, "is_out": is_out}
    return render(request, "members/transfers/form.html", context, status=422 if form.is_bound else 200)


@require_safe
@need(Permission.MANAGE_PARTY_WORK)
def transfer_branches(request: Request) -> HttpResponse:
    """Names of the tree's branches while somebody types."""
    text = request.GET.get(request.htmx.trigger_name or "q", "").replace("\0", "")[:64]
    found = offered_branches(request.scope, text)
    return render(request, "branches/organizations/_names.html", {"found": found})


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def transfer_detail(request: Request, pk: int) -> HttpResponse:
    """One transfer with what was done and what may be done next."""
    transfer = _transfer(request, pk)
    context = {
        "transfer": transfer,
        "member": transfer.member,
        "kind": transfer.member.kind_on(clock.today()),
        "steps": steps_of(request.scope, transfer),
        "sees_person": sees_person(request.scope, transfer),
        "urls": _urls_above(transfer.pk),
        "history": history_of(transfer),
        "today": clock.today(),
    }
    return render(request, "members/transfers/detail.html", context)


@require_POST
@need(Permission.APPROVE_PARTY_WORK)
def transfer_approve(request: Request, pk: int) -> HttpResponse:
    """The superior approves."""
    transfer = _transfer(request, pk)
    _require_step(request, transfer, "approve", Permission.APPROVE_PARTY_WORK)
    try:
        actions.approve_transfer(by=request.actor, transfer=transfer)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "已审批。")
    return redirect("members:transfer_detail", pk=pk)


@need(Permission.MANAGE_PARTY_WORK)
def transfer_refuse(request: Request, pk: int) -> HttpResponse:
    """Send it back, with the reason."""
    return _decide(request, pk, "refuse", "退回组织关系转接", "退回后，党员仍在原党支部。", "退回")


@need(Permission.MANAGE_PARTY_WORK)
def transfer_withdraw(request: Request, pk: int) -> HttpResponse:
    """Take it back, with the reason."""
    return _decide(request, pk, "withdraw", "撤回组织关系转接", "撤回后，党员仍在原党支部，可以重新发起。", "撤回")


@require_safe
@need(Permission.MANAGE_PARTY_WORK)
def transfer_letter(request: Request, pk: int) -> HttpResponseBase:
    """The letter of introduction, or for somebody who came from outside the receipt; the trail notes the download."""
    transfer = _transfer(request, pk)
    steps = steps_of(request.scope, transfer)
    if not steps & {"letter", "reply"}:
        raise PermissionDenied
    what = "组织关系介绍信" if "letter" in steps else "组织关系回执"
    side = transfer.from_organization or transfer.to_organization
    assert side is not None
    actions.note_letter_download(by=request.actor, transfer=transfer, organization=side, what=what)
    content = letter_file(transfer) if "letter" in steps else reply_file(transfer)
    return bytes_response(content, CONTENT_TYPE, f"{transfer.member.name}{what}.docx")


def _decide(request: Request, pk: int, step: str, title: str, question: str, verb: str) -> HttpResponse:
    transfer = _transfer(request, pk)
    _require_step(request, transfer, step, Permission.MANAGE_PARTY_WORK)
    form = NoteForm(request.POST if request.method == "POST" else None)
    detail_url = reverse("members:transfer_detail", args=[pk])
    if request.method == "POST" and form.is_valid():
        action = {"refuse": actions.refuse_transfer, "withdraw": actions.withdraw_transfer}[step]
        try:
            action(by=request.actor, transfer=transfer, note=form.cleaned_data["note"])
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, f"已{verb}。")
            return redirect(detail_url)
    facts = [("党员", transfer.member.name), ("转出", transfer.origin), ("转入", transfer.destination)]
    context = {
        "title": title,
        "question": question,
        "facts": facts,
        "form": form,
        "verb": verb,
        "cancel_url": detail_url,
    }
    return render(request, "confirm.html", context, status=422 if form.is_bound else 200)


def _transfer(request: Request, pk: int) -> Transfer:
    sides = Transfer.objects.select_related("member", "from_organization", "to_organization", "issuer")
    transfer: Transfer = visible_or_404(sides, request, pk=pk)
    return transfer


def _require_step(request: Request, transfer: Transfer, step: str, permission: Permission) -> None:
    """403 unless the person's post may take this step; that a transfer has ended is the action's to say."""
    sides = (transfer.from_organization, transfer.to_organization)
    keeps = any(side is not None and request.scope.allows(permission, side) for side in sides)
    if not keeps or (transfer.is_open and step not in steps_of(request.scope, transfer)):
        raise PermissionDenied


def _urls_above(pk: int | None = None) -> dict[str, Any]:
    """What the floor above offers for transfers (``transfer_urls`` of its AppConfig): admit, accept, receipt."""
    names = {
        key: name for config in apps.get_app_configs() for key, name in getattr(config, "transfer_urls", {}).items()
    }
    wanted = {"admit": []} if pk is None else {"accept": [pk], "receipt": [pk]}
    return {key: reverse(names[key], args=args) for key, args in wanted.items() if key in names}
