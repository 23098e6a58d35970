"""What waits for a person on the campaigns floor: one line each on his home page, with the list that answers it.

The shapes are in ``members.rules.registers``.
"""

from branches.permissions import Permission, Scope
from campaigns.queries.extensions import WAITING_QUERY, waiting_extensions
from members.rules.registers import Source, Waiting

SOURCES: tuple[Source, ...] = (
    Source("延期申请待批复", "campaigns:extension_list", Permission.DISPATCH, waiting_extensions, WAITING_QUERY),
)


def waiting_for(scope: Scope) -> list[Waiting]:
    """What waits under the post in use; kinds of which nothing waits are left out."""
    held = (source for source in SOURCES if scope.holds(source.permission))
    return [Waiting(source, count) for source in held if (count := source.count(scope))]
