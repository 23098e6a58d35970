"""A sentence cut into clauses and, where a clause holds several amounts, into the stretch that belongs to each."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from campaigns.rules.reading.amounts import Amount

_CUT = re.compile("[，；。：！？|]")
_BRACKET = re.compile(r"\([^()]{12,}\)")
_JOINT = re.compile("、|(?<=[次场篇条期个人份本时])(?:和|及|与|并|，)|以及")


@dataclass(frozen=True)
class Span:
    start: int
    end: int

    def holds(self, place: int) -> bool:
        return self.start <= place < self.end

    def of(self, plain: str) -> str:
        """Its text."""
        return plain[self.start : self.end]


def clauses(plain: str) -> list[Span]:
    """What stands between commas, colons and full stops; a bracket stays with what is around it."""
    spans, start, depth = [], 0, 0
    for index, char in enumerate(plain):
        depth = max(0, depth + (char == "(") - (char == ")"))
        if _CUT.match(char) and (depth == 0 or ")" not in plain[index : index + 60]):
            spans.append(Span(start, index))
            start = index + 1
    spans.append(Span(start, len(plain)))
    return [span for span in spans if span.of(plain).strip()]


def inner_clauses(plain: str, span: Span) -> list[Span]:
    """The clauses of a clause with a long bracket in it; 党组（党委） stays whole."""
    cuts: list[int] = []
    for match in _BRACKET.finditer(plain, span.start, span.end):
        cuts += [match.start(), match.end() - 1]
        cuts += [match.start() + cut.start() for cut in re.finditer("[，；。：]", match[0])]
    edges = sorted({span.start, *cuts, span.end})
    return [Span(one, two) for one, two in itertools.pairwise(edges) if two > one + 1]


def segments(plain: str, clause: Span, found: Sequence[Amount]) -> dict[Amount, Span]:
    """The part of a clause that belongs to each of its amounts: 每年一次督查、一次观摩 is two parts."""
    inside = [amount for amount in found if clause.holds(amount.start)]
    if len(inside) < 2:
        return dict.fromkeys(inside, clause)
    edges = [clause.start]
    for one, two in itertools.pairwise(inside):
        joints = list(_JOINT.finditer(plain, one.end, two.start))
        if joints:
            # After an amount that ends its part the list goes on with the next one's nouns.
            joint = joints[0] if joints[0].start() == one.end else joints[-1]
            edges.append(joint.end())
        else:
            edges.append(one.end)
    edges.append(clause.end)
    return {amount: Span(start, end) for amount, start, end in zip(inside, edges, edges[1:], strict=False)}
