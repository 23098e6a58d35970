"""The parts of a draft: corrected, confirmed, dropped, split, merged, added; htmx gets the whole draft each time."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from branches.permissions import Permission
from branches.views.access import Request, need
from campaigns.actions import plan_drafts as actions
from campaigns.forms.plan_drafts import SeenForm
from campaigns.forms.plan_items import ItemForm, SplitForm, form_for
from campaigns.models import PlanDraft
from campaigns.queries.plan_drafts import line_of
from campaigns.rules.plan_drafts.items import PARENTS, Content, Item, ItemKind
from campaigns.rules.plan_drafts.states import PlanDraftError, StaleItemError
from campaigns.views.plan_drafts import draft_answer, managed, visible
from partybuild.lib.htmx import is_htmx

require_form = require_http_methods(["GET", "HEAD", "POST"])


@require_form
@need(Permission.MANAGE_CAMPAIGN)
def plan_item_edit(request: Request, pk: int, item: int) -> HttpResponse:
    """Correct one part; in the page of the draft or on a page of its own."""
    draft = managed(request, pk)
    part = _part(draft.parts, item)
    form = form_for(part.kind, draft.parts, part, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        values: dict[str, Any] = {
            "item": item,
            "data": form.kept(),
            "seen": form.cleaned_data["seen"],
            "parent": form.place,
        }
        if answer := _saved(request, draft, form, lambda: actions.change_item(by=request.actor, draft=draft, **values)):
            return answer
    return _form_page(request, draft, form, part, f"修改{ItemKind(part.kind).label}")


@require_form
@need(Permission.MANAGE_CAMPAIGN)
def plan_item_add(request: Request, pk: int, kind: str, parent: int = 0) -> HttpResponse:
    """Add a part under another, or to the plan."""
    draft = managed(request, pk)
    if kind not in ItemKind.values or kind == ItemKind.HEAD or (kind in PARENTS) != bool(parent):
        raise Http404
    above = _part(draft.parts, parent) if parent else None
    form = form_for(kind, draft.parts, None, request.POST if request.method == "POST" else None, parent)
    if form.is_bound and form.is_valid():
        values: dict[str, Any] = {"kind": kind, "data": form.kept(), "parent": form.place or parent}
        if answer := _saved(request, draft, form, lambda: actions.add_item(by=request.actor, draft=draft, **values)):
            return answer
    return _form_page(request, draft, form, above, f"添加{ItemKind(kind).label}", is_new=True)


@require_form
@need(Permission.MANAGE_CAMPAIGN)
def plan_item_split(request: Request, pk: int, item: int) -> HttpResponse:
    """Make two tasks of one."""
    draft = managed(request, pk)
    part = _part(draft.parts, item, ItemKind.TASK)
    form = SplitForm(draft.parts, part, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        values: dict[str, Any] = {"item": item, **form.cleaned_data}
        if answer := _saved(request, draft, form, lambda: actions.split_task(by=request.actor, draft=draft, **values)):
            return answer
    return _form_page(request, draft, form, part, "拆分任务")


@require_POST
@need(Permission.MANAGE_CAMPAIGN)
def plan_item_merge(request: Request, pk: int, item: int) -> HttpResponse:
    """Put the next task into this one."""
    return _step(
        request, pk, item, lambda draft, seen: actions.merge_task(by=request.actor, draft=draft, item=item, seen=seen)
    )


@require_POST
@need(Permission.MANAGE_CAMPAIGN)
def plan_item_confirm(request: Request, pk: int, item: int) -> HttpResponse:
    """Say that a part is right as it stands; of a task, that its targets are too."""

    def confirm(draft: PlanDraft, seen: int) -> PlanDraft:
        content = draft.parts
        part = content.item(item)
        targets = content.live(ItemKind.TARGET, item) if "all" in request.POST else []
        return actions.confirm_items(
            by=request.actor, draft=draft, items=[part.id, *(each.id for each in targets)], seen=seen
        )

    return _step(request, pk, item, confirm)


@require_POST
@need(Permission.MANAGE_CAMPAIGN)
def plan_item_drop(request: Request, pk: int, item: int) -> HttpResponse:
    """Leave a part out; the page then offers to take it back."""
    return _step(
        request, pk, item, lambda draft, seen: actions.drop_item(by=request.actor, draft=draft, item=item, seen=seen)
    )


@require_POST
@need(Permission.MANAGE_CAMPAIGN)
def plan_item_restore(request: Request, pk: int, item: int) -> HttpResponse:
    """Take a part back."""
    return _step(request, pk, item, lambda draft, _: actions.restore_item(by=request.actor, draft=draft, item=item))


def _part(content: Content, number: int, kind: str = "") -> Item:
    if number not in content.by_id or (kind and content.by_id[number].kind != kind):
        raise Http404
    return content.by_id[number]


def _step(request: Request, pk: int, item: int, step: Callable[[PlanDraft, int], PlanDraft]) -> HttpResponse:
    """A step without a form of its own."""
    draft = managed(request, pk)
    _part(draft.parts, item)
    form = SeenForm(request.POST)
    if not form.is_valid():
        return _back(request, draft, item, status=422)
    try:
        step(draft, form.cleaned_data["seen"])
    except PlanDraftError as error:
        messages.error(request, str(error))
    return _back(request, draft, item)


def _saved(request: Request, draft: PlanDraft, form: Any, save: Callable[[], PlanDraft]) -> HttpResponse | None:
    """The draft as it is after saving; None when it was refused, with the reason in the form."""
    try:
        after = save()
    except StaleItemError as error:
        # What was written is kept; the next attempt is made on what is there now.
        form.data = form.data.copy()
        form.data["seen"] = str(PlanDraft.objects.get(pk=draft.pk).parts.revision)
        form.add_error(None, f"{error} 下面保留了您填写的内容。")
        return None
    except PlanDraftError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return None
    number = form.item.id if isinstance(form, ItemForm) and form.item else after.parts.next_id - 1
    return _back(request, draft, number)


def _back(request: Request, draft: PlanDraft, item: int, status: int = 200) -> HttpResponse:
    """To the part that was dealt with."""
    if is_htmx(request):
        return draft_answer(request, visible(request, draft.pk), status)
    return redirect(f"{reverse('campaigns:plan_draft_detail', args=[draft.pk])}#item-{item}")


def _form_page(
    request: Request, draft: PlanDraft, form: Any, part: Item | None, title: str, *, is_new: bool = False
) -> HttpResponse:
    """The form at its place in the draft, or on a page of its own; a refused one goes back to where it stood."""
    place = request.POST.get("place") or request.headers.get("HX-Target") or ""
    context = {
        "draft": draft, "form": form, "part": part, "title": title, "is_new": is_new, "place": place,
        "line": line_of(draft.parts, part) if part else None, "is_inside": is_htmx(request),
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    if not is_htmx(request):
        return render(request, "campaigns/plan_drafts/edit.html", context, status=status)
    answer = render(request, "campaigns/plan_drafts/_edit.html", context, status=status)
    if form.is_bound:
        answer["HX-Retarget"] = f"#{place}"
    return answer
