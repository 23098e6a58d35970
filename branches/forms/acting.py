"""Form of holding a post for another."""

from typing import Any

from django import forms
from django.conf import settings

from branches.models import Post, User
from branches.queries.acting import colleagues_of
from partybuild.lib import clock


class ColleagueField(forms.ModelChoiceField):
    """A colleague by name, with his login to tell namesakes apart."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}（{obj.login}）"


class ActingForm(forms.Form):
    """Who holds the post, from when to when, and why."""

    deputy = ColleagueField(label="代理人", queryset=User.objects.none(), empty_label="请选择同事")
    starts_on = forms.DateField(label="开始日期")
    ends_on = forms.DateField(label="结束日期")
    reason = forms.CharField(label="原因", max_length=200, help_text="例如：出差、休假、学习培训。")

    def __init__(self, post: Post, data: Any = None) -> None:
        super().__init__(data)
        self.fields["deputy"].queryset = colleagues_of(post)
        self.fields["starts_on"].initial = clock.today
        self.fields["ends_on"].help_text = f"到这一天为止，含当天，最长 {settings.ACTING_LONGEST_DAYS} 天。"
