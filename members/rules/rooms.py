"""What an activity room of a branch must have. Sources: TJ (八有), SX (the five things of a room); N15."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class RoomItem:
    """One thing that a room must have; the list it comes from is part of the rule table."""

    code: str
    label: str
    source: str


def items_of(eight: Sequence[str], five: Sequence[str]) -> list[RoomItem]:
    """The eight (八有) and the five; what stands in both (党旗、入党誓词) is asked for once."""
    known, both = set(eight), set(eight) & set(five)
    items = [
        RoomItem(f"a{place}", label, "八有、五项" if label in both else "八有") for place, label in enumerate(eight, 1)
    ]
    items += [RoomItem(f"b{place}", label, "五项") for place, label in enumerate(five, 1) if label not in known]
    return items


def missing_items(items: Iterable[RoomItem], present: Iterable[str]) -> list[RoomItem]:
    """The items that the room lacks, in the order of the lists."""
    here = set(present)
    return [item for item in items if item.code not in here]
