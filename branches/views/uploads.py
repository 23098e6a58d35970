"""Importing a workbook in steps: upload and check, look, confirm, report. The floors above use the same steps."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.actions.imports import IMPORTER
from branches.actions.uploads import Importer, check_upload, confirm_upload, drop_upload, report_of
from branches.forms.refusals import add_refusal
from branches.forms.uploads import UploadForm
from branches.models import Organization, Upload
from branches.views.access import Request, View, need, require
from branches.views.workbooks import workbook_response
from partybuild.lib.workbook import OutColumn, Sheet, write_table


@dataclass(frozen=True)
class ImportPages:
    """The pages of one kind of workbook: its importer, words, and the names of its addresses."""

    importer: Importer
    title: str
    noun: str
    list_title: str
    list_url: str
    import_url: str
    prefix: str
    hints: tuple[str, ...] = ()

    def url(self, step: str, upload: Upload) -> str:
        return reverse(f"{self.prefix}{step}", args=[upload.token])

    @property
    def template_url(self) -> str:
        return f"{self.import_url}_template"


def import_view(pages: ImportPages) -> View:
    """The form, and the check of what was sent by it."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @need(pages.importer.permission)
    def view(request: Request) -> HttpResponse:
        form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
        under = _own_organization(request)
        if form.is_valid():
            try:
                upload = check_upload(
                    by=request.actor, importer=pages.importer, under=under, file=form.cleaned_data["file"],
                    name=form.cleaned_data["file"].name, all_or_nothing=form.cleaned_data["all_or_nothing"],
                )  # fmt: skip
                return redirect(pages.url("detail", upload))
            except ValidationError as error:
                add_refusal(form, error)
        context = {"pages": pages, "form": form, "under": under, "columns": pages.importer.columns}
        return render(request, "branches/uploads/form.html", context, status=422 if form.is_bound else 200)

    return view


def template_view(pages: ImportPages) -> View:
    """An empty workbook with our headings, and how to fill it in."""

    @require_safe
    @need(pages.importer.permission)
    def view(request: Request) -> HttpResponseBase:
        importer, file = pages.importer, BytesIO()
        columns = [column for column in importer.columns if column.field not in importer.not_taken]
        headings = [OutColumn(column.title, 16) for column in columns]
        examples = dict(zip((column.field for column in importer.columns), importer.example, strict=True))
        lines = [
            (column.title, "必填" if column.required else "", examples[column.field], "、".join(column.synonyms))
            for column in columns
        ]
        guide = Sheet("填写说明", ("列名", "要求", "填写示例", "也可以写作"), lines)
        write_table(file, [Sheet(pages.noun, headings, [], title=f"{pages.noun}导入表"), guide])
        return workbook_response(file, f"{pages.noun}导入模板.xlsx")

    return view


def detail_view(pages: ImportPages) -> View:
    """What the check found; after the import what became of it."""

    @require_safe
    @need(pages.importer.permission)
    def view(request: Request, token: str) -> HttpResponse:
        upload = _own_upload(request, pages, token)
        return _detail(request, pages, upload)

    return view


def confirm_view(pages: ImportPages) -> View:
    """The import itself; a second click finds it done."""

    @require_POST
    @need(pages.importer.permission)
    def view(request: Request, token: str) -> HttpResponse:
        upload = _own_upload(request, pages, token)
        try:
            confirm_upload(by=request.actor, importer=pages.importer, upload=upload)
        except ValidationError as error:
            return _detail(request, pages, upload, refusal="".join(error.messages))
        return redirect(pages.url("detail", upload))

    return view


def drop_view(pages: ImportPages) -> View:
    """Gives up what was checked."""

    @require_POST
    @need(pages.importer.permission)
    def view(request: Request, token: str) -> HttpResponse:
        upload = _own_upload(request, pages, token)
        drop_upload(by=request.actor, importer=pages.importer, upload=upload)
        messages.success(request, "已放弃导入，文件已删除。")
        return redirect(pages.import_url)

    return view


def report_view(pages: ImportPages) -> View:
    """The rows that fail with their reasons, to be corrected and sent again."""

    @require_safe
    @need(pages.importer.permission)
    def view(request: Request, token: str) -> HttpResponseBase:
        path = report_of(_own_upload(request, pages, token))
        if not path.exists():
            raise Http404
        file = path.open("rb")
        return workbook_response(file, f"{pages.noun}未导入的行.xlsx")

    return view


def _detail(request: Request, pages: ImportPages, upload: Upload, refusal: str = "") -> HttpResponse:
    result: dict[str, Any] = upload.result
    context = {
        "pages": pages,
        "upload": upload,
        "result": result,
        "refusal": refusal,
        "has_report": report_of(upload).exists(),
        "guesses": [one for sheet in result.get("sheets", []) for one in sheet["headings"] if one["is_guess"]],
        "is_taken": result.get("created", 0) + result.get("updated", 0),
        "stops": upload.all_or_nothing and result.get("failed", 0),
        "urls": {step: pages.url(step, upload) for step in ("confirm", "drop", "report")},
    }
    return render(request, "branches/uploads/detail.html", context, status=422 if refusal else 200)


def _own_organization(request: Request) -> Organization:
    """What one imports goes below the organisation of one's post."""
    assert request.scope.grant is not None
    return get_object_or_404(Organization, pk=request.scope.grant.organization_id)


def _own_upload(request: Request, pages: ImportPages, token: str) -> Upload:
    """Only the one who sent a workbook sees it, and only while he may import there."""
    uploads = Upload.objects.select_related("organization")
    upload = get_object_or_404(uploads, token=token, user=request.user, kind=pages.importer.kind)
    require(request, pages.importer.permission, upload.organization)
    return upload


@dataclass(frozen=True)
class Step:
    """One of these views, and where its address stands below that of the import."""

    tail: str
    name: str
    view: View


def steps(pages: ImportPages) -> tuple[Step, ...]:
    """All views of one kind of workbook, with their names inside the app."""
    start, prefix = (name.partition(":")[2] for name in (pages.import_url, pages.prefix))
    return (
        Step("", start, import_view(pages)),
        Step("template/", f"{start}_template", template_view(pages)),
        Step("<uuid:token>/", f"{prefix}detail", detail_view(pages)),
        Step("<uuid:token>/confirm/", f"{prefix}confirm", confirm_view(pages)),
        Step("<uuid:token>/drop/", f"{prefix}drop", drop_view(pages)),
        Step("<uuid:token>/report/", f"{prefix}report", report_view(pages)),
    )


ORGANIZATION_STEPS = steps(
    ImportPages(
        importer=IMPORTER,
        title="导入党组织",
        noun="党组织",
        list_title="党组织",
        list_url="branches:organization_list",
        import_url="branches:organization_import",
        prefix="branches:upload_",
        hints=(
            "上下级的先后不限：上级党组织可以排在后面。",
            "有编码的按编码对应已有党组织，没有编码的按名称和上级党组织对应；空白的单元格不改动已有内容。",
            "书记、任命时间、换届时间等列不在这里导入：职务请在党员名册中登记，任期请在换届台账中导入。",
        ),
    )
)
