"""The working calendar, a year on a page."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from branches.permissions import Permission
from branches.views.access import Request, need
from office.actions.calendar import mark_days
from office.forms.calendar import DayMarkForm
from office.queries.calendar import is_known, months_of
from office.rules.calendar import FIRST_YEAR
from office.views.access import keeps_rules, require_keeper
from partybuild.lib import clock

YEARS_AHEAD = 2


@require_http_methods(["GET", "HEAD", "POST"])
@need(Permission.VIEW_RULES)
def calendar(request: Request) -> HttpResponse:
    """Twelve months with working days and days of rest; its keepers mark days."""
    form = None
    if request.method == "POST":
        require_keeper(request)
        form = DayMarkForm(request.POST)
        if form.is_valid() and _mark(request, form):
            return redirect(f"{reverse('office:calendar')}?year={form.cleaned_data['first'].year}")
    elif keeps_rules(request.scope):
        form = DayMarkForm(initial={"first": request.GET.get("day"), "mark": "rest"})
    return _page(request, form)


def _page(request: Request, form: DayMarkForm | None) -> HttpResponse:
    years = range(FIRST_YEAR, clock.today().year + YEARS_AHEAD + 1)
    asked = request.GET.get("year", "")
    year = int(asked) if asked in {str(year) for year in years} else clock.today().year
    months = months_of(year)
    context = {
        "year": year,
        "years": years,
        "months": months,
        "workdays": sum(month.workdays for month in months),
        "is_known": is_known(year),
        "form": form,
        "today": clock.today(),
    }
    return render(request, "office/calendar/year.html", context, status=422 if form and form.is_bound else 200)


def _mark(request: Request, form: DayMarkForm) -> bool:
    filled = form.cleaned_data
    first: date = filled["first"]
    try:
        count = mark_days(by=request.actor, first=first, last=filled["last"], mark=filled["mark"], note=filled["note"])
    except ValidationError as error:
        form.add_error(None, error)
        return False
    messages.success(request, f"已调整 {count} 天。已经下发的任务期限不变。")
    return True
