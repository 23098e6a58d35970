"""The rule table: all rules, and one with its history and a form for its next value."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from branches.permissions import Permission
from branches.queries.audit import history_of
from branches.views.access import Request, need
from office.actions.rules import change_rule
from office.forms.rules import RuleChangeForm
from office.models import Rule
from office.queries.rules import earliest_change, rule_groups, versions_of
from office.views.access import keeps_rules, require_keeper
from partybuild.lib import clock
from partybuild.lib.dates import day_text


@require_safe
@need(Permission.VIEW_RULES)
def rule_list(request: Request) -> HttpResponse:
    """Every rule with what it says today and where that comes from."""
    return render(request, "office/rules/list.html", {"groups": rule_groups(clock.today())})


@require_http_methods(["GET", "HEAD", "POST"])
@need(Permission.VIEW_RULES)
def rule_detail(request: Request, code: str) -> HttpResponse:
    """One rule: its values over time; the keepers of the table give it a further one."""
    versions = versions_of(code)
    if not versions:
        raise Http404
    current = next((row for row, _ in versions if row.effective_from <= clock.today()), versions[-1][0])
    form = None
    if request.method == "POST":
        require_keeper(request)
        form = RuleChangeForm(request.POST, rule=current, earliest=earliest_change())
        if form.is_valid() and _change(request, form, current):
            return redirect("office:rule_detail", code=code)
    elif keeps_rules(request.scope):
        form = RuleChangeForm(rule=current, earliest=earliest_change())
    context = {
        "current": current,
        "versions": versions,
        "form": form,
        "today": clock.today(),
        "history": history_of(versions[0][0]),
    }
    return render(request, "office/rules/detail.html", context, status=422 if form and form.is_bound else 200)


def _change(request: Request, form: RuleChangeForm, current: Rule) -> bool:
    filled = form.cleaned_data
    try:
        rule = change_rule(
            by=request.actor,
            code=current.code,
            value=filled["value"],
            basis=filled["basis"],
            effective_from=filled["effective_from"],
            earliest=earliest_change(),
        )
    except ValidationError as error:
        form.add_error(None, error)
        return False
    messages.success(request, f"已保存，新的取值自{day_text(rule.effective_from)}起生效。")
    return True
