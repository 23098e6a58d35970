"""Members' opinions and suggestions (O17): the register, one's own, what waits, and what an extract tells."""

from collections.abc import Iterable, Iterator
from datetime import date

from branches.models import Organization
from branches.permissions import Permission, Scope
from branches.queries.filters import narrowed
from members.enums import SuggestionState
from members.models import Member, Suggestion
from members.models.suggestion import SuggestionQuerySet
from members.rules.extracts import Part
from members.rules.registers import Figures
from partybuild.lib import clock

NAMELESS = "不公开姓名"


def suggestions_for(
    scope: Scope, on: date, *, organization: Organization | None = None, state: str = ""
) -> SuggestionQuerySet:
    """The suggestions that the scope sees. ``state``: waiting (for this organisation), open, late, answered."""
    found = narrowed(Suggestion.objects.visible_to(scope), organization=organization)
    if state == "waiting":
        found = found.unanswered().filter(handler=scope.grant.organization_id if scope.grant else None)
    elif state == "open":
        found = found.unanswered()
    elif state == "late":
        found = found.unanswered().filter(due_on__lt=on)
    elif state == "answered":
        found = found.filter(state=SuggestionState.ANSWERED)
    return found.select_related("member", "organization", "handler").order_by("-raised_on", "-pk")


def suggestions_of(member: Member) -> SuggestionQuerySet:
    """One's own, the newest first."""
    return Suggestion.objects.filter(member=member).select_related("handler").order_by("-raised_on", "-pk")


def name_shown(suggestion: Suggestion, scope: Scope) -> str:
    """Whose it is, to those who may know."""
    return suggestion.member.name if suggestion.shows_name_to(scope) else NAMELESS


def suggestion_figures(scope: Scope) -> Figures:
    """For the hub: all suggestions, and those that were not answered in time."""
    seen = Suggestion.objects.visible_to(scope)
    late = seen.unanswered().filter(due_on__lt=clock.today()).count()
    return Figures(seen.count(), late, "条逾期未答复", "?state=late")


def suggestions_to_answer(scope: Scope) -> int:
    """Those that the organisation of the post in use is to answer."""
    waiting = Suggestion.objects.visible_to(scope, Permission.MANAGE_PARTY_WORK).unanswered()
    return waiting.filter(handler=scope.grant.organization_id if scope.grant else None).count()


def export_rows(suggestions: Iterable[Suggestion], on: date) -> Iterator[list[object]]:
    """Rows of the workbook; a name that is not to be shown does not leave the portal."""
    for number, suggestion in enumerate(suggestions, 1):
        yield [
            number, NAMELESS if suggestion.is_nameless else suggestion.member.name, suggestion.organization.name,
            suggestion.text, suggestion.raised_on, suggestion.handler.name, suggestion.passed_on, suggestion.due_on,
            suggestion.state_on(on), suggestion.answer, suggestion.answered_on,
        ]  # fmt: skip


def extract_suggestions(member: Member) -> tuple[list[Part], list[str]]:
    """A member's suggestions for his extract, which his branch may take out too: without those he hid his name on."""
    rows = [
        [one.raised_on, one.text, one.get_state_display(), one.answer, one.answered_on]
        for one in suggestions_of(member).filter(is_nameless=False)
    ]
    columns = ("提出日期", "内容", "状态", "答复", "答复日期")
    return [Part("意见建议", columns, rows)], [Suggestion._meta.label]
