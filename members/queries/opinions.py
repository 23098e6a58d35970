"""Opinions asked of branches (O15): the register, what waits, and whether an award may go on."""

from collections.abc import Iterable, Iterator
from datetime import date

from branches.models import Organization
from branches.permissions import Permission, Scope
from branches.queries.filters import narrowed
from members.models import Member, OpinionRequest
from members.models.opinion import OpinionRequestQuerySet
from members.rules.registers import Figures
from partybuild.lib import clock


def opinions_for(
    scope: Scope, on: date, *, purpose: str = "", organization: Organization | None = None, state: str = ""
) -> OpinionRequestQuerySet:
    """The requests that the scope sees. ``state``: asked, late, answered, closed."""
    found = narrowed(OpinionRequest.objects.visible_to(scope), organization=organization, purpose=purpose)
    if state == "asked":
        found = found.unanswered()
    elif state == "late":
        found = found.unanswered().filter(due_on__lt=on)
    elif state == "answered":
        found = found.unclosed()
    elif state == "closed":
        found = found.filter(closed_on__isnull=False)
    return found.select_related("member", "organization", "asker").order_by("-asked_on", "-pk")


def last_opinion(member: Member, subject: str) -> OpinionRequest | None:
    """The latest request to the branch about this subject, answered or not."""
    asked = OpinionRequest.objects.filter(member=member, subject=subject).select_related("organization")
    return asked.order_by("-asked_on", "-pk").first()


def has_favourable_opinion(member: Member, subject: str) -> bool:
    """Whether the branch has agreed to this subject when it was asked last; no award goes on without it (O15)."""
    last = last_opinion(member, subject)
    return last is not None and last.is_favourable


def opinion_figures(scope: Scope) -> Figures:
    """For the hub: all requests, and those to which no answer came in time."""
    seen = OpinionRequest.objects.visible_to(scope)
    late = seen.unanswered().filter(due_on__lt=clock.today()).count()
    return Figures(seen.count(), late, "件逾期未回复", "?state=late")


def opinions_to_answer(scope: Scope) -> int:
    """Requests to the branch of the post in use."""
    waiting = OpinionRequest.objects.visible_to(scope, Permission.MANAGE_PARTY_WORK).unanswered()
    return waiting.filter(organization=scope.grant.organization_id if scope.grant else None).count()


def opinions_to_close(scope: Scope) -> int:
    """Answers to what the organisation of the post in use has asked."""
    waiting = OpinionRequest.objects.visible_to(scope, Permission.MANAGE_PARTY_WORK).unclosed()
    return waiting.filter(asker=scope.grant.organization_id if scope.grant else None).count()


def export_rows(requests: Iterable[OpinionRequest], on: date) -> Iterator[list[object]]:
    """Rows of the workbook."""
    for number, request in enumerate(requests, 1):
        yield [
            number, request.member.name, request.organization.name, request.asker.name,
            request.get_purpose_display(), request.subject, request.asked_on, request.due_on,
            request.get_answer_display(), request.text, request.met_on, request.answered_on, request.closed_on,
            request.state_on(on),
        ]  # fmt: skip
