"""The home page of each role."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from assessments.queries.rounds import waiting_sheets
from branches.actions.todo_marks import keep_todo
from branches.enums import Role
from branches.models import Organization
from branches.queries.audit import entries_for, with_names
from branches.views.access import Request, signed_in
from campaigns.queries import counts, todo
from desk.queries import homes
from desk.queries.board import OVERDUE_SHOWN
from desk.queries.figures import Selection, by_unit, overdue_assignments
from desk.queries.records import records_in
from desk.queries.waiting import waiting_for
from desk.rules.boards import behind
from desk.rules.figures import total
from desk.rules.homes import month_figure, open_items
from desk.rules.windows import window_of
from desk.views.links import Links
from members.rules.registers import Waiting
from office.queries.health import missing_parts
from office.queries.rules import rule_table
from partybuild.lib import clock, periods
from partybuild.lib.htmx import render_page_or_fragment
from partybuild.lib.periods import PeriodKind

Home = Callable[[Request], HttpResponse]
SHOWN = {"progress": 10, "targets": 6, "units": 5, "entries": 8, "records": 6}
RECENT_DAYS = 92


@require_safe
@signed_in
def home(request: Request) -> HttpResponse:
    """Where everybody starts: what is to be done by the post in use."""
    role = request.scope.role
    return _HOMES[role](request) if role else render(request, "desk/homes/nobody.html")


def _own(request: Request) -> Organization:
    assert request.scope.grant is not None  # a role comes with a post
    return Organization.objects.get(pk=request.scope.grant.organization_id)


def _tasks(organization: Organization) -> dict[str, Any]:
    """What an organisation itself has to do."""
    today = clock.today()
    return {"due": todo.due_soon(organization, today), "returned": todo.returned(organization), "today": today}


def secretary_home(request: Request) -> HttpResponse:
    """Due, returned, this month, this year; how much filling in was saved; new documents."""
    organization, today = _own(request), clock.today()
    month = periods.containing(PeriodKind.MONTH, today)
    progress = todo.month_progress(organization, month, today)
    targets = todo.year_targets(organization, today.year, today)
    context = {
        **_tasks(organization),
        "waiting": _waiting(request),
        "month": month,
        "figure": month_figure(progress, today),
        "progress": progress[: SHOWN["progress"]],
        "progress_total": len(progress),
        "progress_done": len(progress) - len(open_items(progress)),
        "targets": targets[: SHOWN["targets"]],
        "targets_more": len(targets) > SHOWN["targets"],
        "saving": homes.saving_of(organization, month),
        "documents": homes.new_documents(request.scope),
    }
    return render(request, "desk/homes/secretary.html", context)


def staff_home(request: Request) -> HttpResponse:
    """What waits for the office: review, dispatch, what runs late below, own tasks, rounds, documents."""
    organization, scope = _own(request), request.scope
    window = window_of("", clock.today())
    selection = Selection(organization.path, window)
    units = by_unit(selection)
    run, pieces_done = homes.dispatch_of(window.period)
    context = {
        **_tasks(organization),
        "waiting": _waiting(request),
        "window": window,
        "reviews": counts.records_to_review(scope) or 0,
        "now": total(line.figures for line in units),
        "units": behind(units)[: SHOWN["units"]],
        "links": Links(selection, "").all(),
        "run": run,
        "pieces_done": pieces_done,
        "sheets": waiting_sheets(scope, window.today)[: SHOWN["units"]],
        "drafts": homes.unissued_documents(scope),
        "documents": homes.new_documents(scope),
    }
    return render(request, "desk/homes/staff.html", context)


def leader_home(request: Request) -> HttpResponse:
    """A leader starts at the board."""
    return redirect("desk:board")


def inspector_home(request: Request) -> HttpResponse:
    """The quarter's figures, and what has been overdue longest."""
    organization = _own(request)
    selection = Selection(organization.path, window_of(_quarter(), clock.today()))
    units = by_unit(selection)
    context = {
        "window": selection.window,
        "now": total(line.figures for line in units),
        "units": behind(units)[: SHOWN["units"]],
        "overdue": overdue_assignments(selection, 2 * OVERDUE_SHOWN),
        "links": Links(selection, "").all(),
        "documents": homes.new_documents(request.scope),
    }
    return render(request, "desk/homes/inspector.html", context)


def member_home(request: Request) -> HttpResponse:
    """What one's branch held, one's own attendance and study, and what was issued."""
    organization, today = _own(request), clock.today()
    wanted = rule_table(today).dict(f"target.{homes.STUDY}")["at_least"]
    member_id = request.scope.member_id
    year = homes.member_year(member_id, today.year, Decimal(wanted)) if member_id else None
    context = {
        "organization": organization,
        "waiting": _waiting(request),
        "year": year,
        "today": today,
        "records": records_in(
            request.scope, organization, today - timedelta(days=RECENT_DAYS), today, SHOWN["records"]
        ),
        "documents": homes.new_documents(request.scope),
    }
    return render(request, "desk/homes/member.html", context)


def officer_home(request: Request) -> HttpResponse:
    """Accounts, services and the trail, each for the officer whose they are."""
    scope, now = request.scope, clock.now()
    is_auditor = scope.role == Role.AUDITOR
    entries = entries_for(scope)
    context = {
        "role": scope.role,
        "accounts": None if is_auditor else homes.accounts_of(scope, now.date()),
        "missing": missing_parts() if scope.role == Role.SYSADMIN else None,
        "entries": with_names(list(entries[: SHOWN["entries"]])) if is_auditor else [],
        "refused": homes.refused_lately(entries, now) if is_auditor else 0,
    }
    return render(request, "desk/homes/officer.html", context)


@require_safe
@signed_in
def todo_list(request: Request) -> HttpResponse:
    """All that waits for the post in use; the top bar of other pages asks for the count."""
    context = {"waiting": _waiting(request)}
    return render_page_or_fragment(request, "desk/homes/todo.html", "frame/_todo.html", "todo", context)


def _waiting(request: Request) -> list[Waiting]:
    """What waits; the top bar shows the same count."""
    found = waiting_for(request.scope)
    keep_todo(request, sum(each.count for each in found))
    return found


def _quarter() -> str:
    return periods.containing(PeriodKind.QUARTER, clock.today()).key


_HOMES: dict[Role, Home] = {
    Role.SECRETARY: secretary_home,
    Role.STAFF: staff_home,
    Role.LEADER: leader_home,
    Role.INSPECTOR: inspector_home,
    Role.MEMBER: member_home,
    Role.SYSADMIN: officer_home,
    Role.SECADMIN: officer_home,
    Role.AUDITOR: officer_home,
}
