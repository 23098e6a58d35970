import base64
import random
import re
from datetime import UTC, datetime, timedelta

import pytest

from branches.rules.second_factor import (
    address_for_apps,
    code_at,
    in_groups,
    matching_step,
    new_recovery_code,
    new_secret,
    plain,
    step_of,
)

# RFC 6238, appendix B (SHA-1), the last six of its eight digits.
SECRET = base64.b32encode(b"12345678901234567890").decode()
NOW = datetime(2026, 3, 5, 10, 0, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037")],
)
def test_r06_codes_are_those_of_the_standard(seconds, code):
    assert code_at(SECRET, step_of(datetime.fromtimestamp(seconds, UTC))) == code


@pytest.mark.parametrize(("off", "taken"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_r06_one_step_of_clock_error_is_forgiven(off, taken):
    code = code_at(SECRET, step_of(NOW + timedelta(seconds=off)))

    assert (matching_step(SECRET, code, NOW, None) is not None) == taken


def test_r06_no_code_is_taken_at_or_before_the_last_used_one():
    present = step_of(NOW)

    assert matching_step(SECRET, code_at(SECRET, present), NOW, present) is None
    assert matching_step(SECRET, code_at(SECRET, present - 1), NOW, present) is None
    assert matching_step(SECRET, code_at(SECRET, present + 1), NOW, present) == present + 1


def test_a_code_may_be_typed_in_groups():
    code = code_at(SECRET, step_of(NOW))

    assert matching_step(SECRET, f" {code[:3]} {code[3:]} ", NOW, None) == step_of(NOW)
    assert matching_step(SECRET, "口令", NOW, None) is None
    assert plain("K7MW-2f4q－9hxt") == "k7mw2f4q9hxt"


def test_secrets_and_recovery_codes_are_long_and_easy_to_copy():
    assert re.fullmatch(r"[A-Z2-7]{32}", new_secret(random.Random(1).randbytes))
    assert re.fullmatch(r"([a-z2-9]{4}-){2}[a-z2-9]{4}", new_recovery_code(random.Random(1).choice))
    assert in_groups("ABCDEFGH23") == "ABCD EFGH 23"


def test_the_picture_holds_who_and_where():
    address = address_for_apps("ABCD", "limin", "机关党建")

    assert address.startswith("otpauth://totp/%E6%9C%BA")
    assert "secret=ABCD" in address
    assert address.partition("?")[0].endswith("%3Alimin")
