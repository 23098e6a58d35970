import pytest
from hypothesis import given
from hypothesis import strategies as st

from partybuild.lib.official.numbering import HeadingNumbers, breadth, chinese, title_lines


def test_headings_are_numbered_by_level_and_begin_anew_below_another():
    numbers = HeadingNumbers()

    assert [numbers.next(level) for level in (1, 2, 2, 3, 4, 4, 3, 2, 1, 2, 4)] == [
        "一、", "（一）", "（二）", "1.", "（1）", "（2）", "2.", "（三）", "二、", "（一）", "（1）",
    ]  # fmt: skip


@pytest.mark.parametrize("level", [0, 5, -1])
def test_there_are_four_levels(level):
    with pytest.raises(ValueError, match="levels 1 to 4"):
        HeadingNumbers().next(level)


@pytest.mark.parametrize(
    ("number", "text"), [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (34, "三十四"), (99, "九十九")]
)
def test_chinese_numerals(number, text):
    assert chinese(number) == text


@pytest.mark.parametrize("number", [0, 100])
def test_numerals_beyond_two_digits_are_refused(number):
    with pytest.raises(ValueError, match=str(number)):
        chinese(number)


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于做好年度考核的通知", ["关于做好年度考核的通知"]),
        (
            "中共示例区委区直属机关工作委员会关于2026年3月机关党建重点任务推进情况的通报",
            ["中共示例区委区直属机关工作委员会", "关于2026年3月机关党建", "重点任务推进情况的通报"],
        ),
        (
            "示例区直机关2026年度党支部书记抓党建工作述职评议考核结果",
            ["示例区直机关2026年度党支部", "书记抓党建工作述职评议考核结果"],
        ),
        ("第一行\n 第二行 \n\n", ["第一行", "第二行"]),
    ],
)
def test_a_title_is_broken_where_it_can_be_read(title, lines):
    assert title_lines(title, 20) == lines


@given(st.text(st.sampled_from("党建工作关于的《》（）2026年3月abc"), min_size=1, max_size=90))
def test_a_broken_title_loses_nothing_and_fits(title):
    lines = title_lines(title, 20)

    assert "".join(lines) == title
    assert all(breadth(line) <= 20 for line in lines)
