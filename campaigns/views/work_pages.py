"""What the pages of special work have in common: the form, the verbs of a table of moves, papers as .docx."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.urls import reverse

from branches.actions.exports import record_export
from branches.views import pages
from branches.views.access import Request
from campaigns.forms.works import MoveForm
from campaigns.rules.work_moves import Move, Moves
from office.views.files import bytes_response
from partybuild.lib.official import CONTENT_TYPE

FORM = "campaigns/work_pages/form.html"
SHUT = frozenset({"withdraw", "revoke", "void", "abandon", "give_up"})
ask = partial(pages.ask, template=FORM)
"""A form of special work: ``branches.views.pages.ask`` with the way back to the hub."""


@dataclass(frozen=True)
class VerbForm:
    """A verb that the page offers, with its form and the address to which it goes."""

    verb: str
    move: Move
    form: forms.Form
    url: str
    is_open: bool = False


def allowed_move(moves: Moves, verb: str, *, does: bool, leads: bool) -> Move:
    """The verb of the address: unknown 404, not one's own 403."""
    if verb not in moves:
        raise Http404
    if not (leads if moves[verb].leads else does):
        raise PermissionDenied
    return moves[verb]


def verb_forms(
    moves: Moves, verbs: Sequence[str], url_name: str, pk: int, kinds: Mapping[str, type[MoveForm]] | None = None
) -> list[VerbForm]:
    """A form for each verb on offer; the first one stands open, but for taking back and undoing."""
    made = []
    for number, verb in enumerate(verbs):
        kind = (kinds or {}).get(verb, MoveForm)
        form = kind(needs_text=moves[verb].needs_text, prefix=verb)
        made.append(
            VerbForm(verb, moves[verb], form, reverse(url_name, args=[pk, verb]), number == 0 and verb not in SHUT)
        )
    return made


def act(
    request: Request,
    wanted: Move,
    call: Callable[..., Any],
    *,
    of: object,
    to: str,
    kind: type[MoveForm] = MoveForm,
) -> HttpResponse:
    """Do a verb ``of`` a row and go back to it; what is refused is shown on a page of its own with what was sent."""
    form = kind(request.POST, request.FILES, needs_text=wanted.needs_text)
    return ask(
        request, form, lambda values: call(**values), done=wanted.done, to=to, title=wanted.label,
        back_url=to, back_label=of, submit=wanted.label,
    )  # fmt: skip


def paper(request: Request, content: bytes, name: str) -> HttpResponseBase:
    """A .docx that was made for this answer."""
    record_export(by=request.actor, what=name, count=1)
    return bytes_response(content, CONTENT_TYPE, f"{name}.docx")
