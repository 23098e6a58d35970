"""Needs (实事清单, C13): taken in, seen to, rated by the asker, closed."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from branches.actions import audit
from branches.models import Organization
from branches.permissions import Actor
from campaigns.actions.work_notes import check_move, write_note
from campaigns.models import Need
from campaigns.queries.supervisors import doers_of
from campaigns.rules.needs import NEED_MOVES, NeedState, Satisfaction
from members.queries.roster import roster_on
from office.actions.notices import tell
from partybuild.lib import clock
from partybuild.lib.dates import day_text

FIELDS = (
    "kind", "asker_kind", "asker", "phone", "title", "content", "owner", "responsible", "raised_on", "due_on",
)  # fmt: skip


@transaction.atomic
def register_need(*, by: Actor, organization: Organization, **values: Any) -> Need:
    """Take a need in and give it to an owner, who is told. The same on the same day is one. Values: ``FIELDS``."""
    organization = Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    need = Need(organization=organization)
    _fill(need, values)
    known = Need.objects.filter(organization=organization, title=need.title, raised_on=need.raised_on, owner=need.owner)
    if found := known.first():
        return found
    need.save()
    write_note(by=by, about=need, organization=organization, verb="register", label="登记实事")
    if need.owner_id != by.organization_id:
        text = f"{organization}交办实事“{need}”，请于{day_text(need.due_on)}前办结。"
        tell(people=doers_of(need.owner_id), key=f"need:{need.pk}:given", text=text, url=page_of(need),
             due_on=need.due_on)  # fmt: skip
    return need


@transaction.atomic
def change_need(*, by: Actor, need: Need, **values: Any) -> Need:
    """Change what was written down while it is being done."""
    need = _held(need)
    if need.state != NeedState.DOING:
        raise ValidationError("当前状态不能修改。")
    changed = [field for field in FIELDS if field in values and getattr(need, field) != values[field]]
    if not changed:
        return need
    _fill(need, values)
    need.save()
    audit.record(by=by, verb="修改实事", obj=need, organization=need.organization, detail={"fields": changed})
    return need


@transaction.atomic
def move_need(
    *,
    by: Actor,
    need: Need,
    verb: str,
    text: str = "",
    satisfaction: str = "",
    files: Iterable[Any] = (),
) -> Need:
    """Progress, result, the asker's word, closing; done again when he is not content. The other side is told."""
    need = _held(need)
    state = check_move(by=by, moves=NEED_MOVES, verb=verb, state=need.state, text=text, organization=need.owner)
    if verb == "rate" and satisfaction not in Satisfaction.values:
        raise ValidationError({"satisfaction": "请选择满意度。"})
    if verb == "close" and need.satisfaction == Satisfaction.BAD:
        raise ValidationError("评价为不满意的，请重新办理，不能销号。")
    need.state, today = state, clock.today()
    if verb == "finish":
        need.result, need.done_on = text.strip(), today
    if verb == "rate":
        need.satisfaction, need.rated_on, need.rated_by_id = satisfaction, today, by.user_id
    if verb == "redo":
        need.done_on = need.rated_on = need.rated_by = None
        need.satisfaction = ""
    if verb == "close":
        need.closed_on = today
    if state != NeedState.DONE:
        need.rating_hash, need.rating_until = "", None
    need.save()
    label = f"{NEED_MOVES[verb].label}：{need.get_satisfaction_display()}" if verb == "rate" else NEED_MOVES[verb].label
    note = write_note(
        by=by, about=need, organization=need.organization, verb=verb, label=label, text=text, uploads=files
    )
    if verb != "progress":
        places = {need.owner_id, need.organization_id} - {by.organization_id}
        people = [user for place in sorted(places) for user in doers_of(place)]
        tell(people=people, key=f"need:{need.pk}:{note.pk}", text=f"实事“{need}”：{label}，请查看。", url=page_of(need))
    return need


def page_of(need: Need) -> str:
    """Where the need is shown."""
    return reverse("campaigns:need_detail", args=[need.pk])


def _fill(need: Need, values: dict[str, Any]) -> None:
    for field in FIELDS:
        if field in values:
            value = values[field]
            setattr(need, field, value.strip() if isinstance(value, str) else value)
    today: date = clock.today()
    if need.raised_on > today:
        raise ValidationError({"raised_on": "提出日期不能晚于今天。"})
    if need.due_on < need.raised_on:
        raise ValidationError({"due_on": "办结期限不能早于提出日期。"})
    if need.responsible and not roster_on(need.owner, today).filter(pk=need.responsible.pk).exists():
        raise ValidationError({"responsible": "责任人应是承办党组织名册中的党员。"})
    need.full_clean()


def _held(need: Need) -> Need:
    rows = Need.objects.select_for_update(of=("self",))
    return rows.select_related("organization", "owner", "responsible").get(pk=need.pk)
