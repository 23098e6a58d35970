"""The steps of an official document, and numbers without gaps."""

import json
import threading
from datetime import date
from io import BytesIO

import docx
import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from branches.models import AuditEntry
from branches.permissions import Actor
from office.actions import documents as actions
from office.enums import DocumentKind, DocumentStatus
from office.models import Document
from office.queries.documents import content_of
from partybuild.lib import clock, uploads
from partybuild.lib.official import OfficialDocument, as_dict
from tests.factories.branches import CommitteeFactory, OrganizationFactory
from tests.factories.office import DocumentFactory, RunFactory, make_content

pytestmark = pytest.mark.django_db
BY = Actor(user_id=7)


def _draft(issuer, **fields) -> Document:
    return actions.draft_document(by=BY, issuer=issuer, kind=DocumentKind.MINUTES, content=make_content(), **fields)


def _signed(issuer=None, **fields) -> Document:
    fields |= {"issuer": issuer} if issuer else {}
    return DocumentFactory(status=DocumentStatus.SIGNED, number_word="区直工", **fields)


def _plain(content: OfficialDocument) -> dict:
    """As JSON keeps it, which knows no tuples."""
    return json.loads(json.dumps(as_dict(content)))


def _trail(document: Document) -> list[tuple[str, str]]:
    entries = AuditEntry.objects.filter(object_type="office.Document", object_id=document.pk).order_by("id")
    return [(entry.verb, entry.detail.get("note", "")) for entry in entries]


class TestDraft:
    def test_it_keeps_what_the_document_says(self, move_clock):
        move_clock("2026-04-01T09:00:00+08:00")
        issuer = OrganizationFactory()

        document = _draft(issuer)

        assert (document.status, document.title, document.year) == (DocumentStatus.DRAFT, "2026年3月调度纪要", 2026)
        assert (document.number, document.number_word, document.number_label) == (None, "区直工", "")
        assert document.drafted_at == clock.now()
        assert _plain(content_of(Document.objects.get())) == _plain(make_content(number="区直工〔2026〕　号"))
        assert _trail(document) == [("起草公文", "")]

    def test_a_run_drafts_it_once(self):
        issuer, run = OrganizationFactory(), RunFactory()
        first = _draft(issuer, run=run)
        Document.objects.update(body={"by": "staff"})

        second = _draft(issuer, run=run)

        assert first == second
        assert second.body == {"by": "staff"}
        assert _trail(first) == [("起草公文", "")]

    def test_another_issuer_of_the_run_has_its_own(self):
        run = RunFactory()

        assert _draft(OrganizationFactory(), run=run) != _draft(OrganizationFactory(), run=run)


class TestSteps:
    def test_the_whole_way(self, move_clock):
        move_clock("2026-04-01T09:00:00+08:00")
        document = _draft(OrganizationFactory())

        statuses = [step(by=BY, document=document).status for step in (actions.check, actions.sign, actions.issue)]

        assert statuses == [DocumentStatus.CHECKED, DocumentStatus.SIGNED, DocumentStatus.ISSUED]
        assert _trail(document) == [
            ("起草公文", ""), ("核稿公文", ""), ("签发公文", ""), ("印发公文", "区直工〔2026〕1号"),
        ]  # fmt: skip

    @pytest.mark.parametrize("status", [DocumentStatus.CHECKED, DocumentStatus.SIGNED])
    def test_back_to_the_drafter_with_a_reason(self, status):
        document = actions.return_to_draft(by=BY, document=DocumentFactory(status=status), note=" 数字有误 ")

        assert document.status == DocumentStatus.DRAFT
        assert _trail(document) == [("退回修改公文", "数字有误")]

    def test_not_without_a_reason(self):
        with pytest.raises(ValidationError, match="请填写退回原因"):
            actions.return_to_draft(by=BY, document=DocumentFactory(status=DocumentStatus.CHECKED), note=" ")

    @pytest.mark.parametrize(
        ("step", "status", "words"),
        [
            (actions.check, DocumentStatus.CHECKED, "现在是“已核稿”，不能核稿"),
            (actions.sign, DocumentStatus.DRAFT, "现在是“草稿”，不能签发"),
            (actions.issue, DocumentStatus.CHECKED, "现在是“已核稿”，不能印发"),
        ],
    )
    def test_no_step_out_of_order(self, step, status, words):
        document = DocumentFactory(status=status)

        with pytest.raises(ValidationError, match=words):
            step(by=BY, document=document)

        document.refresh_from_db()
        assert (document.status, document.number) == (status, None)
        assert _trail(document) == []

    def test_what_is_issued_stays(self):
        document = actions.issue(by=BY, document=_signed())

        for step in (actions.check, actions.sign, actions.issue):
            with pytest.raises(ValidationError, match="已印发"):
                step(by=BY, document=document)
        with pytest.raises(ValidationError, match="已印发"):
            actions.return_to_draft(by=BY, document=document, note="改字")

    def test_who_comes_second_is_told_though_his_page_is_old(self):
        old = DocumentFactory()
        actions.check(by=BY, document=old)

        with pytest.raises(ValidationError, match="已核稿"):
            actions.check(by=BY, document=old)

        assert _trail(old) == [("核稿公文", "")]


class TestIssue:
    def test_numbers_have_no_gaps_and_belong_to_issuer_and_year(self, move_clock):
        root = OrganizationFactory()
        committee = CommitteeFactory(parent=root)
        move_clock("2026-12-31T16:00:00+08:00")
        left = _signed(root)
        numbers = [actions.issue(by=BY, document=_signed(root)).number_label for _ in range(2)]
        numbers.append(actions.issue(by=BY, document=_signed(committee)).number_label)
        move_clock("2027-01-04T09:00:00+08:00")

        numbers.append(actions.issue(by=BY, document=left).number_label)

        assert numbers == ["区直工〔2026〕1号", "区直工〔2026〕2号", "区直工〔2026〕1号", "区直工〔2027〕1号"]

    def test_a_number_is_not_lost_with_its_transaction(self):
        root = OrganizationFactory()
        with transaction.atomic():
            actions.issue(by=BY, document=_signed(root))
            transaction.set_rollback(True)

        assert actions.issue(by=BY, document=_signed(root)).number == 1

    def test_the_file_that_went_out_is_kept(self, move_clock):
        move_clock("2026-04-02T10:00:00+08:00")

        document = actions.issue(by=BY, document=_signed())

        assert (document.issued_at, document.year) == (clock.now(), 2026)
        assert document.body["date"] == document.body["printed_on"] == "2026-04-02"
        with uploads.open(document.file.sha256) as stream:
            texts = [paragraph.text.strip() for paragraph in docx.Document(BytesIO(stream.read())).paragraphs]
        assert "区直工〔2026〕1号" in texts
        assert "区直机关工委\t2026年4月2日" in texts

    def test_without_an_imprint_none_is_made_up(self):
        body = as_dict(make_content(printed_by="", copies=""))

        document = actions.issue(by=BY, document=_signed(body=body))

        assert document.body["printed_on"] is None


def _issue_carelessly(document: Document) -> int:
    """Without the lock on the issuer."""
    with transaction.atomic():
        number = actions.next_number(document.issuer, 2026)
        Document.objects.filter(pk=document.pk).update(
            number=number, year=2026, status=DocumentStatus.ISSUED, issued_at=clock.now()
        )
        return number


def _issue(document: Document) -> int:
    number = actions.issue(by=BY, document=document).number
    assert number is not None
    return number


def _two_at_once(step, first: Document, second: Document) -> list[object]:
    """The second is issued while the first is not committed; its number or what stopped it."""
    found: list[object] = []

    def issue_second() -> None:
        try:
            found.append(step(second))
        except Exception as error:
            found.append(type(error).__name__)
        finally:
            connection.close()

    other = threading.Thread(target=issue_second)
    with transaction.atomic():
        found.append(step(first))
        other.start()
        other.join(1)
    other.join(10)
    return found


@pytest.mark.django_db(transaction=True)
def test_two_at_once_have_two_numbers(move_clock):
    move_clock("2026-04-02T10:00:00+08:00")
    root = OrganizationFactory()

    assert _two_at_once(_issue, _signed(root), _signed(root)) == [1, 2]


@pytest.mark.django_db(transaction=True)
def test_negative_control_without_the_lock_they_collide(move_clock):
    move_clock("2026-04-02T10:00:00+08:00")
    root = OrganizationFactory()

    assert _two_at_once(_issue_carelessly, _signed(root), _signed(root)) == [1, "IntegrityError"]


def test_a_draft_is_dated_by_its_content():
    document = actions.draft_document(
        by=BY, issuer=OrganizationFactory(), kind="notice", content=make_content(date=date(2025, 12, 31))
    )

    assert (document.year, document.kind) == (2025, "notice")
