"""An address that only takes what a form sends, opened by hand."""

import pytest

from tests.factories.branches import OrganizationFactory, make_user_with_post

pytestmark = pytest.mark.django_db


def test_it_says_so_and_leads_on(client):
    client.force_login(make_user_with_post("staff", OrganizationFactory()))
    response = client.get("/accounts/logout/")
    assert response.status_code == 405
    assert response["Allow"] == "POST"
    body = response.content.decode()
    assert "这个地址不能直接打开" in body
    assert 'href="/"' in body


def test_other_answers_are_left_as_they_are(client):
    client.force_login(make_user_with_post("staff", OrganizationFactory()))
    assert "这个地址不能直接打开" not in client.get("/").content.decode()
