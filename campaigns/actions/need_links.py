"""The link by which the asker himself rates what was done about his need (C13): made, handed over, used once."""

import secrets
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from branches.actions import audit
from branches.permissions import Actor
from campaigns.actions.needs import page_of
from campaigns.actions.work_notes import write_note
from campaigns.models import Need
from campaigns.queries.need_links import hash_of_link, need_of_link
from campaigns.queries.supervisors import doers_of
from campaigns.rules.needs import NeedState, Satisfaction
from office.actions.notices import tell
from office.queries.rules import rule_table
from partybuild.lib import clock

_BYTES = 32


@transaction.atomic
def offer_rating(*, by: Actor, need: Need) -> str:
    """Make the secret part of the link, which is told this once; an earlier link ends with it."""
    need = Need.objects.select_for_update(of=("self",)).select_related("organization").get(pk=need.pk)
    if need.state != NeedState.DONE:
        raise ValidationError("办结后、评价前才能生成评价链接。")
    token, today = secrets.token_urlsafe(_BYTES), clock.today()
    need.rating_hash = hash_of_link(token)
    need.rating_until = today + timedelta(days=rule_table(today).int("need.link_days"))
    need.save(update_fields=["rating_hash", "rating_until"])
    audit.record(by=by, verb="生成实事评价链接", obj=need, organization=need.organization)
    return token


@transaction.atomic
def rate_by_link(*, by: Actor, token: str, satisfaction: str, text: str = "") -> Need:
    """The asker's own word, without a sign-in: the link is used up with it, and the owner is told."""
    need = need_of_link(token, clock.today(), lock=True)
    if need is None:
        raise ValidationError("评价链接已失效。")
    if satisfaction not in Satisfaction.values:
        raise ValidationError({"satisfaction": "请选择满意度。"})
    need.state, need.satisfaction, need.rated_on = NeedState.RATED, satisfaction, clock.today()
    need.rating_hash, need.rating_until = "", None
    need.save(update_fields=["state", "satisfaction", "rated_on", "rating_hash", "rating_until"])
    label = f"反映人评价：{need.get_satisfaction_display()}"
    note = write_note(by=by, about=need, organization=need.organization, verb="rate", label=label, text=text)
    people = [user for place in sorted({need.owner_id, need.organization_id}) for user in doers_of(place)]
    tell(people=people, key=f"need:{need.pk}:{note.pk}", text=f"实事“{need}”：{label}，请查看。", url=page_of(need))
    return need
