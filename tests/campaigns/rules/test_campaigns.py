import pytest

from campaigns.enums import CampaignStatus as Status
from campaigns.rules.campaigns import CampaignError, Verb, can, check, next_status, year_of_code


def test_the_table_holds_every_legal_step_and_no_other():
    legal = {(status, verb) for status in Status for verb in Verb if can(status, verb)}

    assert legal == {
        (Status.DRAFT, Verb.SET_REVIEW),
        (Status.DRAFT, Verb.PUBLISH),
        (Status.DRAFT, Verb.DELETE),
        (Status.PUBLISHED, Verb.CLOSE),
        (Status.CLOSED, Verb.ARCHIVE),
    }


@pytest.mark.parametrize(
    "status, verb, after",
    [
        (Status.DRAFT, Verb.SET_REVIEW, Status.DRAFT),
        (Status.DRAFT, Verb.PUBLISH, Status.PUBLISHED),
        (Status.DRAFT, Verb.DELETE, Status.DRAFT),
        (Status.PUBLISHED, Verb.CLOSE, Status.CLOSED),
        (Status.CLOSED, Verb.ARCHIVE, Status.ARCHIVED),
    ],
)
def test_a_legal_step_leads_on(status, verb, after):
    assert next_status(status, verb) == after


def test_a_refused_step_says_where_the_campaign_stands():
    with pytest.raises(CampaignError) as caught:
        check("published", Verb.PUBLISH)

    assert str(caught.value) == "该活动现在是“已发布”状态，不能发布。请刷新页面后核对。"


@pytest.mark.parametrize(
    "code, parts",
    [("SX", ("SX", None)), (" sx-2026 ", ("SX", 2026)), ("SX-26", ("SX", None)), ("SX-abcd", ("SX", None))],
)
def test_a_code_may_carry_a_year(code, parts):
    assert year_of_code(code) == parts
