"""Which part of a file a browser asks for."""

import pytest

from office.rules.byte_ranges import ByteRange, UnsatisfiableError, read_range


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("", None),
        ("bytes=0-", ByteRange(0, 99)),
        ("bytes=10-19", ByteRange(10, 19)),
        ("bytes=99-", ByteRange(99, 99)),
        ("bytes=90-500", ByteRange(90, 99)),
        ("bytes=-10", ByteRange(90, 99)),
        ("bytes=-500", ByteRange(0, 99)),
        ("bytes = 0 - 4", ByteRange(0, 4)),
        ("bytes=-", None),
        ("bytes=20-10", None),
        ("bytes=0-1,5-6", None),
        ("lines=0-1", None),
        ("bytes=a-b", None),
        ("bytes=１-２", None),
        ("bytes=" + "9" * 40 + "-", None),
    ],
)
def test_of_a_hundred_bytes(header, part):
    assert read_range(header, 100) == part


@pytest.mark.parametrize(("header", "size"), [("bytes=100-", 100), ("bytes=-0", 100), ("bytes=0-", 0), ("bytes=-5", 0)])
def test_behind_the_end(header, size):
    with pytest.raises(UnsatisfiableError):
        read_range(header, size)


def test_the_length():
    assert ByteRange(10, 19).length == 10
