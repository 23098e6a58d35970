"""The review desk."""

from datetime import timedelta
from uuid import uuid4

import pytest

from branches.permissions import Actor
from campaigns.actions.activities import file_activity, save_draft
from campaigns.actions.answers import file_answer, save_answer
from campaigns.actions.reviews import approve, return_for_rework
from campaigns.models import Activity, Review
from campaigns.rules.content import AnswerDraft, MarkLine
from tests.factories.branches import BranchFactory, CommitteeFactory, actor, make_user_with_post
from tests.factories.campaigns import FILED_AT, ChecklistItemFactory, FiledActivityFactory
from tests.factories.district import MINUTES, District

pytestmark = pytest.mark.django_db
DESK = "/campaigns/review/"
HTMX = {"HX-Request": "true", "HX-Target": "desk"}
QUERIES = 28


@pytest.fixture
def district(move_clock, client) -> District:
    move_clock("2026-03-12T16:00:00+08:00")
    made = District()
    made.campaign.review_policy = "every"
    made.campaign.save()
    made.due()
    client.force_login(made.staff, backend="django.contrib.auth.backends.ModelBackend")
    return made


def filed(district, **changes) -> Activity:
    return file_activity(by=district.by, activity=district.saved(**changes))


def decide(client, activity, decision="approve", query="", **fields):
    data = {"decision": decision, "version": str(activity.version), **fields}
    return client.post(f"{DESK}activities/{activity.pk}/{query}", data, headers=fields.pop("headers", HTMX))


def test_an_empty_desk_says_so(client, district):
    assert "待审的记录都审完了" in client.get(DESK).content.decode()


def test_an_empty_desk_tells_of_what_waits_below(client, district):
    filed(district)
    client.force_login(make_user_with_post("staff", district.root), backend="django.contrib.auth.backends.ModelBackend")
    text = client.get(DESK).content.decode()
    assert "下级单位还有待审的记录" in text
    assert "3 月主题党日" in client.get(DESK, {"reach": "below"}).content.decode()


def test_the_first_record_is_open_with_its_checks(client, district):
    filed(district, present=2, place="党员活动室")
    text = client.get(DESK).content.decode()
    for words in ("待审 1 条", "党员活动室", MINUTES, "活动当日提交", "到会 2 / 3 人，已过半", "未发现重复", "计入"):
        assert words in text


def test_a_record_is_opened_by_its_address_and_as_a_fragment(client, district):
    filed(district, title="甲")
    second = filed(district, title="乙", minutes=MINUTES[::-1])
    answer = client.get(DESK, {"record": f"activity-{second.pk}"}, headers=HTMX)
    text = answer.content.decode()
    assert text.strip().startswith('<div id="desk"')
    assert "<h2>乙</h2>" in text
    assert 'id="desk-figure" hx-swap-oob="true"' in text


def test_after_an_approval_the_next_one_is_there(client, district):
    first = filed(district, title="甲")
    second = filed(district, title="乙", minutes=MINUTES[::-1])
    Activity.objects.filter(pk=second.pk).update(filed_at=FILED_AT + timedelta(hours=3))

    answer = decide(client, first)

    text = answer.content.decode()
    assert answer.status_code == 200
    assert "<h2>乙</h2>" in text
    assert "已通过：" in text
    assert "待审 1 条" in text
    first.refresh_from_db()
    assert first.status == "approved"


def test_without_scripts_a_decision_leads_to_the_next_one_with_the_filters_kept(client, district):
    first, second = filed(district, title="甲", minutes="短"), filed(district, title="乙", minutes="也短")
    answer = decide(client, first, query="?hint=flagged", headers={})
    assert answer.status_code == 302
    assert answer.url == f"{DESK}?hint=flagged&record=activity-{second.pk}"


def test_a_return_needs_a_word_and_keeps_the_remarks_on_items(client, district):
    activity = filed(district)
    refused = decide(client, activity, "return")
    assert refused.status_code == 422
    assert "请写明退回原因" in refused.content.decode()

    decide(client, activity, "return", **{"on-minutes": "写明票数"})
    review = Review.objects.get()
    assert (review.decision, review.items) == ("return", {"minutes": "写明票数"})


def test_the_second_reviewer_is_told_and_goes_on_with_the_next(client, district):
    first, second = filed(district, title="甲"), filed(district, title="乙", minutes=MINUTES[::-1])
    approve(by=actor(make_user_with_post("staff", district.committee, name="林静")), record=first, version=1)
    answer = decide(client, first, "return", remark="请补充。")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "林静已于 2026年3月12日 16:00 作出决定：通过" in text
    assert "<h2>乙</h2>" in text
    assert second.status == "filed"


def test_what_changed_is_shown_when_it_comes_again(client, district):
    activity = filed(district, minutes="学习条例。")
    return_for_rework(by=district.reviewer, record=activity, version=1, remark="太简略")
    save_draft(
        by=district.by, organization=district.branch, client_key=activity.client_key,
        draft=district.draft(minutes="学习条例第四章。"),
    )  # fmt: skip
    file_activity(by=district.by, activity=activity)
    text = client.get(DESK).content.decode()
    assert "再次提交" in text
    assert "学习条例<ins>第四章</ins>。" in text
    assert "太简略" in text


def test_the_filters_narrow_the_queue(client, district):
    other = BranchFactory(parent=district.committee, name="民政局支部")
    filed(district, title="甲")
    FiledActivityFactory(
        organization=other, title="乙", needs_review=True, review_unit=district.committee,
        flags=[{"code": "thin", "label": "内容偏少", "sentence": "记录 2 字"}],
    )  # fmt: skip
    flagged = client.get(DESK, {"hint": "flagged"}).content.decode()
    assert "民政局支部" in flagged
    assert "全部 2" in flagged
    assert "有提示 1" in flagged
    narrowed = client.get(DESK, {"organization": "民政局支部", "campaign": district.campaign.pk}).content.decode()
    assert "没有符合条件的" in narrowed


def test_a_record_outside_is_not_found_and_a_foreign_key_is_ignored(client, district):
    outside = FiledActivityFactory(organization=BranchFactory(parent=CommitteeFactory(parent=district.root)))
    assert client.get(DESK, {"record": f"activity-{outside.pk}"}).status_code == 404
    assert client.get(DESK, {"record": "activity-x"}).status_code == 200
    assert decide(client, outside).status_code == 404


def test_what_one_filed_oneself_is_read_and_not_decided_on(client, district):
    by = actor(district.staff)
    activity = save_draft(by=by, organization=district.branch, client_key=uuid4(), draft=district.draft())
    file_activity(by=by, activity=activity)
    text = client.get(DESK, {"record": f"activity-{activity.pk}"}).content.decode()
    assert "这条记录由您提交，须由他人审核。" in text
    assert 'name="decision"' not in text
    answer = decide(client, activity)
    assert answer.status_code == 422
    assert not Review.objects.exists()


def test_many_are_approved_at_once_but_only_what_was_opened_and_is_in_order(client, district):
    good, unopened = filed(district, title="甲"), filed(district, title="乙", minutes=MINUTES[::-1])
    thin = filed(district, title="丙", minutes="短")
    for each in (good, thin):
        client.get(DESK, {"record": f"activity-{each.pk}"})
    marked = [f"activity-{each.pk}-1" for each in (good, unopened, thin)]

    text = client.post(f"{DESK}bulk/", {"marked": marked}, headers=HTMX).content.decode()

    assert "已通过 1 条。" in text
    assert "2 条没有一并通过" in text
    assert "“乙”（尚未打开看过）" in text
    assert "“丙”（有提示：内容偏少）" in text
    assert list(Activity.objects.filter(status="approved")) == [good]


@pytest.mark.parametrize("marked", [[], ["activity-x-1"], ["activity-999999999-1"]])
def test_marks_that_name_nothing(client, district, marked):
    answer = client.post(f"{DESK}bulk/", {"marked": marked}, headers=HTMX)
    assert answer.status_code == (200 if marked == ["activity-999999999-1"] else 422)
    assert not Review.objects.exists()


def test_an_answer_is_reviewed_in_the_same_queue(client, district):
    assignment = district.due("manual", title="落实责任制")
    item = ChecklistItemFactory(task=assignment.task, text="明确分工")
    draft = AnswerDraft((MarkLine("not_done", item.pk),), note="正在研究。")
    answer = save_answer(by=district.by, assignment=assignment, draft=draft)
    file_answer(by=district.by, answer=answer)

    text = client.get(DESK).content.decode()
    for words in ("落实责任制", "明确分工", "未落实", "正在研究。", "有 1 项未落实"):
        assert words in text
    data = {"decision": "return", "version": "1", f"on-item-{item.pk}": "请明确时限"}
    assert client.post(f"{DESK}answers/{answer.pk}/", data).status_code == 302
    assert Review.objects.get().items == {f"item-{item.pk}": "请明确时限"}


def test_with_two_levels_the_record_goes_up(client, district):
    district.campaign.review_levels = 2
    district.campaign.save()
    text = decide(client, filed(district)).content.decode()
    assert "已通过，报上一级审核" in text


@pytest.mark.parametrize("count", [1, 3])
def test_the_desk_asks_as_often_for_three_as_for_one(client, district, django_assert_num_queries, count):
    for minutes in (MINUTES, MINUTES[::-1], MINUTES[::2] * 2)[:count]:
        branch = BranchFactory(parent=district.committee)
        draft = district.draft(minutes=minutes)
        activity = save_draft(by=Actor.system(), organization=branch, client_key=uuid4(), draft=draft)
        file_activity(by=Actor.system(), activity=activity)
        Activity.objects.filter(pk=activity.pk).update(needs_review=True)
    client.get(DESK)
    with django_assert_num_queries(QUERIES):
        assert f"待审 {count} 条" in client.get(DESK, headers=HTMX).content.decode()
