"""Invented activity rooms of the branches and the figures of their committees' years, in bulk. N13, N14, N15."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from branches.models import User
from desk.actions.demo.tree import FOUNDED, Tree, Unit
from members.models import Room, YearFacts
from members.queries.rooms import room_items
from members.rules.year_facts import dedicated_needed
from office.queries.rules import rule_table
from office.rules.table import RuleTable
from partybuild.lib import clock

NAMES = ("党员活动室", "党员活动室", "党员之家", "支部会议室")
PLACES = ("机关办公楼二楼东侧", "机关办公楼三楼会议室", "服务大厅一楼", "综合楼五楼西侧", "办事处二楼")
REFUSED = "学习资料和制度上墙情况与实际不符，请补齐后重新报核。"
# Shares of branches: no room, one that waits for the check, one that lacks something, one that was sent back.
NONE, WAITING, WANTING, REFUSED_SHARE = 0.03, 0.03, 0.04, 0.01
BELOW_FLOOR = 0.15


def fill_premises(random: Random, tree: Tree, today: date) -> int:
    """Rooms of the branches and year figures of the committees; how many rooms."""
    logins = User.objects.filter(login__startswith="dangwei").order_by("login")
    checkers = {user.organization_id: user.pk for user in logins}
    rooms = _rooms(random, tree.branches, checkers, today)
    Room.objects.bulk_create(rooms, batch_size=2000)
    table = rule_table(today)
    facts = [one for unit in tree.committees for one in _years(random, tree, unit, checkers, today, table)]
    YearFacts.objects.bulk_create(facts, batch_size=2000)
    return len(rooms)


def _rooms(random: Random, branches: list[Unit], checkers: dict[int, int], today: date) -> list[Room]:
    """The first branches of the list show one of each state, whatever the scale."""
    codes = sorted(item.code for item in room_items(today))
    rooms = []
    for number, unit in enumerate(branches):
        chance = {2: 0.0, 4: NONE, 5: NONE + WAITING}.get(number, random.random())
        if chance >= NONE:
            rooms.append(_room(random, unit, codes, chance - NONE, checkers, today))
    return rooms


def _room(random: Random, unit: Unit, codes: list[str], chance: float, checkers: dict[int, int], today: date) -> Room:
    lacks = WAITING <= chance < WAITING + WANTING + REFUSED_SHARE
    is_refused = WAITING + WANTING <= chance < WAITING + WANTING + REFUSED_SHARE
    missing = random.sample(codes, 2) if lacks and not is_refused else []
    checked_on = today - timedelta(days=random.randint(20, 160))
    room = Room(
        organization=unit.organization, name=random.choice(NAMES), place=random.choice(PLACES),
        starts_on=FOUNDED + timedelta(days=random.randint(60, 900)),
        present=[code for code in codes if code not in missing],
    )  # fmt: skip
    if chance >= WAITING:
        parent = unit.organization.parent_id
        room.checked_at = clock.start_of_day(checked_on) + timedelta(hours=10)
        room.checked_by_id = checkers.get(parent) if parent else None
        room.is_confirmed, room.check_remark = not is_refused, REFUSED if is_refused else ""
    return room


def _years(
    random: Random, tree: Tree, unit: Unit, checkers: dict[int, int], today: date, table: RuleTable
) -> list[YearFacts]:
    """This year and the last; nearly all reach the floors, some lack one of the two this year."""
    heads = sum(len(one.members) for one in tree.branches if one.organization.path.startswith(unit.organization.path))
    staff = heads + random.randint(heads // 5, heads // 2 + 1)
    needed = dedicated_needed(staff, table.decimal("staff.dedicated_share"))
    people = heads if table.text("funds.head") == "党员" else staff
    before = _rounded(table.decimal("funds.per_head") * people * Decimal(random.randint(102, 112)) / 100)
    budget = before + 1000 * random.randint(0, 8)
    few, little = random.random() < BELOW_FLOOR, random.random() < BELOW_FLOOR
    made = []
    for year, amount in ((today.year - 1, before), (today.year, before - 3000 if little else budget)):
        is_past = year < today.year
        share = Decimal(random.randint(86, 100)) if is_past else Decimal(min(98, today.month * 8))
        made.append(
            YearFacts(
                organization=unit.organization,
                year=year,
                staff=staff,
                funds_budget=amount,
                is_in_budget=True,
                dedicated_staff=needed - 1 if few and not is_past else needed,
                funds_spent=_rounded(amount * share / 100),
                recorded_at=clock.start_of_day(date(year, 2, 20) if date(year, 2, 20) <= today else today),
                recorded_by_id=checkers.get(unit.organization.pk),
            )
        )
    return made


def _rounded(amount: Decimal) -> Decimal:
    """To whole hundreds, upwards, so that a floor that was reached stays so."""
    return Decimal(-(-amount // 100) * 100)
