"""The roll of delegates (O17): who is one, whose term comes to its end."""

from collections.abc import Iterable, Iterator
from datetime import date

from branches.models import Organization
from branches.permissions import Scope
from branches.queries.filters import narrowed
from members.models import Delegate
from members.models.delegate import DelegateQuerySet
from members.rules.delegates import delegate_state
from members.rules.registers import Figures
from office.queries.rules import rule_table
from partybuild.lib import clock
from partybuild.lib.dates import add_months


def near_until(on: date) -> date:
    """Terms that end up to this day are said to end soon."""
    return add_months(on, rule_table(on).int("delegate.near_months"))


def delegates_for(
    scope: Scope, on: date, *, q: str = "", organization: Organization | None = None, state: str = ""
) -> DelegateQuerySet:
    """The delegates that the scope sees. ``state``: current, near, over (the term), ended (before it)."""
    found = narrowed(
        Delegate.objects.visible_to(scope), q=q, words_in=("member__name",), organization=organization
    )  # fmt: skip
    if state == "ended":
        found = found.filter(ends_on__isnull=False)
    elif state:
        found = found.filter(ends_on__isnull=True)
    if state == "current":
        found = found.filter(term_ends_on__gte=on)
    elif state == "near":
        found = found.filter(term_ends_on__gte=on, term_ends_on__lte=near_until(on))
    elif state == "over":
        found = found.filter(term_ends_on__lt=on)
    return found.select_related("member", "organization").order_by("ends_on", "term_ends_on", "pk")


def delegate_lines(delegates: Iterable[Delegate], on: date) -> list[tuple[Delegate, str]]:
    """Each with its state in words; one query for the rules."""
    near = near_until(on)
    return [(one, delegate_state(one.term_ends_on, one.ends_on, on, near)) for one in delegates]


def delegate_figures(scope: Scope) -> Figures:
    """For the hub: who is a delegate, and of these whose term is over."""
    today = clock.today()
    held = Delegate.objects.visible_to(scope).filter(ends_on__isnull=True)
    over = held.filter(term_ends_on__lt=today).count()
    return Figures(held.count(), over, "名代表任期已届满", "?state=over")


def export_rows(delegates: Iterable[Delegate], on: date) -> Iterator[list[object]]:
    """Rows of the workbook."""
    near = near_until(on)
    for number, one in enumerate(delegates, 1):
        yield [
            number, one.member.name, one.organization.name, one.congress, one.unit, one.elected_on, one.starts_on,
            one.term_ends_on, delegate_state(one.term_ends_on, one.ends_on, on, near), one.ends_on, one.reason,
        ]  # fmt: skip
