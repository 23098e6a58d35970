"""Risk points: registered, changed, reviewed once a year (O13)."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from branches.actions import audit
from branches.enums import Role
from branches.models import Organization
from branches.permissions import Actor
from members.enums import RiskVerdict
from members.models import RiskPoint, RiskReview
from members.rules.risks import due_day, oldest_in_time, warned_year
from office.actions.notices import tell
from office.queries.notices import people_at
from office.queries.rules import rule_table
from partybuild.lib import clock
from partybuild.lib.dates import day_text

EDITABLE = ("post", "field", "link", "description", "level", "measures", "responsible")


@transaction.atomic
def register_risk(*, by: Actor, organization: Organization, found_on: date, **values: Any) -> RiskPoint:
    """An organisation found where integrity is at risk; ``values`` are the fields of ``EDITABLE``."""
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    if organization.dissolved_on is not None:
        raise ValidationError("该党组织已撤销，不能登记。")
    if found_on > clock.today():
        raise ValidationError({"found_on": "排查日期不能晚于今天。"})
    risk = RiskPoint(organization=organization, found_on=found_on, **{name: values[name] for name in EDITABLE})
    risk.full_clean()
    risk.save()
    audit.record(by=by, verb="登记廉政风险点", obj=risk, organization=organization)
    return risk


@transaction.atomic
def edit_risk(*, by: Actor, risk: RiskPoint, **values: Any) -> RiskPoint:
    """Put right what the register says of a point; that is no review."""
    risk = _held(risk)
    changed = _set(risk, values)
    if changed:
        audit.record(by=by, verb="修改廉政风险点", obj=risk, organization=risk.organization, detail={"fields": changed})
    return risk


@transaction.atomic
def review_risk(
    *,
    by: Actor,
    risk: RiskPoint,
    reviewed_on: date,
    verdict: str,
    note: str = "",
    level: str = "",
    measures: str = "",
) -> RiskReview:
    """The yearly look: still valid, changed (with what changed), or gone, which closes the point. Only added, never
    changed."""
    risk = _held(risk)
    if reviewed_on > clock.today():
        raise ValidationError({"reviewed_on": "复查日期不能晚于今天。"})
    if reviewed_on < risk.last_on:
        raise ValidationError({"reviewed_on": f"复查日期不能早于{day_text(risk.last_on)}。"})
    if verdict != RiskVerdict.VALID and not note.strip():
        raise ValidationError({"note": "请写明变化情况或者消除的原因。"})
    if risk.reviews.filter(reviewed_on=reviewed_on).exists():
        raise ValidationError({"reviewed_on": "该风险点当日已登记复查。"})
    review = RiskReview.objects.create(
        risk=risk, reviewed_on=reviewed_on, reviewed_by_id=by.user_id, verdict=verdict, note=note.strip(),
        recorded_at=clock.now(),
    )  # fmt: skip
    risk.reviewed_on = reviewed_on
    if verdict == RiskVerdict.CHANGED:
        risk.level, risk.measures = level or risk.level, measures.strip() or risk.measures
    if verdict == RiskVerdict.CLOSED:
        risk.closed_on, risk.closed_reason = reviewed_on, note.strip()
    risk.full_clean()
    risk.save(update_fields=["reviewed_on", "level", "measures", "closed_on", "closed_reason"])
    detail = {"note": f"{review.get_verdict_display()} {review.note}".strip()}
    audit.record(by=by, verb="复查廉政风险点", obj=risk, organization=risk.organization, detail=detail)
    return review


@transaction.atomic
def remind_risks(*, by: Actor, on: date) -> int:
    """Tell the organisation's secretary and staff before a review is due, and once in each year it stays undone."""
    table = rule_table(on)
    months, ahead = table.int("risk.review_months"), on + timedelta(days=table.int("risk.remind_days"))
    points = RiskPoint.objects.open().looked_at_before(oldest_in_time(ahead, months) + timedelta(days=1))
    rows = list(points.order_by("pk"))
    keepers = people_at({risk.organization_id for risk in rows}, [Role.SECRETARY, Role.STAFF], on)
    told = 0
    for risk in rows:
        due_on = due_day(risk.last_on, months)
        if due_on < on:
            key, words = f"{warned_year(due_on, on)}:late", f"应于{day_text(due_on)}前复查，已逾期，请尽快复查并登记。"
        else:
            key, words = f"{due_on.year}:soon", f"应于{day_text(due_on)}前复查，请及时办理。"
        told += tell(
            people=keepers.get(risk.organization_id, []), key=f"risk:{risk.pk}:{key}",
            text=f"廉政风险点“{risk}”{words}", url=reverse("members:risk_detail", args=[risk.pk]), due_on=due_on,
        )  # fmt: skip
    return told


def _set(risk: RiskPoint, values: dict[str, Any]) -> list[str]:
    changed = [name for name in EDITABLE if name in values and getattr(risk, name) != values[name]]
    for name in changed:
        setattr(risk, name, values[name])
    if changed:
        risk.full_clean()
        risk.save(update_fields=changed)
    return changed


def _held(risk: RiskPoint) -> RiskPoint:
    """The point under a lock; one that is closed is not changed any more."""
    found = RiskPoint.objects.select_for_update(of=("self",)).select_related("organization", "responsible")
    risk = found.get(pk=risk.pk)
    if risk.closed_on is not None:
        raise ValidationError("该风险点已消除，不能再修改。")
    return risk
