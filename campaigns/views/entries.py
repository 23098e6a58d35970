"""Entries (个人报送): a member's own page, the branch's list, for many at once."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.enums import Role
from branches.models import Organization
from branches.permissions import Permission
from branches.queries.audit import history_of
from branches.views.access import Request, need, own_or_404, visible_or_404
from branches.views.pages import Book, ListPage, data_of, export_list, files_of, show_list
from campaigns.actions import entries as actions
from campaigns.forms.entries import ENTRY_STATES, BranchEntryForm, EntryFilterForm, EntryForm, EntryMoveForm
from campaigns.models import Entry, EntryFile
from campaigns.queries import entries as queries
from campaigns.queries.entry_credits import credited
from campaigns.queries.work_rights import does, is_self
from campaigns.rules.entries import EDITABLE, ENTRY_MOVES
from campaigns.rules.work_moves import verbs_in
from campaigns.views.work_pages import act, allowed_move, ask, verb_forms
from members.models import Member
from office.views.files import file_response

COLUMNS = (
    "序号", "党支部", "姓名", "类别", "日期", "书名或事项", "学习形式", "学时", "心得或情况", "状态", "退回或作废原因",
)  # fmt: skip
ENTRIES = ListPage(
    heading="个人报送",
    template="campaigns/entries/list.html",
    url_name="campaigns:entry_list",
    book=Book(url_name="campaigns:entry_export", columns=COLUMNS),
    new_name="campaigns:entry_new",
    new_label="报送",
    empty="读书心得、廉洁承诺书、外出学习和社区服务登记在这里，自动计入有关任务。",
)


@require_safe
@need(Permission.VIEW_WORK)
def entry_list(request: Request) -> HttpResponse:
    """The entries of the scope, filtered; a member sees his own."""
    form, scope = EntryFilterForm(request.scope, request.GET, states=ENTRY_STATES), request.scope
    may_do = scope.holds(Permission.DO_WORK)
    return show_list(
        request, ENTRIES, form, queries.entries_for, may_add=may_do or scope.holds(Permission.TAKE_PART),
        may_import=may_do, is_own=scope.role == Role.MEMBER,
    )  # fmt: skip


@require_safe
@need(Permission.VIEW_WORK)
def entry_export(request: Request) -> HttpResponseBase:
    """The list as it is filtered, as a workbook."""
    form = EntryFilterForm(request.scope, request.GET, states=ENTRY_STATES)
    return export_list(request, ENTRIES, form, queries.entries_for, queries.export_rows)


@require_http_methods(["GET", "HEAD", "POST"])
@need(Permission.DO_WORK, Permission.TAKE_PART)
def entry_new(request: Request) -> HttpResponse:
    """A member enters his own; the branch enters the same for many at once."""
    own = own_or_404(request)
    is_branch, kind, page = does(request.scope, own), request.GET.get("kind", ""), reverse(ENTRIES.url_name)
    data, files = data_of(request), files_of(request)
    form = BranchEntryForm(own, data, files, kind=kind) if is_branch else EntryForm(data, files, kind=kind)
    return ask(
        request, form, lambda values: _enter(request, own, form, is_branch),
        done=_told, to=page,
        title="为党员报送" if is_branch else "报送", back_url=page, back_label=ENTRIES.heading,
    )  # fmt: skip


def _told(made: Sequence[Entry]) -> str:
    """How many were made, and at once why they do not count: all of them say the same."""
    if not made:
        return "已经报送过，没有重复登记。"
    reason = queries.refusal_of(made[0])
    return f"已报送 {len(made)} 条。" + (f"暂不计入任务：{reason}请打开后修改。" if reason else "")


@require_safe
@need(Permission.VIEW_WORK)
def entry_detail(request: Request, pk: int) -> HttpResponse:
    """One entry: what it says, what it counts for and why not, what may be done with it."""
    entry = _entry(request, pk)
    may_do, may_lead = _rights(request, entry)
    verbs = verbs_in(ENTRY_MOVES, entry.state, does=may_do, leads=may_lead)
    context = {
        "entry": entry,
        "files": list(entry.files.select_related("file")),
        "credits": credited(entry, request.scope),
        "may_edit": may_do and entry.state in EDITABLE,
        "verbs": verb_forms(ENTRY_MOVES, verbs, "campaigns:entry_act", pk, dict.fromkeys(verbs, EntryMoveForm)),
        "history": history_of(entry),
    }
    return render(request, "campaigns/entries/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@need(Permission.DO_WORK, Permission.TAKE_PART)
def entry_edit(request: Request, pk: int) -> HttpResponse:
    """Change what was entered; one that was sent back is filed again by that."""
    entry = _entry(request, pk)
    if not _rights(request, entry)[0]:
        raise PermissionDenied
    form, page = EntryForm(data_of(request), files_of(request), entry=entry), queries.entry_url(pk)
    return ask(
        request, form,
        lambda values: actions.correct(by=request.actor, entry=entry, draft=form.draft(), uploads=values["files"]),
        done="已保存。", to=page, title="修改报送", back_url=page, back_label=entry.title, note=entry.remark,
    )  # fmt: skip


@require_POST
@need(Permission.DO_WORK, Permission.TAKE_PART)
def entry_act(request: Request, pk: int, verb: str) -> HttpResponse:
    """Do one of the verbs of the table."""
    entry = _entry(request, pk)
    may_do, may_lead = _rights(request, entry)
    wanted = allowed_move(ENTRY_MOVES, verb, does=may_do, leads=may_lead)
    return act(
        request, wanted, lambda **given: actions.move_entry(by=request.actor, entry=entry, verb=verb, **given),
        of=entry.title, to=queries.entry_url(pk), kind=EntryMoveForm,
    )  # fmt: skip


@require_safe
@need(Permission.VIEW_WORK)
def entry_file(request: Request, pk: int) -> HttpResponseBase:
    """A file of an entry."""
    found = get_object_or_404(EntryFile.objects.filter(entry__in=Entry.objects.visible_to(request.scope)), pk=pk)
    return file_response(request, found.file, found.name)


def _enter(request: Request, own: Organization, form: EntryForm, is_branch: bool) -> Any:
    if is_branch:
        members = list(form.cleaned_data["members"])
    else:
        members = list(Member.objects.filter(pk=request.scope.member_id or 0))
        if not members:
            raise ValidationError("当前账号没有对应的党员，请联系党支部。")
    return actions.enter(
        by=request.actor, organization=own, members=members, draft=form.draft(),
        uploads=form.cleaned_data["files"], is_confirmed=is_branch,
    )  # fmt: skip


def _rights(request: Request, entry: Entry) -> tuple[bool, bool]:
    """Who writes it (the member or his branch), and who confirms it (the branch)."""
    branch = does(request.scope, entry.organization)
    return branch or is_self(request.scope, entry.member_id), branch


def _entry(request: Request, pk: int) -> Entry:
    rows = Entry.objects.select_related("organization", "member", "filed_by")
    entry: Entry = visible_or_404(rows, request, pk=pk)
    return entry
