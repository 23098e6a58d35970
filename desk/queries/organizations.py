"""What a change of an organisation will touch, shown before it is made."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q

from assessments.models import Round, Submission
from branches.models import Organization, Post
from branches.models.organization import OrganizationQuerySet
from campaigns.enums import AssignmentState
from campaigns.models import Assignment
from members.models import Office
from members.queries.roster import figures_on, memberships_on
from members.queries.transfers import open_transfers


def touched_by(organization: Organization, on: date) -> list[tuple[str, int]]:
    """How many members, offices, posts, open tasks, sheets and subordinates hang on an organisation, and transfers:
    while these are open, it cannot be merged or dissolved."""
    open_rows = Assignment.objects.filter(organization=organization, closed_at=None)
    unfinished = open_rows.exclude(state__in=[AssignmentState.DONE, AssignmentState.EXEMPT])
    posts = Post.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), organization=organization)
    sheets = Submission.objects.filter(organization=organization, round__in=Round.objects.unpublished())
    return [
        ("下级党组织", Organization.objects.filter(parent=organization, dissolved_on=None).count()),
        ("名册上的党员", figures_on(organization, on).members),
        ("现任党内职务", Office.objects.filter(organization=organization, ends_on=None).count()),
        ("未办结的组织关系转接", open_transfers(organization).count()),
        ("岗位", posts.count()),
        ("未结账的任务", open_rows.count()),
        ("其中尚未完成", unfinished.count()),
        ("未公布评估的评分表", sheets.count()),
    ]


def members_to_choose(branch: Organization, on: date) -> Iterator[tuple[int, str]]:
    """The members on a branch's roster, as choices: name, kind and 党小组."""
    places = memberships_on(branch, on).filter(ends_on=None).select_related("member", "group")
    for place in places.order_by("member__initials", "member_id"):
        group = f"，{place.group}" if place.group else ""
        yield place.member_id, f"{place.member.name}（{place.member.kind_on(on).label}{group}）"


def subordinates_to_choose(organization: Organization) -> OrganizationQuerySet:
    """The organisations directly below that are in force."""
    return Organization.objects.filter(parent=organization, dissolved_on=None).order_by("position", "pk")
