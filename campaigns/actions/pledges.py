"""Pledges (承诺践诺, C14): made, made public within the branch, kept or not."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from branches.models import Organization
from branches.permissions import Actor
from campaigns.actions.work_notes import check_move, write_note
from campaigns.models import Pledge
from campaigns.queries.supervisors import doers_of
from campaigns.rules.pledges import PLEDGE_MOVES, PledgeState, asks_for_project
from members.models import Member
from members.queries.roster import roster_on
from office.actions.notices import tell
from partybuild.lib import clock


@transaction.atomic
def make_pledges(
    *,
    by: Actor,
    organization: Organization,
    members: Sequence[Member],
    kind: str,
    text: str,
    due_on: date,
    project: str = "",
    is_public: bool = False,
) -> list[Pledge]:
    """A pledge of each of the members, or without any of the branch itself; what is there already stays as it is.

    ``is_public``: the branch makes them public at once.
    """
    organization = Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    project = project.strip()
    if asks_for_project(kind) != bool(project):
        words = "请填写重大项目、重点工程的名称。" if not project else "只有重大项目廉洁承诺填写项目名称。"
        raise ValidationError({"project": words})
    if due_on < clock.today():
        raise ValidationError({"due_on": "兑现期限不能早于今天。"})
    wanted = {member.pk for member in members}
    on_roster = set(roster_on(organization, clock.today()).filter(pk__in=wanted).values_list("pk", flat=True))
    if wanted - on_roster:
        raise ValidationError({"members": "承诺人应是本党组织名册中的党员。"})
    made = []
    for member in members or [None]:  # type: ignore[list-item]
        pledge = _make(by, organization, member, kind, text.strip(), due_on, project)
        if pledge is not None:
            made.append(pledge)
    if is_public:
        made = [move_pledge(by=by, pledge=pledge, verb="publish") for pledge in made]
    return made


@transaction.atomic
def move_pledge(*, by: Actor, pledge: Pledge, verb: str, text: str = "", files: Iterable[Any] = ()) -> Pledge:
    """Made public, fulfilled by the member's words, found kept or not by the branch; nobody judges his own."""
    rows = Pledge.objects.select_for_update(of=("self",)).select_related("organization", "member")
    pledge = rows.get(pk=pledge.pk)
    state = check_move(
        by=by, moves=PLEDGE_MOVES, verb=verb, state=pledge.state, text=text, organization=pledge.organization,
        own_leads=pledge.member_id is not None or verb == "publish",
    )  # fmt: skip
    wanted = PLEDGE_MOVES[verb]
    if wanted.leads and verb != "publish" and pledge.member_id and by.member_id == pledge.member_id:
        raise ValidationError("不能评定本人的承诺，请由支部其他负责人评定。")
    pledge.state, today = state, clock.today()
    if verb == "publish":
        pledge.published_on = today
    if verb == "report":
        pledge.result, pledge.reported_on = text.strip(), today
    pledge.closed_on = today if state in (PledgeState.KEPT, PledgeState.BROKEN) else None
    pledge.save()
    note = write_note(
        by=by, about=pledge, organization=pledge.organization, verb=verb, label=wanted.label, text=text, uploads=files
    )
    _tell(pledge, verb, note.pk)
    return pledge


def page_of(pledge: Pledge) -> str:
    """Where the pledge is shown."""
    return reverse("campaigns:pledge_detail", args=[pledge.pk])


def _make(
    by: Actor, organization: Organization, member: Member | None, kind: str, text: str, due_on: date, project: str
) -> Pledge | None:
    today = clock.today()
    pledge = Pledge(
        organization=organization, member=member, kind=kind, year=today.year, text=text, project=project,
        made_on=today, due_on=due_on,
    )  # fmt: skip
    if Pledge.objects.filter(organization=organization, member=member, kind=kind, year=today.year, text=text).exists():
        return None
    pledge.full_clean()
    pledge.save()
    write_note(by=by, about=pledge, organization=organization, verb="make", label="作出承诺", text=text)
    return pledge


def _tell(pledge: Pledge, verb: str, note: int) -> None:
    label = PLEDGE_MOVES[verb].label
    if verb == "report":
        people = doers_of(pledge.organization_id)
    else:
        people = [pledge.member.user_id] if pledge.member and pledge.member.user_id else []
    text = f"{pledge.member or pledge.organization}的承诺“{pledge.text[:40]}”：{label}，请查看。"
    tell(people=people, key=f"pledge:{pledge.pk}:{note}", text=text, url=page_of(pledge))
