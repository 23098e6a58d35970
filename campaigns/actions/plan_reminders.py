"""Reminders of plans to hand in, planned activities, agreements to sign and calls that close (Y05; C07, C08, C15)."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.urls import reverse

from branches.enums import Role
from branches.models import Organization
from branches.permissions import Actor
from campaigns.actions.agreements import SIGNING
from campaigns.actions.agreements import page_of as agreement_page
from campaigns.actions.branch_plans import page_of as plan_page
from campaigns.actions.mass_work import page_of_call
from campaigns.actions.works import KEEPERS, short
from campaigns.models import Agreement, BranchPlan, Call, Campaign, Piece
from campaigns.queries.branch_plans import KINDS, item_lines, plan_due
from campaigns.rules.agreements import AgreementState
from campaigns.rules.branch_plans import LATE, PlanState
from campaigns.rules.mass_work import Audience, CallState
from office.actions.notices import tell
from office.models import Notice
from office.queries.notices import people_at
from office.queries.rules import rule_table
from partybuild.lib.dates import day_text


def remind_plans(*, by: Actor, on: date) -> int:
    """Some days before plans are due: those below each publisher who have handed none in, once a year."""
    days = rule_table(on).int("plan.remind_days")
    due = plan_due(on.year)
    if due is None or not due - timedelta(days=days) <= on <= due:
        return 0
    issuers = set(Campaign.objects.published().filter(year=on.year).values_list("issuer__path", flat=True))
    filed = BranchPlan.objects.filed().filter(year=on.year).values("organization")
    places = [
        one.pk
        for one in Organization.objects.filter(kind__in=KINDS).in_force(on).exclude(pk__in=filed)
        if any(one.path.startswith(path) for path in issuers)
    ]
    text = f"{on.year}年度计划应于{day_text(due)}前报送，请尽快填写并提交。"
    url = reverse("campaigns:branch_plan_list")
    return _tell_all({f"plans:{on.year}:{pk}:due": (pk, text, url, due) for pk in places}, on)


def remind_planned(*, by: Actor, on: date) -> int:
    """A planned activity was not held in time: its organisation, once."""
    plans = BranchPlan.objects.filter(year=on.year, state=PlanState.APPROVED).select_related("organization")
    found = {}
    for line in item_lines(plans, on):
        if line.state == LATE:
            text = f"计划活动“{short(line.item.title)}”应于{day_text(line.last_day)}前开展，还没有活动记录。"
            plan = line.item.plan
            found[f"planned:{line.item.pk}:late"] = (plan.organization_id, text, plan_page(plan), line.last_day)
    return _tell_all(found, on)


def remind_agreements(*, by: Actor, on: date) -> int:
    """An agreement was sent some days ago and a signature is missing: that side, once."""
    days = rule_table(on).int("agreement.remind_days")
    waiting = Agreement.objects.filter(state=AgreementState.SENT, sent_at__date__lte=on - timedelta(days=days))
    found = {}
    for one in waiting.select_related("organization", "superior"):
        sides = [(one.superior_id, one.superior_signed_at), (one.organization_id, one.own_signed_at)]
        for place, signed_at in sides:
            if signed_at is None:
                text = f"{one.superior}与{one.organization}的“{one}”送签已超过 {days} 天，请尽快签订。"
                found[f"agreement:{one.pk}:late:{place}"] = (place, text, agreement_page(one), None)
    return _tell_all(found, on, {*KEEPERS, *SIGNING})


def remind_calls(*, by: Actor, on: date) -> int:
    """A call closes in some days: the organisations directly below its issuer that have sent nothing, once."""
    days = rule_table(on).int("call.remind_days")
    closing = Call.objects.filter(state=CallState.OPEN, closes_on__range=(on, on + timedelta(days=days)))
    found = {}
    for call in closing.exclude(audience=Audience.MEMBERS).select_related("issuer"):
        sent = list(Piece.objects.filter(call=call).values_list("organization__path", flat=True))
        for one in Organization.objects.filter(parent=call.issuer_id).in_force(on):
            if not any(path.startswith(one.path) for path in sent):
                text = f"征集“{short(call.title)}”将于{day_text(call.closes_on)}截止，还没有报送作品。"
                found[f"call:{call.pk}:closing:{one.pk}"] = (one.pk, text, page_of_call(call), call.closes_on)
    return _tell_all(found, on)


def _tell_all(found: Mapping[str, tuple[int, str, str, date | None]], on: date, roles: Iterable[Role] = KEEPERS) -> int:
    """Key → (organisation, text, address, day): those not told yet. Two queries and one for each fresh notice."""
    told = set(Notice.objects.filter(key__in=found).values_list("key", flat=True))
    fresh = {key: row for key, row in found.items() if key not in told}
    people = people_at({row[0] for row in fresh.values()}, roles, on) if fresh else {}
    return sum(
        tell(people=people.get(place, []), key=key, text=text, url=url, due_on=due_on)
        for key, (place, text, url, due_on) in fresh.items()
        if place in people
    )
