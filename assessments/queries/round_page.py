"""One round as its page shows it: who sees what of the standing, filtered and sorted; its stages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q

from assessments.enums import Grade, RoundStatus, SheetState
from assessments.models import Result, Round, Submission
from assessments.queries.rounds import standings
from branches.enums import OrganizationKind
from branches.permissions import Permission, Scope

SORTS: dict[str, tuple[Any, ...]] = {
    "rank": (F("rank").asc(nulls_last=True), "path"),
    "-rank": (F("rank").desc(nulls_last=True), "path"),
    "total": (F("total").asc(nulls_last=True), "path"),
    "-total": (F("total").desc(nulls_last=True), "path"),
    "name": ("organization__name", "pk"),
    "-name": ("-organization__name", "pk"),
    "unit": ("unit__path", "path"),
    "-unit": ("-unit__path", "path"),
}
_HANDED_IN = {RoundStatus.SELF_CHECK: "self_checked_at", RoundStatus.CHECK: "checked_at"}
ALL_KINDS = "all"


@dataclass(frozen=True)
class Sight:
    """What a person sees of a round: the ranking, points, or only how far the sheets of his part are."""

    manages: bool
    ranks: bool
    points: bool


def sight_of(round_: Round, scope: Scope) -> Sight:
    """Before publication the ranking is the issuer's staff's; who checks sheets sees their points."""
    manages = scope.allows(Permission.MANAGE_ROUND, round_.scheme.campaign.issuer)
    published = round_.status == RoundStatus.PUBLISHED
    return Sight(manages, manages or published, manages or published or scope.holds(Permission.SCORE))


def sheets_for(round_: Round, scope: Scope) -> Any:
    """The sheets listed for a person: a published ranking whole, for it is addressed to all who are in it; before that
    those that his scope reaches."""
    found = standings(round_)
    sight = sight_of(round_, scope)
    return found if sight.ranks else found.visible_to(scope)


def filtered(round_: Round, sheets: Any, wanted: Mapping[str, Any]) -> Any:
    """Narrowed by kind, superior, state in the stage, grade and words of the name. Ranks stay as they are."""
    if wanted.get("kind") and wanted["kind"] != ALL_KINDS:
        sheets = sheets.filter(kind=wanted["kind"])
    if wanted.get("unit"):
        sheets = sheets.filter(unit=wanted["unit"])
    if wanted.get("state"):
        sheets = sheets.filter(_in_state(round_, wanted["state"]))
    if wanted.get("grade"):
        sheets = sheets.filter(grade=wanted["grade"])
    for word in wanted.get("q", "").split():
        sheets = sheets.filter(Q(organization__name__icontains=word) | Q(organization__short_name__icontains=word))
    return sheets


def _in_state(round_: Round, state: str) -> Q:
    """Whether the sheet is handed in in the round's stage; the last stage is not handed in sheet by sheet."""
    field = _HANDED_IN.get(RoundStatus(round_.status))
    return Q(**{f"{field}__isnull": state == SheetState.OPEN}) if field else Q()


def sorted_by(sheets: Any, sort: str, ranks: bool) -> Any:
    """In the order that was asked for; an unknown one is the usual: by rank, or along the tree."""
    if not ranks and sort.lstrip("-") in ("rank", "total"):
        sort = ""
    return sheets.order_by(*SORTS.get(sort, SORTS["rank"] if ranks else SORTS["unit"]))


@dataclass(frozen=True)
class KindCount:
    """How many sheets there are of a kind of organisation."""

    kind: str
    label: str
    count: int


def kinds_in(sheets: Any) -> list[KindCount]:
    """The kinds in a round, the most frequent first; ranks are among them."""
    rows = sheets.order_by().values("kind").annotate(number=Count("pk")).values_list("kind", "number")
    counts = [KindCount(kind, OrganizationKind(kind).label, number) for kind, number in rows]
    return sorted(counts, key=lambda one: -one.count)


def grade_counts(round_: Round, kind: str) -> list[tuple[Grade, int]]:
    """How many organisations of a kind (or of all) have each grade, once it is published."""
    results = Result.objects.filter(round=round_)
    if kind != ALL_KINDS:
        results = results.filter(kind=kind)
    found = dict(results.order_by().values_list("grade").annotate(number=Count("pk")))
    return [(grade, found.get(grade.value, 0)) for grade in Grade]


@dataclass(frozen=True)
class Step:
    """A stage in the timeline of a round; ``mark`` is done, now, late or empty."""

    label: str
    day: date
    mark: str
    words: str


def steps_of(round_: Round, today: date) -> list[Step]:
    """The round's stages with their last days, and how far it is."""
    order = [RoundStatus.SELF_CHECK, RoundStatus.CHECK, RoundStatus.FINAL, RoundStatus.PUBLISHED]
    now = order.index(RoundStatus(round_.status))
    days = [round_.self_check_by, round_.check_by, round_.final_by]
    steps = []
    for place, (status, day) in enumerate(zip(order, days, strict=False)):
        mark = "done" if place < now else "" if place > now else "late" if today > day else "now"
        words = f"{round_.opens_on:%-m月%-d日}开始" if place == 0 and today < round_.opens_on else ""
        steps.append(Step(f"{status.label}截止", day, mark, words))
    return steps


def own_sheet(round_: Round, scope: Scope) -> Submission | None:
    """The sheet of the organisation that the person acts for."""
    if scope.grant is None:
        return None
    return Submission.objects.filter(round=round_, organization=scope.grant.organization_id).first()
