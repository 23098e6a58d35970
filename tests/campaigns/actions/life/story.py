"""Random steps, each made sensible, so that most of them are taken."""

from datetime import date, timedelta

from tests.campaigns.actions.life.model import HOURS, MEETINGS
from tests.campaigns.actions.life.world import BRANCHES, World, at

NAMES = sorted(BRANCHES)
MOMENTS = [at(3, 10), at(3, 20), at(3, 31), at(4, 8, 23), at(4, 9), at(4, 13, 23), at(4, 14), at(4, 20)]
VERBS = (
    "tick", "tick", "file", "file", "file", "give_back", "refile", "withdraw", "approve", "close", "extend", "exempt",
    "lift", "amend", "move", "merge", "split", "dissolve", "move_person",
)  # fmt: skip


class Story:
    """Takes steps in a world and keeps which of them the portal took."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.taken: list[str] = []

    def take(self, verb: str, first: int, second: int) -> None:
        given = getattr(self, f"_{verb}")(first, second)
        if given is not None and self.world.try_step(verb if verb != "tick" else "go_to", *given):
            self.taken.append(verb)

    def _live(self) -> list[str]:
        return [name for name in NAMES if name not in self.world.model.gone]

    def _branch(self, number: int) -> str:
        return self._live()[number % len(self._live())]

    def _tick(self, first, second):
        later = [moment for moment in MOMENTS if moment > self.world.model.now]
        return (later[0],) if later else None

    def _file(self, first, second):
        return (self._branch(first),)

    def _record(self, number, *statuses):
        model = self.world.model
        fitting = [place for place, record in enumerate(model.records) if record.status in statuses]
        return (fitting[number % len(fitting)],) if fitting else None

    def _give_back(self, first, second):
        return self._record(first, "filed")

    def _approve(self, first, second):
        return self._record(first, "filed")

    def _withdraw(self, first, second):
        return self._record(first, "filed")

    def _refile(self, first, second):
        return self._record(first, "draft", "returned")

    def _close(self, first, second):
        model = self.world.model
        return () if model.now >= at(4, 14) and not model.frozen else None

    def _extend(self, first, second):
        return self._branch(first), date(2026, 4, 1) + timedelta(days=second % 25)

    def _exempt(self, first, second):
        return (self._branch(first), (MEETINGS, HOURS)[second % 2]) if second % 3 == 0 else None

    def _lift(self, first, second):
        held = sorted((row.branch, kind) for (kind, _), row in self.world.model.rows.items() if row.by_hand)
        return held[first % len(held)] if held else None

    def _amend(self, first, second):
        return None if "amend" in self.taken else (1 + first % 3,)

    def _move(self, first, second):
        return self._branch(first), "甲乙"[second % 2]

    def _merge(self, first, second):
        one, other = self._branch(first), self._branch(second)
        return (one, other) if one != other else None

    def _split(self, first, second):
        branch = self._branch(first)
        people = self.world.model._here(branch)
        return (branch, f"新{first}{len(self.taken)}", people[:1]) if len(people) > 1 else None

    def _dissolve(self, first, second):
        empty = [name for name in self._live() if not self.world.model._here(name)]
        return (empty[0],) if empty else None

    def _move_person(self, first, second):
        people = sorted(self.world.people)
        return people[first % len(people)], self._branch(second)
