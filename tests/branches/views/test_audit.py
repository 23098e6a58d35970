import pytest

from tests.factories.branches import AuditEntryFactory, OrganizationFactory, UserFactory, make_user_with_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def root():
    return OrganizationFactory()


@pytest.fixture
def auditor(client, root):
    user = make_user_with_post("auditor", root)
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return user


def test_entries_with_names(client, auditor, root):
    AuditEntryFactory(user_id=UserFactory(name="李敏").pk, verb="导出党员名册", organization_path=root.path)

    shown = client.get("/audit/").text

    assert "李敏" in shown
    assert "导出党员名册" in shown


def test_filtered(client, auditor, root):
    AuditEntryFactory(verb="导出党员名册", organization_path=root.path)

    assert "导出党员名册" not in client.get("/audit/?verb=登录").text


@pytest.mark.parametrize("query", ["since=yesterday", "result=maybe", "who=%00"])
def test_r34_filters_that_cannot_be_read(client, auditor, query):
    assert client.get(f"/audit/?{query}").status_code == 422


def test_r38_a_refusal_is_kept(client, root, trail):
    user = make_user_with_post("leader", root)
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    client.get("/audit/")

    entry = trail().last()
    assert (entry.verb, entry.result, entry.user_id) == ("无权访问", "refused", user.pk)
    assert entry.detail == {"method": "GET", "path": "/audit/"}
