"""The frame around every page, drawn from the context that it is promised."""

import pytest
from django.template.loader import render_to_string

ENTRY = {"label": "任务", "url": "/tasks/", "icon": "check2-square", "current": True, "count": 7}
FRAME = {
    "menu": [ENTRY],
    "entries": [ENTRY],
    "tabs": [ENTRY],
    "row": [ENTRY],
    "person": {"name": "周敏", "post_label": "支部书记", "organization": "财政局第二支部"},
    "posts": [{"id": 1, "label": "支部书记", "current": True}, {"id": 2, "label": "党务干部", "current": False}],
    "band": "正在代陈立办理",
    "band_end_url": "/end/",
    "period": {"label": "2026年3月", "options": [{"label": "2026年2月", "url": "?m=2", "current": False}]},
    "home_url": "/home/",
    "search_url": "/search/",
    "logout_url": "/logout/",
    "switch_url": "/switch/",
    "account_url": "/account/",
    "help_url": "/help/",
    "feedback_url": "/feedback/",
    "todo": {"count": 4, "url": "/todo/"},
}


def test_the_frame_shows_menu_person_posts_and_band():
    html = render_to_string("base.html", {"frame": FRAME})

    assert html.count('href="/tasks/" class="on" aria-current="page"') == 4  # menu, second row, phone bar, 更多
    assert "财政局第二支部 · 支部书记" in html
    assert '<button type="submit" name="post" value="2">' in html
    assert "正在代陈立办理" in html
    assert '<form method="post" action="/end/">' in html


@pytest.mark.parametrize("name", ["base.html", "base_plain.html"])
def test_a_stranger_gets_a_frame_without_empty_places(name):
    html = render_to_string(
        name, {"frame": {"menu": [], "entries": [], "tabs": [], "person": None, "posts": [], "band": None}}
    )

    for part in ('class="band"', 'class="menu who"', 'role="search"', "更多"):
        assert part not in html


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "429", "500"])
def test_error_pages_need_no_context_and_are_the_same_for_everybody(name):
    alone = render_to_string(f"{name}.html")

    assert "回到首页" in alone
    assert "csrf" not in alone
    assert alone == render_to_string(f"{name}.html", {"frame": FRAME, "exception": "秘密", "request_path": "/secret/"})


@pytest.mark.parametrize("name", ["base.html", "404.html"])
def test_nothing_is_inline(name):
    html = render_to_string(name, {"frame": FRAME})

    assert " style=" not in html
    assert " onclick=" not in html
    assert html.count("<script") == html.count("<script src=")
