"""The steps of an import in the browser: check, look, confirm, report."""

from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from branches.actions.uploads import report_of, source_of
from branches.models import AuditEntry, Organization, Upload
from tests.factories.branches import CommitteeFactory, OrganizationFactory, UploadFactory, make_user_with_post
from tests.factories.workbooks import sent, workbook

pytestmark = pytest.mark.django_db

HEADINGS = ("党组织编码", "党组织名称", "组织类别", "联系人的电话", "成立时间")
GOOD = ("B1", "第一党支部", "党支部", "13800001234", "2019.07")
BAD = ("B2", "", "党支部", "1380000123", "")
IMPORT = "branches:organization_import"


@pytest.fixture
def committee():
    return CommitteeFactory()


@pytest.fixture
def staff(committee, client):
    user = make_user_with_post("staff", committee)
    client.force_login(user)
    return user


def send(client, rows=(GOOD, BAD), **data):
    return client.post(reverse(IMPORT), {"file": sent(workbook(HEADINGS, rows), "组织.xlsx"), **data})


def page(client, upload, step="detail"):
    return client.get(reverse(f"branches:upload_{step}", args=[upload.token]))


def step(client, upload, name):
    return client.post(reverse(f"branches:upload_{name}", args=[upload.token]))


def test_nothing_is_imported_before_it_is_confirmed(client, staff):
    answer = send(client)

    upload = Upload.objects.get()
    assert answer.url == reverse("branches:upload_detail", args=[upload.token])
    assert (upload.user, upload.status, upload.name) == (staff, "checked", "组织.xlsx")
    assert not Organization.objects.filter(code="B1").exists()


def test_the_preview_shows_counts_errors_and_guessed_headings(client, staff):
    send(client)

    shown = page(client, Upload.objects.get()).content.decode()

    assert "确认导入 1 行" in shown
    assert "请填写党组织名称" in shown
    assert "手机号码应为 11 位，现为 10 位" in shown
    assert "联系人的电话" in shown
    assert "名称相近，请核对" in shown
    assert "1380000123" not in shown


def test_confirmed_good_rows_are_there_and_the_file_is_gone(
    client, staff, committee, django_capture_on_commit_callbacks
):
    send(client)
    upload = Upload.objects.get()
    assert source_of(upload).exists()

    with django_capture_on_commit_callbacks(execute=True):
        answer = step(client, upload, "confirm")

    upload.refresh_from_db()
    assert answer.url == reverse("branches:upload_detail", args=[upload.token])
    assert (upload.status, upload.result["created"], upload.result["failed"]) == ("done", 1, 1)
    assert Organization.objects.get(code="B1").parent == committee
    assert not source_of(upload).exists()
    assert "1 行没有导入" in page(client, upload).content.decode()


def test_a_second_click_changes_nothing(client, staff):
    send(client)
    upload = Upload.objects.get()
    step(client, upload, "confirm")

    again = step(client, upload, "confirm")

    assert again.status_code == 302
    assert Organization.objects.filter(code="B1").count() == 1
    assert AuditEntry.objects.filter(verb="导入党组织").count() == 1


def test_the_report_holds_the_bad_rows_with_their_reasons(client, staff):
    send(client)
    upload = Upload.objects.get()

    answer = page(client, upload, "report")

    book = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))
    cells = [str(cell) for row in book.active.iter_rows(values_only=True) for cell in row if cell is not None]
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "B2" in cells
    assert "B1" not in cells
    assert any("请填写党组织名称" in cell and "应为 11 位" in cell for cell in cells)


def test_without_bad_rows_there_is_no_report(client, staff):
    send(client, [GOOD])
    upload = Upload.objects.get()

    assert page(client, upload, "report").status_code == 404
    assert "全部合格" in page(client, upload).content.decode()


def test_all_or_nothing_offers_no_confirmation(client, staff):
    send(client, all_or_nothing="on")
    upload = Upload.objects.get()

    assert "确认导入" not in page(client, upload).content.decode()
    step(client, upload, "confirm")
    assert not Organization.objects.filter(code="B1").exists()


def test_what_is_given_up_is_gone(client, staff, django_capture_on_commit_callbacks):
    send(client)
    upload = Upload.objects.get()

    with django_capture_on_commit_callbacks(execute=True):
        step(client, upload, "drop")

    assert not source_of(upload).exists()
    assert not report_of(upload).exists()
    assert step(client, upload, "confirm").status_code == 422
    assert "没有导入" in page(client, upload).content.decode()
    assert not Organization.objects.filter(code="B1").exists()


@pytest.mark.parametrize("name", ["detail", "report", "confirm", "drop"])
def test_a_colleague_of_the_same_organisation_finds_nothing(client, staff, committee, name):
    send(client)
    upload = Upload.objects.get()
    client.force_login(make_user_with_post("staff", committee))

    ask = page if name in ("detail", "report") else step
    assert ask(client, upload, name).status_code == 404
    upload.refresh_from_db()
    assert upload.status == "checked"


def test_who_has_lost_the_post_confirms_nothing(client, staff, committee):
    upload = UploadFactory(user=staff, organization=OrganizationFactory())

    assert step(client, upload, "confirm").status_code == 404


def test_an_old_check_is_swept_at_the_next_upload(client, staff, move_clock):
    move_clock("2026-03-05T10:00:00+08:00")
    send(client)
    old = Upload.objects.get()
    move_clock("2026-03-13T10:00:00+08:00")
    client.force_login(staff)

    send(client)

    old.refresh_from_db()
    assert (old.status, old.result) == ("dropped", {})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "文件是空的"),
        (b"name,kind\n", "这是文本文件"),
        (b"<html><table></table></html>", "这是网页格式的文件"),
        (b"PK\x03\x04" + b"\0" * 100, "文件已损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "这不是 Excel 文件"),
        (b"\x89PNG\r\n\x1a\n" + b"\x01" * 100, "这不是 Excel 文件"),
        (workbook(("甲", "乙"), [(1, 2)]), "没有找到表头"),
        (workbook(HEADINGS, []), "表头下面没有数据"),
        (workbook(("党组织编码", "简称"), [("B1", "一支部")]), "表中没有这些列：党组织名称、组织类别"),
        (workbook(HEADINGS, [GOOD])[:-200], "文件已损坏"),
    ],
)
def test_a_bad_file_is_told_in_words(client, staff, content, said):
    answer = client.post(reverse(IMPORT), {"file": sent(content, "文件.xlsx")})

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Upload.objects.exists()


def test_without_a_file_the_form_says_so(client, staff):
    answer = client.post(reverse(IMPORT), {})

    assert answer.status_code == 422
    assert "请选择文件" in answer.content.decode()


@pytest.mark.parametrize(
    "text", ["=cmd|' /C calc'!A0", "<script>alert(1)</script>", "a\x01b", "𠮷" * 100, "'; DROP TABLE x"]
)
def test_hostile_text_is_text(client, staff, text):
    answer = send(client, [("B1", "第一党支部", text, text, text), (text, text, "党支部", "", "")])

    assert answer.status_code == 302
    shown = page(client, Upload.objects.get()).content.decode()
    assert "<script>alert" not in shown


def test_the_template_is_read_back_by_the_import(client, staff):
    content = b"".join(client.get(reverse("branches:organization_import_template")).streaming_content)
    book = openpyxl.load_workbook(BytesIO(content))
    book.worksheets[0].append(["B7", "模板支部", "", "党支部"])
    stream = BytesIO()
    book.save(stream)

    client.post(reverse(IMPORT), {"file": sent(stream.getvalue())})

    result = Upload.objects.get().result
    assert (result["created"], result["failed"], result["skipped_sheets"]) == (1, 0, ["填写说明"])
