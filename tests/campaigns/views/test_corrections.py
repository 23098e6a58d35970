"""A correction from the page to the desk and back; hints before filing; both places on the desk."""

import pytest
from django.test import Client

from campaigns.actions.activities import file_activity
from campaigns.actions.attachments import add_attachment
from campaigns.actions.reviews import approve, return_for_rework
from campaigns.models import Activity
from tests.campaigns.actions.test_fingerprints import filed, upload
from tests.factories.branches import BranchFactory, CommitteeFactory
from tests.factories.district import MINUTES, District

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
DESK = "/campaigns/review/"


@pytest.fixture
def district(move_clock) -> District:
    move_clock("2026-03-12T16:00:00+08:00")
    made = District()
    made.campaign.review_policy = "every"
    made.campaign.save()
    made.due()
    return made


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def typed(district: District, activity: Activity, **changes) -> dict[str, object]:
    ids = [str(member.pk) for member in district.members]
    return {
        "kind": "theme_day", "held_on": "2026-03-12", "hours": "2", "title": activity.title, "attendance": ids,
        "shown": ",".join(ids), "minutes": activity.minutes, "client_key": str(activity.client_key), **changes,
    }  # fmt: skip


def test_x07_an_approved_record_is_corrected_in_the_browser(district):
    record = approve(by=district.reviewer, record=file_activity(by=district.by, activity=district.saved()), version=1)
    secretary, staff = signed_in(district.secretary), signed_in(district.staff)
    page = f"/campaigns/activities/{record.pk}/"
    assert ">更正</button>" in secretary.get(page).content.decode()
    assert ">更正</button>" not in staff.get(page).content.decode()

    edit = secretary.post(f"{page}amend/").url
    correction = Activity.objects.get(corrects=record)
    assert edit == f"/campaigns/activities/{correction.pk}/edit/"
    form = secretary.get(edit).content.decode()
    assert "更正活动记录" in form
    for words in (
        "审核通过前，以原记录的内容计入任务",
        "更正通过后按新内容计入",
        f"由{district.committee.label}审核。",
    ):
        assert words in form
    assert secretary.post(edit, typed(district, correction, title="四月学习", action="file")).status_code == 302

    assert "更正待审" in secretary.get(page).content.decode()
    desk = staff.get(DESK).content.decode()
    for words in ("更正", "与已通过内容的不同", "<del>3 月主题党日</del>", "<ins>四月学习</ins>"):
        assert words in desk
    decided = staff.post(f"{DESK}activities/{correction.pk}/", {"decision": "approve", "version": "1"})
    assert decided.status_code == 302
    assert "四月学习" in secretary.get(page).content.decode()
    assert "更正已并入" in secretary.get(page).content.decode()
    listed = secretary.get("/campaigns/activities/").content.decode()
    assert listed.count(f"/campaigns/activities/{correction.pk}/") == 0


def test_x07_a_correction_that_is_filed_says_what_counts_until_it_is_approved(district):
    record = approve(by=district.reviewer, record=file_activity(by=district.by, activity=district.saved()), version=1)
    secretary = signed_in(district.secretary)
    edit = secretary.post(f"/campaigns/activities/{record.pk}/amend/").url
    correction = Activity.objects.get(corrects=record)
    filed_page = secretary.post(edit, typed(district, correction, title="四月学习", action="file"), follow=True)
    assert "更正已提交，等待审核。审核通过前，以原记录的内容计入任务。" in filed_page.content.decode()

    return_for_rework(by=district.reviewer, record=correction, version=1, remark="请说明原因。")
    home = secretary.get("/").content.decode()
    assert "四月学习（更正）" in home
    for page in (home, secretary.get(edit).content.decode()):
        assert "请说明原因。" in page
        assert "不计迟报" not in page  # the original keeps its time of filing


@pytest.mark.parametrize("is_returned", [False, True])
def test_x07_a_correction_is_given_up_and_the_record_stays(district, is_returned):
    record = approve(by=district.reviewer, record=file_activity(by=district.by, activity=district.saved()), version=1)
    secretary = signed_in(district.secretary)
    edit = secretary.post(f"/campaigns/activities/{record.pk}/amend/").url
    correction = Activity.objects.get(corrects=record)
    page, verb = f"/campaigns/activities/{correction.pk}/", "discard"
    if is_returned:
        secretary.post(edit, typed(district, correction, title="四月学习", action="file"))
        return_for_rework(by=district.reviewer, record=correction, version=1, remark="请说明原因。")
        verb = "void"
    detail = secretary.get(page).content.decode()
    assert "放弃更正" in detail
    assert "作废" not in detail
    assert "放弃后原记录不变" in secretary.get(f"{page}{verb}/").content.decode()
    dropped = secretary.post(f"{page}{verb}/", {"reason": "不再更正"}, follow=True)
    assert dropped.redirect_chain == [(f"/campaigns/activities/{record.pk}/", 302)]
    assert "已放弃更正，原记录不变。" in dropped.content.decode()
    assert ">更正</button>" in dropped.content.decode()


def test_x11_the_desk_shows_both_places_or_that_there_is_another(district):
    near = BranchFactory(parent=district.committee)
    far = BranchFactory(parent=CommitteeFactory(parent=district.root), name="机密支部")
    for organization in (near, far):
        filed(district, organization, picture=upload(), title="来源")
    record = filed(district, picture=upload(), title="照抄")
    desk = signed_in(district.staff).get(DESK, {"record": f"activity-{record.pk}"}).content.decode()
    for words in ("与其他记录相近", f"{near.label}3月12日“来源”", "另一党组织的记录（不在您的查看范围内）", "对照文字"):
        assert words in desk
    assert far.name not in desk
    assert desk.count("本条记录 · 现场.jpg") == 2


def test_x11_the_writer_is_told_before_filing_without_names(district):
    far = BranchFactory(parent=CommitteeFactory(parent=district.root), name="机密支部")
    filed(district, far, picture=upload(), title="来源")
    draft = district.saved(title="本支部学习")
    add_attachment(by=district.by, record=draft, upload=upload())
    page = signed_in(district.secretary).get(f"/campaigns/activities/{draft.pk}/edit/").content.decode()
    for words in ("提交前请看一看", "这段文字与其他党组织已提交的记录相近", "有照片与其他党组织已提交的照片相同"):
        assert words in page
    assert "机密支部" not in page
    changed = signed_in(district.secretary).post(
        f"/campaigns/activities/{draft.pk}/edit/",
        typed(district, draft, minutes=MINUTES[::-1]),
        headers={"HX-Request": "true", "HX-Target": "counts"},
    )
    assert "这段文字与其他党组织" not in changed.content.decode()
