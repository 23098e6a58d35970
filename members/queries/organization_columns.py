"""What the roster's floor knows of organisations, for the columns of their workbook: secretary and term."""

from collections.abc import Collection
from datetime import date
from typing import Any

from members.enums import OfficeKind
from members.models import Office, Term


def columns_of(organizations: Collection[int], on: date) -> dict[int, dict[str, Any]]:
    """Id → heading → value, as far as it is known; two queries for any number.

    任命时间 is the election of the running term, else the day on which the secretary took office; 实际换届时间 the
    end of the last term that is over.
    """
    found: dict[int, dict[str, Any]] = {pk: {} for pk in organizations}
    held = Office.objects.on(on).filter(organization__in=organizations, kind=OfficeKind.SECRETARY).order_by("pk")
    for pk, name, starts_on in held.values_list("organization_id", "member__name", "starts_on"):
        found[pk] |= {"书记": name, "任命时间": starts_on}
    terms = Term.objects.filter(organization__in=organizations).order_by("elected_on", "pk")
    for pk, elected_on, due_on, ended_on in terms.values_list("organization_id", "elected_on", "due_on", "ended_on"):
        found[pk] |= {"实际换届时间": ended_on} if ended_on else {"任命时间": elected_on, "应换届时间": due_on}
    return found
