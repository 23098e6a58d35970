"""Counting facts: what other rows than records of activities say of an assignment. Source: X02, N13–N34."""

from collections.abc import Collection
from datetime import date


def refresh(codes: Collection[str], organization_ids: Collection[int], *, on: date) -> None:
    """Count the assignments of these metrics anew, of these organisations, in whose period the day falls.

    To be called at the end of the transaction that changed a fact.
    """
