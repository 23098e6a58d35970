"""Invented transfers: some that have been accepted, some that wait, one letter out, one that was sent back."""

from datetime import timedelta
from random import Random

from branches.permissions import Actor
from desk.actions.demo.tree import Tree, Unit
from desk.actions.transfers import accept_transfer, admit_from_outside
from desk.rules.demo import names
from members.actions.transfers import refuse_transfer, start_transfer
from members.enums import MemberKind
from members.models import Member
from partybuild.lib import clock

OUTSIDE = ("外省某市直属机关工委", "某省属企业党委", "外区某街道党工委")
REASONS = ("工作调动", "机构调整", "调往外地工作")


def fill_transfers(random: Random, tree: Tree) -> int:
    """A few transfers around today, through the actions, so that rosters and notices fit them; how many.

    Called last, with the clock at the end of the demonstration: whoever was moved is on another roster from then on.
    """
    by, made = Actor.system(), 0
    branches = [unit for unit in tree.branches if len(unit.members) > len(unit.committee) + 2]
    for number, unit in enumerate(random.sample(branches, min(len(branches), 8))):
        member = _plain_member(random, unit)
        others = [other for other in tree.branches if other is not unit]
        if member is None or not others:
            continue
        with clock.pretending(clock.now() - timedelta(days=random.randint(1, 40))):
            if number % 4 == 3:
                start_transfer(by=by, member=member, outside_name=random.choice(OUTSIDE), reason=REASONS[2])
            else:
                to = random.choice(others).organization
                transfer = start_transfer(by=by, member=member, to=to, reason=random.choice(REASONS[:2]))
        if number % 4 == 1:
            accept_transfer(by=by, transfer=transfer)
        elif number % 4 == 2:
            refuse_transfer(by=by, transfer=transfer, note="该同志未到本单位报到")
        made += 1
    return made + _arrival(random, tree, by)


def _plain_member(random: Random, unit: Unit) -> Member | None:
    """Somebody without an office, so that no branch loses its secretary."""
    held = {member.pk for member in (*unit.committee, *unit.leaders, *([unit.secretary] if unit.secretary else []))}
    plain = [member for member in unit.members if member.pk not in held and member.user_id is None]
    return random.choice(plain) if plain else None


def _arrival(random: Random, tree: Tree, by: Actor) -> int:
    person = names.person(random, len(tree.members), clock.today())
    admit_from_outside(
        by=by, to=random.choice(tree.branches).organization, on=clock.today(),
        letter={"outside_name": OUTSIDE[0], "outside_letter": "〔2026〕36号", "reason": "工作调动"},
        person={
            "name": person.name, "sex": person.sex, "id_number": person.id_number, "ethnicity": person.ethnicity,
            "phone": person.phone, "joined_on": person.joined_on, "converted_on": person.converted_on,
            "kind": MemberKind.FULL if person.converted_on else MemberKind.PROBATIONARY,
        },
    )  # fmt: skip
    return 1
