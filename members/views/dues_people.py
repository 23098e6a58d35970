"""Dues of people: bases, exemptions, one member's own dues, corrections, and what dues were used for."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from branches.forms.refusals import add_refusal
from branches.models import Organization
from branches.permissions import Permission
from branches.views.access import Request, need, require, visible_or_404
from branches.views.lists import chosen, page_of
from members.actions import dues as actions
from members.actions.dues_bases import decide_base, set_base
from members.actions.dues_uses import record_use, void_use
from members.forms.dues import AdjustForm, BaseFilterForm, BaseForm, DecideForm, ReverseForm, UseFilterForm, UseForm
from members.forms.transfers import NoteForm
from members.models import DuesBase, DuesEntry, DuesMonth, DuesUse, Member, Membership
from members.queries.dues_lists import asked_bases, base_lines, missing_count, places_with_dues, spent, uses_list
from members.rules import dues as rules
from partybuild.lib import clock


@require_safe
@need(Permission.VIEW_DUES)
def dues_base_list(request: Request) -> HttpResponse:
    """Everybody on the rosters with his base; or the exemptions that wait."""
    form = BaseFilterForm(request.scope, request.GET)
    filters, today = chosen(form), clock.today()
    is_asked = filters is not None and filters["state"] == "asked"
    rows: Any = Membership.objects.none() if filters is None else places_with_dues(request.scope, today, **filters)
    page = page_of(request, asked_bases(request.scope) if is_asked else rows)
    context = {
        "form": form,
        "page": page,
        "is_asked": is_asked,
        "lines": [] if is_asked else base_lines(list(page), today),
        "missing": missing_count(request.scope, today),
        "can_manage": request.scope.holds(Permission.MANAGE_DUES),
        "can_approve": request.scope.holds(Permission.APPROVE_PARTY_WORK),
    }
    return render(request, "members/dues/bases.html", context, status=422 if filters is None else 200)


@need(Permission.MANAGE_DUES)
def dues_base_new(request: Request, pk: int) -> HttpResponse:
    """Settle a member's base, or ask for an exemption."""
    member, place = _kept(request, pk)
    month = rules.first_of(clock.today())
    form = BaseForm(
        request.POST if request.method == "POST" else None, initial={"effective_from": month, "kind": "working"}
    )
    if request.method == "POST" and form.is_valid():
        try:
            base = set_base(by=request.actor, member=member, organization=place.organization, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            word = "已报上级党组织批准" if base.state == "asked" else "已核定"
            messages.success(request, f"{member.name}的党费基数{word}。")
            return redirect("members:dues_member", pk=pk)
    context = {"form": form, "member": member, "place": place, "current": base_lines([place], clock.today())[0]}
    return render(request, "members/dues/base_form.html", context, status=422 if form.is_bound else 200)


@need(Permission.APPROVE_PARTY_WORK)
def dues_base_decide(request: Request, pk: int) -> HttpResponse:
    """The superior approves an exemption or does not."""
    base: DuesBase = visible_or_404(DuesBase.objects.select_related("member"), request, pk=pk)
    place = base.member.memberships.select_related("organization").get(ends_on=None)
    require(request, Permission.APPROVE_PARTY_WORK, place.organization)
    form = DecideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            decide_base(
                by=request.actor, base=base, organization=place.organization,
                approve=form.cleaned_data["approve"] == "yes", note=form.cleaned_data["note"],
            )  # fmt: skip
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已审批。")
            return redirect(f"{reverse('members:dues_base_list')}?state=asked")
    context = {
        "title": "审批党费减免",
        "question": f"{place.organization}为{base.member.name}申请减免党费。",
        "facts": _facts_of(base),
        "form": form,
        "verb": "提交",
        "cancel_url": f"{reverse('members:dues_base_list')}?state=asked",
    }
    return render(request, "confirm.html", context, status=422 if form.is_bound else 200)


@require_safe
@need(Permission.VIEW_OWN)
def dues_own(request: Request) -> HttpResponseBase:
    """A member's own dues."""
    if request.scope.member_id is None:
        return render(request, "members/dues/member.html", {"member": None})
    return dues_member(request, request.scope.member_id)


@require_safe
@need(Permission.VIEW_DUES, Permission.VIEW_OWN)
def dues_member(request: Request, pk: int) -> HttpResponse:
    """One member's dues, by those who keep them and by himself."""
    member: Member = visible_or_404(Member.objects, request, Permission.VIEW_DUES, pk=pk)
    place = member.memberships.filter(ends_on=None).select_related("organization").first()
    entries = DuesEntry.objects.filter(member=member).select_related("organization", "collector").order_by("-month")
    page = page_of(request, entries)
    context = {
        "member": member,
        "place": place,
        "page": page,
        "owed": sum((entry.owed for entry in entries.unpaid()), start=0),
        "bases": member.dues_bases.select_related("approved_by"),
        "can_manage": place is not None and request.scope.allows(Permission.MANAGE_DUES, place.organization),
    }
    return render(request, "members/dues/member.html", context)


@need(Permission.VIEW_DUES)
def dues_entry(request: Request, pk: int) -> HttpResponse:
    """One member's month with its lines; POST corrects by a counter-entry (``what``: reverse or adjust)."""
    entry: DuesEntry = visible_or_404(DuesEntry.objects.select_related("member", "organization"), request, pk=pk)
    require(request, Permission.VIEW_DUES, entry.organization)
    data, what = (request.POST if request.method == "POST" else None), request.POST.get("what", "")
    forms = {
        "reverse": ReverseForm(data if what != "adjust" else None),
        "adjust": AdjustForm(data if what == "adjust" else None),
    }
    form = forms["adjust" if what == "adjust" else "reverse"]
    if request.method == "POST":
        require(request, Permission.MANAGE_DUES, entry.organization)
        if _correct(request, entry, what, form):
            return redirect("members:dues_entry", pk=pk)
    closed = DuesMonth.objects.filter(organization=entry.organization, month=entry.month, closed_at__isnull=False)
    context = {
        "entry": entry,
        "lines": entry.lines.select_related("recorded_by"),
        "reverse_form": forms["reverse"],
        "adjust_form": forms["adjust"],
        "is_closed": closed.exists(),
        "month_key": rules.month_key(entry.month),
        "can_manage": request.scope.allows(Permission.MANAGE_DUES, entry.organization),
    }
    return render(request, "members/dues/entry.html", context, status=422 if request.method == "POST" else 200)


@require_safe
@need(Permission.VIEW_DUES)
def dues_use_list(request: Request) -> HttpResponse:
    """What dues were spent on."""
    form = UseFilterForm(request.scope, request.GET)
    filters = chosen(form)
    uses = DuesUse.objects.none() if filters is None else uses_list(request.scope, **filters)
    own = Organization.objects.visible_to(request.scope, Permission.MANAGE_DUES).filter(
        path=request.scope.grant.path if request.scope.grant else ""
    )
    context = {
        "form": form,
        "page": page_of(request, uses),
        "total": spent(uses),
        "own": own.first(),
        "year": clock.today().year,
    }
    return render(request, "members/dues/uses.html", context, status=422 if filters is None else 200)


@need(Permission.MANAGE_DUES)
def dues_use_new(request: Request, pk: int) -> HttpResponse:
    """Record that an organisation spent dues."""
    organization: Organization = visible_or_404(Organization.objects, request, pk=pk)
    require(request, Permission.MANAGE_DUES, organization)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = UseForm(*sent)
    if request.method == "POST" and form.is_valid():
        try:
            record_use(by=request.actor, organization=organization, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已登记。")
            return redirect("members:dues_use_list")
    context = {"form": form, "organization": organization}
    return render(request, "members/dues/use_form.html", context, status=422 if form.is_bound else 200)


@need(Permission.MANAGE_DUES)
def dues_use_void(request: Request, pk: int) -> HttpResponse:
    """Strike out a use that was recorded by mistake."""
    use: DuesUse = visible_or_404(DuesUse.objects.select_related("organization"), request, pk=pk)
    require(request, Permission.MANAGE_DUES, use.organization)
    form = NoteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            void_use(by=request.actor, use=use, note=form.cleaned_data["note"])
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已作废。")
            return redirect("members:dues_use_list")
    context = {
        "title": "作废党费使用记录",
        "question": "作废的记录保留在台账中，不计入合计。",
        "facts": [("用途", use.purpose), ("金额", f"{use.amount} 元"), ("凭证", use.evidence)],
        "form": form,
        "verb": "作废",
        "danger": True,
        "cancel_url": reverse("members:dues_use_list"),
    }
    return render(request, "confirm.html", context, status=422 if form.is_bound else 200)


def _correct(request: Request, entry: DuesEntry, what: str, form: Any) -> bool:
    """Whether the counter-entry was made; else the form says why not."""
    if not form.is_valid():
        return False
    action = actions.adjust_due if what == "adjust" else actions.reverse_payment
    try:
        action(by=request.actor, entry=entry, **form.cleaned_data)
    except ValidationError as error:
        add_refusal(form, error)
        return False
    messages.success(request, "已更正。" if what != "adjust" else "已调整。")
    return True


def _kept(request: Request, pk: int) -> tuple[Member, Membership]:
    """A member whose dues one keeps, with his place."""
    member: Member = visible_or_404(Member.objects, request, Permission.VIEW_DUES, pk=pk)
    place = member.memberships.filter(ends_on=None).select_related("organization", "member").first()
    if place is None:
        raise PermissionDenied
    require(request, Permission.MANAGE_DUES, place.organization)
    return member, place


def _facts_of(base: DuesBase) -> list[tuple[str, str]]:
    until = f"至{rules.month_text(base.until)}" if base.until else "起"
    amount = "免交" if base.kind == "exempt" else f"每月交纳 {base.amount} 元"
    months = f"{rules.month_text(base.effective_from)}{until}"
    return [("减免内容", amount), ("时间", months), ("原因", base.reason), ("依据", base.basis or "—")]
