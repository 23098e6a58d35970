"""Entries (个人报送): the list, figures, what waits, and what they count for tasks."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from decimal import Decimal

from django.urls import reverse

from branches.models import Organization
from branches.permissions import Permission, Scope
from branches.queries.filters import narrowed
from campaigns.enums import Subject
from campaigns.models import Entry
from campaigns.models.entry import EntryQuerySet
from campaigns.queries.people import Span, people_of
from campaigns.rules.entries import COMMUNITY, COUNTING, EntryKind, EntryState, community_refusal, refusal
from campaigns.rules.facts import Fact
from members.models import Membership, Office
from members.rules.registers import Figures
from office.queries.rules import rule_table
from office.rules.table import RuleTable
from partybuild.lib import clock

ONE = Decimal(1)
TO_CONFIRM = "to_confirm"
RETURNED = "已退回，修改后重新报送即可计入。"


def entries_for(
    scope: Scope,
    *,
    q: str = "",
    organization: Organization | None = None,
    year: int | None = None,
    state: str = "",
    kind: str = "",
) -> EntryQuerySet:
    """The entries that the scope sees. ``state``: a state, ``to_confirm`` (not by oneself), or ``own``."""
    found = narrowed(
        Entry.objects.visible_to(scope), q=q, words_in=("title", "member__name"), organization=organization,
        held_on__year=year, kind=kind,
    )  # fmt: skip
    if state == "own":
        found = found.filter(member=scope.member_id, member__isnull=False)
    elif state == TO_CONFIRM:
        found = _to_confirm(found, scope)
    elif state:
        found = found.filter(state=state)
    return found.select_related("organization", "member").order_by("-held_on", "-pk")


def entry_figures(scope: Scope) -> Figures:
    """For the hub: the year's entries, and those that the branch has not confirmed."""
    seen = Entry.objects.visible_to(scope).filter(held_on__year=clock.today().year).exclude(state=EntryState.VOID)
    return Figures(seen.count(), seen.filter(state=EntryState.FILED).count(), "条待确认", "?state=filed")


def entries_to_confirm(scope: Scope) -> int:
    """What members have entered and their branch has not looked at."""
    return _to_confirm(Entry.objects.visible_to(scope, Permission.DO_WORK), scope).count()


def _to_confirm(entries: EntryQuerySet, scope: Scope) -> EntryQuerySet:
    """What waits for the branch; nobody is waited for to confirm his own."""
    waiting = entries.filter(state=EntryState.FILED)
    return waiting.exclude(member=scope.member_id) if scope.member_id else waiting


def refusal_of(entry: Entry) -> str:
    """Why an entry that is kept does not count by the rules of today; empty when it does."""
    return _refused(entry, rule_table(clock.today()))


def _refused(entry: Entry, rules: RuleTable) -> str:
    shortest, forms = rules.int("study.reflection_min"), _forms(rules)
    return refusal(entry.kind, entry.text, entry.form, shortest=shortest, forms=forms)


def own_entries_returned(scope: Scope) -> int:
    """One's own entries that were sent back."""
    if scope.member_id is None:
        return 0
    return Entry.objects.filter(member=scope.member_id, state=EntryState.RETURNED).count()


def export_rows(entries: Iterable[Entry]) -> Iterator[list[object]]:
    """Rows of the workbook."""
    for number, row in enumerate(entries, 1):
        yield [
            number, row.organization.name, row.member.name, row.get_kind_display(), row.held_on, row.title, row.form,
            row.hours, row.text, row.get_state_display(), row.remark,
        ]  # fmt: skip


def forms_of_study() -> list[str]:
    """The forms of study outside that count hours, by the rule table."""
    return _forms(rule_table(clock.today()))


def _forms(rules: RuleTable) -> list[str]:
    return [str(form) for form in rules.list("study.forms")]


def homes_of(people: Collection[int]) -> dict[int, set[int]]:
    """Member → the organisations whose tasks he may move: where he is on the roster, and where he holds an office."""
    found: dict[int, set[int]] = defaultdict(set)
    today = clock.today()
    for rows in (Membership.objects.on(today), Office.objects.on(today)):
        for member, organization in rows.filter(member__in=people).values_list("member_id", "organization_id"):
            found[member].add(organization)
    return found


def entry_url(pk: int) -> str:
    """Where an entry is shown."""
    return reverse("campaigns:entry_detail", args=[pk])


def facts_of_books(organizations: Collection[int], start: date, end: date) -> list[Fact]:
    """精读书籍并撰写心得: a book with its reflection. N07."""
    return _facts(EntryKind.BOOK, Subject.MEMBER, organizations, start, end)


def facts_of_integrity_pledges(organizations: Collection[int], start: date, end: date) -> list[Fact]:
    """签订廉洁承诺书. N08."""
    return _facts(EntryKind.INTEGRITY, Subject.MEMBER, organizations, start, end)


def facts_of_study_hours(organizations: Collection[int], start: date, end: date) -> list[Fact]:
    """Hours of study outside, of the forms in the rule table; they come beside the hours of records. N06."""
    return _facts(EntryKind.HOURS, Subject.MEMBER, organizations, start, end)


def facts_of_recommended_books(organizations: Collection[int], start: date, end: date) -> list[Fact]:
    """领导干部读书·荐书·评书. N30."""
    return _facts(EntryKind.RECOMMENDED, Subject.LEADER, organizations, start, end)


def facts_of_community_service(organizations: Collection[int], start: date, end: date) -> list[Fact]:
    """双报到、双服务、双报告 of each member: all of them make one. N20."""
    found = []
    for organization, person, rows in _by_person(COMMUNITY, Subject.MEMBER, organizations, start, end):
        counts = {kind: sum(row.kind == kind and row.state in COUNTING for row in rows) for kind in COMMUNITY}
        reason = community_refusal([kind for kind, count in counts.items() if count])
        last = max(rows, key=lambda row: (row.counts_from, row.pk))
        words = "、".join(f"{EntryKind(kind).label}{count}次" for kind, count in counts.items())
        found.append(
            Fact(
                key=f"community:{person}",
                organization_id=organization,
                held_on=last.held_on,
                counts_from=last.counts_from,
                amount=Decimal(min(counts[EntryKind.SERVICE], counts[EntryKind.SERVICE_REPORT])),
                text=f"{last.member.name}：{words}",
                url=entry_url(last.pk),
                counted=not reason,
                reason=reason,
                member_id=person,
            )
        )
    return found


def _facts(kind: str, subject: str, organizations: Collection[int], start: date, end: date) -> list[Fact]:
    rules = rule_table(min(end, clock.today()))
    found = []
    for organization, person, rows in _by_person((kind,), subject, organizations, start, end):
        for row in rows:
            reason = RETURNED if row.state == EntryState.RETURNED else ""
            reason = reason or _refused(row, rules)
            found.append(
                Fact(
                    key=f"entry:{row.pk}",
                    organization_id=organization,
                    held_on=row.held_on,
                    counts_from=row.counts_from,
                    amount=row.hours or ONE,
                    text=f"{row.member.name}：{row.title}",
                    url=entry_url(row.pk),
                    counted=not reason,
                    reason=reason,
                    member_id=person,
                )
            )
    return found


def _by_person(
    kinds: Collection[str], subject: str, organizations: Collection[int], start: date, end: date
) -> Iterator[tuple[int, int, list[Entry]]]:
    """Organisation, person, his entries: where he is on the period's last day, with all that he did in it."""
    people = people_of(subject, organizations, Span(start, end))
    everyone = {person for group in people.values() for person in group}
    rows = Entry.objects.exclude(state=EntryState.VOID)
    rows = rows.filter(kind__in=kinds, member__in=everyone, held_on__range=(start, end))
    by_person: dict[int, list[Entry]] = defaultdict(list)
    for row in rows.select_related("member").order_by("held_on", "pk"):
        by_person[row.member_id].append(row)
    for organization, group in people.items():
        yield from ((organization, person, by_person[person]) for person in group if by_person[person])
