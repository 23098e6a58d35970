from datetime import date
from itertools import pairwise

from members.rules.bands import AGES, PARTY_AGES, band
from members.rules.completeness import labels_of, missing_fields

ASKED = ["id_number", "phone", "converted_on"]


def test_o04_what_is_missing_in_the_order_of_the_table():
    assert missing_fields({"phone": False}, ASKED, kind="full") == ["id_number", "converted_on", "phone"]
    assert labels_of(["phone", "id_number"]) == "身份证号、手机号码"


def test_a_probationary_member_is_not_asked_for_his_conversion():
    assert missing_fields({"id_number": True, "phone": True}, ASKED, kind="probationary") == []


def test_what_the_rules_do_not_ask_is_not_missing():
    assert missing_fields({}, [], kind="full") == []


def test_bands_meet_without_gap():
    today = date(2026, 3, 5)
    for bands in (AGES, PARTY_AGES):
        for younger, older in pairwise(bands):
            assert younger.days(today)[0] == older.days(today)[1]
    assert AGES[0].days(today) == (date(1990, 3, 5), today)
    assert AGES[-1].days(today)[0] is None
    assert band(AGES, "x") is None
