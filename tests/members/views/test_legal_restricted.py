"""Row 16 for restricted records (O10): whoever asks in whatever order, a record is seen by those named for it alone,
each look stands in the trail, it stays until its day and no longer, and what is destroyed stays so."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from branches.models import AuditEntry
from branches.permissions import Actor
from members.actions import restricted
from members.enums import RestrictedKind
from members.models import RestrictedRecord
from partybuild.lib import uploads
from tests.factories.branches import BranchFactory, make_user_with_post
from tests.factories.members import MemberFactory
from tests.factories.restricted import CustodianFactory, RestrictedRecordFactory, make_custodian

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
SECRET, PAPER, NAME = "绝密内容", "绝密材料", "周知"
KEEP_UNTIL = date(2029, 3, 5)
WHO = ("named", "above", "other kind", "beside", "ended", "secretary", "sysadmin")
MAY = ("named", "above")
VERBS = ("list", "look", "open", "open without a reason", "add paper", "take paper", "destroy",
         "destroy without a reason", "last day", "day after")  # fmt: skip
OPERATIONS = st.tuples(st.sampled_from([*VERBS[:6], *VERBS]), st.sampled_from([*MAY, *WHO]))


@dataclass
class World:
    """A record of a talk at a branch, and people some of whom are named for it."""

    clients: dict[str, Client] = field(default_factory=dict)

    def __post_init__(self) -> None:
        branch = BranchFactory()
        self.record: Any = RestrictedRecordFactory(
            organization=branch, member=MemberFactory(name=NAME), content=SECRET, keep_until=KEEP_UNTIL
        )
        ended = make_user_with_post("secretary", branch)
        CustodianFactory(post=ended.posts.get(), kind="talk", starts_on=date(2026, 1, 1), ends_on=date(2026, 3, 15))
        for name, user in {
            "named": make_custodian(branch, "talk"),
            "above": make_custodian(branch.parent, "talk", role="staff"),
            "other kind": make_custodian(branch, "discipline"),
            "beside": make_custodian(BranchFactory(parent=branch.parent), "talk"),
            "ended": ended,
            "secretary": make_user_with_post("secretary", branch),
            "sysadmin": make_user_with_post("sysadmin", branch.parent),
        }.items():
            self.clients[name] = Client()
            self.clients[name].force_login(user, BACKEND)
        self.is_kept, self.papers = True, 0

    def send(self, verb: str, who: str) -> Any:
        page, client = f"/members/restricted/{self.record.pk}/", self.clients[who]
        paper = self.record.papers.order_by("pk").first()
        file = SimpleUploadedFile("材料.txt", PAPER.encode(), "text/plain")
        match verb:
            case "list":
                return client.get("/members/restricted/")
            case "look":
                return client.get(page)
            case "open" | "open without a reason":
                return client.post(f"{page}open/", {"reason": "年度核查" if verb == "open" else " "})
            case "add paper":
                return client.post(f"{page}papers/", {"file": file})
            case "take paper":
                return client.get(f"/members/restricted/papers/{paper.pk if paper else 0}/")
            case _:
                return client.post(f"{page}destroy/", {"reason": "误录" if verb == "destroy" else " "})

    def expect(self, verb: str, who: str) -> str:
        """The entry that the step leaves; empty where none is due. Moves the model on."""
        if verb == "list" and who in (*MAY, "other kind", "beside"):
            return "查阅限定记录目录"
        if who not in MAY:
            return ""
        if verb == "look":
            return "查阅谈话记录"
        if not self.is_kept:
            return ""
        if verb == "add paper":
            self.papers += 1
            return "添加限定记录材料"
        if verb == "destroy":
            self.is_kept, self.papers = False, 0
            return "提前销毁限定记录"
        if verb == "take paper" and self.papers:
            return "下载谈话记录材料"
        return "查阅谈话记录全文" if verb == "open" else ""


def entries() -> list[str]:
    """What stands in the trail of looks at restricted records and changes of them."""
    rows = AuditEntry.objects.filter(result="done", verb__regex="限定记录|谈话记录").order_by("pk")
    return list(rows.values_list("verb", flat=True))


def bytes_of(answer: Any) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return str(content.decode("utf-8", "replace"))


def round_of(world: World, verb: str) -> None:
    """The daily round on the last day for which the record is kept, or on the day after."""
    on = KEEP_UNTIL if verb == "last day" else date(2029, 3, 6)
    gone = restricted.destroy_expired(by=Actor.system(), on=on)
    assert gone == (1 if verb == "day after" and world.is_kept else 0)
    if verb == "day after":
        world.is_kept, world.papers = False, 0


def check(world: World) -> None:
    """The record as it stands is as the model says."""
    record = RestrictedRecord.objects.get(pk=world.record.pk)
    kept = (record.content == SECRET, record.member_id is not None, record.destroyed_at is None)
    assert kept == (world.is_kept,) * 3
    assert (record.kind, record.keep_until) == ("talk", KEEP_UNTIL)
    assert record.papers.count() == world.papers


def walk(operations: list[tuple[str, str]]) -> list[str]:
    """Do what was chosen; the trail in the end. Whatever differs from the model fails."""
    world = World()
    trail = entries()
    for verb, who in operations:
        if verb in ("last day", "day after"):
            was_kept = world.is_kept
            round_of(world, verb)
            trail += ["按期销毁限定记录"] if was_kept and not world.is_kept else []
        else:
            was_kept, had_papers = world.is_kept, world.papers
            answer = world.send(verb, who)
            entry = world.expect(verb, who)
            shown = bytes_of(answer)
            assert answer.status_code in (200, 302, 403, 404, 422), (verb, who, answer.status_code)
            assert (SECRET in shown) == (verb == "open" and who in MAY and was_kept), (verb, who)
            assert (PAPER in shown) == (verb == "take paper" and who in MAY and had_papers > 0), (verb, who)
            assert who in MAY or NAME not in shown, (verb, who)
            trail += [entry] if entry else []
        assert entries() == trail, (verb, who)
        check(world)
    told = "".join(f"{one.verb}{one.object_label}{one.detail}" for one in AuditEntry.objects.all())
    assert SECRET not in told
    assert NAME not in told
    return trail


@pytest.fixture(autouse=True)
def _in_march(move_clock, settings, tmp_path):
    move_clock("2026-03-16T09:00:00+08:00")
    settings.MEDIA_ROOT = tmp_path / "media"


SLOW = hypothesis_settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@SLOW
@given(operations=st.lists(OPERATIONS, min_size=1, max_size=10))
def test_r16_a_restricted_record_goes_the_way_of_the_model(operations):
    with transaction.atomic():
        walk(operations)
        transaction.set_rollback(True)


WAY = [
    ("list", "named"), ("look", "above"), ("open without a reason", "named"), ("open", "named"), ("open", "secretary"),
    ("add paper", "ended"), ("add paper", "named"), ("take paper", "beside"), ("take paper", "above"),
    ("destroy", "other kind"), ("destroy without a reason", "named"), ("last day", "named"), ("open", "above"),
    ("day after", "named"), ("look", "named"), ("open", "named"), ("add paper", "named"), ("destroy", "named"),
]  # fmt: skip


def test_r16_the_steps_are_taken_at_all(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        trail = walk(WAY)

    assert trail == [
        "查阅限定记录目录", "查阅谈话记录", "查阅谈话记录全文", "添加限定记录材料", "下载谈话记录材料",
        "查阅谈话记录全文", "按期销毁限定记录", "查阅谈话记录",
    ]  # fmt: skip
    assert list(uploads.stored_hashes()) == []


@pytest.mark.parametrize("name", ["note_record_seen", "note_paper_seen", "note_list_seen"])
def test_r16_negative_control_without_the_trail(monkeypatch, name):
    monkeypatch.setattr(restricted, name, lambda **given: None)

    with pytest.raises(AssertionError):
        walk(WAY)


def test_r16_negative_control_where_a_role_would_do(monkeypatch):
    """With the ordinary filter of a scope in the place of the named posts, a secretary looks into it."""
    queryset = type(RestrictedRecord.objects.all())
    monkeypatch.setattr(queryset, "visible_to", lambda rows, scope: rows.all())
    monkeypatch.setattr("members.views.restricted.held_or_403", lambda *given: frozenset(RestrictedKind))

    with pytest.raises(AssertionError):
        walk(WAY)


def test_r16_negative_control_where_nothing_is_removed(monkeypatch):
    monkeypatch.setattr(restricted, "_destroy", lambda *given: None)

    with pytest.raises(AssertionError):
        walk(WAY)
