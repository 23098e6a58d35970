"""发展党员 (O05): the list of files, a new one, the page of one with its 25 steps, its printed form."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from django.apps import apps
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from branches.actions.exports import record_export
from branches.enums import OrganizationKind
from branches.forms.refusals import add_refusal
from branches.models import Organization
from branches.permissions import Permission
from branches.queries.audit import history_of
from branches.views.access import Request, need, require, visible_or_404
from branches.views.lists import chosen, page_of
from branches.views.workbooks import workbook_response
from members.actions.development.files import open_file
from members.forms.development import FileFilterForm, FileForm, applicants
from members.models import DevelopmentFile
from members.models.development import DevelopmentFileQuerySet
from members.queries.development import DEFAULT_SORT, LATE, file_list, whole_files
from members.queries.development_pages import file_page
from partybuild.lib import clock
from partybuild.lib.workbook import Sheet, write_table

COLUMNS = (
    "序号", "姓名", "性别", "出生日期", "学历", "工作岗位", "党支部", "申请日期", "阶段", "下一步", "待办方",
    "最近期限", "期限事项", "情况", "办结日期",
)  # fmt: skip


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def development_list(request: Request) -> HttpResponse:
    """Files of the scope, those with the nearest deadline first."""
    form = FileFilterForm(request.scope, request.GET)
    files = _filtered(request, form)
    context = {
        "form": form,
        "page": page_of(request, DevelopmentFile.objects.none() if files is None else files),
        "default_sort": DEFAULT_SORT,
        "late": file_list(request.scope, due=LATE).count(),
        "today": clock.today(),
        "can_manage": request.scope.holds(Permission.MANAGE_PARTY_WORK),
    }
    return render(request, "members/development/list.html", context, status=422 if files is None else 200)


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def development_export(request: Request) -> HttpResponseBase:
    """The list as it is filtered, as a workbook."""
    files = _filtered(request, FileFilterForm(request.scope, request.GET))
    if files is None:
        return render(request, "400.html", status=400)
    file = BytesIO()
    count = write_table(file, [Sheet("发展党员", COLUMNS, _rows(files), title="发展党员工作台账")])
    record_export(by=request.actor, what="发展党员台账", count=count)
    return workbook_response(file, f"发展党员台账{clock.today():%Y%m%d}.xlsx")


@need(Permission.MANAGE_PARTY_WORK)
def development_new(request: Request) -> HttpResponse:
    """Begin a file with an application."""
    form = FileForm(
        request.scope, applicants(request.scope), request.POST if request.method == "POST" else None,
        initial={"organization": _own_branch(request)},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            file = open_file(by=request.actor, **form.given())
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, f"已为{file.member}建立发展党员档案。")
            return redirect("members:development_detail", pk=file.pk)
    return render(request, "members/development/form.html", {"form": form}, status=422 if form.is_bound else 200)


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def development_detail(request: Request, pk: int) -> HttpResponse:
    """One file: five stages, 25 steps, what comes next and what is missing."""
    file = file_or_404(request, pk)
    can_manage = request.scope.allows(Permission.MANAGE_PARTY_WORK, file.organization)
    context = {
        "file": file,
        "sheet": file_page(file, request.scope),
        "step_url": _step_url(),
        "can_manage": can_manage and file.is_open,
        "can_open_papers": can_manage or request.scope.allows(Permission.APPROVE_PARTY_WORK, file.organization),
        "history": history_of(file) if can_manage else None,
    }
    return render(request, "members/development/detail.html", context)


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def development_print(request: Request, pk: int) -> HttpResponse:
    """The whole course of a file as a table for printing (全程纪实表)."""
    file = file_or_404(request, pk)
    return render(request, "members/development/print.html", {"file": file, "sheet": file_page(file, request.scope)})


def file_or_404(request: Request, pk: int, permission: Permission = Permission.VIEW_PARTY_WORK) -> DevelopmentFile:
    """A file of the scope with all that belongs to it, if the right holds at its branch."""
    file: DevelopmentFile = visible_or_404(
        whole_files(DevelopmentFile.objects.visible_to(request.scope)), request, pk=pk
    )
    require(request, permission, file.organization)
    return file


def _filtered(request: Request, form: FileFilterForm) -> DevelopmentFileQuerySet | None:
    filters = chosen(form)
    if filters is None:
        return None
    return file_list(request.scope, sort=request.GET.get("sort", DEFAULT_SORT), **filters)


def _rows(files: DevelopmentFileQuerySet) -> Iterator[list[Any]]:
    for number, file in enumerate(files, 1):
        member, step, due = file.member, file.next_step, file.due_step
        yield [
            number, member.name, member.get_sex_display(), member.born_on, member.education, member.job,
            file.organization.name, file.opened_on, file.stage_label, step.label if step else None,
            file.get_waits_for_display() or None, file.due_on, due.label if due else None, file.get_outcome_display(),
            file.closed_on,
        ]  # fmt: skip


def _own_branch(request: Request) -> Organization | None:
    reached = Organization.objects.visible_to(request.scope, Permission.MANAGE_PARTY_WORK)
    own = reached.filter(path=request.scope.grant.path) if request.scope.grant else reached.none()
    return own.filter(kind=OrganizationKind.BRANCH).first()


def _step_url() -> str:
    """The name of the page on which a step is taken: the floor above has it (``development_step_url``)."""
    return next(name for config in apps.get_app_configs() if (name := getattr(config, "development_step_url", "")))
