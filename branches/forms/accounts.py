"""Forms for signing in, passwords, accounts and posts."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from branches.enums import Role
from branches.forms.fields import OrganizationField
from branches.models import User
from branches.permissions import Permission, Scope
from branches.queries.accounts import IDLE, IDLE_DAYS, UNUSED
from branches.queries.passwords import password_help
from branches.rules.passwords import is_spent
from partybuild.lib import clock
from partybuild.lib.identity import IdentityError, read_mobile

WRONG_LOGIN = "登录名或密码不正确。连续输错 5 次，将暂停登录 10 分钟。"
LONGEST_LOGIN = 64


class LoginForm(AuthenticationForm):
    """Login name and password; the same words whatever is wrong."""

    error_messages = {"invalid_login": WRONG_LOGIN, "inactive": WRONG_LOGIN}
    username = forms.CharField(
        label="登录名",
        max_length=LONGEST_LOGIN,
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label="密码",
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def tried_login(self) -> str:
        """The login whose password is about to be looked at; empty when what was sent is refused before."""
        login, password = self.data.get("username", "").strip(), self.data.get("password", "")
        is_login = 0 < len(login) <= LONGEST_LOGIN and "\0" not in login + password
        return login if is_login and password else ""

    def confirm_login_allowed(self, user: Any) -> None:
        """A first password opens one session only, and only for some days."""
        super().confirm_login_allowed(user)
        if is_spent(user.first_password_until, clock.now()):
            raise self.get_invalid_login_error()


class PasswordForm(forms.Form):
    """The password in use, and the new one twice."""

    current = forms.CharField(
        label="当前密码",
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )
    password = forms.CharField(
        label="新密码",
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    repeated = forms.CharField(
        label="再输入一次新密码",
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, user: User, data: Any = None) -> None:
        super().__init__(data)
        self.user = user
        self.fields["password"].help_text = password_help()

    def clean_current(self) -> str:
        current = self.cleaned_data["current"]
        if not self.user.check_password(current):
            raise ValidationError("当前密码不正确。")
        return current

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        password, repeated = data.get("password"), data.get("repeated")
        if password and repeated and password != repeated:
            self.add_error("repeated", "两次输入的新密码不一致。")
        if password and password == data.get("current"):
            self.add_error("password", "新密码不能与当前密码相同。")
        return data


class PasswordAgainForm(forms.Form):
    """The password of who is signed in, once more."""

    again = forms.CharField(
        label="登录密码",
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )

    def __init__(self, user: User, data: Any = None) -> None:
        super().__init__(data)
        self.user = user

    def clean_again(self) -> str:
        again = self.cleaned_data["again"]
        if not self.user.check_password(again):
            raise ValidationError("密码不正确。")
        return again


class CodeForm(forms.Form):
    """A one-time code, or a recovery code."""

    code = forms.CharField(
        label="动态口令",
        max_length=32,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}),
    )


class AccountForm(forms.Form):
    """A new account; its first password is made by the portal."""

    login = forms.CharField(
        label="登录名", max_length=64, min_length=2, help_text="用于登录，建立后不能修改。建议用姓名全拼或工号。"
    )
    name = forms.CharField(label="姓名", max_length=64)
    organization = OrganizationField(label="所属党组织", permission=Permission.MANAGE_ACCOUNT)
    phone = forms.CharField(label="手机号码", max_length=20, required=False)

    def __init__(self, scope: Scope, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["organization"].scope = scope

    def clean_login(self) -> str:
        login = self.cleaned_data["login"]
        if User.objects.filter(login=login).exists():
            raise ValidationError("该登录名已被使用，请换一个。")
        return login

    def clean_phone(self) -> str:
        phone = self.cleaned_data["phone"]
        try:
            return read_mobile(phone) if phone else ""
        except IdentityError as error:
            raise ValidationError(f"{error}。") from error


class PostForm(forms.Form):
    """A post for an account: where, as what, from when."""

    organization = OrganizationField(label="党组织", permission=Permission.GRANT_POST)
    role = forms.ChoiceField(label="岗位", choices=Role.choices, widget=forms.RadioSelect)
    title = forms.CharField(
        label="岗位名称", max_length=64, required=False, help_text="例如：组织委员、联络员。不填时显示岗位。"
    )
    starts_on = forms.DateField(label="开始日期")
    ends_on = forms.DateField(label="结束日期", required=False, help_text="到这一天为止，含当天。长期有效的不填。")

    def __init__(self, scope: Scope, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["organization"].scope = scope
        self.fields["starts_on"].initial = clock.today

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts_on, ends_on = data.get("starts_on"), data.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "结束日期不能早于开始日期。")
        return data


class PostEndForm(forms.Form):
    """The last day of a post."""

    ends_on = forms.DateField(label="结束日期", help_text="填今天或更早的日期，权限立即收回。")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["ends_on"].initial = clock.today


STATUSES = [
    ("", "全部"),
    ("active", "启用"),
    ("disabled", "停用"),
    (UNUSED, "从未登录"),
    (IDLE, f"{IDLE_DAYS} 天未登录"),
]


class AccountFilterForm(forms.Form):
    """Filters of the list of accounts."""

    q = forms.CharField(label="姓名或登录名", required=False, max_length=64)
    role = forms.ChoiceField(label="岗位", required=False, choices=[("", "全部"), *Role.choices])
    status = forms.ChoiceField(label="状态", required=False, choices=STATUSES)
