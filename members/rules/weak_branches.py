"""The plan of a weak branch (O16). Source: SX 13, “强基创优三年提升计划”."""

from datetime import date

from partybuild.lib.dates import add_months


def last_day(listed_on: date, years: int) -> date:
    """Until when the steps of a plan may reach."""
    return add_months(listed_on, 12 * years)
