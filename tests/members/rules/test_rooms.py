"""What an activity room must have (N15)."""

from members.rules.rooms import items_of, missing_items

EIGHT = ["场所", "设施", "党旗", "入党誓词", "党员权利义务", "计划及记录资料", "领导责任分工", "制度"]
FIVE = ["党徽", "党旗", "入党誓词", "图书角", "先锋展示窗口"]


def test_n15_the_eight_and_the_five_with_what_is_common_asked_once():
    items = items_of(EIGHT, FIVE)
    assert [item.label for item in items] == [*EIGHT, "党徽", "图书角", "先锋展示窗口"]
    assert [item.label for item in items if item.source == "八有、五项"] == ["党旗", "入党誓词"]
    assert len({item.code for item in items}) == 11


def test_n15_what_is_missing_in_the_order_of_the_list():
    items = items_of(EIGHT, FIVE)
    present = [item.code for item in items if item.label not in ("制度", "设施")]
    assert [item.label for item in missing_items(items, present)] == ["设施", "制度"]
    assert missing_items(items, [*present, "a2", "a8", "unknown"]) == []
