"""What the hub of the registers and the home pages are told by each noun.

They stand below the queries, so that a noun's own query can name them while ``queries/registers.py`` and
``queries/waiting.py`` gather the nouns.
"""

from collections.abc import Callable
from dataclasses import dataclass

from branches.permissions import Permission, Scope

ORGANIZATION, MEMBERS, CONDUCT, MATTERS = "组织建设", "党员队伍", "纪律与关怀", "议事与监督"
GROUPS = (ORGANIZATION, MEMBERS, CONDUCT, MATTERS)


@dataclass(frozen=True)
class Figures:
    """Rows of a register in the scope, and those that its check finds fault with; ``words`` say what the fault is.

    ``query`` narrows the list to them; ``url_name`` names another list where they stand.
    """

    total: int
    missing: int = 0
    words: str = ""
    query: str = ""
    url_name: str = ""


@dataclass(frozen=True)
class Register:
    """A register: where its list is, who may see it, to which group of the hub it belongs.

    ``is_key_task`` marks what TJ 六 (O04) names as one of the 七项重点任务; ``figures`` asks the database and answers
    None to those for whom the register does not exist. ``faults_for`` are the rights of which one is needed to be told
    what is missing; without any, whoever may open the list is told.
    """

    group: str
    label: str
    url_name: str
    permission: Permission
    figures: Callable[[Scope], Figures | None]
    is_key_task: bool = False
    is_restricted: bool = False
    faults_for: tuple[Permission, ...] = ()


@dataclass(frozen=True)
class Source:
    """A kind of thing that waits: its words, the list (URL name and query) and the query that counts it."""

    label: str
    url_name: str
    permission: Permission
    count: Callable[[Scope], int | None]
    query: str = ""


@dataclass(frozen=True)
class Waiting:
    """So many of a kind wait."""

    source: Source
    count: int
