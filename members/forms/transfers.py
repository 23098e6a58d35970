"""Forms for transfers of membership."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from branches.forms.fields import OrganizationField, written
from branches.models import Organization
from branches.permissions import Permission, Scope
from members.enums import Sex, TransferState
from members.queries.transfers import SIDES, branches_of_tree
from partybuild.lib import clock

_YEARS_BACK = 5


class BranchInput(forms.TextInput):
    """A text input that offers the branches of the whole tree while one types."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The input and the list beside it."""
        offered = f"{(attrs or {}).get('id', name)}-names"
        asked = {
            "list": offered,
            "autocomplete": "off",
            "hx-get": reverse("members:transfer_branches"),
            "hx-trigger": "input changed delay:300ms",
            "hx-target": f"#{offered}",
        }
        shown = super().render(name, value, {**(attrs or {}), **asked}, renderer)
        return format_html('{}<datalist id="{}"></datalist>', shown, offered)


class BranchField(forms.CharField):
    """A branch anywhere in the tree, named by its code or its whole name."""

    widget = BranchInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=200, help_text="输入名称、编码或拼音首字母。", **kwargs)
        self.scope = Scope()

    def clean(self, value: Any) -> Organization:
        text = super().clean(value).strip()
        found = [one for one in self._named(text) if text in (one.code, one.name, one.short_name, written(one))]
        by_code = [one for one in found if text in (one.code, written(one))]
        if len(by_code or found) != 1:
            raise ValidationError(
                "有多个同名党支部，请填写编码。" if found else "没有找到该党支部，请从提示的名称中选择。"
            )
        return (by_code or found)[0]

    def _named(self, text: str) -> list[Organization]:
        name = text.rpartition("（")[0] or text
        known = Q(code=text) | Q(name=name) | Q(name=text) | Q(short_name=text)
        return list(branches_of_tree(self.scope, clock.today()).filter(known))


class InsideForm(forms.Form):
    """To which branch of the tree, and why."""

    to = BranchField(label="转入党支部")
    reason = forms.CharField(label="转接原因", max_length=255, help_text="例如：工作调动、退休、机构调整。")

    def __init__(self, scope: Scope, data: Any = None) -> None:
        super().__init__(data)
        self.fields["to"].scope = scope


class OutsideForm(forms.Form):
    """To which organisation outside the tree, and why."""

    outside_name = forms.CharField(label="接收组织关系的党组织", max_length=128, help_text="填写介绍信抬头的全称。")
    outside_address = forms.CharField(label="通讯地址", max_length=255, required=False)
    outside_phone = forms.CharField(label="联系电话", max_length=32, required=False)
    reason = forms.CharField(label="转接原因", max_length=255, help_text="例如：调往外地、毕业、退休回原籍。")


class NoteForm(forms.Form):
    """Why it is sent back or taken back."""

    note = forms.CharField(label="原因", max_length=255)


class ReceiptForm(forms.Form):
    """What the receipt says."""

    on = forms.DateField(label="回执日期", help_text="从这一天起，党员不再列入本支部名册。")
    note = forms.CharField(label="备注", max_length=255, required=False, help_text="例如：编入的党支部、经办人。")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["on"].initial = clock.today


class AdmitForm(forms.Form):
    """Somebody comes with a letter: the letter, the person, the branch."""

    outside_name = forms.CharField(label="转出党组织", max_length=128)
    outside_letter = forms.CharField(label="介绍信编号", max_length=64)
    outside_phone = forms.CharField(label="对方联系电话", max_length=32, required=False)
    dues_until = forms.DateField(label="党费交至", required=False, help_text="填写该月任意一天。")
    reason = forms.CharField(label="转入原因", max_length=255)
    to = OrganizationField(label="编入党支部", permission=Permission.MANAGE_PARTY_WORK)
    on = forms.DateField(label="接收日期")
    name = forms.CharField(label="姓名", max_length=64)
    id_number = forms.CharField(label="身份证号", max_length=30)
    sex = forms.ChoiceField(label="性别", choices=Sex.choices, widget=forms.RadioSelect)
    kind = forms.ChoiceField(
        label="人员类别",
        choices=[("full", "正式党员"), ("probationary", "预备党员")],
        widget=forms.RadioSelect,
        initial="full",
    )
    joined_on = forms.DateField(label="入党时间", required=False)
    converted_on = forms.DateField(label="转正时间", required=False, help_text="预备党员不填。")
    ethnicity = forms.CharField(label="民族", max_length=32, required=False, initial="汉族")
    phone = forms.CharField(label="手机号码", max_length=30, required=False)

    LETTER = ("outside_name", "outside_letter", "outside_phone", "dues_until", "reason")
    PERSON = ("name", "id_number", "sex", "kind", "joined_on", "converted_on", "ethnicity", "phone")

    def __init__(self, scope: Scope, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["to"].scope = scope
        self.fields["on"].initial = clock.today

    def clean_dues_until(self) -> Any:
        """The month, as its first day."""
        day = self.cleaned_data["dues_until"]
        return day.replace(day=1) if day else None

    def letter(self) -> dict[str, Any]:
        """What is kept of the letter."""
        return {name: self.cleaned_data[name] for name in self.LETTER}

    def person(self) -> dict[str, Any]:
        """The fields of the member."""
        return {name: self.cleaned_data[name] for name in self.PERSON}


class TransferFilterForm(forms.Form):
    """Filters of the list."""

    side = forms.ChoiceField(required=False, choices=list(SIDES.items()), widget=forms.HiddenInput)
    q = forms.CharField(
        label="姓名或拼音首字母", required=False, max_length=64, widget=forms.TextInput(attrs={"type": "search"})
    )
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *TransferState.choices])
    year = forms.ChoiceField(label="年份", required=False)
    organization = OrganizationField(
        label="党组织", required=False, permission=Permission.VIEW_PARTY_WORK, help_text=""
    )

    def __init__(self, scope: Scope, data: Any = None) -> None:
        super().__init__(data)
        self.fields["organization"].scope = scope
        this_year = clock.today().year
        years = [(str(year), f"{year}年") for year in range(this_year, this_year - _YEARS_BACK, -1)]
        self.fields["year"].choices = [("", "全部"), *years]
