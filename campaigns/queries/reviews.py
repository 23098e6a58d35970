"""What waits for whom, what a reviewer is told about it, and who stands too near to decide."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db.models import Exists, F, OuterRef, Q

from branches.models import Organization, Post
from branches.models.organization import path_filter
from branches.permissions import Permission, Scope, roles_holding
from campaigns.models import Activity, ActivityVersion, Answer, Assignment, Campaign, Credit, Review
from campaigns.models.activity import ActivityQuerySet
from campaigns.models.answer import AnswerQuerySet
from campaigns.queries.likeness import Likeness, alike, likeness_of, name_of
from campaigns.queries.units import unit_of
from campaigns.rules import reviews as rules
from campaigns.rules.activities import WAITING
from campaigns.rules.content import RecordContent
from members.models import Member, Membership, Office
from office.rules.table import RuleTable
from partybuild.lib import clock

Record = Activity | Answer

_SIMILAR = 3


def own_organization_ids(
    user_id: int | None, member_id: int | None, on: date, acting_for_id: int | None = None
) -> set[int]:
    """Where a person, or the one he acts for, holds a post or office or is a member: what he must not decide on."""
    users, members = _persons(user_id, member_id, acting_for_id)
    posts = Post.objects.in_force(on).filter(user__in=users).values_list("organization_id", flat=True)
    if not members:
        return set(posts)
    offices = Office.objects.on(on).filter(member__in=members).values_list("organization_id", flat=True)
    places = Membership.objects.on(on).filter(member__in=members).values_list("organization_id", flat=True)
    return {*posts, *offices, *places}


def relation_of(
    user_id: int | None, member_id: int | None, record: Record, on: date, acting_for_id: int | None = None
) -> rules.Relation:
    """How a person, or the one he acts for, stands to a record on the day of the decision."""
    organization_id = record.organization.pk
    here = {"organization": organization_id}
    users, members = _persons(user_id, member_id, acting_for_id)
    return rules.Relation(
        filed_it=record.filed_by_id in users or _has_filed(users, record),
        holds_post=Post.objects.in_force(on).filter(user__in=users, **here).exists(),
        holds_office=bool(members) and Office.objects.on(on).filter(member__in=members, **here).exists(),
        is_member=bool(members) and Membership.objects.on(on).filter(member__in=members, **here).exists(),
        is_root=record.review_unit_id == organization_id,
        has_decided=record.review_level > 0
        and record.reviews.filter(version=record.version, reviewer__in=users).exists(),
    )


def _has_filed(users: set[int], record: Record) -> bool:
    """Whether one of these filed any version of the record, or of the one that it corrects."""
    if record.versions.filter(filed_by__in=users).exists():
        return True
    return record.corrects is not None and record.corrects.versions.filter(filed_by__in=users).exists()


def _persons(user_id: int | None, member_id: int | None, acting_for_id: int | None) -> tuple[set[int], set[int]]:
    """Accounts and members that count as one person here: a deputy stands where his principal stands, too."""
    users = {pk for pk in (user_id, acting_for_id) if pk is not None}
    members = {member_id} if member_id is not None else set()
    if acting_for_id is not None:
        members |= set(Member.objects.filter(user=acting_for_id).values_list("pk", flat=True))
    return users, members


def may_decide(scope: Scope, record: Record) -> bool:
    """Whether this person may decide on this record now: by right, by place, and because he stands apart from it."""
    if record.status not in WAITING or not scope.allows(Permission.REVIEW_RECORD, record.organization):
        return False
    return not refusal_of(scope, record)


def refusal_of(scope: Scope, record: Record) -> str:
    """Why a person with the right to review must not decide on this filed record; empty when he may."""
    if record.review_unit is not None and not scope.allows(Permission.REVIEW_RECORD, record.review_unit):
        return f"这条记录由{record.review_unit.label}审核。"
    return rules.conflict(relation_of(scope.user_id, scope.member_id, record, clock.today(), scope.acting_for_id))


def waiting_activities(scope: Scope) -> ActivityQuerySet:
    """Activities on which this person may decide now, at his own organisation or below it."""
    users = _users_of(scope)
    found = Activity.objects.filter(_waits(scope)).exclude(versions__filed_by__in=users)
    found = found.exclude(corrects__versions__filed_by__in=users).exclude(decided_by(users, "activity"))
    own = own_organization_ids(scope.user_id, scope.member_id, clock.today(), scope.acting_for_id)
    return found.exclude(Q(organization__in=own) & ~Q(review_unit=F("organization")))


def waiting_answers(scope: Scope) -> AnswerQuerySet:
    """Answers on which this person may decide now."""
    users = _users_of(scope)
    found = Answer.objects.filter(_waits(scope)).exclude(versions__filed_by__in=users)
    found = found.exclude(corrects__versions__filed_by__in=users).exclude(decided_by(users, "answer"))
    own = own_organization_ids(scope.user_id, scope.member_id, clock.today(), scope.acting_for_id)
    return found.exclude(Q(assignment__organization__in=own) & ~Q(review_unit=F("assignment__organization")))


def _users_of(scope: Scope) -> list[int]:
    return [pk for pk in (scope.user_id, scope.acting_for_id) if pk is not None]


def waiting_count(scope: Scope) -> int:
    """How many records wait for this person's own organisation: the figure in the menu."""
    if scope.grant is None or not scope.holds(Permission.REVIEW_RECORD):
        return 0
    here = Q(review_unit=scope.grant.organization_id)
    return waiting_activities(scope).filter(here).count() + waiting_answers(scope).filter(here).count()


def _waits(scope: Scope) -> Q:
    return Q(status__in=WAITING, needs_review=True) & path_filter(scope, Permission.REVIEW_RECORD, "review_unit__path")


def decided_by(users: Collection[int | None], owner: str) -> Exists:
    """Whether one of these has decided on this version of the record at a level below."""
    return Exists(Review.objects.filter(**{owner: OuterRef("pk")}, version=OuterRef("version"), reviewer__in=users))


def policies_of(assignment_ids: Collection[int]) -> list[tuple[str, int]]:
    """Review policy and number of levels of each campaign behind these assignments."""
    campaigns = Assignment.objects.filter(pk__in=assignment_ids).values("campaign")
    return list(Campaign.objects.filter(pk__in=campaigns).values_list("review_policy", "review_levels"))


def levels_of(record: Record) -> int:
    """At how many levels a record is reviewed: the most that any campaign which it counts for asks for."""
    if isinstance(record, Answer):
        return record.assignment.campaign.review_levels
    counting = record.corrects_id or record.pk
    credited = Credit.objects.filter(activity=counting, counted=True).values_list("assignment_id", flat=True)
    return max((levels for _, levels in policies_of(set(credited))), default=1)


def limits(table: RuleTable) -> rules.Limits:
    """The limits of the rule table for hints."""
    return rules.Limits(table.int("review.thin_characters"), table.int("review.late_entry_days"))


def checks_of(
    activity: Activity, table: RuleTable, found: Likeness | None = None, content: RecordContent | None = None
) -> list[rules.Check]:
    """The checks of an activity; entered is what was filed for the first time. A handful of queries.

    ``found``: what looks like it, where that is known already. ``content``: who was there, where it is not saved yet.
    """
    present = _present(activity) if content is None else (content.expected, len(content.present_ids))
    first = _first_filed(activity)
    facts = rules.Facts(
        minutes=activity.minutes,
        held_on=activity.held_on,
        entered_on=clock.in_zone(first).date() if first else clock.today(),
        expected=present[0],
        present=present[1],
        same_titles=_names(_others(activity).filter(title=activity.title, held_on=activity.held_on)),
        alike=alike(activity, found if found is not None else likeness_of(activity, table)),
    )
    return rules.checks(facts, limits(table))


def _present(activity: Activity) -> tuple[int, int]:
    """How many the list holds, and how many of them were there."""
    sheet = list(activity.attendances.values_list("is_present", flat=True))
    return len(sheet), sum(sheet)


def _first_filed(activity: Activity) -> datetime | None:
    """When the record was filed for the first time; of a correction, when the record that it corrects was."""
    versions = ActivityVersion.objects.filter(activity=activity.corrects_id or activity.pk)
    return versions.order_by("number").values_list("filed_at", flat=True).first()


def _others(activity: Activity) -> ActivityQuerySet:
    family = [pk for pk in (activity.pk, activity.corrects_id) if pk is not None]
    return Activity.objects.counting().filter(organization=activity.organization_id).exclude(pk__in=family)


def _names(activities: Iterable[Activity]) -> tuple[str, ...]:
    return tuple(name_of(each) for each in [*activities][:_SIMILAR])


def superior_of(organization: Organization | None) -> Organization | None:
    """The next unit above a reviewing unit, to which a record goes up; None above the root.

    One that is dissolved, or where nobody may review, is passed over; the root takes what nobody below it can.
    """
    while organization is not None:
        above = unit_of(organization)
        if above == organization.pk:
            return None
        organization = Organization.objects.get(pk=above)
        if organization.parent_id is None or _can_review(organization):
            return organization
    return None


def _can_review(organization: Organization) -> bool:
    today = clock.today()
    if organization.dissolved_on is not None and organization.dissolved_on <= today:
        return False
    roles = [role.value for role in roles_holding(Permission.REVIEW_RECORD)]
    return Post.objects.in_force(today).filter(organization=organization, role__in=roles).exists()
