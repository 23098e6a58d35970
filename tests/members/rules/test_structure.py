"""The structure check at its boundaries (O03)."""

from datetime import date

import pytest

from members.enums import FindingCode
from members.rules.structure import Facts, check, units_of
from office.rules.defaults import DEFAULTS
from office.rules.table import RuleTable, RuleValue

TODAY = date(2026, 11, 20)
TABLE = RuleTable(
    {
        rule.code: RuleValue(
            rule.code, rule.name, rule.value, rule.unit, rule.basis, rule.is_secondary, rule.effective_from
        )
        for rule in DEFAULTS
    },
    date(2020, 1, 1),
)


def found(**changes):
    facts = {"kind": "branch", "members": 20, "full": 20, "committee": 3, "has_secretary": True, **changes}
    return [finding.code for finding in check(Facts(**facts), TODAY, TABLE)]


def test_o03_a_branch_as_it_should_be():
    assert found() == []


@pytest.mark.parametrize(("full", "codes"), [(2, ["too_few"]), (3, []), (50, []), (51, ["too_many"])])
def test_o03_full_members_of_a_branch(full, codes):
    assert found(full=full, members=full + 1) == codes


@pytest.mark.parametrize(
    ("full", "committee", "codes"),
    [
        (6, 1, []),
        (7, 1, ["no_committee"]),
        (7, 2, ["no_committee"]),
        (7, 3, []),
        (20, 7, []),
        (20, 8, ["committee_too_large"]),
    ],
)
def test_o03_a_committee_from_seven_full_members_on(full, committee, codes):
    assert found(full=full, committee=committee) == codes


def test_o03_probationary_members_do_not_count():
    assert found(full=2, members=20, committee=1) == ["too_few"]


def test_o03_without_members_only_that_is_said_of_its_size():
    assert found(full=0, members=0, committee=0) == ["no_members"]


def test_o03_without_a_secretary():
    assert found(has_secretary=False) == ["no_secretary"]


@pytest.mark.parametrize(
    ("last_day", "codes"), [(None, []), (date(2026, 11, 20), []), (date(2026, 11, 19), ["over_term"])]
)
def test_o03_over_its_term_from_the_day_after(last_day, codes):
    assert found(last_day=last_day) == codes


@pytest.mark.parametrize(
    ("kind", "full", "codes"),
    [
        ("general_branch", 49, ["general_branch_small"]),
        ("general_branch", 50, []),
        ("committee", 99, ["committee_small"]),
        ("committee", 100, []),
    ],
)
def test_o03_superiors_have_their_size(kind, full, codes):
    assert found(kind=kind, full=full, members=full) == codes


def test_o03_what_the_superior_approved_is_no_finding():
    approved = frozenset({"committee_small"})

    assert found(kind="committee", full=20, approved=approved) == []
    assert found(kind="committee", full=20, approved=approved, has_secretary=False) == ["no_secretary"]


@pytest.mark.parametrize(("units", "codes"), [(["财政局"], []), ([], []), (["财政局", "审计局"], ["cross_department"])])
def test_o03_a_general_branch_across_departments(units, codes):
    assert found(kind="general_branch", full=60, units=units) == codes


@pytest.mark.parametrize(("count", "codes"), [(1, []), (5, []), (6, ["joint_too_wide"])])
def test_o03_a_joint_branch_covers_few_units(count, codes):
    assert found(units=[f"{number}单位" for number in range(count)]) == codes


@pytest.mark.parametrize("kind", ["work_committee", "leading_group", "group"])
def test_o03_other_kinds_are_not_checked(kind):
    assert found(kind=kind, members=0, has_secretary=False) == []


def test_o03_a_finding_names_its_rule_value_and_basis():
    finding = check(Facts("branch", members=2, full=2, committee=1, has_secretary=True), TODAY, TABLE)[0]

    assert "联合党支部" in finding.words
    assert (finding.rule.code, finding.rule.value) == ("size.branch_min_full", 3)
    assert "支部工作条例" in finding.rule.shown_basis


def test_o03_a_figure_found_in_secondary_copies_only_is_to_be_checked():
    facts = Facts("branch", "联合党支部", members=9, full=9, committee=3, has_secretary=True, units=[*"甲乙丙丁戊己"])

    finding = check(facts, TODAY, TABLE)[0]

    assert finding.rule.shown_basis == "请按本地规定核对"


def test_o03_every_finding_can_be_worded_by_its_rule():
    facts = [
        Facts("branch", last_day=date(2020, 1, 1)),
        Facts("branch", members=60, full=60, units=[*"甲乙丙丁戊己"]),
        Facts("branch", members=2, full=2, committee=8),
        Facts("general_branch", members=9, full=9, units=["甲", "乙"]),
        Facts("committee", members=9, full=9),
    ]

    findings = [finding for one in facts for finding in check(one, TODAY, TABLE)]

    assert {finding.code for finding in findings} == set(FindingCode)
    assert all(finding.rule_text and finding.words for finding in findings)


def test_o03_units_are_read_from_the_field():
    assert units_of("区档案局、区史志办，区档案局;区志办") == ["区档案局", "区史志办", "区志办"]
    assert units_of("") == []
