"""Drafts of plans kept, corrected and published: X01."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from branches.models import AuditEntry
from branches.permissions import Actor
from campaigns.actions import plan_drafts as actions
from campaigns.actions.campaigns import create_campaign, delete_draft
from campaigns.actions.plan_sheets import SheetError, draft_from_workbook
from campaigns.actions.plan_uploads import draft_from_document
from campaigns.models import Campaign, PlanDraft, Target, Task
from campaigns.rules.plan_drafts.making import plan_of
from campaigns.rules.plan_drafts.sheets import COLUMNS, EXAMPLES
from campaigns.rules.plan_drafts.states import PlanDraftError, StaleItemError
from campaigns.rules.plans import Plan, plan_from_data
from partybuild.lib import clock
from partybuild.lib.workbook import Sheet, write_table
from tests.factories.branches import BranchFactory, OrganizationFactory, UserFactory
from tests.factories.campaigns import CampaignFactory
from tests.factories.office import StoredFileFactory
from tests.factories.plan_drafts import DATA, TEXT, PlanDraftFactory, make_draft, make_reading

pytestmark = pytest.mark.django_db
BY = Actor.system()
TASK, LIFE, SEAT = 3, 5, 9


@pytest.fixture
def root():
    return OrganizationFactory()


@pytest.fixture
def draft(root) -> PlanDraft:
    return make_draft(root)


def checked(draft: PlanDraft) -> PlanDraft:
    """With nothing left to be looked at."""
    return actions.confirm_items(by=BY, draft=draft, items=[LIFE, SEAT], seen=draft.parts.revision)


def workbook(*rows: tuple[str, ...]) -> SimpleUploadedFile:
    stream = BytesIO()
    write_table(stream, [Sheet("任务", [column.title for column in COLUMNS], rows)])
    return SimpleUploadedFile("任务表.xlsx", stream.getvalue())


def test_x01_a_draft_keeps_the_document_and_what_was_read(draft, root) -> None:
    assert (draft.name, draft.code, draft.year, draft.state, draft.text) == (
        "机关党建提升行动",
        "FA1",
        2026,
        "editing",
        TEXT,
    )
    assert draft.reading["findings"][0]["sentence"] == "机关党建提升行动方案"
    assert AuditEntry.objects.filter(verb="识别方案", organization_id=root.pk).count() == 1


def test_x01_a_year_that_the_document_does_not_name_is_to_be_checked(root) -> None:
    reading = replace(make_reading(), plan=replace(make_reading().plan, year=None))
    draft = actions.save_draft(by=BY, issuer=root, text=TEXT, reading=reading)
    head = draft.parts.head
    assert (head.data["year"], head.is_open, head.why) == (
        clock.today().year, True, "方案没有写明年度，暂按今年，请核对",
    )  # fmt: skip


def test_x01_each_draft_of_an_issuer_has_a_code_of_its_own(root) -> None:
    assert [make_draft(root).code for _ in range(3)] == ["FA1", "FA2", "FA3"]


def test_x01_a_branch_issues_no_campaign() -> None:
    with pytest.raises(PlanDraftError):
        make_draft(BranchFactory())


def test_x01_what_is_too_long_is_not_kept(root) -> None:
    with pytest.raises(PlanDraftError):
        actions.save_draft(by=BY, issuer=root, text="党" * 50_001, reading=make_reading())
    assert not PlanDraft.objects.exists()


def test_x01_what_the_reader_doubts_is_never_published_unseen(draft) -> None:
    with pytest.raises(PlanDraftError, match="还有 2 项待核对"):
        actions.publish_draft(by=BY, draft=draft, seen=9)
    assert not Campaign.objects.exists()


def test_x01_a_checked_draft_becomes_a_campaign_with_its_sentences(draft, root) -> None:
    after = checked(draft)
    campaign = actions.publish_draft(by=BY, draft=after, seen=after.parts.revision)
    assert (campaign.issuer, campaign.status, campaign.code, campaign.year) == (root, "draft", "FA1", 2026)
    assert list(Task.objects.order_by("position").values_list("number", "sentence")) == [
        ("1", "1.规范组织生活。"),
        ("2", "2.报送计划。"),
    ]
    assert Target.objects.filter(task__campaign=campaign).count() == 3
    assert campaign.milestones.get().due_on == date(2026, 3, 31)
    draft.refresh_from_db()
    assert (draft.state, draft.campaign) == ("published", campaign)


def test_x01_publishing_twice_makes_one_campaign(draft) -> None:
    after = checked(draft)
    actions.publish_draft(by=BY, draft=after, seen=9)
    with pytest.raises(PlanDraftError):
        actions.publish_draft(by=BY, draft=after, seen=9)
    assert Campaign.objects.count() == 1


def test_x01_a_change_after_the_page_was_made_is_published_only_when_seen(draft) -> None:
    after = checked(draft)
    with pytest.raises(StaleItemError):
        actions.publish_draft(by=BY, draft=after, seen=0)


def test_x01_a_code_that_is_taken_is_said(draft, root) -> None:
    create_campaign(by=BY, plan=plan_from_data({**DATA, "code": "FA1"}), issuer=root, year=2026)
    with pytest.raises(PlanDraftError, match="已有 2026 年的这一活动"):
        actions.publish_draft(by=BY, draft=checked(draft), seen=9)
    draft.refresh_from_db()
    assert draft.state == "editing"


def test_x01_an_edit_names_the_part_in_the_trail(draft) -> None:
    user = UserFactory()
    by = Actor(user_id=user.pk)
    actions.change_item(by=by, draft=draft, item=SEAT, data={"role": "组长", "holder": "副书记"}, seen=0)
    entry = AuditEntry.objects.get(verb="修改方案草稿")
    assert (entry.user_id, entry.detail) == (user.pk, {"note": "组长 工委书记"})
    draft.refresh_from_db()
    assert draft.changed_by == user


def test_x01_the_name_of_a_draft_follows_its_head(draft) -> None:
    data = {**draft.parts.head.data, "name": "晋位升级", "year": 2027, "code": "JW"}
    after = actions.change_item(by=BY, draft=draft, item=1, data=data, seen=0)
    assert (after.name, after.year, after.code) == ("晋位升级", 2027, "JW")


def test_x01_confirming_again_leaves_no_trace(draft) -> None:
    checked(draft)
    before = AuditEntry.objects.count()
    checked(PlanDraft.objects.get())
    assert AuditEntry.objects.count() == before


def test_x01_every_step_on_a_part_is_kept(draft) -> None:
    actions.drop_item(by=BY, draft=draft, item=TASK, seen=0)
    actions.restore_item(by=BY, draft=draft, item=TASK)
    actions.split_task(by=BY, draft=draft, item=TASK, title="落实三会一课", targets=[LIFE], lines=[], seen=2)
    actions.merge_task(by=BY, draft=draft, item=TASK, seen=9)
    after = actions.add_item(by=BY, draft=draft, kind="cadence", data={"period": "month", "title": "月调度"})
    plan = plan_of(after.parts)
    assert [task.number for task in plan.tasks()] == ["1", "2"]
    assert [cadence.title for cadence in plan.cadences] == ["月调度"]


def test_x01_a_dropped_draft_is_not_changed_and_can_be_taken_up(draft) -> None:
    actions.drop_draft(by=BY, draft=draft)
    with pytest.raises(PlanDraftError):
        actions.drop_item(by=BY, draft=draft, item=TASK, seen=0)
    assert actions.take_up_draft(by=BY, draft=draft).state == "editing"


def test_x01_a_deleted_campaign_leaves_its_draft(draft) -> None:
    campaign = actions.publish_draft(by=BY, draft=checked(draft), seen=9)
    delete_draft(by=BY, campaign=campaign)
    draft.refresh_from_db()
    assert (draft.state, draft.campaign) == ("published", None)


def test_x01_a_draft_by_hand_is_sure(root) -> None:
    draft = actions.start_draft(by=BY, issuer=root, plan=Plan(code="DRAFT", name="书香机关", year=2027))
    assert (draft.code, draft.name, draft.year, draft.parts.doubtful) == ("FA1", "书香机关", 2027, [])


def test_x01_a_campaign_is_copied_into_the_next_year(root) -> None:
    plan = plan_from_data(
        {**DATA, "code": "TS", "name": "2028年提升行动", "milestones": [{"title": "小结", "due": "02-29"}]}
    )
    campaign = create_campaign(by=BY, plan=plan, issuer=root, year=2028)
    draft = actions.copy_campaign(by=BY, campaign=campaign, issuer=root, year=2029)
    copied = actions.publish_draft(by=BY, draft=draft, seen=0)
    assert (copied.symbol, copied.name, copied.milestones.get().due_on) == (
        "TS-2029", "2029年提升行动", date(2029, 2, 28),
    )  # fmt: skip
    assert Target.objects.filter(task__campaign=copied).count() == 3


def test_x01_a_workbook_becomes_a_draft(root) -> None:
    draft = draft_from_workbook(by=BY, issuer=root, file=workbook(*EXAMPLES), name="任务表", year=2026)
    plan = plan_of(draft.parts)
    assert [(task.number, len(task.targets), len(task.checklist)) for task in plan.tasks()] == [
        ("1", 2, 2),
        ("2", 1, 0),
    ]
    assert [target.metric for _, target in plan.targets()] == [
        "activity.member_assembly", "activity.theme_day", "plan.filed",
    ]  # fmt: skip
    assert plan.dimensions[0].tasks[1].targets[0].due == "03-31"


def test_x01_wrong_rows_of_a_workbook_are_named_and_nothing_is_kept(root) -> None:
    row = ("政治机关", "甲", "任务", "", "", "没有的指标", "书", "每旬", "两", "次", "年底", "村委会")
    with pytest.raises(SheetError) as refused:
        draft_from_workbook(by=BY, issuer=root, file=workbook(row), name="任务表", year=2026)
    assert [(error.row, error.column) for error in refused.value.errors] == [
        (2, "序号"), (2, "计量"), (2, "对象"), (2, "周期"), (2, "责任对象"), (2, "不少于"), (2, "截止"),
    ]  # fmt: skip
    assert not PlanDraft.objects.exists()


def test_x01_two_tasks_of_one_number_are_an_error(root) -> None:
    rows = (("政治机关", "1", "学习", *[""] * 9), ("政治机关", "1", "服务", *[""] * 9))
    with pytest.raises(SheetError) as refused:
        draft_from_workbook(by=BY, issuer=root, file=workbook(*rows), name="任务表", year=2026)
    assert refused.value.errors[0].reason == "序号“1”已是任务“学习”"


def test_x01_a_workbook_without_its_columns_is_refused(root) -> None:
    stream = BytesIO()
    write_table(stream, [Sheet("任务", ["序号", "维度"], [("1", "政治机关")])])
    with pytest.raises(PlanDraftError, match="任务"):
        draft_from_workbook(
            by=BY, issuer=root, file=SimpleUploadedFile("a.xlsx", stream.getvalue()), name="任务表", year=2026
        )


def test_x01_a_document_is_read_and_kept(root) -> None:
    upload = SimpleUploadedFile("方案.txt", TEXT.encode("gb18030"), "text/plain")
    draft = draft_from_document(by=BY, issuer=root, file=upload)
    assert (draft.file_name, draft.file.extension, draft.text) == ("方案.txt", "txt", TEXT)
    assert [task.title for task in plan_of(draft.parts).tasks()][:2] == ["规范组织生活", "报送计划"]


@pytest.mark.parametrize("text", ["太短", "党" * 50_001])
def test_x01_a_text_that_cannot_be_read_is_refused_at_its_field(root, text: str) -> None:
    with pytest.raises(ValidationError) as refused:
        draft_from_document(by=BY, issuer=root, text=text)
    assert list(refused.value.message_dict) == ["text"]


@pytest.mark.parametrize("values", [{"state": "reading"}, {"name": ""}, {"campaign": True}, {"file": True}])
def test_the_database_refuses_bad_drafts(values: dict) -> None:
    made = {"campaign": CampaignFactory, "file": StoredFileFactory}
    given = {key: made[key]() if value is True else value for key, value in values.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanDraftFactory(**given)
