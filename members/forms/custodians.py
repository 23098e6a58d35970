"""Forms for naming custodians of restricted records."""

from typing import Any

from django import forms

from branches.models import Post
from members.enums import RestrictedKind
from partybuild.lib import clock


class CustodianFilterForm(forms.Form):
    """Filters of the list."""

    q = forms.CharField(
        label="姓名或党组织", required=False, max_length=64, widget=forms.TextInput(attrs={"type": "search"})
    )
    kind = forms.ChoiceField(label="记录类别", required=False, choices=[("", "全部"), *RestrictedKind.choices])
    state = forms.ChoiceField(
        label="状态", required=False, choices=[("", "全部"), ("in_force", "有效"), ("ended", "已结束")]
    )


class PostSearchForm(forms.Form):
    """Whose post is to be named."""

    q = forms.CharField(
        label="姓名或登录名", required=False, max_length=64, widget=forms.TextInput(attrs={"type": "search"})
    )


class PostChoiceField(forms.ModelChoiceField):
    """Posts with holder, place and role."""

    def label_from_instance(self, post: Post) -> str:
        return f"{post.user.name}　{post.organization} · {post.label}"


class CustodianForm(forms.Form):
    """Which post sees which kinds, from when until when."""

    post = PostChoiceField(Post.objects.none(), label="岗位", widget=forms.RadioSelect, empty_label=None)
    kinds = forms.MultipleChoiceField(
        label="可以查阅的记录", choices=RestrictedKind.choices, widget=forms.CheckboxSelectMultiple
    )
    starts_on = forms.DateField(label="开始日期")
    ends_on = forms.DateField(label="结束日期", required=False, help_text="不填表示长期有效，岗位结束时一并失效。")

    def __init__(self, posts: Any, data: Any = None) -> None:
        super().__init__(data)
        self.fields["post"].queryset = posts
        self.fields["starts_on"].initial = clock.today


class CustodianEndForm(forms.Form):
    """The last day."""

    ends_on = forms.DateField(label="最后一天", help_text="填写今天以前的日期，立即不能再查阅。")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["ends_on"].initial = clock.today
