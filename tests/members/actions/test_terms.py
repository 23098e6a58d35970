"""Terms written down and put off (N19)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from branches.permissions import Actor
from members.actions.terms import answer_extension, ask_extension, record_term
from members.models import Term
from office.models import Notice
from tests.factories.branches import (
    BranchFactory,
    CommitteeFactory,
    GeneralBranchFactory,
    GroupFactory,
    OrganizationFactory,
    actor,
    make_user_with_post,
)
from tests.factories.terms import TermExtensionFactory, TermFactory

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system()
ELECTED = date(2024, 3, 1)


@pytest.fixture(autouse=True)
def today(move_clock):
    move_clock("2026-11-20T10:00:00+08:00")


@pytest.mark.parametrize(
    ("factory", "due_on"),
    [
        (CommitteeFactory, date(2029, 3, 1)),
        (GeneralBranchFactory, date(2027, 3, 1)),
        (BranchFactory, date(2027, 3, 1)),
    ],
)
def test_n19_the_rule_table_proposes_the_years_by_kind(factory, due_on, trail):
    term = record_term(by=SYSTEM, organization=factory(), elected_on=ELECTED)

    assert term.due_on == due_on
    assert trail().get().verb == "登记任期"


@pytest.mark.parametrize("factory", [OrganizationFactory, GroupFactory])
def test_n19_kinds_that_elect_no_committee_have_no_term(factory):
    with pytest.raises(ValidationError, match="不实行换届选举"):
        record_term(by=SYSTEM, organization=factory(), elected_on=ELECTED)


def test_n19_a_term_is_corrected_and_saying_the_same_again_leaves_no_trace(trail):
    branch = BranchFactory()
    record_term(by=SYSTEM, organization=branch, elected_on=ELECTED)
    record_term(by=SYSTEM, organization=branch, elected_on=date(2024, 4, 1))
    record_term(by=SYSTEM, organization=branch, elected_on=date(2024, 4, 1))

    assert Term.objects.get().due_on == date(2027, 4, 1)
    assert [entry.verb for entry in trail()] == ["登记任期", "更正任期"]


@pytest.mark.parametrize(
    ("elected_on", "words"), [(date(2026, 11, 21), "晚于今天"), (date(2019, 12, 31), "早于党组织成立时间")]
)
def test_n19_days_that_cannot_be_are_refused(elected_on, words):
    with pytest.raises(ValidationError, match=words):
        record_term(by=SYSTEM, organization=BranchFactory(), elected_on=elected_on)


def test_n19_a_term_begins_no_earlier_than_the_one_before_ended():
    old = TermFactory(elected_on=date(2021, 3, 1), ended_on=ELECTED)

    with pytest.raises(ValidationError, match="上一届"):
        record_term(by=SYSTEM, organization=old.organization, elected_on=date(2024, 2, 29))


class TestExtension:
    @pytest.fixture
    def term(self):
        return TermFactory()

    def test_n19_it_is_asked_for_and_the_superior_is_told(self, term, trail):
        staff = make_user_with_post("staff", term.organization.parent)

        ask_extension(by=SYSTEM, term=term, reason="人员未到位", asked_to=date(2027, 9, 1))

        assert trail().last().verb == "申请延期换届"
        assert "请批复" in Notice.objects.get(user=staff).text
        term.refresh_from_db()
        assert term.extended_to is None

    def test_n19_no_more_than_a_year(self, term):
        with pytest.raises(ValidationError, match="最多 1 年"):
            ask_extension(by=SYSTEM, term=term, reason="人员未到位", asked_to=date(2028, 3, 2))

    def test_n19_one_request_at_a_time(self, term):
        TermExtensionFactory(term=term)

        with pytest.raises(ValidationError, match="已有一份"):
            ask_extension(by=SYSTEM, term=term, reason="人员未到位", asked_to=date(2027, 9, 1))

    def test_n19_a_term_that_has_ended_is_not_put_off(self):
        with pytest.raises(ValidationError, match="已经换届"):
            ask_extension(
                by=SYSTEM, term=TermFactory(ended_on=date(2026, 3, 1)), reason="人员未到位", asked_to=date(2027, 9, 1)
            )

    def test_n19_the_superior_agrees_and_the_term_runs_on(self, term, trail):
        extension = TermExtensionFactory(term=term, asked_to=date(2027, 9, 1))
        staff = make_user_with_post("staff", term.organization.parent)
        secretary = make_user_with_post("secretary", term.organization)

        answer_extension(by=actor(staff), extension=extension, approve=True, remark="同意")

        term.refresh_from_db()
        extension.refresh_from_db()
        assert (term.extended_to, extension.get_state_display()) == (date(2027, 9, 1), "已同意")
        assert trail().filter(verb="同意延期换届").get().user_id == staff.pk
        assert "已同意" in Notice.objects.get(user=secretary).text

    def test_n19_a_refusal_says_why(self, term):
        extension = TermExtensionFactory(term=term)

        with pytest.raises(ValidationError, match="请写明意见"):
            answer_extension(by=SYSTEM, extension=extension, approve=False)
        answer_extension(by=SYSTEM, extension=extension, approve=False, remark="应按期换届")

        term.refresh_from_db()
        assert term.extended_to is None

    def test_n19_it_is_answered_once(self, term):
        extension = TermExtensionFactory(term=term)
        answer_extension(by=SYSTEM, extension=extension, approve=True)

        with pytest.raises(ValidationError, match="已经批复"):
            answer_extension(by=SYSTEM, extension=extension, approve=False, remark="不同意")

    def test_n19_nobody_answers_his_own_organisation(self):
        committee = CommitteeFactory()
        extension = TermExtensionFactory(term=TermFactory(organization=committee))
        staff = make_user_with_post("staff", committee)

        with pytest.raises(ValidationError, match="由上级党组织批复"):
            answer_extension(by=actor(staff), extension=extension, approve=True)

    def test_n19_at_the_top_of_a_tree_a_second_person_answers(self):
        top = CommitteeFactory(parent=None)
        asker, other = make_user_with_post("staff", top), make_user_with_post("staff", top)
        extension = TermExtensionFactory(term=TermFactory(organization=top), asked_by=asker)

        with pytest.raises(ValidationError, match="另一名同志"):
            answer_extension(by=actor(asker), extension=extension, approve=True)
        answer_extension(by=actor(other), extension=extension, approve=True)
