"""Drafts of plans in the browser: X01."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from branches.permissions import Actor
from campaigns.actions.plan_drafts import confirm_items
from campaigns.models import Campaign, PlanDraft
from campaigns.rules.plan_drafts.making import plan_of
from campaigns.rules.plan_drafts.sheets import COLUMNS, EXAMPLES
from partybuild.lib.workbook import Sheet, write_table
from tests.factories.branches import CommitteeFactory, OrganizationFactory, make_user_with_post
from tests.factories.campaigns import CampaignFactory, TaskFactory
from tests.factories.plan_drafts import TEXT, make_draft

pytestmark = pytest.mark.django_db
LIST, NEW, SHEET = "/campaigns/plans/", "/campaigns/plans/new/", "/campaigns/plans/excel/"
DIMENSION, TASK, DAY, LIFE, SEAT = 2, 3, 4, 5, 9
HTMX = {"HX-Request": "true", "HX-Target": "draft"}


@pytest.fixture
def root():
    return OrganizationFactory()


@pytest.fixture
def staff(root, client) -> Client:
    client.force_login(make_user_with_post("staff", root))
    return client


@pytest.fixture
def draft(root) -> PlanDraft:
    return make_draft(root)


def page(draft: PlanDraft) -> str:
    return reverse("campaigns:plan_draft_detail", args=[draft.pk])


def part(name: str, draft: PlanDraft, item: int) -> str:
    return reverse(f"campaigns:plan_item_{name}", args=[draft.pk, item])


def plan(draft: PlanDraft):
    draft.refresh_from_db()
    return plan_of(draft.parts)


def word(*lines: str) -> SimpleUploadedFile:
    document, stream = Document(), BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(stream)
    return SimpleUploadedFile("方案.docx", stream.getvalue(), "application/octet-stream")


def test_x01_each_part_stands_beside_its_sentence(staff, draft) -> None:
    text = staff.get(page(draft)).text
    assert "待核对 2 项，已核对 0 项" in text
    assert f'<a class="spot" id="s-{LIFE}"></a>' in text
    assert f'class="found open" href="#item-{LIFE}"' in text
    assert f'id="item-{LIFE}"' in text
    assert "数量出自规则表，请核对" in text


def test_x01_the_document_is_shown_whole(staff, draft) -> None:
    answer = staff.get(page(draft))
    shown = "\n".join("".join(each.text for each in segments) for segments in answer.context["page"].paragraphs)
    assert shown == TEXT


@pytest.mark.parametrize("upload", ["txt", "docx", "text"])
def test_x01_a_plan_is_uploaded_or_pasted(staff, root, upload: str) -> None:
    sent = {
        "txt": {"file": SimpleUploadedFile("方案.txt", TEXT.encode(), "text/plain")},
        "docx": {"file": word(*TEXT.split("\n"))},
        "text": {"text": TEXT},
    }
    answer = staff.post(NEW, sent[upload])
    made = PlanDraft.objects.get()
    assert (answer.status_code, answer.url, made.issuer) == (302, page(made), root)
    assert "规范组织生活" in [task.title for task in plan(made).tasks()]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("方案.pdf", b"%PDF-1.4", "PDF 不能直接识别"),
        ("方案.doc", b"\xd0\xcf\x11\xe0", "另存为 .docx"),
        ("方案.exe", b"MZ", "只能识别 Word"),
        ("方案.txt", b"", "文件是空的"),
        ("方案.docx", b"no document", "文件"),
        ("方案.txt", b"\n \n", "扫描"),
        ("方案.txt", ("党" * 50_001).encode(), "超过 50,000 字"),
    ],
)
def test_x01_what_cannot_be_read_says_what_to_do(staff, name: str, content: bytes, said: str) -> None:
    answer = staff.post(NEW, {"file": SimpleUploadedFile(name, content)})
    assert (answer.status_code, said in answer.text, PlanDraft.objects.count()) == (422, True, 0)


def test_x01_nothing_or_both_is_asked_again(staff) -> None:
    assert "请选择方案文件，或者粘贴全文" in staff.post(NEW, {}).text
    both = {"text": TEXT, "file": SimpleUploadedFile("方案.txt", TEXT.encode())}
    assert "只选择文件或只粘贴全文" in staff.post(NEW, both).text


def test_x01_a_part_is_confirmed(staff, draft) -> None:
    answer = staff.post(part("confirm", draft, LIFE), {"seen": 0})
    assert answer.url == f"{page(draft)}#item-{LIFE}"
    assert "待核对 1 项，已核对 1 项" in staff.get(page(draft)).text


def test_x01_htmx_gets_the_parts_with_their_new_revision(staff, draft) -> None:
    answer = staff.post(part("confirm", draft, LIFE), {"seen": 0}, headers=HTMX)
    assert answer.text.strip().startswith('<div id="draft"')
    assert '<input type="hidden" name="seen" value="1">' in answer.text


def test_x01_a_task_is_confirmed_with_its_targets(staff, draft) -> None:
    staff.post(part("confirm", draft, TASK), {"seen": 0, "all": "1"})
    draft.refresh_from_db()
    assert [item.id for item in draft.parts.unseen] == [SEAT]


def sent_target(**more: object) -> dict[str, object]:
    return {
        "seen": 0, "metric": "activity.theme_day", "subject": "organization", "period": "month", "unit": "次",
        "at_least": "2", "kinds": ["branch"], "group": "all", "phrase": "每月2次", **more,
    }  # fmt: skip


def test_x01_a_target_is_corrected(staff, draft) -> None:
    staff.post(part("edit", draft, DAY), sent_target(due="6月底", at_most="3"))
    target = plan(draft).dimensions[0].tasks[0].targets[0]
    assert (target.at_least, target.at_most, target.due, target.phrase) == ("2", "3", "06-30", "每月2次")


def test_x01_a_share_is_written_in_percent(staff, draft) -> None:
    share = sent_target(metric="ratio.dedicated_staff", unit="%", at_least="2", period="year")
    staff.post(part("edit", draft, DAY), share)
    assert plan(draft).dimensions[0].tasks[0].targets[0].at_least == "0.02"
    assert 'name="at_least" value="2"' in staff.get(part("edit", draft, DAY)).text


@pytest.mark.parametrize(
    ("field", "value"), [("at_least", "两"), ("due", "年底"), ("subject", "member"), ("kinds", []), ("at_most", "1")]
)
def test_x01_a_wrong_field_of_a_target_is_told(staff, draft, field: str, value: object) -> None:
    answer = staff.post(part("edit", draft, DAY), sent_target(**{field: value}))
    assert answer.status_code == 422
    assert plan(draft).dimensions[0].tasks[0].targets[0].at_least == "1"


def test_x01_the_later_save_in_another_window_is_told_and_keeps_what_was_written(staff, draft) -> None:
    staff.post(part("edit", draft, SEAT), {"seen": 0, "role": "组长", "holder": "副书记"})
    answer = staff.post(part("edit", draft, SEAT), {"seen": 0, "role": "组长", "holder": "委员"})
    assert answer.status_code == 422
    assert "刚在另一窗口被修改" in answer.text
    assert "现在的内容：组长；副书记" in answer.text
    assert 'value="委员"' in answer.text
    staff.post(part("edit", draft, SEAT), {"seen": 1, "role": "组长", "holder": "委员"})
    assert plan(draft).leading_group[0].holder == "委员"


def test_x01_a_refused_form_goes_back_to_its_place(staff, draft) -> None:
    sent = {"seen": 0, "role": "", "holder": "", "place": f"item-{SEAT}"}
    answer = staff.post(part("edit", draft, SEAT), sent, headers=HTMX)
    assert (answer.status_code, answer["HX-Retarget"]) == (422, f"#item-{SEAT}")


def test_x01_a_form_on_a_page_of_its_own_is_sent_as_a_whole_page(staff, draft) -> None:
    """In a window of its own there is no draft around it to be put in place."""
    target = 'hx-target="#draft"'
    assert target not in staff.get(part("edit", draft, SEAT)).text
    assert target in staff.get(part("edit", draft, SEAT), headers=HTMX).text


def test_x01_a_part_is_dropped_and_taken_back(staff, draft) -> None:
    staff.post(part("drop", draft, TASK), {"seen": 0})
    assert [task.number for task in plan(draft).tasks()] == ["2"]
    assert "已移除" in staff.get(page(draft)).text
    staff.post(part("restore", draft, TASK), {"seen": 1})
    assert [task.number for task in plan(draft).tasks()] == ["1", "2"]


def test_x01_a_task_is_split_and_merged(staff, draft) -> None:
    staff.post(part("split", draft, TASK), {"seen": 0, "title": "落实三会一课", "targets": [LIFE], "lines": [1]})
    assert [(task.number, len(task.targets)) for task in plan(draft).tasks()] == [("1", 1), ("3", 1), ("2", 1)]
    staff.post(part("merge", draft, TASK), {"seen": 9})
    assert [(task.number, len(task.targets)) for task in plan(draft).tasks()] == [("1", 2), ("2", 1)]


@pytest.mark.parametrize(
    ("kind", "data", "found"),
    [
        ("dimension", {"name": "效能机关"}, "效能机关"),
        ("milestone", {"title": "中期小结", "due": "9月底"}, "9月30日"),
        ("stage", {"name": "启动", "from": "3月1日", "to": "3月底"}, "3月1日 至 3月31日"),
        ("cadence", {"period": "quarter", "title": "季督查"}, "季督查"),
        ("seat", {"role": "副组长", "holder": "工委委员"}, "工委委员"),
    ],
)
def test_x01_parts_are_added(staff, draft, kind: str, data: dict, found: str) -> None:
    address = reverse("campaigns:plan_item_add", args=[draft.pk, kind])
    assert staff.get(address).status_code == 200
    assert staff.post(address, {"seen": 0, **data}).status_code == 302
    assert found in staff.get(page(draft)).text


def test_x01_a_task_is_added_and_moved_to_another_side(staff, draft) -> None:
    under = reverse("campaigns:plan_item_add_under", args=[draft.pk, "task", DIMENSION])
    task = {"seen": 0, "number": "3", "title": "联系群众", "nature": "measure", "parent": DIMENSION}
    staff.post(under, task)
    staff.post(reverse("campaigns:plan_item_add", args=[draft.pk, "dimension"]), {"seen": 0, "name": "效能机关"})
    draft.refresh_from_db()
    side, moved = draft.parts.next_id - 1, draft.parts.next_id - 2
    staff.post(part("edit", draft, moved), {**task, "seen": 9, "parent": side, "checklist": "走访【附材料】\n回访"})
    dimensions = plan(draft).dimensions
    assert [[each.number for each in dimension.tasks] for dimension in dimensions] == [["1", "2"], ["3"]]
    assert [item.evidence for item in dimensions[1].tasks[0].checklist] == [True, False]


@pytest.mark.parametrize(
    "address", ["add/head/", "add/nothing/", "add/task/", "add/seat/2/", "items/99/", "items/2/split/"]
)
def test_x01_there_is_no_page_for_what_is_not_there(staff, draft, address: str) -> None:
    assert staff.get(f"{page(draft)}{address}").status_code == 404


def test_x01_generating_is_refused_with_the_list_of_what_is_to_be_checked(staff, draft) -> None:
    address = reverse("campaigns:plan_draft_publish", args=[draft.pk])
    shown = staff.get(address).text
    assert "还有 2 项，核对后才能生成" in shown
    assert f'href="{page(draft)}#item-{LIFE}"' in shown
    assert (staff.post(address, {"seen": 9}).status_code, Campaign.objects.count()) == (422, 0)


def test_x01_a_checked_draft_goes_on_to_the_page_of_publishing(staff, draft) -> None:
    confirm_items(by=Actor.system(), draft=draft, items=[LIFE, SEAT], seen=0)
    answer = staff.post(reverse("campaigns:plan_draft_publish", args=[draft.pk]), {"seen": 1})
    campaign = Campaign.objects.get()
    assert answer.url == reverse("campaigns:campaign_publish", args=[campaign.pk])
    task = reverse("campaigns:task_detail", args=[campaign.tasks.order_by("position")[0].pk])
    assert "1.规范组织生活。" in staff.get(task).text
    assert "查看创建活动" in staff.get(page(draft)).text


def test_x01_a_draft_is_given_up_and_taken_up(staff, draft) -> None:
    staff.post(reverse("campaigns:plan_draft_drop", args=[draft.pk]))
    assert "已放弃" in staff.get(LIST).text
    assert "确认</button>" not in staff.get(page(draft)).text
    staff.post(reverse("campaigns:plan_draft_take_up", args=[draft.pk]))
    draft.refresh_from_db()
    assert draft.state == "editing"


def test_x01_a_blank_draft(staff) -> None:
    answer = staff.post("/campaigns/plans/blank/", {"name": "书香机关", "year": 2027})
    made = PlanDraft.objects.get()
    assert (answer.url, made.name, made.year) == (page(made), "书香机关", 2027)
    assert "添加维度" in staff.get(page(made)).text


def workbook(*rows: tuple[str, ...]) -> SimpleUploadedFile:
    stream = BytesIO()
    write_table(stream, [Sheet("任务", [column.title for column in COLUMNS], rows)])
    return SimpleUploadedFile("任务表.xlsx", stream.getvalue())


def test_x01_a_workbook_is_imported(staff) -> None:
    staff.post(SHEET, {"name": "任务表", "year": 2026, "file": workbook(*EXAMPLES)})
    assert [task.title for task in plan(PlanDraft.objects.get()).tasks()] == ["规范组织生活", "报送年度计划"]


def test_x01_wrong_rows_are_shown_with_their_place(staff) -> None:
    wrong = workbook(("政治机关", "甲", "学习", *[""] * 9))
    answer = staff.post(SHEET, {"name": "任务表", "year": 2026, "file": wrong})
    assert (answer.status_code, PlanDraft.objects.count()) == (422, 0)
    assert "序号应为数字" in answer.text


def test_x01_the_template_of_the_workbook_holds_our_headings_and_no_rows(staff) -> None:
    content = b"".join(staff.get("/campaigns/plans/excel/template/").streaming_content)
    book = load_workbook(BytesIO(content))
    rows = [[cell.value for cell in row] for row in book["任务"].iter_rows()]
    assert [column.title for column in COLUMNS] in rows
    file = SimpleUploadedFile("任务表.xlsx", content)
    assert "没有" in staff.post(SHEET, {"name": "任务表", "year": 2026, "file": file}).text
    assert not PlanDraft.objects.exists()


def test_x01_a_campaign_is_copied(staff, root) -> None:
    campaign = CampaignFactory(issuer=root, name="2026年四型机关")
    TaskFactory(campaign=campaign)
    answer = staff.post(reverse("campaigns:campaign_copy", args=[campaign.pk]), {"year": 2027})
    made = PlanDraft.objects.get()
    assert (answer.url, made.name, made.year) == (page(made), "2027年四型机关", 2027)


def test_x01_another_organisations_draft_is_not_there(staff) -> None:
    other = make_draft(OrganizationFactory())
    assert staff.get(page(other)).status_code == 404
    assert staff.post(part("confirm", other, LIFE), {"seen": 0}).status_code == 404
    assert other.name not in staff.get(LIST).text


@pytest.mark.parametrize("role", ["leader", "inspector"])
def test_x01_without_the_right_there_are_no_drafts(client, root, draft, role: str) -> None:
    client.force_login(make_user_with_post(role, root))
    assert [client.get(address).status_code for address in (LIST, NEW, page(draft))] == [403, 403, 403]


def test_x01_who_is_not_signed_in_is_led_to_the_login(client, draft) -> None:
    assert client.get(page(draft)).url.startswith("/accounts/login/")


@pytest.mark.parametrize("count", [1, 3])
def test_x01_the_list_takes_the_same_queries(staff, root, count: int, django_assert_num_queries) -> None:
    for _ in range(count):
        make_draft(root)
    staff.get(LIST)
    with django_assert_num_queries(9):
        staff.get(LIST)


def test_x01_the_page_of_a_draft_takes_few_queries(staff, draft, django_assert_num_queries) -> None:
    staff.get(page(draft))
    with django_assert_num_queries(9):
        staff.get(page(draft))


def test_x01_the_list_is_searched_and_filtered(staff, root, draft) -> None:
    make_draft(CommitteeFactory(parent=root))
    assert staff.get(LIST, {"q": "党建", "state": "editing"}).text.count("data-href") == 2
    assert "没有符合条件的草稿" in staff.get(LIST, {"q": "没有"}).text
    assert staff.get(LIST, {"state": "other"}).status_code == 422
