"""Giving a rule a further value. A row of the rule table is never edited."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from branches.actions import audit
from branches.permissions import Actor
from office.models import Rule
from office.rules.defaults import Shape
from office.rules.wording import shape_of, value_text
from partybuild.lib import clock
from partybuild.lib.dates import day_text


@transaction.atomic
def change_rule(
    *, by: Actor, code: str, value: Any, basis: str, effective_from: date, earliest: date | None = None
) -> Rule:
    """The rule reads so from that day on.

    ``earliest`` is the first day from which it may: periods that are over keep what they were judged by. The basis is
    that of the staff who gives the value, so the mark of a secondary source goes.
    """
    earliest = earliest or clock.today()
    if effective_from < earliest:
        raise ValidationError({"effective_from": f"生效日期不能早于{day_text(earliest)}。"})
    before = Rule.objects.filter(code=code, effective_from__lte=effective_from).order_by("-effective_from").first()
    if before is None:
        raise ValidationError("没有这条规则。")
    if before.value == value:
        raise ValidationError("取值没有变化，不需要修改。")
    rule = Rule(
        code=code,
        name=value["label"] if shape_of(code, value) is Shape.KIND else before.name,
        value=value,
        unit=before.unit,
        basis=basis,
        effective_from=effective_from,
        recorded_at=clock.now(),
    )
    _save_once(rule)
    note = f"自{day_text(effective_from)}起：{value_text(code, value, rule.unit)}"
    audit.record(by=by, verb="修改规则", obj=rule, detail={"code": code, "note": note})
    return rule


def _save_once(rule: Rule) -> None:
    """Save; of two values from one day on the first one stands."""
    try:
        with transaction.atomic():
            rule.save(force_insert=True)
    except IntegrityError:
        text = f"这条规则从{day_text(rule.effective_from)}起已有新的取值，请另选日期。"
        raise ValidationError({"effective_from": text}) from None
