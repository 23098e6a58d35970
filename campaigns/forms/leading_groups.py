"""A seat of a leading group."""

from django import forms
from django.core.exceptions import ValidationError

from branches.models import User


class SeatForm(forms.Form):
    """Office, holder, and his account where he works in the portal."""

    role = forms.CharField(label="职责", max_length=32, help_text="组长、副组长、成员、办公室或者牵头单位。")
    holder = forms.CharField(label="担任", max_length=128, help_text="姓名或者单位名称。")
    user = forms.CharField(label="账号", max_length=150, required=False, help_text="在平台上办理工作的，填写登录名。")
    runs_campaign = forms.BooleanField(
        label="承担办公室工作", required=False, help_text="可以编辑本活动的任务和时间节点，与发布单位的工作人员相同。"
    )

    def clean_user(self) -> User | None:
        """The account of the login; it must be in use."""
        login = self.cleaned_data["user"].strip()
        if not login:
            return None
        found = User.objects.filter(login=login, is_active=True).first()
        if found is None:
            raise ValidationError("没有这个账号，或者账号已停用。")
        return found
