"""Topics and projects (C09): lists, what waits, figures, and the facts that count for 一支一项."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from branches.models import Organization
from branches.permissions import Permission, Scope
from branches.queries.filters import narrowed
from campaigns.models import Project, Topic
from campaigns.models.project import PROJECT_KINDS, ProjectQuerySet, TopicQuerySet
from campaigns.rules.facts import Fact
from campaigns.rules.projects import ProjectState, counted_day, project_note
from members.rules.registers import Figures
from partybuild.lib import clock


def projects_for(
    scope: Scope, *, q: str = "", organization: Organization | None = None, year: int | None = None, state: str = ""
) -> ProjectQuerySet:
    """The projects that the scope sees. ``state``: a state, or ``late``, or ``excellent``."""
    found = narrowed(
        Project.objects.visible_to(scope), q=q, words_in=("title", "responsible__name"), organization=organization,
        year=year,
    )  # fmt: skip
    if state == "late":
        found = found.late(clock.today())
    elif state == "excellent":
        found = found.filter(is_excellent=True)
    elif state:
        found = found.filter(state=state)
    return found.select_related("organization", "responsible", "topic").order_by("-year", "-pk")


def topics_for(
    scope: Scope, *, q: str = "", organization: Organization | None = None, year: int | None = None, state: str = ""
) -> TopicQuerySet:
    """The topics that the scope sees, with how many projects it sees of each. ``state``: open, untaken, closed."""
    today = clock.today()
    found = narrowed(
        Topic.objects.visible_to(scope), q=q, words_in=("title",), organization=organization, at="issuer", year=year
    )
    if state == "open":
        found = found.open_on(today)
    elif state == "untaken":
        found = open_to(scope, found)
    elif state == "closed":
        found = found.exclude(pk__in=Topic.objects.open_on(today).values("pk"))
    seen = Count("projects", filter=Q(projects__in=Project.objects.visible_to(scope)), distinct=True)
    return found.select_related("issuer").annotate(taken=seen).order_by("-published_on", "-pk")


def open_to(scope: Scope, topics: TopicQuerySet | None = None) -> TopicQuerySet:
    """Topics that the organisation of the post in use may take on and has not."""
    found = Topic.objects.visible_to(scope) if topics is None else topics
    own = scope.grant.organization_id if scope.grant else 0
    kind = Organization.objects.filter(pk=own, kind__in=PROJECT_KINDS).values_list("kind", flat=True).first()
    if kind is None:
        return found.none()
    taken = Project.objects.filter(organization=own, topic__isnull=False).values("topic")
    return found.open_on(clock.today()).filter(kinds__contains=[kind]).exclude(pk__in=taken)


def projects_of_topic(scope: Scope, topic: Topic) -> ProjectQuerySet:
    """The projects of a topic as far as the scope sees them."""
    return Project.objects.visible_to(scope).filter(topic=topic).select_related("organization", "responsible")


def not_yet(scope: Scope, topic: Topic) -> "QuerySet[Organization]":
    """Organisations within the scope that the topic addresses and that have taken nothing on from it."""
    reached = Organization.objects.visible_to(scope, Permission.VIEW_WORK).below(topic.issuer)
    taken = Project.objects.filter(topic=topic).values("organization")
    return reached.in_force(clock.today()).filter(kind__in=topic.kinds).exclude(pk__in=taken).order_by("path")


def project_figures(scope: Scope) -> Figures:
    """For the hub: all projects, and those that wait for one's acceptance, else those past their day."""
    seen = Project.objects.visible_to(scope)
    if scope.holds(Permission.LEAD_WORK) and (waiting := projects_to_accept(scope)):
        return Figures(seen.count(), waiting, "个项目待验收", f"?state={ProjectState.PENDING}")
    return Figures(seen.count(), seen.late(clock.today()).count(), "个项目逾期未完成", "?state=late")


def topic_figures(scope: Scope) -> Figures:
    """For the hub: the topics, and those that may be taken on and are not."""
    untaken = open_to(scope).count() if scope.holds(Permission.DO_WORK) else 0
    return Figures(Topic.objects.visible_to(scope).count(), untaken, "个题目待领办", "?state=untaken")


def topics_to_take(scope: Scope) -> int:
    """Topics that one's own organisation may take on and has not."""
    return open_to(scope).count()


def projects_to_accept(scope: Scope) -> int:
    """Projects below that wait to be accepted."""
    waiting = Project.objects.visible_to(scope, Permission.LEAD_WORK).filter(state=ProjectState.PENDING)
    return _not_own(scope, waiting).count()


def late_projects(scope: Scope) -> int:
    """Projects of one's own organisation that are past their day."""
    return Project.objects.visible_to(scope, Permission.DO_WORK).late(clock.today()).count()


def facts_of_project(organizations: Collection[int], start: date, end: date) -> list[Fact]:
    """One fact for each project of the years that the period touches: accepted ones count, others say why not yet.

    Source: WX 16 asks that the branch takes a project on and carries it through (领办项目).
    """
    rows = Project.objects.filter(organization__in=organizations, year__range=(start.year, end.year))
    found = []
    for row in rows.select_related("responsible"):
        moment = row.accepted_at or row.taken_at
        day = counted_day(row.year, clock.in_zone(moment).date()) if row.accepted_at else min(row.starts_on, end)
        if start <= day <= end:
            note = project_note(row.state)
            found.append(
                Fact(
                    key=f"project:{row.pk}", organization_id=row.organization_id, held_on=day, counts_from=moment,
                    amount=Decimal(1), text=f"一支一项项目“{row}”（{row.get_state_display()}）",
                    url=reverse("campaigns:project_detail", args=[row.pk]), counted=not note, reason=note,
                )
            )  # fmt: skip
    return found


def export_rows(projects: Iterable[Project]) -> Iterator[list[object]]:
    """Rows of the workbook."""
    for number, row in enumerate(projects, 1):
        yield [
            number, row.organization.name, row.year, row.title, row.topic.title if row.topic else "自拟", row.content,
            row.goal, row.responsible.name, row.starts_on, row.ends_on, row.get_state_display(), row.result,
            row.accepted_at and clock.in_zone(row.accepted_at).date(), "优秀" if row.is_excellent else "",
        ]  # fmt: skip


def topic_rows(topics: Iterable[Topic]) -> Iterator[list[object]]:
    """Rows of the workbook of topics."""
    for number, row in enumerate(topics, 1):
        yield [
            number, row.issuer.name, row.year, row.title, row.content, row.kinds_text, row.published_on, row.claim_by,
            row.taken, row.closed_on,  # type: ignore[attr-defined]
        ]  # fmt: skip


def _not_own(scope: Scope, rows: ProjectQuerySet) -> ProjectQuerySet:
    """Without those of one's own organisation, which others judge, except at the top of a tree."""
    own = scope.grant.organization_id if scope.grant else None
    return rows.exclude(organization=own, organization__parent__isnull=False)
