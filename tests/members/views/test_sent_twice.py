"""A form that is sent twice counts once: double clicks, browsers that try again, two at the same moment.

Shown with a paper added to a record, of which nothing but the sending says whether it is the same one again.
"""

import re
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from branches.actions.sent_forms import KEPT, forget_sent_forms
from branches.models import SentForm
from branches.permissions import Actor
from members.models import RecordPaper
from partybuild.lib import clock
from tests.factories.branches import BranchFactory
from tests.factories.restricted import RestrictedRecordFactory, make_custodian

TWICE = "这份内容已经提交，没有重复办理。"


class Desk:
    """A custodian at the page of a record."""

    def __init__(self) -> None:
        branch = BranchFactory()
        self.page = f"/members/restricted/{RestrictedRecordFactory(organization=branch).pk}/"
        self.client = Client(enforce_csrf_checks=True)
        self.client.force_login(make_custodian(branch), "django.contrib.auth.backends.ModelBackend")

    def draw(self) -> str:
        """The token of the page as it was just drawn."""
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.client.get(self.page).content.decode())
        assert found
        return found[1]

    def send(self, token: str, text: str = "第一页", client: Client | None = None):
        file = SimpleUploadedFile("谈话.txt", text.encode())
        data = {"file": file, "csrfmiddlewaretoken": token} if token else {"file": file}
        return (client or self.client).post(f"{self.page}papers/", data, follow=True)

    def other(self, *, checks: bool) -> Client:
        """The same browser, asking beside."""
        client = Client(enforce_csrf_checks=checks)
        client.cookies = self.client.cookies
        return client


@pytest.mark.django_db
def test_the_second_sending_leads_where_the_first_led():
    desk = Desk()
    token = desk.draw()

    first, second = desk.send(token), desk.send(token)

    assert first.redirect_chain == second.redirect_chain == [(desk.page, 302)]
    assert "已添加材料。" in first.content.decode()
    assert TWICE in second.content.decode()
    assert RecordPaper.objects.count() == 1


@pytest.mark.django_db
def test_another_content_and_another_page_are_other_forms():
    desk = Desk()
    token = desk.draw()
    desk.send(token)
    desk.send(token, "第一页和第二页")
    desk.send(desk.draw())

    assert RecordPaper.objects.count() == 3


@pytest.mark.django_db
def test_what_was_refused_may_be_sent_again():
    desk = Desk()
    token = desk.draw()

    pages = [desk.send(token, "") for _ in range(2)]

    assert TWICE not in pages[1].content.decode()
    assert not SentForm.objects.exists()


@pytest.mark.django_db
def test_after_an_hour_the_same_form_is_a_new_one():
    desk = Desk()
    token = desk.draw()
    desk.send(token)
    SentForm.objects.update(sent_at=clock.now() - KEPT - timedelta(seconds=1))

    desk.send(token)

    assert RecordPaper.objects.count() == 2
    assert SentForm.objects.count() == 1


@pytest.mark.django_db
def test_old_notes_are_taken_away(move_clock):
    desk = Desk()
    desk.send(desk.draw())
    move_clock(clock.now() + KEPT + timedelta(seconds=1))

    assert [forget_sent_forms(by=Actor.system()) for _ in range(2)] == [1, 0]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("is_named", "kept"), [(True, 1), (False, 4)], ids=["protected", "negative control"])
def test_four_at_the_same_moment(is_named, kept):
    """Without the page's token the portal cannot know that it is one form: then all four are taken."""
    desk = Desk()
    token = desk.draw() if is_named else ""
    barrier = Barrier(4)

    def send() -> None:
        try:
            barrier.wait(10)
            desk.send(token, client=desk.other(checks=is_named))
        finally:
            connection.close()

    threads = [Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert RecordPaper.objects.count() == kept
