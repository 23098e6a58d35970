from campaigns.rules.reading.lines import LONGEST, Piece, sentences


def texts(text: str) -> list[str]:
    return [each.text for each in sentences(Piece(text, 0))]


def test_a_sentence_of_a_plan_is_left_whole():
    long = "，".join(["各党支部每月开展一次主题党日活动"] * 60)

    assert texts(f"{long}。各单位按时报送。") == [f"{long}。", "各单位按时报送。"]


def test_a_text_without_a_stop_is_cut_where_it_pauses():
    clause = "各党支部每月开展一次主题党日活动，"

    found = texts(clause * 200)

    assert "".join(found) == clause * 200
    assert all(len(each) <= LONGEST and each.endswith("，") for each in found)


def test_a_text_without_a_pause_is_cut_all_the_same():
    assert [len(each) for each in texts("一" * (LONGEST * 2 + 5))] == [LONGEST, LONGEST, 5]
