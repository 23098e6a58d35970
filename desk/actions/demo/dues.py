"""Invented dues: bases of everybody, months opened, collected and closed, a few who owe, some that was spent."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from desk.actions.demo.tree import Tree, Unit
from members.enums import DuesBaseState, DuesKind, DuesLineKind
from members.models import DuesBase, DuesEntry, DuesLine, DuesMonth, DuesUse, Member
from members.queries.dues import rates_in
from members.rules import dues as rules
from members.rules.dues import Rates
from partybuild.lib import clock

_HUNDRED = 100
_BATCH = 2000
# Who owed for a month long past has nearly always paid since.
_MADE_GOOD = 0.999
USES = ("购买党员学习资料", "慰问生活困难党员", "主题党日场地费", "订阅党报党刊", "制作党员活动室展板")


def fill_dues(random: Random, tree: Tree, months: Sequence[date], until: date) -> int:
    """Bases from the first month on, then each month of each branch as its diligence lets it; how many entries.

    ``months`` are first days in order; those before the last are closed.
    """
    bases = [_base(random, member, months[0]) for unit in tree.branches for member in unit.members]
    DuesBase.objects.bulk_create(bases, _BATCH)
    by_member = {base.member_id: base for base in bases if random.random() > 0.01}
    rates = {month: rates_in(month) for month in months}
    entries = [
        entry
        for age, month in zip(range(len(months) - 1, -1, -1), months, strict=True)
        for unit in tree.branches
        for entry in _month(random, unit, month, by_member, rates[month], age=age, until=until)
    ]
    DuesEntry.objects.bulk_create(entries, _BATCH)
    DuesMonth.objects.bulk_create([_opened(unit, month, months[-1]) for unit in tree.branches for month in months])
    DuesLine.objects.bulk_create((_line(entry) for entry in entries if entry.paid), _BATCH)
    DuesUse.objects.bulk_create([use for unit in tree.branches for use in _uses(random, unit, months[0], until)])
    return len(entries)


def _base(random: Random, member: Member, month: date) -> DuesBase:
    """Nine of ten are in office; the older ones are retired."""
    age = month.year - member.born_on.year if member.born_on else 40
    kind = DuesKind.RETIRED if age >= 60 else DuesKind.WORKING
    amount = Decimal(random.randint(38, 115) * _HUNDRED)
    return DuesBase(
        member=member, kind=kind, amount=amount, effective_from=month, basis=f"{month.year}年核定",
        state=DuesBaseState.IN_FORCE, recorded_at=clock.start_of_day(month),
    )  # fmt: skip


def _month(
    random: Random, unit: Unit, month: date, bases: dict[int, DuesBase], rates: Rates, *, age: int, until: date
) -> list[DuesEntry]:
    """``age``: so many months before the last one."""
    made = []
    paid_on = min(month + timedelta(days=random.randint(4, 20)), until)
    collector = unit.secretary.user if unit.secretary else None
    is_collected = age > 0 or random.random() < unit.diligence
    for member in unit.members:
        base = bases.get(member.pk)
        if base is None or not rules.owes_in(month, member.joined_on):
            continue
        due = rules.due_of(base.kind, base.amount, rates)
        pays = is_collected and random.random() < (_MADE_GOOD if age > 1 else 0.95 + unit.diligence / 20)
        made.append(
            DuesEntry(
                member=member,
                organization=unit.organization,
                month=month,
                kind=base.kind,
                base=base.amount,
                rate=due.rate,
                due=due.amount,
                paid=due.amount if pays else 0,
                paid_on=paid_on if pays else None,
                collector=collector if pays else None,
            )
        )
    return made


def _opened(unit: Unit, month: date, last: date) -> DuesMonth:
    closed_at = None if month == last else clock.start_of_day(rules.following(month)) + timedelta(hours=10)
    return DuesMonth(
        organization=unit.organization, month=month, opened_at=clock.start_of_day(month), closed_at=closed_at
    )


def _line(entry: DuesEntry) -> DuesLine:
    assert entry.paid_on is not None
    return DuesLine(
        entry=entry, kind=DuesLineKind.PAYMENT, amount=entry.paid, on=entry.paid_on,
        recorded_at=clock.start_of_day(entry.paid_on) + timedelta(hours=15), recorded_by=entry.collector,
    )  # fmt: skip


def _uses(random: Random, unit: Unit, first: date, until: date) -> list[DuesUse]:
    days = (until - first).days
    used_on = sorted(first + timedelta(days=random.randrange(max(days, 1))) for _ in range(random.randint(0, 2)))
    return [
        DuesUse(
            organization=unit.organization,
            used_on=day,
            purpose=random.choice(USES),
            amount=Decimal(random.randint(8, 60) * 10),
            evidence=f"记字第 {random.randint(1, 60)} 号",
            recorded_at=clock.start_of_day(day) + timedelta(hours=16),
        )
        for day in used_on
    ]
