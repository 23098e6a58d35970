"""What people say of the burden, and the answers. Source: X03; domain-rules.md, "Against digital formalism"."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from branches.actions import audit
from branches.enums import Role
from branches.models import Organization, User
from branches.permissions import Actor
from campaigns.models import Campaign, Feedback
from campaigns.rules.feedback import FeedbackState, page_of
from office.actions.notices import tell
from office.queries.notices import people_at
from office.queries.rules import rule_table
from partybuild.lib import clock
from partybuild.lib.dates import day_text

REMIND_RULE = "feedback.answer_days"


@transaction.atomic
def give_feedback(
    *,
    by: Actor,
    kind: str,
    text: str,
    page: str = "",
    campaign: Campaign | None = None,
    minutes: int | None = None,
    is_nameless: bool = False,
) -> Feedback:
    """Say what is too much; said again on the same day in the same words, it is the same. The superior is told."""
    if by.user_id is None or by.organization_id is None:
        raise ValidationError("请先登录并选择岗位。")
    User.objects.select_for_update(no_key=True).get(pk=by.user_id)
    text, now = text.strip(), clock.now()
    today = clock.start_of_day(clock.today())
    if found := Feedback.objects.by(by.user_id).filter(text=text, said_at__gte=today).first():
        return found
    organization = Organization.objects.get(pk=by.organization_id)
    feedback = Feedback(
        author_id=by.user_id, organization=organization, kind=kind, text=text, page=page_of(page), campaign=campaign,
        minutes=minutes, is_nameless=is_nameless, said_at=now,
    )  # fmt: skip
    feedback.full_clean(exclude=["author", "answered_by"])
    feedback.save()
    audit.record(by=by, verb="提出意见与减负建议", obj=feedback, organization=organization)
    above = organization.parent_id or organization.pk
    tell(
        people=people_at([above], [Role.STAFF]).get(above, []),
        key=f"feedback:{feedback.pk}:said",
        text=f"{organization}提出意见与减负建议（{feedback.get_kind_display()}），请答复。",
        url=reverse("campaigns:feedback_detail", args=[feedback.pk]),
    )
    return feedback


@transaction.atomic
def answer_feedback(*, by: Actor, feedback: Feedback, state: str, answer: str) -> Feedback:
    """Answer it once: what was changed for it, or why things are as they are. Who said it is told."""
    feedback = Feedback.objects.select_for_update(of=("self",)).select_related("organization").get(pk=feedback.pk)
    if feedback.state != FeedbackState.SAID:
        raise ValidationError("这条意见已经答复。")
    if feedback.author_id == by.user_id:
        raise ValidationError("本人提出的意见由其他人答复。")
    if state not in (FeedbackState.ADOPTED, FeedbackState.EXPLAINED):
        raise ValidationError({"state": "请选择已采纳或者已说明。"})
    if not answer.strip():
        raise ValidationError({"answer": "请填写答复。"})
    feedback.state, feedback.answer = state, answer.strip()
    feedback.answered_at, feedback.answered_by_id = clock.now(), by.user_id
    feedback.save(update_fields=["state", "answer", "answered_at", "answered_by"])
    audit.record(by=by, verb="答复意见与减负建议", obj=feedback, organization=feedback.organization)
    tell(
        people=[feedback.author_id],
        key=f"feedback:{feedback.pk}:answered",
        text=f"您{day_text(clock.in_zone(feedback.said_at).date())}提出的意见{feedback.get_state_display()}，请查看答复。",
        url=reverse("campaigns:feedback_detail", args=[feedback.pk]),
    )
    return feedback


def remind_feedback(*, by: Actor, on: date) -> int:
    """Tell the superior once of what has waited for longer than the rule table allows."""
    days = rule_table(on).int(REMIND_RULE)
    late = Feedback.objects.waiting().filter(said_at__lt=clock.start_of_day(on - timedelta(days=days)))
    rows = list(late.select_related("organization").order_by("pk"))
    above = {row.pk: row.organization.parent_id or row.organization_id for row in rows}
    people = people_at(set(above.values()), [Role.STAFF], on) if rows else {}
    return sum(
        tell(
            people=people.get(above[row.pk], []),
            key=f"feedback:{row.pk}:late",
            text=f"{row.organization}的意见与减负建议已超过 {days} 天没有答复，请尽快答复。",
            url=reverse("campaigns:feedback_detail", args=[row.pk]),
        )
        for row in rows
    )
