"""Accounts from the roster: chosen on a list, handed over on slips that are shown once."""

from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.shortcuts import render

from branches.actions.exports import record_export
from branches.forms.refusals import add_refusal
from branches.permissions import Permission
from branches.views.access import Request, need
from branches.views.again import password_again
from branches.views.lists import chosen, page_of
from branches.views.workbooks import workbook_response
from members.actions.accounts import MOST_AT_ONCE, Slip, create_member_accounts, renew_first_passwords
from members.forms.accounts import WORKBOOK, AccountsForm, PlaceFilterForm
from members.models import Membership
from members.queries.accounts import UNUSED, places_for_accounts
from partybuild.lib import clock
from partybuild.lib.workbook import Sheet, write_table

COLUMNS = ("序号", "姓名", "党组织", "岗位", "登录名", "初始密码", "有效期至")


@need(Permission.GRANT_POST)
@password_again
def account_slips(request: Request) -> HttpResponseBase:
    """Who has no account yet; for those chosen, accounts with posts, and their first passwords on the answer alone."""
    filters_form = PlaceFilterForm(request.scope, request.GET)
    filters = chosen(filters_form)
    places = Membership.objects.none()
    if filters is not None and request.scope.holds(Permission.MANAGE_ACCOUNT):
        places = places_for_accounts(request.scope, clock.today(), **filters)
    renews = filters is not None and filters["state"] == UNUSED
    form = AccountsForm(
        places.values_list("pk", flat=True) if request.method == "POST" else (),
        request.POST if request.method == "POST" else None,
    )
    if request.method == "POST" and form.is_valid():
        try:
            slips = _made(request, form.cleaned_data, places, renews=renews)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            return _handed_over(request, slips, form.cleaned_data["output"])
    context = {
        "form": form, "filters": filters_form, "page": page_of(request, places), "renews": renews, "most": MOST_AT_ONCE,
    }  # fmt: skip
    status = 422 if form.is_bound or filters is None else 200
    return render(request, "members/accounts/list.html", context, status=status)


def _made(request: Request, data: dict[str, Any], places: Any, *, renews: bool) -> list[Slip]:
    wanted = places if data["everybody"] else places.filter(pk__in=data["marked"])
    if renews:
        return renew_first_passwords(by=request.actor, places=wanted, valid_until=data["valid_until"])
    return create_member_accounts(by=request.actor, places=wanted, valid_until=data["valid_until"], style=data["style"])


def _handed_over(request: Request, slips: list[Slip], output: str) -> HttpResponseBase:
    record_export(by=request.actor, what="初始密码", count=len(slips))
    if output != WORKBOOK:
        context = {"slips": slips, "site": request.build_absolute_uri("/")}
        answer = render(request, "members/accounts/slips.html", context)
        answer["Cache-Control"] = "no-store"
        return answer
    file = BytesIO()
    rows = [
        (number, slip.name, slip.organization, slip.role, slip.login, slip.password, slip.valid_until)
        for number, slip in enumerate(slips, 1)
    ]
    note = "初始密码只能登录一次，登录后须立即修改。请逐人告知，用后删除本表。"
    write_table(file, [Sheet("初始密码", COLUMNS, rows, title="账号初始密码", note=note)])
    return workbook_response(file, f"账号初始密码{clock.today():%Y%m%d}.xlsx")
