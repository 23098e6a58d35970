"""Daily reminders of topics, projects, contests, needs and pledges (Y05). Each is told once for its occasion."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TypeVar

from branches.models import Organization
from branches.permissions import Actor
from campaigns.actions import claims, contests, needs, pledges, projects
from campaigns.models import Claim, Contest, Need, Pledge, Project, Topic
from campaigns.queries.supervisors import DOERS, supervisors_by
from campaigns.rules.contests import ApplicationState
from campaigns.rules.pledges import PledgeState
from campaigns.rules.projects import ClaimState, ProjectState
from office.actions.notices import tell
from office.models import Notice
from office.queries.notices import people_at
from office.queries.rules import rule_table
from partybuild.lib.dates import day_text

Row = TypeVar("Row")


def remind_topics(*, by: Actor, on: date) -> int:
    """Branches that have taken nothing on from a topic whose days are nearly over."""
    until = on + timedelta(days=rule_table(on).int("topic.near_days"))
    told = 0
    for topic in Topic.objects.open_on(on).filter(claim_by__lte=until).select_related("issuer"):
        taken = Project.objects.filter(topic=topic).values("organization")
        reached = Organization.objects.below(topic.issuer).in_force(on).filter(kind__in=topic.kinds)
        users = people_at(reached.exclude(pk__in=taken).values_list("pk", flat=True), DOERS, on)
        told += tell(
            people=[user for found in users.values() for user in found],
            key=f"topic:{topic.pk}:near",
            text=f"项目题目“{topic}”将于{day_text(topic.claim_by)}截止领办，请及时领办。",
            url=projects.topic_page(topic),
            due_on=topic.claim_by,
        )
    return told


def remind_contests(*, by: Actor, on: date) -> int:
    """Who may enter a contest and has handed nothing in: some days before its last day, and on that day."""
    until = on + timedelta(days=rule_table(on).int("contest.near_days"))
    told = 0
    for contest in Contest.objects.open_on(on).filter(ends_on__lte=until).select_related("issuer"):
        entered = contest.applications.exclude(state=ApplicationState.WITHDRAWN).values("organization")
        reached = Organization.objects.below(contest.issuer).in_force(on).filter(kind__in=contest.kinds)
        users = people_at(reached.exclude(pk__in=entered).values_list("pk", flat=True), DOERS, on)
        is_last = contest.ends_on == on
        when = "今天" if is_last else f"将于{day_text(contest.ends_on)}"
        told += tell(
            people=[user for found in users.values() for user in found],
            key=f"contest:{contest.pk}:{contest.ends_on:%Y%m%d}:{'last' if is_last else 'near'}",
            text=f"争创活动“{contest}”{when}截止申报，准备申报的请及时办理。",
            url=contests.page_of(contest),
            due_on=contest.ends_on,
        )
    return told


def remind_projects(*, by: Actor, on: date) -> int:
    """Who runs a project whose last day is near, and, once it is past, also who supervises it."""
    until = on + timedelta(days=rule_table(on).int("project.near_days"))
    rows = list(Project.objects.filter(state=ProjectState.RUNNING, ends_on__lte=until).select_related("organization"))
    fresh = _fresh((_key("project", one.pk, one.ends_on, on), one) for one in rows)
    people = people_at({one.organization_id for _, one in fresh}, DOERS, on) if fresh else {}
    above = supervisors_by([one.organization for _, one in fresh]) if fresh else {}
    told = 0
    for key, one in fresh:
        late = one.ends_on < on
        users = [*people.get(one.organization_id, ()), *(above[one.organization_id] if late else ())]
        words = "已经逾期，请督促办理" if late else "临近完成期限，请抓紧办理并申请验收"
        told += tell(
            people=users, key=key, text=f"{one.organization}的项目“{one}”应于{day_text(one.ends_on)}完成，{words}。",
            url=projects.page_of(one), due_on=one.ends_on,
        )  # fmt: skip
    return told


def remind_claims(*, by: Actor, on: date) -> int:
    """Members whose claimed task is due."""
    until = on + timedelta(days=rule_table(on).int("project.near_days"))
    rows = Claim.objects.filter(state=ClaimState.TAKEN, task__due_on__lte=until, member__user__isnull=False)
    fresh = _fresh((_key("claim", one.pk, one.task.due_on, on), one) for one in rows.select_related("task", "member"))
    told = 0
    for key, one in fresh:
        told += tell(
            people=[one.member.user_id or 0], key=key,
            text=f"您认领的“{one.task}”应于{day_text(one.task.due_on)}完成，请及时办理并报告。",
            url=claims.page_of(one.task), due_on=one.task.due_on,
        )  # fmt: skip
    return told


def remind_needs(*, by: Actor, on: date) -> int:
    """The owner of a need whose day is near; once it is past, also who supervises the owner and who took it in."""
    until = on + timedelta(days=rule_table(on).int("need.near_days"))
    rows = list(Need.objects.late(until + timedelta(days=1)).select_related("owner"))
    fresh = _fresh((_key("need", one.pk, one.due_on, on), one) for one in rows)
    people = people_at({pk for _, one in fresh for pk in (one.owner_id, one.organization_id)}, DOERS, on)
    above = supervisors_by([one.owner for _, one in fresh])
    told = 0
    for key, one in fresh:
        late = one.due_on < on
        users = [*people.get(one.owner_id, ())]
        if late:
            users += [*people.get(one.organization_id, ()), *above[one.owner_id]]
        words = "已经逾期，请督促办理" if late else "请抓紧办理"
        told += tell(
            people=users, key=key, text=f"实事“{one}”应于{day_text(one.due_on)}办结，{words}。",
            url=needs.page_of(one), due_on=one.due_on,
        )  # fmt: skip
    return told


def remind_pledges(*, by: Actor, on: date) -> int:
    """Who pledged and has not said how he kept it: before the day the member, after it his branch too."""
    until = on + timedelta(days=rule_table(on).int("pledge.near_days"))
    rows = Pledge.objects.filter(state=PledgeState.PUBLISHED, due_on__lte=until).select_related("member")
    fresh = _fresh((_key("pledge", one.pk, one.due_on, on), one) for one in rows)
    people = people_at({one.organization_id for _, one in fresh}, DOERS, on)
    told = 0
    for key, one in fresh:
        own = [one.member.user_id] if one.member and one.member.user_id else []
        users = [*own, *(people.get(one.organization_id, ()) if one.due_on < on or not own else ())]
        told += tell(
            people=users, key=key,
            text=f"承诺“{one.text[:40]}”应于{day_text(one.due_on)}兑现，请登记践诺情况。",
            url=pledges.page_of(one), due_on=one.due_on,
        )  # fmt: skip
    return told


def _key(noun: str, pk: int, due_on: date, on: date) -> str:
    return f"{noun}:{pk}:{due_on:%Y%m%d}:{'late' if due_on < on else 'near'}"


def _fresh(rows: "Iterable[tuple[str, Row]]") -> "list[tuple[str, Row]]":
    """Those of which nobody has been told yet; one query."""
    found = list(rows)
    told = set(Notice.objects.filter(key__in=[key for key, _ in found]).values_list("key", flat=True))
    return [(key, one) for key, one in found if key not in told]
