"""Forms for accounts made from the roster."""

from datetime import timedelta
from typing import Any

from django import forms

from branches.forms.fields import OrganizationField
from branches.permissions import Permission, Scope
from members.queries.accounts import UNUSED, WITHOUT
from members.rules.accounts import LoginStyle
from partybuild.lib import clock

USUAL_DAYS = 7
PRINT, WORKBOOK = "print", "workbook"
STYLES = [(LoginStyle.NAME.value, "姓名全拼"), (LoginStyle.NAME_AND_PHONE.value, "姓名全拼加手机号后四位")]
OUTPUTS = [(PRINT, "打印密码条"), (WORKBOOK, "下载 Excel 表")]


class PlaceFilterForm(forms.Form):
    """Filters of the list of those who have no account."""

    q = forms.CharField(
        label="姓名或拼音首字母", required=False, max_length=64, widget=forms.TextInput(attrs={"type": "search"})
    )
    organization = OrganizationField(label="党组织", required=False, permission=Permission.GRANT_POST, help_text="")
    state = forms.ChoiceField(
        label="范围", required=False, choices=[(WITHOUT, "没有账号的"), (UNUSED, "已有账号、从未登录的")]
    )

    def __init__(self, scope: Scope, data: Any = None) -> None:
        super().__init__(data)
        organization: Any = self.fields["organization"]
        organization.scope = scope

    def clean_state(self) -> str:
        return self.cleaned_data["state"] or WITHOUT


class AccountsForm(forms.Form):
    """Whom to give accounts, and how their first passwords are handed over."""

    marked = forms.TypedMultipleChoiceField(coerce=int, required=False)
    everybody = forms.BooleanField(label="符合条件的全部人员", required=False)
    style = forms.ChoiceField(label="登录名", choices=STYLES, initial=STYLES[0][0], widget=forms.RadioSelect)
    valid_until = forms.DateField(label="初始密码有效期至", help_text="逾期未登录的，可重新发放。")
    output = forms.ChoiceField(label="发放方式", choices=OUTPUTS, initial=PRINT, widget=forms.RadioSelect)

    def __init__(self, offered: Any, data: Any = None) -> None:
        super().__init__(data)
        marked: Any = self.fields["marked"]
        marked.choices = [(pk, pk) for pk in offered] if self.is_bound else []
        self.fields["valid_until"].initial = lambda: clock.today() + timedelta(days=USUAL_DAYS)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("everybody") and not data.get("marked") and "marked" not in self.errors:
            self.add_error(None, "请先勾选人员。")
        return data
