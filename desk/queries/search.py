"""What the search box finds, within the scope: one query for each kind of thing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from branches.models import Organization
from branches.permissions import Permission, Scope
from campaigns.enums import ActivityKind
from campaigns.models import Activity, Campaign, Task
from members.models import Member, Membership
from office.models import Document
from partybuild.lib.dates import day_text

FIRST, MORE = 10, 50


@dataclass(frozen=True)
class Hit:
    """One thing that was found, with the name of its page."""

    pk: int
    title: str
    note: str
    url_name: str


@dataclass(frozen=True)
class Found:
    """The hits of one kind; ``has_more`` when there are others."""

    key: str
    label: str
    hits: list[Hit]
    has_more: bool


@dataclass(frozen=True)
class _Kind:
    key: str
    label: str
    permission: Permission
    rows: Callable[[Scope, str], QuerySet[Any]]
    hits: Callable[[list[Any]], Iterable[Hit]]


def search(scope: Scope, words: str, only: str = "") -> list[Found]:
    """The kinds in which something is found, the first of each; ``only`` one kind, and more of it."""
    found = []
    for kind in KINDS:
        if scope.holds(kind.permission) and only in ("", kind.key):
            limit = MORE if only else FIRST
            rows = list(kind.rows(scope, words)[: limit + 1])
            if rows:
                found.append(Found(kind.key, kind.label, list(kind.hits(rows[:limit])), len(rows) > limit))
    return found


def _organizations(scope: Scope, words: str) -> QuerySet[Organization]:
    named = Q(name__icontains=words) | Q(short_name__icontains=words) | Q(initials__startswith=words.lower())
    return Organization.objects.visible_to(scope).filter(named | Q(code=words)).order_by("path")


def _organization_hits(rows: list[Organization]) -> Iterable[Hit]:
    return (Hit(each.pk, each.name, each.get_kind_display(), "branches:organization_detail") for each in rows)


def _members(scope: Scope, words: str) -> QuerySet[Member]:
    named = Q(name__icontains=words) | Q(initials__startswith=words.lower())
    return Member.objects.visible_to(scope).filter(named).order_by("initials", "pk")


def _member_hits(rows: list[Member]) -> Iterable[Hit]:
    """With the branch on whose roster each is; one query."""
    places = dict(
        Membership.objects.filter(member__in=rows, ends_on__isnull=True).values_list("member_id", "organization__name")
    )
    return [Hit(each.pk, each.name, places.get(each.pk, ""), "members:member_detail") for each in rows]


def _campaigns(scope: Scope, words: str) -> QuerySet[Campaign]:
    named = Q(name__icontains=words) | Q(plan_title__icontains=words) | Q(code__iexact=words)
    return Campaign.objects.visible_to(scope).filter(named).select_related("issuer").order_by("-year", "code")


def _campaign_hits(rows: list[Campaign]) -> Iterable[Hit]:
    return (Hit(each.pk, str(each), str(each.issuer), "campaigns:campaign_detail") for each in rows)


def _tasks(scope: Scope, words: str) -> QuerySet[Task]:
    named = Q(title__icontains=words) | Q(wording__icontains=words)
    seen = Campaign.objects.visible_to(scope).values("pk")
    return Task.objects.filter(named, campaign__in=seen).select_related("campaign").order_by("campaign", "position")


def _task_hits(rows: list[Task]) -> Iterable[Hit]:
    return (Hit(each.pk, each.title, f"{each.campaign.name} {each.number}", "campaigns:task_detail") for each in rows)


def _activities(scope: Scope, words: str) -> QuerySet[Activity]:
    kinds = [kind for kind in ActivityKind if words in kind.label]
    named = Q(title__icontains=words) | Q(kind__in=kinds)
    return Activity.objects.visible_to(scope).filter(named).select_related("organization").order_by("-held_on", "-pk")


def _activity_hits(rows: list[Activity]) -> Iterable[Hit]:
    return (
        Hit(each.pk, str(each), f"{each.organization} · {day_text(each.held_on)}", "campaigns:activity_detail")
        for each in rows
    )


def _documents(scope: Scope, words: str) -> QuerySet[Document]:
    found = Document.objects.visible_to(scope).filter(title__icontains=words)
    return found.select_related("issuer").defer("body").order_by("-drafted_at", "-pk")


def _document_hits(rows: list[Document]) -> Iterable[Hit]:
    return (
        Hit(each.pk, each.title, f"{each.issuer} · {each.get_status_display()}", "office:document_detail")
        for each in rows
    )


KINDS = (
    _Kind("organizations", "党组织", Permission.VIEW_ORGANIZATION, _organizations, _organization_hits),
    _Kind("members", "党员", Permission.VIEW_MEMBER, _members, _member_hits),
    _Kind("campaigns", "创建活动", Permission.VIEW_CAMPAIGN, _campaigns, _campaign_hits),
    _Kind("tasks", "任务", Permission.VIEW_CAMPAIGN, _tasks, _task_hits),
    _Kind("activities", "活动记录", Permission.VIEW_RECORD, _activities, _activity_hits),
    _Kind("documents", "公文", Permission.VIEW_DOCUMENT, _documents, _document_hits),
)
