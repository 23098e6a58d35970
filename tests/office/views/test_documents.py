"""Pages of official documents."""

from io import BytesIO

import docx
import pytest
from django.urls import reverse

from branches.models import AuditEntry
from office.actions import documents as actions
from office.enums import DocumentStatus
from office.models import Document
from partybuild.lib import clock
from partybuild.lib.official import CONTENT_TYPE
from tests.factories.branches import BranchFactory, CommitteeFactory, OrganizationFactory, actor, make_user_with_post
from tests.factories.office import DocumentFactory
from tests.office.counting import own_queries

pytestmark = pytest.mark.django_db
LIST = "/office/documents/"


@pytest.fixture
def root():
    return OrganizationFactory()


@pytest.fixture
def staff(root, client):
    user = make_user_with_post("staff", root)
    client.force_login(user)
    return user


def _url(name: str, document: Document, **more: str) -> str:
    return reverse(f"office:document_{name}", kwargs={"pk": document.pk, **more})


def _titles(response) -> list[str]:
    return [document.title for document in response.context["page"]]


class TestList:
    def test_what_one_sees_latest_first(self, client, staff, root):
        for day in (1, 3, 2):
            DocumentFactory(
                issuer=root, title=f"纪要{day}", drafted_at=clock.now().replace(year=2026, month=3, day=day)
            )
        DocumentFactory(title="外单位")

        response = client.get(LIST)

        assert response.status_code == 200
        assert _titles(response) == ["纪要3", "纪要2", "纪要1"]
        assert "共 3 件" in response.content.decode()

    @pytest.mark.parametrize(
        ("query", "titles"),
        [
            ("kind=minutes", ["纪要"]),
            ("kind=bulletin", ["通报"]),
            ("year=2025", ["通报"]),
            ("status=draft", ["纪要"]),
            ("status=signed", ["通报"]),
            ("text=通", ["通报"]),
            ("text=无", []),
            ("kind=&year=&status=&text=&sort=drafted_at", ["通报", "纪要"]),
            ("sort=number", ["通报", "纪要"]),
            ("kind=minutes&year=2025", []),
        ],
    )
    def test_filters(self, client, staff, root, query, titles):
        DocumentFactory(issuer=root, title="通报", kind="bulletin", year=2025, status="signed")
        DocumentFactory(issuer=root, title="纪要")

        assert _titles(client.get(f"{LIST}?{query}")) == titles

    @pytest.mark.parametrize(
        ("query", "status"),
        [
            ("kind=x", 422),
            ("year=99999", 422),
            ("sort=body", 422),
            ("text=%00", 422),
            ("page=9", 404),
            ("page=-1", 404),
        ],
    )
    def test_what_cannot_be_read(self, client, staff, root, query, status):
        DocumentFactory(issuer=root)

        assert client.get(f"{LIST}?{query}").status_code == status

    def test_an_empty_list_says_why(self, client, staff):
        assert "月度结账后自动起草调度纪要" in client.get(LIST).content.decode()
        assert "没有符合条件的公文" in client.get(f"{LIST}?text=x").content.decode()

    @pytest.mark.parametrize("count", [1, 3])
    def test_queries_do_not_grow_with_rows(self, client, staff, root, count):
        for _ in range(count):
            DocumentFactory(issuer=CommitteeFactory(parent=root))

        # The count and the rows; the frame around the page makes its own.
        assert own_queries(client, LIST, "office_document") == 2

    def test_fifty_on_a_page(self, client, staff, root):
        DocumentFactory.create_batch(51, issuer=root)

        assert len(_titles(client.get(LIST))) == 50
        assert len(_titles(client.get(f"{LIST}?page=2"))) == 1


class TestDetail:
    def test_it_reads_as_the_document(self, client, staff, root):
        text = client.get(_url("detail", DocumentFactory(issuer=root))).content.decode()

        for words in (
            "区直机关党建工作调度纪要",
            "总体完成情况",
            "进度总体平稳。",
            "财政局机关党委",
            "书香机关",
            "周敏、李文博",
        ):
            assert words in text

    def test_hostile_words_are_text(self, client, staff, root):
        response = client.get(_url("detail", DocumentFactory(issuer=root, title="<script>alert(1)</script>")))

        assert b"<script>alert(1)" not in response.content
        assert b"&lt;script&gt;alert(1)" in response.content

    @pytest.mark.parametrize(
        ("status", "labels"),
        [("draft", ["核稿"]), ("checked", ["签发", "退回修改"]), ("signed", ["印发", "退回修改"])],
    )
    def test_it_offers_what_may_be_done(self, client, staff, root, status, labels):
        response = client.get(_url("detail", DocumentFactory(issuer=root, status=status)))

        assert [step.label for step in response.context["steps"]] == labels

    def test_nothing_without_the_right(self, client, root):
        client.force_login(make_user_with_post("leader", root))

        response = client.get(_url("detail", DocumentFactory(issuer=root)))

        assert response.context["steps"] == []
        assert "核稿" not in response.content.decode()


class TestDownload:
    def test_a_draft_as_it_reads_now(self, client, staff, root):
        response = client.get(_url("download", DocumentFactory(issuer=root, title="3月纪要")))

        texts = [
            paragraph.text for paragraph in docx.Document(BytesIO(b"".join(response.streaming_content))).paragraphs
        ]
        assert "〔2026〕　号" in texts
        assert response["Content-Type"] == CONTENT_TYPE
        assert response["Content-Disposition"] == "attachment; filename*=utf-8''3%E6%9C%88%E7%BA%AA%E8%A6%81.docx"
        assert "sandbox" in response["Content-Security-Policy"]
        assert response["Cache-Control"] == "no-store"

    def test_what_went_out_is_sent_as_it_was(self, client, staff, root):
        document = actions.issue(by=actor(staff), document=DocumentFactory(issuer=root, status="signed"))

        whole = client.get(_url("download", document))
        part = client.get(_url("download", document), headers={"Range": "bytes=0-1"})

        assert whole["ETag"] == f'"{document.file.sha256}"'
        assert len(b"".join(whole.streaming_content)) == document.file.size
        assert (part.status_code, b"".join(part.streaming_content)) == (206, b"PK")


class TestSteps:
    @pytest.mark.parametrize(
        ("status", "verb", "after"),
        [("draft", "check", "checked"), ("checked", "sign", "signed"), ("signed", "issue", "issued")],
    )
    def test_a_step(self, client, staff, root, status, verb, after):
        document = DocumentFactory(issuer=root, status=status)

        response = client.post(_url("step", document, verb=verb), {"number": "99", "status": "issued"})

        document.refresh_from_db()
        assert response["Location"] == _url("detail", document)
        assert document.status == after
        assert document.number == (1 if after == "issued" else None)
        assert AuditEntry.objects.latest("id").user_id == staff.pk

    def test_back_with_a_reason(self, client, staff, root):
        document = DocumentFactory(issuer=root, status="checked")

        bare = client.post(_url("step", document, verb="return"), {"note": " "})
        client.post(_url("step", document, verb="return"), {"note": "数字有误"})

        document.refresh_from_db()
        assert bare.status_code == 422
        assert "请填写退回原因" in bare.content.decode()
        assert document.status == DocumentStatus.DRAFT
        assert "数字有误" in client.get(_url("detail", document)).content.decode()

    def test_out_of_order_it_is_told(self, client, staff, root):
        document = DocumentFactory(issuer=root)

        response = client.post(_url("step", document, verb="sign"), follow=True)

        document.refresh_from_db()
        assert "公文现在是“草稿”，不能签发。" in response.content.decode()
        assert document.status == DocumentStatus.DRAFT

    def test_no_such_verb(self, client, staff, root):
        assert client.post(_url("step", DocumentFactory(issuer=root), verb="burn")).status_code == 404

    def test_only_by_post(self, client, staff, root):
        assert client.get(_url("step", DocumentFactory(issuer=root), verb="check")).status_code == 405


class TestAccess:
    @pytest.mark.parametrize("name", ["detail", "download"])
    def test_pages(self, client, root, name):
        committee = CommitteeFactory(parent=root)
        url = _url(name, DocumentFactory(issuer=committee))

        def code(role: str, organization) -> int:
            client.force_login(make_user_with_post(role, organization))
            return client.get(url).status_code

        assert client.get(url).status_code == 302
        assert code("staff", committee) == 200
        assert code("leader", root) == 200
        assert code("secretary", BranchFactory(parent=committee)) == 404
        assert code("staff", CommitteeFactory(parent=root)) == 404
        assert code("staff", OrganizationFactory()) == 404
        assert code("auditor", root) == 403

    def test_steps(self, client, root):
        committee = CommitteeFactory(parent=root)
        document = DocumentFactory(issuer=committee)
        issued = actions.issue(
            by=actor(make_user_with_post("staff", root)), document=DocumentFactory(issuer=root, status="signed")
        )

        def code(role: str, organization, document=document, verb="check") -> int:
            client.force_login(make_user_with_post(role, organization))
            return client.post(_url("step", document, verb=verb)).status_code

        assert client.post(_url("step", document, verb="check")).status_code == 302
        assert code("leader", root) == 403
        assert code("staff", CommitteeFactory(parent=root)) == 404
        assert code("staff", OrganizationFactory()) == 404
        # The superior's issued document is seen, and not touched.
        assert code("staff", committee, issued, "return") == 404
        assert set(Document.objects.values_list("status", flat=True)) == {"draft", "issued"}


@pytest.mark.parametrize("pk", ["0", "9" * 30])
def test_a_document_that_is_not_there(client, staff, pk):
    assert client.get(f"{LIST}{pk}/").status_code == 404
