"""A target in words: of whom, how often, how much, and where the figure comes from."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from branches.enums import OrganizationKind
from campaigns.enums import AudienceGroup, Basis, Subject
from campaigns.rules.plans import PlanTarget
from partybuild.lib.periods import PeriodKind

PERCENT = "%"
_WHOLE = Decimal(1)
_PERIODS = {PeriodKind.ONCE: "年内", PeriodKind.STANDING: "长期保持，每月"}
_PEOPLE = {Subject.SECRETARY: "书记", Subject.LEADER: "每名领导干部", Subject.MEMBER: "每名党员"}


@dataclass(frozen=True)
class Demand:
    """What a target asks, in plain values; ``due_day`` is ``MM-DD`` or empty."""

    subject: str
    period: str
    at_least: Decimal
    unit: str
    basis: str
    kinds: tuple[str, ...]
    group: str = AudienceGroup.ALL.value
    at_most: Decimal | None = None
    phrase: str = ""
    due_day: str = ""
    by_day: int | None = None
    before_term_end_months: int | None = None
    within_days: int | None = None

    @classmethod
    def of_plan(cls, target: PlanTarget) -> "Demand":
        """That of a plan's target."""
        return cls(
            subject=target.subject,
            period=target.period,
            at_least=Decimal(target.at_least),
            unit=target.unit,
            basis=target.basis,
            kinds=target.kinds,
            group=target.group,
            at_most=Decimal(target.at_most) if target.at_most else None,
            phrase=target.phrase,
            due_day=target.due[-5:],
            by_day=target.by_day,
            before_term_end_months=target.before_term_end_months,
            within_days=target.within_days,
        )


def number_text(value: Decimal | int) -> str:
    """A number without needless zeros, with thousands apart: 8, 0.5, 1,200."""
    return f"{Decimal(value).normalize():,f}"


def amount_text(value: Decimal, unit: str) -> str:
    """8 次, 600 元; a share as a percentage: 0.02 is 2 %, 1 is 100 %."""
    return f"{number_text(value * 100)} %" if unit == PERCENT else f"{number_text(value)} {unit}"


def audience_text(kinds: Iterable[str], group: str) -> str:
    """党支部; 直属的机关党委、党组; 设有党小组的党支部; 发布单位本级."""
    if group == AudienceGroup.ISSUER:
        return "发布单位本级"
    labels = "、".join(OrganizationKind(kind).label for kind in kinds)
    prefix = {AudienceGroup.DIRECT: "直属的", AudienceGroup.WITH_GROUPS: "设有党小组的"}
    return prefix.get(AudienceGroup(group), "") + labels


def asked_text(demand: Demand) -> str:
    """每季度不少于 1 次; 每月 1—2 条; 年内达到 100 %，9 月 30 日前."""
    text = f"{_period_text(demand)}{_amount_text(demand)}"
    return "，".join([text, *_limits(demand)])


def _period_text(demand: Demand) -> str:
    period = PeriodKind(demand.period)
    if period == PeriodKind.EVENT and demand.within_days:
        return f"事项发生后 {demand.within_days} 天内"
    return _PERIODS.get(period, period.label)


def _amount_text(demand: Demand) -> str:
    if demand.at_most is not None:
        return f" {number_text(demand.at_least)}—{amount_text(demand.at_most, demand.unit)}"
    if demand.unit == PERCENT and demand.at_least == _WHOLE:
        return "达到 100 %"
    return f"{'不低于' if demand.unit == PERCENT else '不少于'} {amount_text(demand.at_least, demand.unit)}"


def _limits(demand: Demand) -> Iterable[str]:
    if demand.by_day:
        yield f"每月 {demand.by_day} 日前"
    if demand.due_day:
        month, day = (int(part) for part in demand.due_day.split("-"))
        yield f"{month} 月 {day} 日前"
    if demand.before_term_end_months:
        yield f"届满前 {demand.before_term_end_months} 个月"


def basis_text(demand: Demand) -> str:
    """文件原文“…” or 规则表（…）; quotation marks inside a quotation become single ones."""
    if demand.basis == Basis.STATED:
        return f"文件原文“{demand.phrase.replace('“', '‘').replace('”', '’')}”"
    return f"规则表（{demand.phrase}）" if demand.phrase else "规则表"


def who_text(demand: Demand) -> str:
    """Of whom it is asked: 党支部; 党支部每名党员; 机关党委、党组书记."""
    who = audience_text(demand.kinds, demand.group)
    return who + _PEOPLE.get(Subject(demand.subject), "")


def sentence(demand: Demand) -> str:
    """党支部 · 每季度不少于 1 次 · 依据：文件原文“…”."""
    return f"{who_text(demand)} · {asked_text(demand)} · 依据：{basis_text(demand)}"
