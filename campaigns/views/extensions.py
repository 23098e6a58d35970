"""More time for assignments: asked for by an organisation, answered by its superior, given to many; exemptions."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from branches.forms.refusals import add_refusal
from branches.permissions import Permission
from branches.views.access import Request, need, require, visible_or_404
from branches.views.lists import chosen, page_of
from campaigns.actions import extensions as actions
from campaigns.actions.extensions import Changed
from campaigns.forms import extensions as forms
from campaigns.models import Assignment, Extension
from campaigns.queries.extensions import extension_list as listed
from campaigns.queries.extensions import to_answer
from campaigns.rules.extensions import ExtensionState
from partybuild.lib import clock
from partybuild.lib.dates import day_text

SHOWN = 20
_CHOICE = ("mark", "all", "after", "before")


@require_safe
@need(Permission.VIEW_ASSIGNMENT)
def extension_list(request: Request) -> HttpResponse:
    """Every request for more time in reach, those that wait first."""
    form = forms.ExtensionFilterForm(request.GET)
    filters = chosen(form)
    found = Extension.objects.none() if filters is None else listed(request.scope, filters)
    page = page_of(request, found)
    waiting = set()
    if request.scope.holds(Permission.DISPATCH):
        waiting = set(to_answer(request.scope).filter(pk__in=[row.pk for row in page]).values_list("pk", flat=True))
    context = {"form": form, "page": page, "waiting": waiting, "is_filtered": bool(request.GET)}
    return render(request, "campaigns/extensions/list.html", context, status=422 if filters is None else 200)


@need(Permission.ANSWER_ASSIGNMENT)
def extension_new(request: Request, pk: int) -> HttpResponse:
    """An organisation asks for more time for one of its assignments."""
    assignment = visible_or_404(Assignment.objects.select_related("target", "organization"), request, pk=pk)
    require(request, Permission.ANSWER_ASSIGNMENT, assignment.organization)
    if request.method == "GET" and assignment.extensions.waiting().exists():
        messages.info(request, "已有一份延期申请在等待批复。如需修改，请先撤回。")
        return redirect("campaigns:assignment_detail", pk)
    form = forms.ExtensionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_extension(by=request.actor, assignment=assignment, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "延期申请已报上级，批复后会通知您。")
            return redirect("campaigns:assignment_detail", pk)
    context = {"form": form, "assignment": assignment}
    return render(request, "campaigns/extensions/new.html", context, status=422 if form.errors else 200)


@require_POST
@need(Permission.ANSWER_ASSIGNMENT)
def extension_take_back(request: Request, pk: int) -> HttpResponse:
    """Take a request back that has not been answered."""
    extension = visible_or_404(Extension.objects.select_related("assignment__organization"), request, pk=pk)
    require(request, Permission.ANSWER_ASSIGNMENT, extension.assignment.organization)
    try:
        actions.take_back(by=request.actor, extension=extension)
        messages.success(request, "延期申请已撤回。")
    except ValidationError as error:
        messages.error(request, "".join(error.messages))
    return redirect("campaigns:assignment_detail", extension.assignment_id)


@need(Permission.DISPATCH)
def extension_answer(request: Request, pk: int) -> HttpResponse:
    """The superior's answer to a request."""
    rows = Extension.objects.select_related("assignment__organization", "assignment__target", "asked_by")
    extension = visible_or_404(rows, request, pk=pk)
    require(request, Permission.DISPATCH, extension.assignment.organization)
    if request.method == "GET" and extension.state != ExtensionState.ASKED:
        messages.info(request, f"这份延期申请{extension.get_state_display()}，不用再批复。")
        return redirect("campaigns:assignment_detail", extension.assignment_id)
    form = forms.ExtensionAnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_extension(by=request.actor, extension=extension, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已批复，申请的党组织会收到通知。")
            return redirect(f"{reverse('campaigns:extension_list')}?state=asked")
    context = {"form": form, "extension": extension, "assignment": extension.assignment}
    return render(request, "campaigns/extensions/answer.html", context, status=422 if form.errors else 200)


_DEEDS: dict[str, tuple[str, Callable[..., Changed]]] = {
    forms.EXTEND: ("延期", actions.extend),
    forms.EXEMPT: ("免报", actions.exempt),
    forms.LIFT: ("取消免报", actions.lift_exemption),
}


@need(Permission.DISPATCH)
def assignment_change(request: Request) -> HttpResponse:
    """Extend, exempt or ask again for what was marked in the list, or for all that its filter shows."""
    form = forms.ChangeForm(request.POST if request.method == "POST" else None)
    try:
        ids = forms.chosen_ids(request.GET, request.scope, clock.today())
    except ValidationError as error:
        messages.error(request, "".join(error.messages))
        return redirect("campaigns:assignment_list")
    if not ids:
        messages.error(request, "没有选中可以办理的任务。请先在任务列表中勾选。")
        return redirect(_list(request))
    if request.method == "POST" and form.is_valid() and _changed(request, form, ids):
        return redirect(_list(request))
    shown = Assignment.objects.filter(pk__in=ids[:SHOWN]).select_related("target", "organization").order_by("pk")
    context = {"form": form, "count": len(ids), "shown": shown, "more": len(ids) - SHOWN, "back": _list(request)}
    return render(request, "campaigns/extensions/change.html", context, status=422 if form.errors else 200)


def _list(request: Request) -> str:
    """The list as it was filtered when the rows were chosen."""
    kept = urlencode([item for item in request.GET.items() if item[0] not in _CHOICE])
    return reverse("campaigns:assignment_list") + (f"?{kept}" if kept else "")


def _changed(request: Request, form: forms.ChangeForm, ids: list[int]) -> bool:
    """Do what was chosen and say what came of it; False when it was refused as a whole."""
    data = form.cleaned_data
    word, deed = _DEEDS[data["deed"]]
    wanted = {"due_on": data["due_on"]} if data["deed"] == forms.EXTEND else {}
    wanted |= {} if data["deed"] == forms.LIFT else {"reason": data["reason"]}
    try:
        changed = deed(by=request.actor, assignment_ids=ids, **wanted)
    except ValidationError as error:
        add_refusal(form, error)
        return False
    if not changed.count:
        for reason, count in changed.refused.items():
            form.add_error(None, f"{count:,} 项未办理：{reason}")
        return False
    until = f"至{day_text(data['due_on'])}" if wanted.get("due_on") else ""
    messages.success(request, f"已{word}{until} {changed.count:,} 项任务，相关支部会收到通知。")
    for reason, count in changed.refused.items():
        messages.warning(request, f"{count:,} 项未办理：{reason}")
    return True
