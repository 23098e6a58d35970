"""Rows of the roster."""

from members.models.member import Member, Membership
from members.models.office import Office

__all__ = ["Member", "Membership", "Office"]
