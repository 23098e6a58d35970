"""Somebody comes to a roster, or leaves it, by hand or by a vote: the open personal tasks of the branch are counted
anew in the same transaction. What an import brought is counted by the daily run."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db import transaction

from branches.enums import AuditResult
from branches.models import AuditEntry, Organization
from branches.permissions import Actor
from campaigns.actions.organization_steps import recount_people
from campaigns.enums import Subject
from campaigns.models import Assignment
from members.actions.development import votes
from members.actions.imports import IMPORTER
from members.actions.members import register_member
from members.actions.steps import open_membership
from members.models import BranchVote, DevelopmentFile, Member, PreReview
from office.enums import Job, RunStatus
from office.models import Run

_AT_ONCE = 200


@transaction.atomic
def create_member(
    *, by: Actor, organization: Organization, starts_on: date, group: Organization | None = None, **fields: Any
) -> Member:
    """A new member on the roster of a branch from a day on; ``fields`` as ``register_member`` takes them."""
    member = register_member(by=by, organization=organization, **fields)
    open_membership(by=by, member=member, organization=organization, starts_on=starts_on, group=group)
    recount_people(organizations=[organization.pk], since=starts_on)
    return member


@transaction.atomic
def record_vote(*, by: Actor, file: DevelopmentFile, **ballot: Any) -> BranchVote:
    """The branch meeting votes (``votes.record_vote``); whom it takes in has tasks from that day on."""
    vote = votes.record_vote(by=by, file=file, **ballot)
    recount_people(organizations=[file.organization_id], since=vote.held_on)
    return vote


@transaction.atomic
def decide(*, by: Actor, file: DevelopmentFile, **decision: Any) -> PreReview:
    """The superior decides (``votes.decide``); who is taken off the roster is owed for no more."""
    made = votes.decide(by=by, file=file, **decision)
    recount_people(organizations=[file.organization_id], since=made.decided_on)
    return made


def recount_imported(*, on: date) -> int:
    """Count the open personal tasks of the branches into which members were imported since the last daily run; how
    many. Safe to repeat: what is counted already stays as it is.
    """
    done = Run.objects.filter(job=Job.DAILY, status=RunStatus.DONE, period__lt=on.isoformat())
    last = done.order_by("-period").first()
    since = last.started_at if last else None
    return sum(recount_people(organizations=ids, since=date.min) for ids in _chunks(_imported(since)))


def _imported(since: datetime | None) -> list[int]:
    """Branches with open personal tasks below the organisations of these imports; all after one without a place."""
    entries = AuditEntry.objects.filter(verb=IMPORTER.verb, result=AuditResult.DONE)
    if since is not None:
        entries = entries.filter(at__gte=since)
    paths = set(entries.values_list("organization_path", flat=True))
    rows = Assignment.objects.filter(closed_at=None).exclude(subject=Subject.ORGANIZATION)
    found: set[int] = set()
    for path in paths:
        found.update(rows.filter(organization__path__startswith=path).values_list("organization", flat=True))
    return sorted(found)


def _chunks(ids: Iterable[int]) -> Iterator[list[int]]:
    left = iter(ids)
    while chunk := list(islice(left, _AT_ONCE)):
        yield chunk
