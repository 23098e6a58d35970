"""Removing the personal data of a former member: what goes and what stays, then the typed name."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from branches.forms.refusals import add_refusal
from branches.permissions import Permission
from branches.views.access import Request, need, require
from desk.actions.anonymising import anonymise_from, anonymise_member
from desk.forms.anonymising import AnonymiseForm
from members.models import Member
from members.views.members import former_or_404
from partybuild.lib import clock
from partybuild.lib.dates import day_text


@need(Permission.APPROVE_PARTY_WORK)
def member_anonymise(request: Request, pk: int) -> HttpResponse:
    """Preview and do it."""
    member, place = former_or_404(request, pk)
    require(request, Permission.APPROVE_PARTY_WORK, place.organization)
    if member.anonymised_on is not None:
        raise PermissionDenied
    form = AnonymiseForm(member.name, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            anonymise_member(by=request.actor, member=member)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已隐去个人信息，统计数字不变。")
            return redirect("members:member_detail", pk=pk)
    return _ask(request, form, member)


def _ask(request: Request, form: forms.Form, member: Member) -> HttpResponse:
    first = anonymise_from(member, clock.today())
    context = {
        "title": f"隐去{member}的个人信息",
        "question": "隐去后不能恢复。",
        "danger": True,
        "facts": [
            ("将清除", "姓名、身份证号、电话、住址、籍贯、出生日期、工作岗位、备注、账号"),
            (
                "将清除的文字",
                "组织关系转接、发展党员档案、党费核定、谈话和办理事项、限定查阅的记录、关怀帮扶、听取意见、意见建议、"
                "更正申请、查找记录、承诺和申报中关于本人的文字，以及发展党员、限定记录、办理事项的材料文件",
            ),
            (
                "将保留",
                "性别、学历、入党和转正时间；所在党支部和职务的起止、参加活动、表决和党费的数字，用于各年度的统计",
            ),
            (
                "不能清除",
                "会议记录等党组织自己的记录正文、已印发的公文、已发出的提醒和审计记录中出现的姓名，按档案和审计要求保存",
            ),
            ("最早日期", day_text(first) if first else "—"),
        ],
        "form": form,
        "verb": "隐去个人信息",
        "cancel_url": reverse("members:member_detail", args=[member.pk]),
    }
    return render(request, "confirm.html", context, status=422 if form.is_bound else 200)
