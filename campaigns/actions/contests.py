"""Contests for titles (争创, C12): drafted with their criteria, published, closed."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from branches.actions import audit
from branches.models import Organization
from branches.permissions import Actor
from campaigns.models import Contest, Criterion
from campaigns.queries.supervisors import DOERS
from campaigns.rules.contests import ContestState
from office.actions.notices import tell
from office.queries.notices import people_at
from partybuild.lib import clock
from partybuild.lib.dates import day_text

FIELDS = ("title", "year", "subject", "kinds", "content", "levels", "quota", "starts_on", "ends_on", "preset")


@transaction.atomic
def draft_contest(*, by: Actor, issuer: Organization, criteria: Sequence[tuple[str, str]], **values: Any) -> Contest:
    """Write a contest down; the same title of a year is one. ``criteria``: what is asked, and what proves it."""
    issuer = Organization.objects.select_for_update(no_key=True).get(pk=issuer.pk)
    if found := Contest.objects.filter(issuer=issuer, year=values["year"], title=values["title"].strip()).first():
        return found
    contest = Contest(issuer=issuer)
    _fill(contest, values)
    contest.save()
    _write_criteria(contest, criteria)
    audit.record(by=by, verb="拟定争创活动", obj=contest, organization=issuer)
    return contest


@transaction.atomic
def change_contest(*, by: Actor, contest: Contest, criteria: Sequence[tuple[str, str]], **values: Any) -> Contest:
    """Change a draft; what was published stays as it is."""
    contest = _held(contest)
    if contest.state != ContestState.DRAFT:
        raise ValidationError("争创活动已经发布，不能修改。")
    _fill(contest, values)
    contest.save()
    contest.criteria.all().delete()
    _write_criteria(contest, criteria)
    audit.record(by=by, verb="修改争创活动", obj=contest, organization=contest.issuer)
    return contest


@transaction.atomic
def publish_contest(*, by: Actor, contest: Contest) -> Contest:
    """Invite those below; needs at least one criterion. A second time changes nothing."""
    contest = _held(contest)
    if contest.state == ContestState.PUBLISHED:
        return contest
    if contest.state != ContestState.DRAFT:
        raise ValidationError("争创活动已经结束，不能发布。")
    if not contest.criteria.exists():
        raise ValidationError("请先填写争创条件，再发布。")
    if contest.ends_on < clock.today():
        raise ValidationError("申报截止日期已过，请先修改。")
    contest.state = ContestState.PUBLISHED
    contest.save(update_fields=["state"])
    audit.record(by=by, verb="发布争创活动", obj=contest, organization=contest.issuer)
    below = Organization.objects.below(contest.issuer).in_force(clock.today()).filter(kind__in=contest.kinds)
    people = [user for users in people_at(below.values_list("pk", flat=True), DOERS).values() for user in users]
    text = f"{contest.issuer}发布争创活动“{contest}”，申报截止{day_text(contest.ends_on)}，请组织申报。"
    tell(people=people, key=f"contest:{contest.pk}", text=text, url=page_of(contest), due_on=contest.ends_on)
    return contest


@transaction.atomic
def close_contest(*, by: Actor, contest: Contest) -> Contest:
    """No more applications; those under way are still decided. A second time changes nothing."""
    contest = _held(contest)
    if contest.state == ContestState.DRAFT:
        raise ValidationError("争创活动尚未发布，不能结束。")
    if contest.state != ContestState.CLOSED:
        contest.state = ContestState.CLOSED
        contest.save(update_fields=["state"])
        audit.record(by=by, verb="结束争创活动", obj=contest, organization=contest.issuer)
    return contest


def page_of(contest: Contest) -> str:
    """Where the contest is shown."""
    return reverse("campaigns:contest_detail", args=[contest.pk])


def _fill(contest: Contest, values: dict[str, Any]) -> None:
    for field in FIELDS:
        if field in values:
            setattr(contest, field, values[field])
    contest.title = contest.title.strip()
    if contest.ends_on < contest.starts_on:
        raise ValidationError({"ends_on": "申报截止不能早于申报开始。"})
    contest.full_clean()


def _write_criteria(contest: Contest, criteria: Sequence[tuple[str, str]]) -> None:
    Criterion.objects.bulk_create(
        Criterion(contest=contest, position=position, text=text, evidence=evidence)
        for position, (text, evidence) in enumerate(criteria, 1)
    )


def _held(contest: Contest) -> Contest:
    return Contest.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=contest.pk)
