"""The superior that answers for a branch on this floor."""

from branches.models import Organization
from branches.queries.organizations import chain_of


def unit_of(organization: Organization) -> Organization:
    """The nearest superior that is a 机关党委 or 党组, else its parent; the top of a tree is its own. One query."""
    chain = chain_of(organization)
    nearest = next((one for one in reversed(chain) if one.is_committee), None)
    return nearest or (chain[-1] if chain else organization)
