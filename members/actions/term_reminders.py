"""Reminders of elections to come: at six and three months, on the day, then monthly while overdue. N19."""

from datetime import date

from branches.enums import Role
from branches.permissions import Actor
from members.actions.terms import page_of
from members.models import Term
from members.queries.terms import marks_on
from members.rules.terms import YEARS_RULE, latest_due, occasion
from office.actions.notices import tell
from office.models import Notice
from office.queries.notices import people_at
from partybuild.lib.dates import day_text


def remind_terms(*, by: Actor, on: date) -> int:
    """Tell secretaries and staff of the organisation and of its superior, once for each occasion."""
    marks = marks_on(on)
    terms = (
        Term.objects.live()
        .runs_until(latest_due(on, marks.first))
        .filter(
            organization__dissolved_on__isnull=True,
            organization__kind__in=YEARS_RULE,
        )
        .select_related("organization")
        .order_by("pk")
    )
    found = {key_of(term, kind): term for term in terms if (kind := occasion(last_day(term), on, marks))}
    told = set(Notice.objects.filter(key__in=found).values_list("key", flat=True))
    fresh = {key: term for key, term in found.items() if key not in told}
    places = {term.organization_id for term in fresh.values()}
    places |= {term.organization.parent_id for term in fresh.values() if term.organization.parent_id}
    people = people_at(places, [Role.STAFF, Role.SECRETARY], on)
    return sum(_remind(key, term, on, people) for key, term in fresh.items())


def _remind(key: str, term: Term, on: date, people: dict[int, list[int]]) -> int:
    organization, due_on = term.organization, last_day(term)
    if on > due_on:
        words = f"任期已于{day_text(due_on)}届满，逾期尚未换届，请抓紧换届或者申请延期。"
    elif on == due_on:
        words = "任期今天届满，请办理换届或者申请延期。"
    else:
        words = f"任期将于{day_text(due_on)}届满，请做好换届准备。"
    who = [*people.get(organization.pk, ()), *people.get(organization.parent_id or 0, ())]
    return tell(people=who, key=key, text=f"{organization}{words}", url=page_of(organization), due_on=due_on)


def key_of(term: Term, kind: str) -> str:
    """The thing and the occasion; an extension makes the occasions anew."""
    return f"term:{term.pk}:{last_day(term):%Y%m%d}:{kind}"


def last_day(term: Term) -> date:
    """Until when a term runs, an extension included."""
    return term.extended_to or term.due_on
