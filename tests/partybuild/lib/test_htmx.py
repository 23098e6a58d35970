import pytest
from django.contrib import messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse, StreamingHttpResponse
from django.template import engines

from partybuild.lib.htmx import HtmxResponseMiddleware, is_fragment, is_htmx, render_page_or_fragment

HTMX = {"HX-Request": "true", "HX-Target": "queue"}
MESSAGES = "{% for message in messages %}<p>{{ message }}</p>{% endfor %}"


@pytest.fixture(autouse=True)
def own_templates(settings):
    templates = {
        "page.html": "<html>{{ word }} {% for message in messages %}{{ message }}{% endfor %}</html>",
        "_queue.html": "<div id=queue>{{ word }}</div>",
        "frame/_messages.html": '<div id="messages"{% if oob %} hx-swap-oob="true"{% endif %}>' + MESSAGES + "</div>",
    }
    loader = ("django.template.loaders.locmem.Loader", templates)
    processors = ["django.contrib.messages.context_processors.messages"]
    settings.TEMPLATES = [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {"loaders": [loader], "context_processors": processors},
        }
    ]
    settings.LOGIN_URL = "/accounts/login/"
    assert engines.all()


@pytest.fixture
def ask(rf):
    """Sends a request through the middleware to a view that may leave messages."""

    def make(view, headers=HTMX, said=()):
        request = rf.get("/review/", headers=headers)
        request.session = {}
        request._messages = FallbackStorage(request)
        for text in said:
            messages.success(request, text)
        return HtmxResponseMiddleware(view)(request)

    return make


def page(request):
    return render_page_or_fragment(request, "page.html", "_queue.html", "queue", {"word": "字"}, status=422)


def test_one_view_serves_the_fragment_to_its_element_and_the_page_to_all_others(ask):
    assert ask(page).content.decode() == "<div id=queue>字</div>"
    for headers in (
        {},
        {"HX-Request": "true"},
        HTMX | {"HX-Target": "other"},
        HTMX | {"HX-Boosted": "true"},
        HTMX | {"HX-History-Restore-Request": "true"},
        {"HX-Target": "queue"},
    ):
        assert ask(page, headers).content.decode() == "<html>字 </html>"
    assert ask(page).status_code == 422


def test_a_fragment_may_go_to_one_of_several_elements(rf):
    request = rf.get("/", headers=HTMX)

    assert is_htmx(request)
    assert is_fragment(request, "list", "queue")
    assert not is_fragment(request, "list")
    assert not is_fragment(request)


def test_every_answer_varies_by_the_headers_of_htmx(ask):
    assert ask(page, {})["Vary"] == "HX-Request, HX-Target"
    assert ask(lambda request: HttpResponse(headers={"Vary": "Cookie"}))["Vary"] == "Cookie, HX-Request, HX-Target"


def redirect(url):
    def view(request):
        response = HttpResponseRedirect(url)
        response.set_cookie("kept", "1")
        return response

    return view


def test_a_redirect_moves_the_whole_page_and_keeps_cookies_and_messages(ask):
    waiting = []

    def view(request):
        waiting.append(request._messages)
        return redirect("/records/7/?tab=1")(request)

    response = ask(view, said=["已通过"])

    assert (response.status_code, response["HX-Redirect"], response.content) == (204, "/records/7/?tab=1", b"")
    assert "Location" not in response
    assert response.cookies["kept"].value == "1"
    assert [str(message) for message in waiting[0]] == ["已通过"]


@pytest.mark.parametrize("headers", [{}, HTMX | {"HX-Boosted": "true"}])
def test_without_htmx_and_for_a_boosted_link_a_redirect_stays_one(ask, headers):
    response = ask(redirect("/records/7/"), headers)

    assert (response.status_code, response["Location"]) == (302, "/records/7/")


@pytest.mark.parametrize(
    ("current", "target"),
    [
        ("http://testserver/review/?unit=3#x", "/accounts/login/?next=/review/%3Funit%3D3"),
        ("http://elsewhere.example/review/", "/accounts/login/?next=/review/7/row/"),
        ("javascript:alert(1)", "/accounts/login/?next=/review/7/row/"),
        ("", "/accounts/login/?next=/review/7/row/"),
    ],
)
def test_after_the_login_one_comes_back_to_the_page_and_not_to_the_fragment(ask, current, target):
    response = ask(redirect("/accounts/login/?next=/review/7/row/"), HTMX | {"HX-Current-URL": current})

    assert response["HX-Redirect"] == target


def test_messages_come_beside_the_fragment(ask):
    content = ask(page, said=["已保存", "<b>"]).content.decode()

    assert content == (
        '<div id=queue>字</div><div id="messages" hx-swap-oob="true"><p>已保存</p><p>&lt;b&gt;</p></div>'
    )


def test_messages_come_once(ask):
    assert ask(page, HTMX | {"HX-Target": "other"}, said=["已保存"]).content.decode() == "<html>字 已保存</html>"
    assert ask(page).content.decode() == "<div id=queue>字</div>"


@pytest.mark.parametrize(
    "answer",
    [
        lambda request: HttpResponse("x", status=403),
        lambda request: HttpResponse(status=204),
        lambda request: JsonResponse({}),
        lambda request: StreamingHttpResponse(iter([b"x"])),
    ],
)
def test_messages_wait_when_the_answer_is_not_put_into_the_page(ask, answer):
    waiting = []

    def view(request):
        waiting.append(request._messages)
        return answer(request)

    response = ask(view, said=["已保存"])

    assert "已保存" not in getattr(response, "content", b"").decode()
    assert [str(message) for message in waiting[0]] == ["已保存"]
