"""Row 41: files that lie encrypted, read through the reader, refused when they are not as they were written."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from partybuild.lib import crypto
from partybuild.lib.uploads.sealing import CHUNK, SealedReader, SealError, is_current, seal_chunks


def sealed(content):
    return b"".join(seal_chunks(BytesIO(content)))


def parts(content):
    return list(seal_chunks(BytesIO(content)))


@pytest.mark.parametrize("size", [1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_r41_what_is_read_is_what_was_written(size):
    content = bytes(number % 251 for number in range(size))

    assert SealedReader(BytesIO(sealed(content))).read() == content


def test_r41_the_content_does_not_show():
    assert b"13800001111" not in sealed(b"13800001111" * 1000)


@hypothesis_settings(max_examples=30, deadline=None)
@given(st.integers(0, 2 * CHUNK + 5), st.lists(st.integers(1, CHUNK + 3), max_size=5))
def test_r41_read_in_pieces_from_any_place(start, counts):
    content = bytes(number % 253 for number in range(2 * CHUNK + 5))
    reader = SealedReader(BytesIO(sealed(content)))

    reader.skip(start)

    for count in counts:
        assert reader.read(count) == content[start : start + count]
        start += count


def test_r41_a_file_cut_off_is_refused():
    whole = parts(b"x" * (2 * CHUNK))

    with pytest.raises(SealError):
        SealedReader(BytesIO(b"".join(whole[:-1]))).read()
    with pytest.raises(SealError):
        SealedReader(BytesIO(b"".join(whole)[:-5])).read()


def test_r41_chunks_in_another_order_or_of_another_file_are_refused():
    mark, one, two = parts(b"x" * (2 * CHUNK))
    other = parts(b"y" * (2 * CHUNK))

    for wrong in ([mark, two, one], [mark, one, other[2]], [one, two]):
        with pytest.raises(SealError):
            SealedReader(BytesIO(b"".join(wrong))).read()


def test_r41_another_key_does_not_open_it(settings):
    whole = sealed(b"text")
    assert is_current(BytesIO(whole))
    settings.FIELD_KEYS = [crypto.new_key(), *settings.FIELD_KEYS]
    assert not is_current(BytesIO(whole))
    settings.FIELD_KEYS = settings.FIELD_KEYS[:1]

    with pytest.raises(crypto.DecryptionError):
        SealedReader(BytesIO(whole)).read()
