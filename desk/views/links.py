"""Addresses that lead from a figure down to the assignments behind it, with the same filters."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from desk.queries.figures import Selection

RESULTS = ("due", "exempt", "done", "on_time", "overdue")


@dataclass(frozen=True)
class Links:
    """Links of one selection; ``organization`` names its place, empty for all that the scope reaches."""

    selection: Selection
    organization: str

    def to(self, result: str = "", **narrower: Any) -> str:
        """The list of assignments of this selection, further narrowed."""
        wanted = {
            "month": self.selection.window.key,
            "campaign": self.selection.campaign_id,
            "organization": self.organization,
            "result": result,
            **narrower,
        }
        query = urlencode({key: value for key, value in wanted.items() if value not in ("", None)})
        return f"{reverse('campaigns:assignment_list')}?{query}"

    def all(self, **narrower: Any) -> dict[str, str]:
        """A link for each of the figures."""
        return {result: self.to(result, **narrower) for result in RESULTS}
