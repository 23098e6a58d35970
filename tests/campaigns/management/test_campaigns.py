import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from campaigns.models import Campaign, Template
from campaigns.queries.catalogue import load_catalogue_plans
from campaigns.rules.plans import public_form
from tests.factories.branches import CommitteeFactory, OrganizationFactory
from tests.factories.campaigns import CampaignFactory

pytestmark = pytest.mark.django_db

KEYS = {"code", "name", "dimensions", "milestones", "stages", "cadences", "leading_group"}
TARGET_KEYS = {"metric", "subject", "period", "at_least", "unit"}


def run(*args: str) -> str:
    out = StringIO()
    call_command(*args, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_load_catalogue_says_what_it_did_and_may_be_repeated():
    first, again = json.loads(run("load_catalogue", "--json")), json.loads(run("load_catalogue", "--json"))

    assert first == {"created": 5, "updated": 0, "unchanged": 0}
    assert again == {"created": 0, "updated": 0, "unchanged": 5}
    assert run("load_catalogue") == "方案新增 0 个，更新 0 个，未变 5 个。\n"


@pytest.mark.parametrize("plan", load_catalogue_plans(), ids=lambda plan: plan.code)
def test_a_template_is_shown_whole_in_the_promised_form(plan):
    run("load_catalogue")

    shown = json.loads(run("show_campaign", plan.code, "--json"))

    assert shown == public_form(plan)
    assert set(shown) == KEYS
    _check_form(shown)


@pytest.mark.parametrize("plan", load_catalogue_plans(), ids=lambda plan: plan.code)
def test_a_campaign_is_shown_as_its_template_with_year_and_whole_dates(plan):
    run("load_catalogue")
    run("create_campaign", plan.code, "--year", "2026", "--issuer", OrganizationFactory().code)

    shown = json.loads(run("show_campaign", f"{plan.code}-2026", "--json"))

    template = public_form(plan)
    _check_form(shown)
    assert shown["code"] == f"{plan.code}-2026"
    assert [m["title"] for m in shown["milestones"]] == [m["title"] for m in template["milestones"]]
    assert all(m["due"] is None or m["due"].startswith("2026-") for m in shown["milestones"])
    assert [_without_titles(d) for d in shown["dimensions"]] == [_without_titles(d) for d in template["dimensions"]]
    for part in ("cadences", "leading_group", "name"):
        assert shown[part] == template[part]


def _check_form(shown: dict) -> None:
    assert [set(d) for d in shown["dimensions"]] == [{"name", "tasks"}] * len(shown["dimensions"])
    for dimension in shown["dimensions"]:
        for task in dimension["tasks"]:
            assert set(task) == {"number", "title", "source", "targets"}
            for target in task["targets"]:
                assert set(target) >= TARGET_KEYS
                assert all(isinstance(target[key], str) for key in TARGET_KEYS)
    assert all(set(milestone) == {"due", "title"} for milestone in shown["milestones"])
    assert all(set(stage) == {"name", "from", "to"} for stage in shown["stages"])
    assert all(set(cadence) == {"period", "title"} for cadence in shown["cadences"])
    assert all(set(seat) == {"role", "holder"} for seat in shown["leading_group"])


def _without_titles(dimension: dict) -> dict:
    tasks = [
        {**task, "targets": [{k: v for k, v in target.items() if k != "title"} for target in task["targets"]]}
        for task in dimension["tasks"]
    ]
    return {**dimension, "tasks": tasks}


def test_before_any_template_is_loaded_the_shipped_plan_is_shown():
    assert json.loads(run("show_campaign", "sx", "--json"))["name"] == "创建“四型机关”"
    assert Template.objects.count() == 0


def test_without_json_a_campaign_reads_as_text():
    text = run("show_campaign", "SX")

    assert text.startswith("SX 创建“四型机关”（创建“四型机关”工作方案）\n")
    assert "【政治机关】" in text
    assert "    - 党课：党支部 · 每季度不少于 1 次 · 依据：规则表（“三会一课”）\n" in text
    assert "    06-30 " in text


@pytest.mark.parametrize(
    "code, words",
    [
        ("QQ", "没有代号为“QQ”的方案。现有方案：MF、SX、TJ、TS、WX。"),
        ("SX-2026", "没有代号为“SX-2026”的活动。请先用 create_campaign 从方案起草。"),
    ],
)
def test_an_unknown_code_is_wrong_use(code, words):
    with pytest.raises(CommandError) as caught:
        run("show_campaign", code, "--json")

    assert (str(caught.value), caught.value.returncode) == (words, 2)


def test_two_issuers_of_one_campaign_must_be_told_apart():
    root = OrganizationFactory(name="区工委", code="A1")
    CampaignFactory(code="SX", name="甲", issuer=root)
    CampaignFactory(code="SX", name="乙", issuer=CommitteeFactory(parent=root, name="财政局机关党委", code="A2"))

    with pytest.raises(CommandError) as caught:
        run("show_campaign", "SX-2026")

    assert caught.value.returncode == 2
    assert "区工委（A1）；财政局机关党委（A2）" in str(caught.value)
    assert json.loads(run("show_campaign", "SX-2026", "--issuer", "A2", "--json"))["name"] == "乙"


def test_a_campaign_is_created_and_published_on_a_day():
    run("load_catalogue")
    issuer = OrganizationFactory(code="A1")

    said = run("create_campaign", "SX", "--year", "2026", "--issuer", "A1", "--publish", "--on", "2026-01-05", "--json")

    campaign = Campaign.objects.get()
    assert json.loads(said) == {"id": campaign.pk, "code": "SX-2026", "status": "published"}
    assert (campaign.issuer, campaign.published_on.isoformat()) == (issuer, "2026-01-05")
    assert campaign.template.code == "SX"


def test_a_campaign_that_is_there_is_refused_and_an_unknown_issuer_is_wrong_use():
    OrganizationFactory(code="A1")
    run("create_campaign", "SX", "--year", "2026", "--issuer", "A1")

    with pytest.raises(CommandError) as refused:
        run("create_campaign", "SX", "--year", "2026", "--issuer", "A1", "--publish")
    with pytest.raises(CommandError) as unknown:
        run("create_campaign", "SX", "--year", "2026", "--issuer", "A9")

    assert (refused.value.returncode, unknown.value.returncode) == (1, 2)
    assert str(unknown.value) == "没有编码为 A9 的党组织。"
    assert Campaign.objects.get().status == "draft"
