"""Row 16, O15: whatever is posted by whomever in whatever order, a person is honoured only by who issued the contest
and only while the branch's last word on it is that it agrees."""

from dataclasses import dataclass, field

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from branches.models import AuditEntry
from campaigns.actions import applications
from campaigns.models import Award
from campaigns.rules.contests import ApplicationState
from members.models import OpinionRequest
from partybuild.lib import clock
from tests.factories.branches import BranchFactory, CommitteeFactory, OrganizationFactory, make_user_with_post
from tests.factories.campaigns_honours import ApplicationFactory, ContestFactory
from tests.factories.members import MembershipFactory

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
WHO = ("top", "committee", "branch", "other")
VERBS = ("ask", "agree", "refuse", "close", "award", "revoke")
OPERATIONS = st.tuples(st.sampled_from([*VERBS, "award"]), st.sampled_from([*WHO, "committee", "branch"]))


@pytest.fixture(autouse=True)
def spring(move_clock):
    move_clock("2026-03-05T10:00:00+08:00")


@dataclass
class World:
    """A member's application that has met its criteria, and the model of what may become of it."""

    clients: dict[str, Client] = field(default_factory=dict)
    word: str = ""
    is_asked: bool = False
    state: str = "met"

    def __post_init__(self) -> None:
        top = OrganizationFactory()
        committee = CommitteeFactory(parent=top)
        branch = BranchFactory(parent=committee)
        member = MembershipFactory(organization=branch).member
        contest = ContestFactory(issuer=committee, subject="member")
        self.application = ApplicationFactory(
            contest=contest, organization=branch, member=member, state=ApplicationState.MET, verified_at=clock.now()
        )
        for name, role, place in (
            ("top", "staff", top), ("committee", "staff", committee), ("branch", "secretary", branch),
            ("other", "secretary", BranchFactory(parent=committee)),
        ):  # fmt: skip
            self.clients[name] = Client()
            self.clients[name].force_login(make_user_with_post(role, place), BACKEND)

    def post(self, verb: str, who: str) -> int:
        page = f"/campaigns/applications/{self.application.pk}/"
        asked = OpinionRequest.objects.order_by("-pk").first()
        opinion = f"/members/opinions/{asked.pk if asked else 0}/"
        met = {"met_on": "2026-03-05"}
        url, data = {
            "ask": (f"{page}ask/", {}),
            "agree": (f"{opinion}answer/", {"answer": "agreed", "text": "", **met}),
            "refuse": (f"{opinion}answer/", {"answer": "refused", "text": "有反映", **met}),
            "close": (f"{opinion}close/", {}),
            "award": (f"{page}award/", {"awarded_on": "2026-03-05", "number": "机委〔2026〕3号"}),
            "revoke": (f"{page}act/revoke/", {"text": "弄虚作假"}),
        }[verb]
        return self.clients[who].post(url, data).status_code

    def follow(self) -> None:
        """What the branch's last word is, from the rows themselves."""
        asked = OpinionRequest.objects.order_by("-asked_on", "-pk").first()
        self.word = asked.answer if asked else ""

    def expect(self, verb: str, who: str) -> None:
        if verb == "award" and who == "committee" and self.state == "met" and self.word == "agreed":
            self.state = "awarded"
        elif verb == "revoke" and who == "committee" and self.state == "awarded":
            self.state = "revoked"


def walk(operations: list[tuple[str, str]]) -> list[str]:
    """Post what was chosen; the states that the application went through. Whatever differs from the model fails."""
    world, states = World(), ["met"]
    for verb, who in operations:
        assert world.post(verb, who) in (302, 403, 404, 422), (verb, who)
        world.expect(verb, who)
        world.follow()
        world.application.refresh_from_db()
        assert world.application.state == world.state, (verb, who)
        assert Award.objects.count() == (0 if world.state == "met" else 1)
        assert Award.objects.in_force().count() == (1 if world.state == "awarded" else 0)
        if world.state != states[-1]:
            states.append(world.state)
    return states


@hypothesis_settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(operations=st.lists(OPERATIONS, min_size=1, max_size=10))
def test_r16_nobody_is_honoured_without_the_word_of_his_branch(operations):
    with transaction.atomic():
        walk(operations)
        transaction.set_rollback(True)


WAY = [
    ("award", "committee"), ("ask", "committee"), ("award", "committee"), ("refuse", "branch"), ("award", "committee"),
    ("agree", "branch"), ("close", "committee"), ("ask", "committee"), ("award", "committee"), ("agree", "branch"),
    ("award", "branch"), ("award", "top"), ("award", "committee"), ("award", "committee"), ("revoke", "branch"),
    ("revoke", "committee"), ("award", "committee"),
]  # fmt: skip


def test_r16_the_steps_are_taken_at_all():
    assert walk(WAY) == ["met", "awarded", "revoked"]
    assert OpinionRequest.objects.count() == 2
    assert AuditEntry.objects.filter(result="done", object_type="campaigns.Application").exists()


def test_r16_negative_control_where_the_branch_is_not_heard(monkeypatch):
    monkeypatch.setattr(applications, "has_favourable_opinion", lambda member, subject: True)

    with pytest.raises(AssertionError):
        walk(WAY)
