"""What a restricted record must say, and how long it is kept. Pure."""

from collections.abc import Iterator
from datetime import date

from members.enums import RestrictedKind


def keep_until(kind: str, happened_on: date, years: int, impact_until: date | None = None) -> date:
    """The last day on which a record is kept: so many years after it happened, or after the sanction's effect ends."""
    start = max(happened_on, impact_until) if impact_until else happened_on
    return _years_later(start, years)


def problems(
    *,
    kind: str,
    happened_on: date,
    today: date,
    content: str,
    form: str = "",
    sanction: str = "",
    effective_on: date | None = None,
    impact_until: date | None = None,
) -> Iterator[tuple[str, str]]:
    """Field and reason for all that is missing or cannot be."""
    if happened_on > today:
        yield "happened_on", "日期不能晚于今天。"
    if not content.strip():
        yield "content", "请填写内容。"
    if kind == RestrictedKind.FORM and not form:
        yield "form", "请选择运用了哪一种形态。"
    if kind == RestrictedKind.DISCIPLINE:
        if not sanction:
            yield "sanction", "请选择处理决定。"
        if effective_on is None:
            yield "effective_on", "请填写处理决定的生效日期。"
    if effective_on and impact_until and impact_until < effective_on:
        yield "impact_until", "影响期不能早于生效日期结束。"
    if impact_until and not effective_on:
        yield "effective_on", "填写影响期的，请同时填写生效日期。"


def belonging(kind: str, **fields: object) -> dict[str, object]:
    """Of the fields that only some kinds have, those of this kind; the others come out empty."""
    own = {
        RestrictedKind.FORM: {"form"},
        RestrictedKind.DISCIPLINE: {"sanction", "effective_on", "impact_until"},
    }.get(RestrictedKind(kind), set())
    return {
        name: value if name in own else (None if name.endswith(("_on", "_until")) else "")
        for name, value in fields.items()
    }


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, month=3, day=1)
