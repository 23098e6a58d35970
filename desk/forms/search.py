"""What is searched for."""

from django import forms

from desk.queries.search import KINDS

LONGEST = 60


class SearchForm(forms.Form):
    """A word or two, and the kind of thing when more of it is wanted."""

    q = forms.CharField(
        label="查找", max_length=LONGEST, required=False, widget=forms.TextInput({"type": "search", "autofocus": True})
    )
    kind = forms.ChoiceField(
        choices=[(kind.key, kind.label) for kind in KINDS], required=False, widget=forms.HiddenInput
    )
