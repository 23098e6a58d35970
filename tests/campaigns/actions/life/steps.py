"""What several tests of the life of assignments do and ask."""

from campaigns.queries.recount import differences
from tests.campaigns.actions.life.world import World


def meet(world: World, branch: str, times: int = 2) -> list[int]:
    """So many meetings, all filed now and waiting for nobody."""
    numbers = [world.file(branch) for _ in range(times)]
    for number in numbers:
        world.approve(number)
    return numbers


def hand_in(world: World, branch: str) -> list[int]:
    """Two meetings, filed now; their numbers."""
    return [world.file(branch) for _ in range(2)]


def recounted() -> list[str]:
    """What plain SQL, a third way of counting, finds otherwise."""
    return [each.text for month in ("2026-03", "2026-04") for each in differences(month)]
