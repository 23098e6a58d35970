"""One's own data (我的档案), requests to put them right, and their answers."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from branches.forms.refusals import add_refusal
from branches.permissions import Permission
from branches.views.access import Request, need, signed_in, visible_or_404
from branches.views.lists import chosen, page_of
from members.actions.corrections import adopt_correction, ask_correction, return_correction
from members.forms.corrections import AnswerForm, CorrectionFilterForm, CorrectionForm
from members.models import Correction, Member
from members.queries.completeness import asked_fields, missing_of
from members.queries.corrections import corrections, lines
from members.queries.timeline import timeline_of
from members.rules.completeness import labels_of
from partybuild.lib import clock


@signed_in
def own_page(request: Request) -> HttpResponse:
    """What the roster holds about oneself, numbers in full, and a form to ask for a correction."""
    member = own_member(request)
    form = CorrectionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and member and form.is_valid():
        try:
            ask_correction(by=request.actor, member=member, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "申请已提交，党支部答复后会通知您。")
            return redirect("members:own_page")
    may_open_year = request.scope.holds(Permission.VIEW_OWN)
    context = {"form": form, "member": member, "may_open_year": may_open_year, **(_own(member) if member else {})}
    return render(request, "members/corrections/own.html", context, status=422 if form.is_bound else 200)


def own_member(request: Request) -> Member | None:
    """The member behind the account; None for somebody of the role 党员 whose account is not linked yet."""
    if request.scope.member_id is not None:
        return Member.objects.get(pk=request.scope.member_id)
    if not request.scope.holds(Permission.VIEW_OWN):
        raise PermissionDenied
    return None


def _own(member: Member) -> dict[str, object]:
    today = clock.today()
    return {
        "kind": member.kind_on(today),
        "place": member.memberships.filter(ends_on=None).select_related("organization", "group").first(),
        "offices": member.offices.on(today).select_related("organization"),
        "missing": labels_of(missing_of(member, asked_fields(today), today)),
        "lines": lines(list(Correction.objects.filter(member=member).select_related("member", "answered_by")[:50])),
        "moments": timeline_of(member),
    }


@require_safe
@need(Permission.MANAGE_MEMBER)
def correction_list(request: Request) -> HttpResponse:
    """What members ask to be put right, with what the roster says now."""
    form = CorrectionFilterForm(request.GET)
    filters = chosen(form)
    rows = Correction.objects.none() if filters is None else corrections(request.scope, **filters)
    page = page_of(request, rows)
    context = {"form": form, "page": page, "lines": lines(list(page)), "answer_form": AnswerForm()}
    return render(request, "members/corrections/list.html", context, status=422 if filters is None else 200)


@require_POST
@need(Permission.MANAGE_MEMBER)
def correction_answer(request: Request, pk: int) -> HttpResponse:
    """Adopt a request or send it back."""
    correction: Correction = visible_or_404(Correction.objects, request, pk=pk)
    form = AnswerForm(request.POST)
    if form.is_valid():
        answer = adopt_correction if form.cleaned_data["verb"] == "adopt" else return_correction
        try:
            answer(by=request.actor, correction=correction, answer=form.cleaned_data["answer"])
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, "已答复。")
    else:
        messages.error(request, "请选择采纳或退回。")
    return redirect("members:correction_list")
