"""What forms and buttons of all pages do with an action: carried out, refused, not asked for."""

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import ValidationError

from branches.views.pages import attempt, do


class Wish(forms.Form):
    words = forms.CharField(max_length=8)


class Counted(Wish):
    def values(self):
        return {"count": len(self.cleaned_data["words"])}


@pytest.fixture
def sent(rf):
    def sent(method="post", **data):
        request = getattr(rf, method)("/", data)
        request._messages = CookieStorage(request)
        return request

    return sent


def said(request):
    return [str(message) for message in get_messages(request)]


def never(values):
    raise AssertionError("not to be called")


def test_a_page_that_is_only_asked_for_does_nothing(sent):
    request = sent("get", words="晴")
    assert attempt(request, Wish(request.GET), never, done="好。", to="/there/") is None


def test_a_form_that_is_not_valid_does_nothing_and_says_why(sent):
    request, form = sent(), Wish({})
    assert attempt(request, form, never, done="好。", to="/there/") is None
    assert list(form.errors) == ["words"]


def test_what_is_done_leads_on_and_is_said(sent):
    request, given = sent(), []
    answer = attempt(request, Wish({"words": "晴"}), given.append, done="好。", to="/there/")
    assert (answer.status_code, answer.url) == (302, "/there/")
    assert (given, said(request)) == ([{"words": "晴"}], ["好。"])


def test_the_words_and_the_way_may_follow_from_what_was_made(sent):
    request = sent()
    answer = attempt(
        request, Wish({"words": "晴"}), lambda values: 7, done=lambda made: f"第{made}条。", to=lambda made: f"/{made}/"
    )
    assert (answer.url, said(request)) == ("/7/", ["第7条。"])


def test_an_action_that_gives_nothing_is_done_as_well(sent):
    request = sent()
    assert attempt(request, Wish({"words": "晴"}), lambda values: None, to="/there/").url == "/there/"
    assert said(request) == []


def test_a_form_may_say_itself_what_the_action_takes(sent):
    given = []
    attempt(sent(), Counted({"words": "晴天"}), given.append, to="/there/")
    assert given == [{"count": 2}]


def test_a_refusal_stands_at_its_field_and_the_rest_above(sent):
    def refuse(values):
        raise ValidationError({"words": "已经有了。", "state": "现在不能办。"})

    request, form = sent(), Wish({"words": "晴"})
    assert attempt(request, form, refuse, done="好。", to="/there/") is None
    assert form.errors["words"] == ["已经有了。"]
    assert form.non_field_errors() == ["现在不能办。"]
    assert said(request) == []


def test_a_button_leads_on_with_what_was_done_or_why_not(sent):
    def refuse():
        raise ValidationError("现在不能办。")

    done, refused = sent(), sent()
    assert do(done, lambda: 7, done=lambda made: f"第{made}条。", to="/there/").url == "/there/"
    assert do(refused, refuse, done="好。", to="/there/").url == "/there/"
    assert (said(done), said(refused)) == (["第7条。"], ["现在不能办。"])
