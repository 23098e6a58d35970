"""Whether a unit's figures of a year reach the floors: dedicated party staff (WX, TS; N13), funds (WX; N14)."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

_FEN = Decimal("0.01")


@dataclass(frozen=True)
class Judgement:
    """What a figure comes to: ``value`` as reckoned (None: cannot be reckoned), whether it is enough, and why."""

    value: Decimal | None
    is_met: bool | None
    words: str


def dedicated_needed(staff: int, share: Decimal) -> int:
    """So many dedicated party staff: the share of the staff rounded up, in a small unit one person (N13)."""
    return max(1, int((staff * share).to_integral_value(rounding=ROUND_CEILING)))


def judge_dedicated(staff: int | None, dedicated: int | None, share: Decimal) -> Judgement:
    """专职党务干部 against the share of 机关工作人员; where the share is less than a person, one is to be named."""
    if staff is None or dedicated is None:
        return Judgement(None, None, "未填报")
    if staff == 0:
        return Judgement(None, None, "没有机关工作人员，不作要求")
    ratio = Decimal(dedicated) / staff
    needed = dedicated_needed(staff, share)
    if dedicated >= needed:
        return Judgement(ratio, True, f"{staff}人应配{needed}人，已配{dedicated}人")
    return Judgement(ratio, False, f"{staff}人应配{needed}人，还差{needed - dedicated}人")


def per_head(budget: Decimal | None, heads: int) -> Decimal | None:
    """Yuan a head, to the fen, half up; None without a budget or without heads."""
    if budget is None or heads == 0:
        return None
    return (budget / heads).quantize(_FEN, rounding=ROUND_HALF_UP)


def judge_funds(
    budget: Decimal | None, heads: int, floor: Decimal, *, is_in_budget: bool, last_year: Decimal | None
) -> Judgement:
    """党建经费: enough a head, in the unit's own budget, and not below last year's (N14)."""
    if budget is None:
        return Judgement(None, None, "未填报")
    amount = per_head(budget, heads)
    if amount is None:
        return Judgement(None, None, "没有计算人数，不作要求")
    faults = []
    if budget < floor * heads:
        faults.append(f"人均{amount}元，低于{floor}元，还差{floor * heads - budget}元")
    if not is_in_budget:
        faults.append("未列入单位预算")
    if last_year is not None and budget < last_year:
        faults.append(f"低于上年的{last_year}元")
    if faults:
        return Judgement(amount, False, "；".join(faults))
    return Judgement(amount, True, f"人均{amount}元，不低于{floor}元")
