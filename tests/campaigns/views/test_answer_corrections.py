"""A correction of an approved answer from its page to the desk and back."""

import pytest
from django.test import Client

from campaigns.models import Answer
from tests.campaigns.views.test_answers import page_of, typed
from tests.factories.campaigns import ChecklistItemFactory
from tests.factories.district import District

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def district(move_clock) -> District:
    move_clock("2026-03-12T16:00:00+08:00")
    made = District()
    made.campaign.review_policy = "every"
    made.campaign.save()
    return made


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def decide(client, answer, decision="approve", **more):
    answer.refresh_from_db()
    data = {"decision": decision, "version": str(answer.version), **more}
    return client.post(f"/campaigns/review/answers/{answer.pk}/", data)


def test_x07_an_approved_answer_is_corrected_in_the_browser(district):
    asked = district.due("manual", title="落实责任制")
    for text in ("制定计划", "明确分工"):
        ChecklistItemFactory(task=asked.task, text=text)
    secretary, staff, page = signed_in(district.secretary), signed_in(district.staff), page_of(asked)
    secretary.post(page, typed(asked, "done", "done", action="file"))
    answer = Answer.objects.get()
    decide(staff, answer)
    assert ">更正</button>" in secretary.get(page).content.decode()
    assert ">更正</button>" not in staff.get(page).content.decode()

    form = secretary.post(f"{page}amend/", follow=True).content.decode()
    assert "审核通过前，以原填报计入任务" in form
    assert ">放弃更正</button>" in form
    read = secretary.post(page, typed(asked, "done", "not_done", action="file"), follow=True).content.decode()
    assert "提交的更正待审核" in read
    assert ">撤回更正</button>" in read
    correction = Answer.objects.get(corrects=answer)
    desk = staff.get(f"/campaigns/review/?record=answer-{correction.pk}").content.decode()
    for words in ("这是对已审核通过的填报的更正", "与已通过内容的不同", "更正</em>"):
        assert words in desk
    asked.refresh_from_db()
    assert asked.state == "done"

    decide(staff, correction)

    asked.refresh_from_db()
    answer.refresh_from_db()
    assert (asked.state, answer.version, answer.marks.filter(state="not_done").count()) == ("progress", 2, 1)


def test_x07_a_correction_is_given_up_on_the_page(district):
    asked = district.due("manual", title="落实责任制")
    ChecklistItemFactory(task=asked.task, text="制定计划")
    secretary, page = signed_in(district.secretary), page_of(asked)
    secretary.post(page, typed(asked, "done", action="file"))
    answer = Answer.objects.get()
    decide(signed_in(district.staff), answer)
    secretary.post(f"{page}amend/")

    text = secretary.post(f"{page}drop/", follow=True).content.decode()

    assert "已放弃更正，原填报不变。" in text
    assert ">更正</button>" in text
    assert Answer.objects.get(corrects=answer).status == "void"


def test_x07_an_answer_without_correction_cannot_be_given_up(district):
    asked = district.due("manual", title="落实责任制")
    secretary, page = signed_in(district.secretary), page_of(asked)
    secretary.post(page, typed(asked, action="save"))

    text = secretary.post(f"{page}drop/", follow=True).content.decode()

    assert "只有更正可以放弃。" in text
    assert signed_in(district.secretary).post(f"/campaigns/assignments/{asked.pk + 99}/answer/drop/").status_code == 404


def test_x07_the_assignment_s_page_leads_to_a_correction_that_was_sent_back(district):
    asked = district.due("manual", title="落实责任制")
    ChecklistItemFactory(task=asked.task, text="制定计划")
    secretary, staff, page = signed_in(district.secretary), signed_in(district.staff), page_of(asked)
    secretary.post(page, typed(asked, "done", action="file"))
    answer = Answer.objects.get()
    decide(staff, answer)
    shown = f"/campaigns/assignments/{asked.pk}/"
    secretary.post(f"{page}amend/")
    assert "继续更正" in secretary.get(shown).content.decode()
    filed = secretary.post(page, typed(asked, "not_done", action="file"), follow=True).content.decode()
    assert "更正已提交，等待审核。审核通过前，以原填报计入任务。" in filed
    waiting = secretary.get(shown).content.decode()
    assert "更正待审" in waiting
    assert "继续更正" not in waiting

    correction = Answer.objects.get(corrects=answer)
    decide(staff, correction, "return", remark="请附材料。")

    assert f'<a class="btn btn-main" href="{page}">补正更正</a>' in secretary.get(shown).content.decode()
    assert "补正更正" not in staff.get(shown).content.decode()
    secretary.post(page, typed(asked, "not_done", action="file"))
    decide(staff, correction)
    assert "查看并更正填报" in secretary.get(shown).content.decode()  # what is approved now does not suffice
