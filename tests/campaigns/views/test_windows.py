"""Two windows on one draft: the later save does not silently win, and nothing typed is lost."""

import re
from uuid import uuid4

import pytest

from campaigns.actions.activities import save_draft
from campaigns.models import Activity, Answer
from tests.factories.campaigns import ChecklistItemFactory
from tests.factories.district import District

pytestmark = pytest.mark.django_db
AUTOSAVE = {"X-Requested-With": "autosave"}
OTHERS = "另一个窗口写的记录，写明了讨论的情况。"
MINE = "本页写的记录，写明了形成的决议。"


@pytest.fixture
def district(move_clock, client) -> District:
    move_clock("2026-03-20T14:30:00+08:00")
    made = District()
    client.force_login(made.secretary, backend="django.contrib.auth.backends.ModelBackend")
    return made


def hidden(page: str) -> dict[str, str]:
    """The hidden fields that a window sends along."""
    found = {name: re.search(rf'name="{name}" value="([^"]*)"', page) for name in ("window", "seen_at", "client_key")}
    return {name: match[1] for name, match in found.items() if match}


def typed(district: District, **changes: str) -> dict[str, object]:
    ids = [str(member.pk) for member in district.members]
    return {
        "kind": "theme_day", "held_on": "2026-03-12", "hours": "2", "title": "3 月主题党日", "attendance": ids,
        "shown": ",".join(ids), "minutes": MINE, "action": "save", **changes,
    }  # fmt: skip


def window_on(client, address: str) -> dict[str, str]:
    return hidden(client.get(address).content.decode())


def test_x07_the_second_window_is_told_and_keeps_its_text(client, district, move_clock):
    activity = district.saved()
    address = f"/campaigns/activities/{activity.pk}/edit/"
    first, second = window_on(client, address), window_on(client, address)
    move_clock("2026-03-20T14:35:00+08:00")
    assert client.post(address, typed(district, **first, minutes=OTHERS)).status_code == 302
    move_clock("2026-03-20T14:40:00+08:00")

    answer = client.post(address, typed(district, **second))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert Activity.objects.get().minutes == OTHERS
    for words in ("14:35 在另一个窗口保存过", "两处内容的不同", MINE):
        assert words in page
    assert re.search(r"<del>[^<]*另一个窗口", page)

    # Shown both, the person decides.
    again = typed(district, **second | {"seen_at": hidden(page)["seen_at"]})
    assert client.post(address, again).status_code == 302
    assert Activity.objects.get().minutes == MINE


@pytest.mark.parametrize("action", ["save", "file"])
def test_x07_filing_does_not_win_silently_either(client, district, action):
    activity = district.saved()
    address = f"/campaigns/activities/{activity.pk}/edit/"
    first, second = window_on(client, address), window_on(client, address)
    client.post(address, typed(district, **first, minutes=OTHERS), headers=AUTOSAVE)
    Activity.objects.update(saved_at="2026-03-20T14:36:00+08:00")
    assert client.post(address, typed(district, **second, action=action)).status_code == 409
    assert Activity.objects.get().status == "draft"


def test_x07_a_form_that_saves_itself_is_told_in_one_sentence(client, district, move_clock):
    activity = district.saved()
    address = f"/campaigns/activities/{activity.pk}/edit/"
    first, second = window_on(client, address), window_on(client, address)
    move_clock("2026-03-20T14:35:00+08:00")
    saved = client.post(address, typed(district, **first, minutes=OTHERS), headers=AUTOSAVE).json()
    assert saved["fields"] == {"seen_at": "2026-03-20T14:35:00+08:00"}
    refused = client.post(address, typed(district, **second), headers=AUTOSAVE)
    assert (refused.status_code, refused["Content-Type"]) == (409, "text/plain; charset=utf-8")
    assert "在另一个窗口保存过" in refused.content.decode()
    # The window that saved goes on without a question.
    move_clock("2026-03-20T14:36:00+08:00")
    assert client.post(address, typed(district, **first), headers=AUTOSAVE).status_code == 200


def test_x07_the_same_words_from_two_windows_are_no_quarrel(client, district, move_clock):
    activity = district.saved()
    address = f"/campaigns/activities/{activity.pk}/edit/"
    first, second = window_on(client, address), window_on(client, address)
    for minute, window in ((35, first), (36, second)):
        move_clock(f"2026-03-20T14:{minute}:00+08:00")
        assert client.post(address, typed(district, **window)).status_code == 302


def test_x07_a_new_record_sent_from_an_old_page_meets_what_was_saved(client, district, move_clock):
    page = window_on(client, "/campaigns/activities/new/?kind=theme_day")
    address = "/campaigns/activities/new/"
    assert client.post(address, typed(district, **page)).status_code == 302
    save_draft(
        by=district.by, organization=district.branch, client_key=page["client_key"], draft=district.draft()
    )  # by a program: no window
    other = page | {"window": str(uuid4())}
    Activity.objects.update(saved_in=uuid4())
    assert client.post(address, typed(district, **other)).status_code == 409


def test_x07_answers_are_guarded_alike(client, district, move_clock):
    assignment = district.due("manual", title="落实责任制")
    item = ChecklistItemFactory(task=assignment.task, text="制定计划")
    address = f"/campaigns/assignments/{assignment.pk}/answer/"
    first, second = window_on(client, address), window_on(client, address)
    assert client.post(address, {**first, "note": OTHERS, f"state-{item.pk}": "done"}).status_code == 302
    move_clock("2026-03-20T14:35:00+08:00")
    data = {**second, "note": MINE, f"state-{item.pk}": "not_done"}
    refused = client.post(address, data)
    page = refused.content.decode()
    assert refused.status_code == 409
    assert Answer.objects.get().note == OTHERS
    assert "制定计划：已落实" in page
    assert MINE in page
    assert client.post(address, data, headers=AUTOSAVE).status_code == 409
    assert client.post(address, data | {"seen_at": hidden(page)["seen_at"]}).status_code == 302
    assert Answer.objects.get().note == MINE
