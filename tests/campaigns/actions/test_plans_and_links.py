"""Information, contacts, agreements, lists, mass organisations and calls: who may do what, what counts, who is told."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from branches.enums import Role
from branches.queries.access import scope_of
from campaigns.actions import agreements, contacts, info_items, mass_work, work_lists
from campaigns.actions.plan_reminders import remind_agreements, remind_calls
from campaigns.models import Agreement, InfoItem, Piece
from campaigns.queries.agreements import agreements_to_sign
from campaigns.queries.contacts import contacts_for, facts_of_pairings, facts_of_points
from campaigns.queries.info_items import info_matrix
from campaigns.queries.mass_work import calls_to_answer
from office.models import Notice
from tests.factories.branches import BranchFactory, CommitteeFactory, actor, make_user_with_post
from tests.factories.campaigns import FiledActivityFactory, due
from tests.factories.members import MembershipFactory, OfficeFactory
from tests.factories.plans_and_links import (
    AgreementFactory,
    CallFactory,
    ContactFactory,
    ContactVisitFactory,
    InfoItemFactory,
    MassOrganizationFactory,
    PieceFactory,
    PointFactory,
    SentInfoFactory,
    WorkFileFactory,
    WorkListFactory,
    WorkListItemFactory,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 5)
YEAR = {
    "starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31), "due_on": date(2026, 12, 31),
    "grace_until": date(2027, 1, 8), "cut_off_on": date(2027, 1, 13),
}  # fmt: skip


@pytest.fixture(autouse=True)
def spring(move_clock):
    move_clock("2026-03-05T10:00:00+08:00")


@pytest.fixture
def branch():
    return BranchFactory(parent=CommitteeFactory(), name="第一支部")


@pytest.fixture
def secretary(branch):
    return make_user_with_post(Role.SECRETARY, branch)


@pytest.fixture
def staff(branch):
    return make_user_with_post(Role.STAFF, branch.parent)


def test_c10_an_item_is_sent_counted_adopted_and_published_to_all_below(branch, secretary, staff):
    asked = due(branch, "info.items")
    values = {"kind": "information", "title": "走进社区", "text": "支部走进社区。"}
    item = info_items.write_item(by=actor(secretary), organization=branch, **values)
    info_items.submit_item(by=actor(secretary), item=item)
    asked.refresh_from_db()
    assert asked.done == Decimal(1)

    info_items.adopt_item(by=actor(staff), item=item, level="city")
    info_items.publish_item(by=actor(staff), item=item)

    other = make_user_with_post(Role.MEMBER, BranchFactory(parent=branch.parent))
    outside = make_user_with_post(Role.MEMBER, BranchFactory())
    assert InfoItem.objects.published_to(scope_of(other.pk, TODAY)).count() == 1
    assert InfoItem.objects.published_to(scope_of(outside.pk, TODAY)).count() == 0


def test_c10_what_is_taken_back_no_longer_counts(branch, secretary):
    asked = due(branch, "info.items")
    item = info_items.submit_item(by=actor(secretary), item=InfoItemFactory(organization=branch))

    info_items.withdraw_item(by=actor(secretary), item=item)

    asked.refresh_from_db()
    assert asked.done == 0


def test_c10_declining_needs_a_reason_and_still_counts(branch, staff):
    item = SentInfoFactory(organization=branch)
    with pytest.raises(ValidationError, match="原因"):
        info_items.decline_item(by=actor(staff), item=item, remark="")

    declined = info_items.decline_item(by=actor(staff), item=item, remark="与上期重复")

    assert declined.state == "declined"
    assert [(row.sent, row.taken) for row in info_matrix(scope_of(staff.pk, TODAY), 2026, TODAY)] == [(1, 0)]


def test_c10_nobody_judges_what_his_own_organisation_sent(branch):
    own = make_user_with_post(Role.STAFF, branch)

    with pytest.raises(ValidationError, match="由上级党组织处理"):
        info_items.adopt_item(by=actor(own), item=SentInfoFactory(organization=branch), level="own")


def test_c10_figures_show_the_month_in_which_too_little_was_sent(branch, staff):
    due(branch, "info.items", needed=Decimal(2))
    SentInfoFactory(organization=branch)

    row = info_matrix(scope_of(staff.pk, TODAY), 2026, TODAY)[0]

    assert [(cell.sent, cell.needed, cell.is_short) for cell in row.months[:3]] == [
        (0, None, False), (0, None, False), (1, Decimal(2), True),
    ]  # fmt: skip


def test_c11_one_contact_point_a_year_for_each_leader(branch, secretary):
    leader = MembershipFactory(organization=branch).member
    values = {
        "year": 2026, "leader": leader, "partner_kind": "branch", "partner_organization": branch, "partner": "",
        "aim": "", "effect": "", "starts_on": date(2026, 1, 5),
    }  # fmt: skip
    point = contacts.open_contact(by=actor(secretary), organization=branch, kind="point", **values)
    assert point.partner == str(branch)

    with pytest.raises(ValidationError, match="已有联系点"):
        contacts.open_contact(
            by=actor(secretary), organization=branch, kind="point", **values | {"partner": "另一支部"}
        )
    facts = facts_of_points([branch.pk], date(2026, 1, 1), date(2026, 12, 31))
    assert [(fact.member_id, fact.amount) for fact in facts] == [(leader.pk, Decimal(1))]


def test_c11_a_pairing_counts_its_four_papers_once(branch, secretary):
    asked = due(branch, "contact.pairing", needed=Decimal(4), **YEAR)
    first, second = ContactFactory(organization=branch), ContactFactory(organization=branch)
    WorkFileFactory(contact=first, slot="agreement")
    WorkFileFactory(contact=second, slot="agreement", added_at="2026-03-04T10:00:00+08:00")
    contacts.add_paper(
        by=actor(secretary), contact=first, slot="plan", upload=SimpleUploadedFile("方案.txt", "方案".encode())
    )
    contacts.add_visit(by=actor(secretary), contact=first, visited_on=date(2026, 3, 1), visitors="周敏")

    facts = facts_of_pairings([branch.pk], date(2026, 1, 1), date(2026, 12, 31))
    asked.refresh_from_db()
    assert sorted((fact.key, fact.counted) for fact in facts) == [
        (f"pairing:{first.pk}:agreement", True),
        (f"pairing:{first.pk}:plan", True),
        (f"pairing:{first.pk}:record", True),
        (f"pairing:{second.pk}:agreement", False),
    ]
    assert asked.done == Decimal(3)


def test_c11_a_visit_may_be_a_record_that_is_there_and_its_problem_is_solved(branch, secretary):
    contact = PointFactory(organization=branch)
    record = FiledActivityFactory(organization=branch, kind="contact_visit")
    visit = contacts.add_visit(
        by=actor(secretary), contact=contact, visited_on=date(2026, 3, 1), visitors="周敏", problem="场地不足",
        activity=record,
    )  # fmt: skip
    scope = scope_of(secretary.pk, TODAY)
    assert [one.gaps for one in contacts_for(scope, state="gaps")] == [["1 个问题未解决"]]

    contacts.solve_problem(by=actor(secretary), visit=visit, solution="已协调场地", solved_on=TODAY)

    assert list(contacts_for(scope, state="gaps")) == []
    with pytest.raises(ValidationError, match="另一个联系点"):
        contacts.add_visit(
            by=actor(secretary), contact=ContactFactory(organization=branch), visited_on=TODAY, visitors="周敏",
            activity=record,
        )  # fmt: skip


def test_c11_the_list_and_the_rule_agree_on_gaps(branch, secretary):
    ContactFactory(organization=branch)
    PointFactory(organization=branch)
    full = ContactFactory(organization=branch)
    for slot in ("plan", "agreement", "record", "effect"):
        WorkFileFactory(contact=full, slot=slot)
    ContactVisitFactory(contact=PointFactory(organization=branch))
    scope = scope_of(secretary.pk, TODAY)

    assert {one.pk for one in contacts_for(scope, state="gaps")} == {
        one.pk for one in contacts_for(scope) if one.gaps
    }  # fmt: skip


def test_c08_both_sides_sign_and_it_counts(branch, staff, secretary):
    asked = due(branch, "agreement.signed", **YEAR)
    agreement = agreements.draw_up(by=actor(staff), superior=branch.parent, organizations=[branch], year=2026)[0]
    assert agreements.draw_up(by=actor(staff), superior=branch.parent, organizations=[branch], year=2026) == []
    agreements.send_agreement(by=actor(staff), agreement=agreement)
    scope = scope_of(secretary.pk, TODAY)
    assert agreements_to_sign(scope) == 1

    agreements.sign_agreement(by=actor(secretary), agreement=agreement, role=Role.SECRETARY)
    assert agreements_to_sign(scope) == 0
    signed = agreements.sign_agreement(by=actor(staff), agreement=agreement, role=Role.STAFF)

    asked.refresh_from_db()
    assert (signed.state, signed.signed_on, asked.done) == ("signed", TODAY, Decimal(1))
    agreements.void_agreement(by=actor(staff), agreement=agreement, reason="内容有误")
    asked.refresh_from_db()
    assert asked.done == 0


def test_c08_one_person_signs_for_one_side_alone(branch):
    person = make_user_with_post(Role.LEADER, branch.parent)
    agreement = AgreementFactory(organization=branch, state="sent", sent_at="2026-03-02T10:00:00+08:00")
    agreements.sign_agreement(by=actor(person), agreement=agreement, role=Role.LEADER)
    from_below = actor(person).__class__(user_id=person.pk, organization_id=branch.pk)

    with pytest.raises(ValidationError, match="同一人"):
        agreements.sign_agreement(by=from_below, agreement=agreement, role=Role.SECRETARY)
    assert Agreement.objects.get().state == "sent"


def test_c08_a_draft_is_not_signed_and_belongs_to_the_superior(branch, secretary, staff):
    agreement = AgreementFactory(organization=branch)

    with pytest.raises(ValidationError, match="不能签订"):
        agreements.sign_agreement(by=actor(staff), agreement=agreement, role=Role.STAFF)
    assert list(Agreement.objects.visible_to(scope_of(secretary.pk, TODAY))) == []
    assert list(Agreement.objects.visible_to(scope_of(staff.pk, TODAY))) == [agreement]


def test_y05_a_missing_signature_is_told_once(branch, secretary, staff):
    AgreementFactory(organization=branch, state="sent", sent_at="2026-02-20T10:00:00+08:00")

    assert [remind_agreements(by=actor(staff), on=TODAY) for _ in range(2)] == [2, 0]


def test_c06_a_list_is_made_from_what_is_due_divided_and_confirmed(branch, secretary):
    office = OfficeFactory(member=MembershipFactory(organization=branch).member, organization=branch)
    asked = due(branch, "lists.responsibility", **YEAR)
    work_list = work_lists.generate_list(by=actor(secretary), organization=branch, kind="duty", year=2026)
    assert [(item.target_id, item.member_id) for item in work_list.items.all()] == [(asked.target_id, office.member_id)]

    work_lists.generate_list(by=actor(secretary), organization=branch, kind="duty", year=2026)
    assert work_list.items.count() == 1
    work_lists.confirm_list(by=actor(secretary), work_list=work_list)
    asked.refresh_from_db()
    assert asked.done == Decimal(1)

    work_lists.reopen_list(by=actor(secretary), work_list=work_list)
    asked.refresh_from_db()
    assert asked.done == 0


def test_c06_a_list_in_which_somebody_is_missing_is_not_confirmed(branch, secretary):
    item = WorkListItemFactory(work_list__organization=branch, post="")

    with pytest.raises(ValidationError, match="还有 1 项"):
        work_lists.confirm_list(by=actor(secretary), work_list=item.work_list)


def test_c06_the_list_of_one_person_names_him(branch, secretary):
    with pytest.raises(ValidationError) as refused:
        work_lists.generate_list(by=actor(secretary), organization=branch, kind="secretary", year=2026)

    assert list(refused.value.message_dict) == ["leader"]


def test_c06_what_is_done_is_written_down_when_the_list_is_confirmed(branch, secretary):
    item = WorkListItemFactory(work_list=WorkListFactory(organization=branch))
    with pytest.raises(ValidationError, match="确认后"):
        work_lists.finish_item(by=actor(secretary), item=item, done_on=TODAY)

    work_lists.confirm_list(by=actor(secretary), work_list=item.work_list)

    assert work_lists.finish_item(by=actor(secretary), item=item, done_on=TODAY, note="按时完成").done_on == TODAY


def test_c15_records_become_activities_of_a_mass_organisation_once(branch, secretary):
    mass = MassOrganizationFactory(organization=branch)
    record = FiledActivityFactory(organization=branch, kind="volunteer")
    for _ in range(2):
        mass_work.link_activity(by=actor(secretary), mass=mass, activity=record)
    assert list(mass.activities.all()) == [record]

    with pytest.raises(ValidationError, match="请选择本组织的"):
        mass_work.link_activity(by=actor(secretary), mass=mass, activity=FiledActivityFactory(organization=branch))


def test_c15_a_call_is_published_answered_judged_and_shown(branch, secretary, staff):
    person = make_user_with_post(Role.MEMBER, branch)
    call = mass_work.publish_call(by=actor(staff), call=CallFactory(issuer=branch.parent))
    assert Notice.objects.filter(user__in=[secretary, person]).count() == 2
    assert calls_to_answer(scope_of(secretary.pk, TODAY)) == 1

    piece = mass_work.send_piece(
        by=actor(secretary), call=call, organization=branch, title="读《论语》", text="有感。"
    )  # fmt: skip
    assert calls_to_answer(scope_of(secretary.pk, TODAY)) == 0
    mass_work.close_call(by=actor(staff), call=call)
    with pytest.raises(ValidationError, match="还没有入选"):
        mass_work.show_call(by=actor(staff), call=call)
    mass_work.select_pieces(by=actor(staff), call=call, chosen=[piece.pk])
    beside = make_user_with_post(Role.SECRETARY, BranchFactory(parent=branch.parent))
    assert list(Piece.objects.visible_to(scope_of(beside.pk, TODAY))) == []

    mass_work.show_call(by=actor(staff), call=call)

    assert list(Piece.objects.visible_to(scope_of(beside.pk, TODAY))) == [piece]


@pytest.mark.parametrize(
    ("audience", "has_member", "words"), [("members", False, "面向党员"), ("organizations", True, "面向党组织")]
)
def test_c15_a_call_reaches_its_audience_alone(branch, secretary, audience, has_member, words):
    call = CallFactory(issuer=branch.parent, state="open", audience=audience)
    member = MembershipFactory(organization=branch).member if has_member else None

    with pytest.raises(ValidationError, match=words):
        mass_work.send_piece(
            by=actor(secretary), call=call, organization=branch, title="读后感", text="有感。", member=member
        )


def test_c15_only_the_issuer_leads_its_call(branch, staff):
    root_staff = make_user_with_post(Role.STAFF, branch.parent.parent)

    with pytest.raises(ValidationError, match="由征集单位管理"):
        mass_work.publish_call(by=actor(root_staff), call=CallFactory(issuer=branch.parent))


def test_y05_who_has_sent_nothing_is_told_before_a_call_closes(branch, secretary, staff):
    call = CallFactory(issuer=branch.parent, state="open", closes_on=date(2026, 3, 7))
    other = BranchFactory(parent=branch.parent)
    make_user_with_post(Role.SECRETARY, other)
    PieceFactory(call=call, organization=other)

    assert [remind_calls(by=actor(staff), on=TODAY) for _ in range(2)] == [1, 0]
