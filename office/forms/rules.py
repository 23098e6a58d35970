"""A further value of a rule, from a day on."""

from datetime import date
from typing import Any

from django import forms

from office.forms.rule_values import VALUE_FIELDS
from office.models import Rule
from office.queries.rules import kind_names
from office.rules.wording import shape_of


class RuleChangeForm(forms.Form):
    """What the rule shall say, on what basis, and from when."""

    basis = forms.CharField(label="依据", max_length=255, help_text="写明文件名称和文号。")
    effective_from = forms.DateField(label="生效日期")

    def __init__(self, *args: Any, rule: Rule, earliest: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._values = VALUE_FIELDS[shape_of(rule.code, rule.value)]
        basis, effective_from = self.fields.pop("basis"), self.fields.pop("effective_from")
        self.fields.update(self._values.fields(rule.value))
        if rule.code == "study.kinds":
            self.fields["value"] = _kinds_field(rule.value)
        effective_from.initial = earliest
        self.fields |= {"basis": basis, "effective_from": effective_from}

    def clean(self) -> dict[str, Any]:
        filled = super().clean() or {}
        if not self.errors:
            try:
                filled["value"] = self._values.value(filled)
            except forms.ValidationError as error:
                self.add_error(None, error)
        return filled


def _kinds_field(value: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label="取值", choices=list(kind_names().items()), initial=value, widget=forms.CheckboxSelectMultiple
    )
