import pytest

from campaigns.rules.feedback import page_of


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("/campaigns/activities/?q=周敏#top", "/campaigns/activities/"),
        ("/", "/"),
        ("//example.org/x", ""),
        ("https://example.org/", ""),
        ("javascript:alert(1)", ""),
        ("", ""),
        ("/" + "长" * 300, "/" + "长" * 199),
    ],
)
def test_only_the_path_inside_the_portal_is_kept(address, page):
    assert page_of(address) == page
