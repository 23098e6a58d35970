"""What a file proves, guessed from its name."""

import pytest

from campaigns.rules.slots import are_asked, guess


@pytest.mark.parametrize(
    "name, expected",
    [
        ("一季度研讨计划.docx", "plan"),
        ("研讨记录.pdf", "record"),
        ("会议纪要.pdf", "record"),
        ("李文博交流发言.docx", "papers"),
        ("签到记录.pdf", "evidence"),
        ("IMG_2031.jpg", "evidence"),
    ],
)
def test_the_guess(name, expected):
    assert guess(name) == expected


@pytest.mark.parametrize(
    "kind, parts, expected",
    [("seminar", [], True), ("theme_day", ["seminar"], True), ("theme_day", ["oath"], False)],
)
def test_where_it_matters(kind, parts, expected):
    assert are_asked(kind, parts) is expected
