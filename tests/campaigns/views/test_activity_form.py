"""Writing an activity down: page, fragments, saving by itself, filing."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from campaigns.actions.activities import file_activity
from campaigns.actions.reviews import return_for_rework
from campaigns.models import Activity, Attachment
from tests.factories.branches import BranchFactory, GeneralBranchFactory, GroupFactory, make_user_with_post
from tests.factories.campaigns import ActivityFactory, AttachmentFactory, FiledActivityFactory
from tests.factories.district import MINUTES, District
from tests.factories.members import MemberFactory, MembershipFactory, OfficeFactory

pytestmark = pytest.mark.django_db
NEW = "/campaigns/activities/new/"
AUTOSAVE = {"X-Requested-With": "autosave"}


@pytest.fixture
def district(move_clock, client) -> District:
    move_clock("2026-03-20T14:30:00+08:00")
    made = District()
    client.force_login(made.secretary, backend="django.contrib.auth.backends.ModelBackend")
    return made


def typed(district, **changes):
    """What a browser posts for a 主题党日 with everybody there."""
    ids = [str(member.pk) for member in district.members]
    values = {
        "kind": "theme_day",
        "held_on": "2026-03-20",
        "hours": "2",
        "title": "3 月主题党日",
        "attendance": ids,
        "shown": ",".join(ids),
        "minutes": MINUTES,
        "client_key": str(uuid4()),
        "proposed_title": "3 月主题党日",
        "proposed_hours": "2",
    }
    return values | changes


def fragment(client, target, data, url=NEW):
    return client.post(url, data, headers={"HX-Request": "true", "HX-Target": target})


def test_the_first_step_is_the_kind_and_what_is_due_is_marked(client, district):
    district.due()
    page = client.get(NEW).content.decode()
    assert "?kind=theme_day" in page
    assert page.count("本月待办") == 1
    assert 'id="record-form"' not in page


def test_the_form_proposes_day_title_length_and_everybody(client, district):
    page = client.get(NEW, {"kind": "theme_day"}).content.decode()
    assert 'value="2026-03-20"' in page
    assert 'value="3 月主题党日"' in page
    assert 'name="hours" value="2"' in page
    assert "3 人中 3 人到会" in page
    assert "主题是什么，做了哪几件事" in page  # the guide of the rule table


def test_the_panel_tells_what_the_record_would_count_for(client, district):
    district.due(title="主题党日")
    district.due("study.seminar", title="专题学习研讨")
    data = typed(district, parts=["seminar"])
    answer = fragment(client, "counts", data)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "1 项任务" in text
    assert "主题党日（3月）" in text
    assert "还差：研讨计划、研讨记录、交流发言材料。上传后即可计入。" in text
    assert "提交后即计入，有提示的由" in text
    assert not Activity.objects.exists()


def test_the_panel_tells_what_is_lacking(client, district):
    text = fragment(client, "counts", typed(district, minutes="", attendance=[])).content.decode()
    assert "提交前还缺" in text
    assert "请填写活动记录。" in text
    assert "请登记到会人员，至少一人到会。" in text


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-03-21", "日期在今天之后。活动开展后再提交，现在可以存草稿。"),
        ("", "请选择日期。"),
        ("3月", "请选择日期。"),
    ],
)
def test_the_panel_tells_what_is_wrong_with_the_day(client, district, day, words):
    text = fragment(client, "counts", typed(district, held_on=day)).content.decode()
    assert "提交前还缺" in text
    assert words in text


def test_another_kind_brings_its_own_fields_and_keeps_what_was_typed(client, district):
    OfficeFactory(member=district.members[0], organization=district.branch)
    data = typed(district, kind="branch_committee", place="会议室", parts=["oath", "study"])
    text = fragment(client, "record-fields", data).content.decode()
    assert 'value="3 月支部委员会"' in text  # the proposal follows
    assert 'name="hours" value="1"' in text
    assert 'value="会议室"' in text
    assert district.members[0].name in text
    assert district.members[1].name not in text
    assert 'value="study" ' in text
    assert 'value="oath"' not in text
    assert "请填写" not in text  # nothing is judged before it is sent


def test_a_title_of_one_s_own_is_kept(client, district):
    data = typed(district, kind="party_lecture", title="学条例")
    assert 'value="学条例"' in fragment(client, "record-fields", data).content.decode()


def test_another_day_brings_its_roster_and_keeps_who_was_absent(client, district):
    newcomer = MembershipFactory(
        organization=district.branch, member=MemberFactory(name="新来"), starts_on=date(2026, 3, 19)
    )
    absent = district.members[0]
    present = [str(member.pk) for member in district.members[1:]]
    data = typed(district, attendance=present, **{f"reason-{absent.pk}": "sick"})
    text = fragment(client, "record-fields", data).content.decode()
    assert "新来" in text
    assert "4 人中 3 人到会" in text
    assert f'value="{newcomer.member_id}" checked' in text
    assert '<option value="sick" selected>' in text
    assert "新来" not in fragment(client, "record-fields", {**data, "held_on": "2026-03-18"}).content.decode()


def test_a_group_meeting_asks_for_the_group(client, district):
    group = GroupFactory(parent=district.branch, name="第一党小组")
    inside = MembershipFactory(organization=district.branch, group=group).member
    data = typed(district, kind="group_meeting", group=str(group.pk))
    text = fragment(client, "record-fields", data).content.decode()
    assert "第一党小组" in text
    assert inside.name in text
    assert district.members[0].name not in text


def test_the_form_saves_itself(client, district):
    data = typed(district, minutes="写到一半")
    answer = client.post(NEW, data, headers=AUTOSAVE)
    activity = Activity.objects.get()
    assert answer.json() == {
        "saved_at": "14:30",
        "autosave_url": f"/campaigns/activities/{activity.pk}/edit/",
        "page_url": f"/campaigns/activities/{activity.pk}/edit/",
        "upload_url": f"/campaigns/activities/{activity.pk}/files/",
        "fields": {"seen_at": "2026-03-20T14:30:00+08:00"},
    }
    client.post(answer.json()["autosave_url"], {**data, "minutes": "写完了"}, headers=AUTOSAVE)
    assert Activity.objects.get().minutes == "写完了"
    assert Activity.objects.get().status == "draft"


@pytest.mark.parametrize(
    "changes, code", [({"kind": ""}, 204), ({"held_on": "2026-13-01"}, 422), ({"hours": "999"}, 422)]
)
def test_the_form_does_not_save_itself_before_it_is_in_order(client, district, changes, code):
    assert client.post(NEW, typed(district, **changes), headers=AUTOSAVE).status_code == code
    assert not Activity.objects.exists()


def test_a_record_filed_meanwhile_is_not_saved_over(client, district):
    activity = FiledActivityFactory(organization=district.branch)
    answer = client.post(f"/campaigns/activities/{activity.pk}/edit/", typed(district), headers=AUTOSAVE)
    assert answer.status_code == 409
    activity.refresh_from_db()
    assert activity.minutes != "写到一半"


def test_filing_leads_to_the_record_and_says_for_how_much_it_counts(client, district):
    district.due()
    absent = district.members[2]
    present = [str(member.pk) for member in district.members[:2]]
    data = typed(district, action="file", attendance=present, **{f"reason-{absent.pk}": "travel"})
    answer = client.post(NEW, data, follow=True)
    activity = Activity.objects.get()
    assert answer.redirect_chain == [(f"/campaigns/activities/{activity.pk}/", 302)]
    assert activity.status == "filed"
    assert activity.attendances.get(member=absent).reason == "travel"
    assert "已提交，计入 1 项任务。" in answer.content.decode()


def test_sent_twice_it_is_filed_once(client, district):
    data = typed(district, action="file")
    assert [client.post(NEW, data).status_code for _ in range(2)] == [302, 302]
    assert Activity.objects.get().version == 1


@pytest.mark.parametrize(
    "changes, words",
    [
        ({"minutes": " "}, "请填写活动记录。"),
        ({"title": ""}, "请填写主题。"),
        ({"held_on": "2026-03-21"}, "日期在今天之后"),
        ({"attendance": []}, "请登记到会人员，至少一人到会。"),
        ({"kind": ""}, "请选择是什么活动。"),
        ({"kind": "central_group"}, "请从列出的选项中选择"),
        ({"parts": ["dance"]}, "dance"),
        ({"attendance": ["x"]}, "名单有误"),
        ({"client_key": "x"}, ""),
    ],
)
def test_what_is_lacking_or_wrong_is_said_and_nothing_is_lost(client, district, changes, words):
    answer = client.post(NEW, typed(district, action="file", **changes))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert words in text
    assert not Activity.objects.filter(status="filed").exists()
    if "minutes" not in changes and changes.get("kind", "x") == "x":
        assert MINUTES[:20] in text


def test_a_draft_asks_for_nothing_but_kind_and_day(client, district):
    data = typed(district, action="save", minutes="", title="", attendance=[], hours="", held_on="2026-04-01")
    answer = client.post(NEW, data)
    assert answer.url == f"/campaigns/activities/{Activity.objects.get().pk}/edit/"


def test_files_come_with_the_form_where_there_is_no_script(client, district):
    upload = SimpleUploadedFile("研讨计划.txt", "计划".encode(), "text/plain")
    client.post(NEW, typed(district, action="file", uploads=[upload]))
    assert Attachment.objects.values_list("name", "slot", "activity__status").get() == ("研讨计划.txt", "plan", "filed")


def test_a_file_that_is_not_taken_leaves_a_draft_and_the_reason(client, district):
    upload = SimpleUploadedFile("网页.html", b"<html>", "text/html")
    answer = client.post(NEW, typed(district, action="file", uploads=[upload]))
    assert answer.status_code == 422
    assert "网页.html：不能上传这种文件" in answer.content.decode()
    assert not Attachment.objects.exists()


def test_what_a_file_proves_is_told_in_the_form_and_a_file_is_taken_off(client, district):
    draft = ActivityFactory(organization=district.branch)
    first, second = AttachmentFactory(activity=draft), AttachmentFactory(activity=draft)
    data = typed(district, action="save", **{f"slot-{first.pk}": "papers", "remove": str(second.pk)})
    client.post(f"/campaigns/activities/{draft.pk}/edit/", data)
    assert list(Attachment.objects.values_list("pk", "slot")) == [(first.pk, "papers")]


def test_the_button_of_browsers_without_scripts_shows_the_form_anew(client, district):
    answer = client.post(NEW, typed(district, action="reshape", kind="study"))
    assert answer.status_code == 200
    assert "3 月集中学习研讨" in answer.content.decode()
    assert not Activity.objects.exists()


def test_a_returned_record_shows_what_to_put_right(client, district):
    activity = file_activity(by=district.by, activity=district.saved(minutes="短"))
    return_for_rework(
        by=district.reviewer, record=activity, version=1, remark="太简略", items={"minutes": "写明讨论情况"}
    )
    text = client.get(f"/campaigns/activities/{activity.pk}/edit/").content.decode()
    assert "“太简略”" in text
    assert "记录：写明讨论情况" in text
    assert "请于 3月27日 周五前补正" in text


def test_what_is_filed_is_read_and_not_written(client, district):
    filed = FiledActivityFactory(organization=district.branch)
    assert client.get(f"/campaigns/activities/{filed.pk}/edit/").url == f"/campaigns/activities/{filed.pk}/"


def test_a_general_branch_writes_for_the_branches_below_it(client, district):
    above = GeneralBranchFactory(parent=district.committee)
    below = BranchFactory(parent=above, name="第七党支部")
    client.force_login(make_user_with_post("secretary", above), backend="django.contrib.auth.backends.ModelBackend")
    assert "第七党支部" in client.get(NEW).content.decode()
    data = typed(district, action="save", attendance=[], shown="")
    assert client.post(f"{NEW}?organization={below.pk}", data).status_code == 302
    assert Activity.objects.get().organization == below
    assert client.get(NEW, {"organization": district.branch.pk}).status_code == 404
    assert client.get(NEW, {"organization": "x"}).status_code == 403


def test_a_committee_writes_its_own_meetings(client, district):
    client.force_login(district.staff, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(NEW, {"kind": "committee_meeting"}).content.decode()
    assert "第一议题" in page
    data = typed(district, kind="committee_meeting", action="file", attendance=[], shown="")
    assert client.post(NEW, data).status_code == 302
    assert Activity.objects.get().organization == district.committee


@pytest.mark.parametrize("target", ["record-fields", "counts"])
@pytest.mark.parametrize("kind", ["", "evil", "\0"])
def test_a_part_of_the_form_without_a_kind_stays_as_it_is(client, district, kind, target):
    answer = fragment(client, target, typed(district, kind=kind))
    assert (answer.status_code, answer.content) == (204, b"")


def test_a_host_of_another_organization_is_refused_in_plain_words(client, district):
    answer = client.post(NEW, typed(district, host=str(MemberFactory().pk)))
    assert answer.status_code == 422
    assert "所选人员在这一天不是本组织党员，请重新选择。" in answer.content.decode()
