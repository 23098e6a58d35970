"""Forms for dues."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from branches.forms.fields import OrganizationField
from branches.permissions import Permission, Scope
from members.actions.dues import Payment
from members.enums import DuesKind
from members.models import DuesEntry
from members.rules import dues as rules
from partybuild.lib import clock

_YEARS_BACK = 5
_MONTHS_BACK = 24


def yuan(label: str, **kwargs: Any) -> forms.DecimalField:
    """A sum of money in yuan, to the fen."""
    return forms.DecimalField(label=label, max_digits=9, decimal_places=2, **kwargs)


class MonthField(forms.CharField):
    """A month, written 2026-03; the browser offers a picker."""

    widget = forms.TextInput(attrs={"type": "month", "placeholder": "2026-03"})

    def prepare_value(self, value: Any) -> Any:
        return rules.month_key(value) if isinstance(value, date) else value

    def clean(self, value: Any) -> date | None:
        text = super().clean(value)
        if not text:
            return None
        month = rules.read_month(text.strip())
        if month is None:
            raise forms.ValidationError("请填写年月，例如 2026-03。")
        return month


class BaseForm(forms.Form):
    """What a member's dues are reckoned from."""

    kind = forms.ChoiceField(label="缴纳类别", choices=DuesKind.choices, widget=forms.RadioSelect)
    amount = yuan(
        "计算基数或者定额（元/月）", required=False, min_value=Decimal("0.01"),
        help_text="在职、离退休填写税后月基数，按比例计算；定额填写每月交纳金额；免交不填。",
    )  # fmt: skip
    effective_from = MonthField(label="起算月份", max_length=7)
    until = MonthField(
        label="截止月份", max_length=7, required=False, help_text="减免有期限的填写；期满后按原基数计算。"
    )
    basis = forms.CharField(label="核定依据", max_length=255, required=False, help_text="例如：2026年1月工资。")
    reason = forms.CharField(
        label="少交、免交原因", max_length=255, required=False, help_text="免交或者少交的填写，报上级党组织批准。"
    )

    def clean(self) -> dict[str, Any]:
        """A sum for all but exemptions; the months in order."""
        cleaned = super().clean() or {}
        if cleaned.get("kind") not in (None, DuesKind.EXEMPT) and not cleaned.get("amount") and "amount" in cleaned:
            self.add_error("amount", "请填写金额。")
        cleaned["amount"] = cleaned.get("amount") or Decimal(0)
        first, last = cleaned.get("effective_from"), cleaned.get("until")
        if first and last and last < first:
            self.add_error("until", "截止月份早于起算月份。")
        return cleaned


class DecideForm(forms.Form):
    """The superior's answer."""

    approve = forms.ChoiceField(label="审批", choices=[("yes", "批准"), ("no", "不批准")], widget=forms.RadioSelect)
    note = forms.CharField(label="意见", max_length=255, required=False, help_text="不批准的，请填写原因。")


class CollectForm(forms.Form):
    """One screen for a branch: who pays, how much, on which day. What was shown as paid comes along."""

    on = forms.DateField(label="缴纳日期")

    def __init__(self, entries: Sequence[DuesEntry], month: date, data: Any = None) -> None:
        super().__init__(data)
        self.entries = [entry for entry in entries if entry.owed]
        self.fields["on"].initial = clock.today
        for entry in self.entries:
            is_now = entry.month == month
            self.fields[f"take-{entry.pk}"] = forms.BooleanField(required=False, initial=is_now)
            self.fields[f"amount-{entry.pk}"] = yuan("金额", required=False, initial=entry.owed, min_value=Decimal(0))
            self.fields[f"amount-{entry.pk}"].widget.attrs["class"] = "control"
            self.fields[f"before-{entry.pk}"] = yuan(
                "已缴", required=False, initial=entry.paid, widget=forms.HiddenInput
            )

    def row(self, entry: DuesEntry) -> dict[str, Any] | None:
        """The bound fields of an entry; None for one that owes nothing."""
        if f"take-{entry.pk}" not in self.fields:
            return None
        return {name: self[f"{name}-{entry.pk}"] for name in ("take", "amount", "before")}

    def payments(self) -> list[Payment]:
        """Those who were ticked, with what they pay."""
        data = self.cleaned_data
        return [
            Payment(entry.pk, data[f"before-{entry.pk}"] or Decimal(0), data[f"amount-{entry.pk}"] or Decimal(0))
            for entry in self.entries
            if data.get(f"take-{entry.pk}")
        ]


class ReverseForm(forms.Form):
    """Take back a part of what was recorded as paid."""

    amount = yuan("更正金额（元）", min_value=Decimal("0.01"), help_text="从已缴金额中减去。")
    note = forms.CharField(label="更正原因", max_length=255)


class AdjustForm(forms.Form):
    """Change what is due for a closed month."""

    amount = yuan("调整金额（元）", help_text="多算的填负数，少算的填正数。")
    note = forms.CharField(label="调整原因", max_length=255)


class UseForm(forms.Form):
    """What dues were spent on."""

    used_on = forms.DateField(label="使用日期")
    purpose = forms.CharField(label="用途", max_length=255)
    amount = forms.DecimalField(label="金额（元）", max_digits=10, decimal_places=2, min_value=Decimal("0.01"))
    evidence = forms.CharField(label="凭证", max_length=128, help_text="凭证号或者票据、会议记录名称。")
    upload = forms.FileField(
        label="票据文件", required=False, max_length=500, help_text="发票、收据、签收单的照片或者扫描件，可以以后补传。"
    )

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        self.fields["used_on"].initial = clock.today


class ProofForm(forms.Form):
    """A receipt that comes later."""

    upload = forms.FileField(label="票据文件", max_length=500)


class _ScopedForm(forms.Form):
    """A filter with an organisation of the scope."""

    def __init__(self, scope: Scope, data: Any = None) -> None:
        super().__init__(data)
        self.fields["organization"].scope = scope


class TotalsFilterForm(_ScopedForm):
    """Which month or year, of which organisation."""

    month = forms.ChoiceField(label="时间", required=False)
    organization = OrganizationField(
        label="党组织", required=False, permission=Permission.VIEW_PARTY_WORK, help_text=""
    )

    def __init__(self, scope: Scope, data: Any = None) -> None:
        super().__init__(scope, data)
        today, months = clock.today(), []
        month = rules.first_of(today)
        for _ in range(_MONTHS_BACK):
            months.append((rules.month_key(month), rules.month_text(month)))
            month = rules.first_of(date.fromordinal(month.toordinal() - 1))
        years = [(str(year), f"{year}年全年") for year in range(today.year, today.year - _YEARS_BACK, -1)]
        self.fields["month"].choices = [("", "本月"), *years, *months]

    def span(self) -> tuple[date, date]:
        """First and last month that were chosen; the running one when nothing was."""
        key = self.cleaned_data["month"]
        if len(key) == 4:
            return date(int(key), 1, 1), date(int(key), 12, 1)
        month = rules.read_month(key) or rules.first_of(clock.today())
        return month, month


class DebtorFilterForm(_ScopedForm):
    """Filters of the list of arrears."""

    q = forms.CharField(
        label="姓名或拼音首字母", required=False, max_length=64, widget=forms.TextInput(attrs={"type": "search"})
    )
    organization = OrganizationField(label="党组织", required=False, permission=Permission.VIEW_DUES, help_text="")


class BaseFilterForm(DebtorFilterForm):
    """Filters of the bases."""

    state = forms.ChoiceField(
        label="核定情况", required=False, choices=[("", "全部"), ("missing", "未核定"), ("asked", "减免待批准")]
    )


class UseFilterForm(_ScopedForm):
    """Filters of what was spent."""

    year = forms.ChoiceField(label="年份", required=False)
    organization = OrganizationField(label="党组织", required=False, permission=Permission.VIEW_DUES, help_text="")

    def __init__(self, scope: Scope, data: Any = None) -> None:
        super().__init__(scope, data)
        this_year = clock.today().year
        years = [(str(year), f"{year}年") for year in range(this_year, this_year - _YEARS_BACK, -1)]
        self.fields["year"].choices = [("", "全部"), *years]
