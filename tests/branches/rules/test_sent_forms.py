import pytest

from branches.rules.sent_forms import digest_of

PATH, VALUES, FILES = "/a/?b=1", [("token", ["t"]), ("text", ["一", "二"])], [("file", "记录.docx", 12)]


def test_the_order_of_the_fields_makes_no_difference():
    assert digest_of(PATH, VALUES, FILES) == digest_of(PATH, VALUES[::-1], FILES)


@pytest.mark.parametrize(
    ("path", "values", "files"),
    [
        ("/a/?b=2", VALUES, FILES),
        (PATH, [("token", ["u"]), *VALUES[1:]], FILES),
        (PATH, [VALUES[0], ("text", ["二", "一"])], FILES),
        (PATH, VALUES, []),
        (PATH, VALUES, [("file", "记录.docx", 13)]),
    ],
)
def test_whatever_differs_is_another_sending(path, values, files):
    assert digest_of(path, values, files) != digest_of(PATH, VALUES, FILES)
