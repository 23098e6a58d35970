"""Where somebody who is not signed in is led."""

import pytest

pytestmark = pytest.mark.django_db
SENT_TO = "/accounts/post/"


@pytest.mark.parametrize(
    ("sender", "page"),
    [
        ("http://testserver/rights/?a=1", "/rights/%3Fa%3D1"),
        ("http://elsewhere.example/rights/", SENT_TO),
        ("", SENT_TO),
    ],
)
def test_what_was_sent_after_the_session_ended_leads_back_to_its_page(client, sender, page):
    answer = client.post(SENT_TO, headers={"Referer": sender})
    assert answer.url == f"/accounts/login/?next={page}"


def test_a_page_leads_back_to_itself(client):
    answer = client.get("/rights/", headers={"Referer": "http://testserver/audit/"})
    assert answer.url == "/accounts/login/?next=/rights/"
