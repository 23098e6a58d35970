"""``manage.py draft_campaign``."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from branches.enums import OrganizationKind
from branches.management.base import REFUSED, WRONG_USE
from campaigns.models import PlanDraft
from tests.factories.branches import OrganizationFactory

pytestmark = pytest.mark.django_db

PLAN = "机关党建工作方案\n一、主要任务\n（一）抓学习。每月集中学习不少于1次。\n（二）抓管理。6月底前完成换届。\n"
KEYS = {"code", "name", "dimensions", "milestones", "stages", "cadences", "leading_group"}


@pytest.fixture
def plan(tmp_path):
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


def run(*args):
    out, err = StringIO(), StringIO()
    call_command("draft_campaign", *map(str, args), stdout=out, stderr=err)
    return out.getvalue()


def test_x01_a_plan_is_shown_in_the_form_of_a_campaign_each_finding_with_its_sentence(plan):
    form = json.loads(run(plan, "--json"))

    assert set(form) >= KEYS
    tasks = [task for dimension in form["dimensions"] for task in dimension["tasks"]]
    assert [(task["number"], task["title"]) for task in tasks] == [("1.1", "抓学习"), ("1.2", "抓管理")]
    (target,) = [target for target in tasks[0]["targets"] if target["basis"] == "stated"]
    assert (target["metric"], target["period"], target["at_least"]) == ("study.sessions", "month", "1")
    assert (target["sentence"], target["sure"]) == ("每月集中学习不少于1次。", True)
    assert form["milestones"][0]["due"] == "06-30"
    assert not PlanDraft.objects.exists()


def test_x01_without_json_it_is_told_in_words(plan):
    assert "抓学习" in run(plan)


def test_x01_a_draft_is_kept_on_demand(plan):
    issuer = OrganizationFactory(kind=OrganizationKind.WORK_COMMITTEE)

    form = json.loads(run(plan, "--save", "--issuer", issuer.code, "--json"))

    draft = PlanDraft.objects.get(pk=form["id"])
    assert draft.issuer == issuer


def test_x01_wrong_use_and_refusals_have_their_exit_status(plan, tmp_path):
    with pytest.raises(CommandError) as missing:
        run(tmp_path / "none.txt")
    with pytest.raises(CommandError) as homeless:
        run(plan, "--save")
    long = tmp_path / "long.txt"
    long.write_text("做" * 50_001, encoding="utf-8")
    with pytest.raises(CommandError) as refused:
        run(long)

    assert (missing.value.returncode, homeless.value.returncode) == (WRONG_USE, WRONG_USE)
    assert refused.value.returncode == REFUSED
    assert "50,000" in str(refused.value)
