"""How a delegate stands on a day (O17)."""

from datetime import date


def delegate_state(term_ends_on: date, ends_on: date | None, on: date, near_until: date) -> str:
    """In the words of the portal; the term may be over before anybody has written an end down."""
    if ends_on is not None and ends_on <= on:
        return "已终止"
    if term_ends_on < on:
        return "已届满"
    return "临近届满" if term_ends_on <= near_until else "在任"
