import json
import logging
import sys

import pytest
from django.http import HttpResponse

from partybuild.lib.logging import JsonFormatter, RequestIdMiddleware, request_id


def entry(message, *args, error=None, **extra):
    info = None
    if error:
        try:
            raise error
        except Exception:
            info = sys.exc_info()
    record = logging.LogRecord("a.logger", logging.INFO, "file", 1, message, args, info)
    vars(record).update(extra)
    line = JsonFormatter().format(record)
    assert len(line.splitlines()) == 1
    return json.loads(line)


def test_an_entry_is_one_line_of_json_with_its_moment_in_shanghai():
    logged = entry("run %s finished", "2026-03", run=7, status=200, secret="x")

    assert {key: logged[key] for key in ("level", "logger", "message", "run", "status")} == {
        "level": "INFO", "logger": "a.logger", "message": "run 2026-03 finished", "run": 7, "status": 200,
    }  # fmt: skip
    assert logged["at"].endswith("+08:00")
    assert "secret" not in logged


@pytest.mark.parametrize("forged", ["a\nINFO forged", "a\r\nb", "a\u2028b", "a\u2029b", "a\x85b", "a\x0bb", "a\x1cb"])
def test_r40_a_line_break_in_what_somebody_typed_makes_no_new_line(forged):
    assert entry("Not Found: %s", forged, path=forged)["message"] == f"Not Found: {forged}"


def test_r37_query_strings_and_long_numbers_are_left_out():
    logged = entry('"GET /members/7/?name=张三&phone=13800001234 HTTP/1.1" 200', path="/members/11010519491231002X/")

    assert logged["message"] == '"GET /members/7/ HTTP/1.1" 200'
    assert logged["path"] == "/members/***/"


def test_a_secret_in_an_address_is_left_out_and_an_id_stays():
    logged = entry(f"Not Found: /needs/rate/{'aB-_3' * 8}/", path=f"/needs/rate/{'x' * 43}/")
    assert (logged["message"], logged["path"]) == ("Not Found: /needs/rate/***/", "/needs/rate/***/")
    upload = "/members/import/0e0ab1a4-2f3e-4d17-9c3b-6a51f1d3a4f7/"
    assert entry("opened", path=upload)["path"] == upload


def test_short_numbers_stay():
    assert (
        entry("run 2026-03 took 123456 ms for 10,000 rows")["message"] == "run 2026-03 took 123456 ms for 10,000 rows"
    )


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (ValueError("invalid literal for int() with base 10: '张三'"), "invalid literal for int… with base 10: …"),
        (
            LookupError('duplicate key violates unique constraint "number_key"\nDETAIL: Key (phone)=(13800001234).'),
            'duplicate key violates unique constraint "number_key"',
        ),
        (KeyError("name"), "'name'"),
        (KeyError("张三"), "…"),
        (ValueError("no member 李四 with 13800001234"), "no member … with ***"),
    ],
)
def test_r37_an_error_is_logged_without_the_values_in_it(error, message):
    logged = entry("failed", error=error)["errors"][0]

    assert logged["type"] == f"builtins.{type(error).__name__}"
    assert logged["message"] == message
    assert logged["at"][-1].endswith(" entry")


def test_the_cause_of_an_error_is_logged_too():
    error = ValueError("outer")
    error.__cause__ = KeyError("inner")

    assert [one["message"] for one in entry("failed", error=error)["errors"]] == ["outer", "'inner'"]


@pytest.fixture
def ask(rf, caplog):
    def make(seen=None, **headers):
        def view(request):
            if seen is not None:
                seen.append(request_id.get())
            return HttpResponse()

        with caplog.at_level(logging.INFO, "partybuild.requests"):
            return RequestIdMiddleware(view)(rf.get("/members/7/", {"name": "张三"}, headers=headers))

    return make


def test_every_request_has_an_id_that_is_in_the_answer_and_gone_afterwards(ask):
    seen = []
    first, second = ask(seen), ask(seen)

    assert [first["X-Request-Id"], second["X-Request-Id"]] == seen
    assert seen[0] != seen[1]
    assert request_id.get() == ""


def test_an_id_of_the_server_in_front_is_kept_when_it_is_one(ask):
    assert ask(**{"X-Request-Id": "abc-12345678"})["X-Request-Id"] == "abc-12345678"
    assert ask(**{"X-Request-Id": "abc\n12345678"})["X-Request-Id"] != "abc\n12345678"
    assert len(ask(**{"X-Request-Id": "x" * 65})["X-Request-Id"]) == 16


def test_a_request_is_logged_in_one_line_without_its_query(ask, caplog):
    ask()

    (record,) = [record for record in caplog.records if record.name == "partybuild.requests"]
    assert (record.method, record.path, record.status, record.user) == ("GET", "/members/7/", 200, None)
    assert "张三" not in JsonFormatter().format(record)
