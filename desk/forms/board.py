"""What a board is asked for; it all lives in the address."""

from django import forms

from desk.rules.boards import DEFAULT_SORT, SORTS, Level


class BoardForm(forms.Form):
    """Period, campaign, place, level and order of a board. Wrong words fall back to the usual ones."""

    period = forms.CharField(required=False, max_length=16)
    campaign = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    organization = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    level = forms.ChoiceField(choices=Level.choices, required=False)
    sort = forms.ChoiceField(choices=[(sort, sort) for sort in SORTS], required=False)

    @property
    def level_chosen(self) -> Level:
        return Level.BRANCHES if self.cleaned_data.get("level") == Level.BRANCHES else Level.UNITS

    @property
    def sort_chosen(self) -> str:
        return self.cleaned_data.get("sort") or DEFAULT_SORT
