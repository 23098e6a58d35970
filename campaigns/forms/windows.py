"""What a form tells of the window in which it is filled in."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms

from campaigns.rules.windows import Window


class WindowForm(forms.Form):
    """Two hidden fields: which window it is, and which saving it has seen. Without them nothing is checked."""

    window = forms.UUIDField(required=False, widget=forms.HiddenInput)
    seen_at = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, initial: dict[str, Any] | None = None, saved_at: datetime | None, **kwargs: Any
    ) -> None:
        seen = saved_at.isoformat() if saved_at else ""
        super().__init__(*args, initial={"window": uuid4(), "seen_at": seen, **(initial or {})}, **kwargs)  # type: ignore[misc]

    def the_window(self) -> Window | None:
        """The window; of a valid form only."""
        key = self.cleaned_data["window"]
        return Window(key, _moment(self.cleaned_data["seen_at"])) if key else None

    def has_seen(self, saved_at: datetime) -> None:
        """Shown again together with what was saved at this moment, the form may be saved over it."""
        data = self.data.copy()
        data["seen_at"] = saved_at.isoformat()
        self.data = data


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None
