"""What waits for a person on the members floor: one line each on his home page, with the list that answers it."""

from collections.abc import Callable
from dataclasses import dataclass

from branches.permissions import Permission, Scope


@dataclass(frozen=True)
class Source:
    """A kind of thing that waits: its words, the list (URL name and query) and the query that counts it."""

    label: str
    url_name: str
    permission: Permission
    count: Callable[[Scope], int]
    query: str = ""


@dataclass(frozen=True)
class Waiting:
    """So many of a kind wait."""

    source: Source
    count: int


SOURCES: tuple[Source, ...] = ()


def waiting_for(scope: Scope) -> list[Waiting]:
    """What waits under the post in use; kinds of which nothing waits are left out."""
    held = (source for source in SOURCES if scope.holds(source.permission))
    return [Waiting(source, count) for source in held if (count := source.count(scope))]
