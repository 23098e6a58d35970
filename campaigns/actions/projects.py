"""Topics set and projects taken on, supervised, accepted (C09): WX 16 党组出题、机关党委督办、党支部领办."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from branches.actions import audit
from branches.models import Organization
from branches.permissions import Actor
from campaigns.actions import fact_credits
from campaigns.actions.work_notes import check_move, write_note
from campaigns.models import Project, Topic
from campaigns.models.project import PROJECT_KINDS
from campaigns.queries.supervisors import DOERS, doers_of, supervisors_of
from campaigns.rules.projects import PROJECT_MOVES, ProjectState, counted_day
from members.models import Member
from members.queries.roster import roster_on
from office.actions.notices import tell
from office.queries.notices import people_at
from partybuild.lib import clock
from partybuild.lib.dates import day_text

METRIC = "project.branch"


@transaction.atomic
def publish_topic(
    *, by: Actor, issuer: Organization, year: int, title: str, kinds: Sequence[str], claim_by: date, content: str = ""
) -> Topic:
    """An organisation sets a topic for the kinds below it; their people are told. The same title of a year is one."""
    issuer = Organization.objects.select_for_update(no_key=True).get(pk=issuer.pk)
    if found := Topic.objects.filter(issuer=issuer, year=year, title=title.strip()).first():
        return found
    today = clock.today()
    if claim_by < today:
        raise ValidationError({"claim_by": "领办截止日期不能早于今天。"})
    if not set(kinds) <= {*PROJECT_KINDS}:
        raise ValidationError({"kinds": "题目面向党总支、党支部。"})
    topic = Topic(
        issuer=issuer, year=year, title=title.strip(), content=content.strip(), kinds=[*kinds], claim_by=claim_by,
        published_on=today,
    )  # fmt: skip
    topic.full_clean()
    topic.save()
    audit.record(by=by, verb="发布项目题目", obj=topic, organization=issuer)
    reached = Organization.objects.below(issuer).in_force(today).filter(kind__in=kinds).values_list("pk", flat=True)
    people = [user for users in people_at(reached, DOERS).values() for user in users]
    text = f"{issuer}发布项目题目“{topic}”，请于{day_text(claim_by)}前领办。"
    tell(people=people, key=f"topic:{topic.pk}", text=text, url=topic_page(topic), due_on=claim_by)
    return topic


@transaction.atomic
def close_topic(*, by: Actor, topic: Topic) -> Topic:
    """Nobody may take it on any more; projects under way go on. A second time changes nothing."""
    topic = Topic.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=topic.pk)
    if topic.closed_on is None:
        topic.closed_on = clock.today()
        topic.save(update_fields=["closed_on"])
        audit.record(by=by, verb="结束项目题目", obj=topic, organization=topic.issuer)
    return topic


@transaction.atomic
def take_on(
    *,
    by: Actor,
    organization: Organization,
    year: int,
    title: str,
    goal: str,
    responsible: Member,
    starts_on: date,
    ends_on: date,
    content: str = "",
    topic: Topic | None = None,
) -> Project:
    """A branch takes a project on, from a topic or of its own; its superior is told. The same of a year is one."""
    organization = Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    if found := Project.objects.filter(organization=organization, year=year, title=title.strip()).first():
        return found
    if organization.kind not in PROJECT_KINDS:
        raise ValidationError({"organization": "项目由党总支、党支部领办。"})
    _check_topic(topic, organization)
    project = Project(
        organization=organization, topic=topic, year=year, title=title.strip(), content=content.strip(),
        goal=goal.strip(), responsible=responsible, starts_on=starts_on, ends_on=ends_on, taken_at=clock.now(),
    )  # fmt: skip
    _check_values(project)
    project.save()
    write_note(by=by, about=project, organization=organization, verb="take_on", label="领办项目")
    text = f"{organization}领办一支一项项目“{project}”，完成期限{day_text(ends_on)}，请督办。"
    tell(people=supervisors_of(organization), key=f"project:{project.pk}:taken", text=text, url=page_of(project))
    _count(project)
    return project


@transaction.atomic
def change_project(*, by: Actor, project: Project, **values: Any) -> Project:
    """Change the words, the person or the dates of a project under way."""
    project = _held(project)
    if project.state != ProjectState.RUNNING:
        raise ValidationError("项目当前状态不能修改。")
    changed = [field for field, value in values.items() if getattr(project, field) != value]
    if not changed:
        return project
    for field in changed:
        setattr(project, field, values[field])
    _check_values(project)
    project.save()
    audit.record(by=by, verb="修改项目", obj=project, organization=project.organization, detail={"fields": changed})
    return project


@transaction.atomic
def move_project(
    *,
    by: Actor,
    project: Project,
    verb: str,
    text: str = "",
    files: Iterable[Any] = (),
    is_excellent: bool = False,
) -> Project:
    """Progress, a remark of the superior, the wish for acceptance and what came of it; the other side is told."""
    project = _held(project)
    organization = project.organization
    project.state = check_move(
        by=by, moves=PROJECT_MOVES, verb=verb, state=project.state, text=text, organization=organization
    )
    if verb == "submit":
        project.result = text.strip()
    if verb == "accept":
        project.accepted_at, project.is_excellent = clock.now(), is_excellent
    project.save(update_fields=["state", "result", "accepted_at", "is_excellent"])
    wanted = PROJECT_MOVES[verb]
    label = "通过验收（优秀）" if project.is_excellent and verb == "accept" else wanted.label
    note = write_note(by=by, about=project, organization=organization, verb=verb, label=label, text=text, uploads=files)
    if verb != "progress":
        people = doers_of(organization.pk) if wanted.leads else supervisors_of(organization)
        said = f"{organization}的项目“{project}”：{label}，请查看办理。"
        tell(people=people, key=f"project:{project.pk}:{note.pk}", text=said, url=page_of(project))
    if verb in ("submit", "accept", "send_back", "abandon"):
        _count(project)
    return project


def page_of(project: Project) -> str:
    """Where the project is shown."""
    return reverse("campaigns:project_detail", args=[project.pk])


def topic_page(topic: Topic) -> str:
    """Where the topic is shown."""
    return reverse("campaigns:topic_detail", args=[topic.pk])


def _check_topic(topic: Topic | None, organization: Organization) -> None:
    if topic is None:
        return
    topic = Topic.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=topic.pk)
    if topic.closed_on is not None or topic.claim_by < clock.today():
        raise ValidationError({"topic": "该题目已经截止领办。"})
    if organization.kind not in topic.kinds or not organization.path.startswith(topic.issuer.path):
        raise ValidationError({"topic": "该题目不面向本党组织。"})


def _check_values(project: Project) -> None:
    if project.ends_on < project.starts_on:
        raise ValidationError({"ends_on": "完成期限不能早于开始日期。"})
    if project.starts_on.year != project.year:
        raise ValidationError({"starts_on": "开始日期应在所属年度内。"})
    if not roster_on(project.organization, clock.today()).filter(pk=project.responsible_id).exists():
        raise ValidationError({"responsible": "责任人应是本党组织名册中的党员。"})
    project.full_clean()


def _count(project: Project) -> None:
    day = clock.in_zone(project.accepted_at).date() if project.accepted_at else clock.today()
    fact_credits.refresh([METRIC], [project.organization_id], on=counted_day(project.year, day))


def _held(project: Project) -> Project:
    """The organisation and the project under their locks, in the house's order."""
    Organization.objects.select_for_update(no_key=True).get(pk=project.organization_id)
    rows = Project.objects.select_for_update(of=("self",))
    return rows.select_related("organization", "responsible", "topic").get(pk=project.pk)
