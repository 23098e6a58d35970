import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from partybuild.lib import crypto

OLD, NEW = crypto.new_key(), crypto.new_key()


@pytest.fixture(autouse=True)
def keys(settings):
    settings.FIELD_KEYS = [NEW, OLD]
    settings.HASH_KEY = "a key"


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_what_is_encrypted_comes_back(text):
    token = crypto.encrypt(text)

    assert token.isascii()
    assert crypto.decrypt(token) == text


def test_the_token_hides_the_text_and_differs_each_time():
    first, second = crypto.encrypt("11010519491231002X"), crypto.encrypt("11010519491231002X")

    assert first != second
    assert "110105" not in first


def test_an_old_key_still_decrypts_until_it_is_taken_away(settings):
    settings.FIELD_KEYS = [OLD]
    token = crypto.encrypt("13800001234")

    settings.FIELD_KEYS = [NEW, OLD]
    assert crypto.decrypt(token) == "13800001234"
    rotated = crypto.rotate(token)

    settings.FIELD_KEYS = [NEW]
    assert crypto.decrypt(rotated) == "13800001234"
    with pytest.raises(crypto.DecryptionError) as refused:
        crypto.decrypt(token)
    assert token not in str(refused.value)
    with pytest.raises(crypto.DecryptionError):
        crypto.rotate(token)


def test_a_changed_token_is_refused():
    token = crypto.encrypt("13800001234")

    with pytest.raises(crypto.DecryptionError):
        crypto.decrypt(token[:-6] + ("A" if token[-6] != "A" else "B") + token[-5:])


@pytest.mark.parametrize("keys", [[], ["too short"]])
def test_missing_or_broken_keys_are_said_at_once(settings, keys):
    settings.FIELD_KEYS = keys

    with pytest.raises(ImproperlyConfigured):
        crypto.encrypt("x")


def test_the_keyed_hash_depends_on_text_and_key(settings):
    first = crypto.keyed_hash("11010519491231002X")

    assert len(first) == 64
    assert crypto.keyed_hash("11010519491231002X") == first
    assert crypto.keyed_hash("110105194912310020") != first
    settings.HASH_KEY = "another"
    assert crypto.keyed_hash("11010519491231002X") != first
    settings.HASH_KEY = ""
    with pytest.raises(ImproperlyConfigured):
        crypto.keyed_hash("x")


@pytest.mark.parametrize(
    ("number", "masked"),
    [("110105194912311234", "110***********1234"), ("11010519", "********"), ("", "")],
)
def test_id_numbers_are_masked(number, masked):
    assert crypto.mask_id_number(number) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("13800001234", "138****1234"),
        ("01088887777", "010****7777"),
        ("88887777", "****7777"),
        ("110", "***"),
        ("", ""),
    ],
)
def test_phones_are_masked(number, masked):
    assert crypto.mask_phone(number) == masked
